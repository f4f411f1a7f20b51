"""Tasks of Asana, Trello, Planfix, Megaplan and Yandex Tracker with invented people; times are those of Warsaw."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from tests.connectors.exports.case import POINT_ISO, Export, Table
from tests.connectors.exports.things import ZONE, export_of_things, utc
from tests.connectors.exports.writers import UTF8_MARKED, Report, Row, Style

if TYPE_CHECKING:
    from tests.connectors.exports.case import Data

PLAIN: Final = Style(null="")

ASANA: Final = Report(
    columns=(
        ("Task ID", "task_id"),
        ("Created At", "_created"),
        ("Completed At", "_done"),
        ("Last Modified", "=2026-07-01"),
        ("Name", "title"),
        ("Section/Column", "status"),
        ("Assignee", "assignee"),
        ("Assignee Email", "=ann@example.com"),
        ("Start Date", "="),
        ("Due Date", "_due"),
        ("Tags", "labels"),
        ("Notes", "=Two\nlines, one comma"),
        ("Projects", "project"),
        ("Parent task", "=Parent"),
        ("Blocked By (Dependencies)", "="),
        ("Blocking (Dependencies)", "="),
        ("Sales ", "=custom"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
)
BY_LINK: Final = Report(ASANA.columns, preamble=("https://app.example.com/-/csv,", ",", ","), style=PLAIN)
TRELLO: Final = Report(
    columns=(
        ("Card ID", "task_id"),
        ("Card Name", "title"),
        ("Card URL", "=https://example.com/c/1"),
        ("Card Description", "=Text\nin two lines"),
        ("Labels", "_labels"),
        ("Members", "assignee"),
        ("Due Date", "_due"),
        ("List ID", "=63fd00000000000000000001"),
        ("List Name", "status"),
        ("Board Name", "project"),
        ("Archived", "=false"),
    ),
    style=PLAIN,
)
PLANFIX: Final = Report(
    columns=(
        ("Номер", "task_id"),
        ("Название", "title"),
        ("Статус", "status"),
        ("Проект", "project"),
        ("Контрагент", "=ООО Пример"),
        ("Постановщик", "=Пётр Постановщик"),
        ("Исполнитель", "assignee"),
        ("Дата создания", "_created"),
        ("Планируемая дата завершения", "_due"),
        ("Фактическая дата завершения", "_done"),
        ("Описание", "=Текст"),
    ),
    style=PLAIN,
    delimiter=";",
)
MEGAPLAN: Final = Report(
    columns=(
        ("Номер", "task_id"),
        ("Название", "title"),
        ("Статус", "status"),
        ("Постановщик", "=Пётр Постановщик"),
        ("Ответственный", "assignee"),
        ("Проект", "project"),
        ("Дата создания", "_created"),
        ("Крайний срок", "_due"),
        ("Дата завершения", "_done"),
    ),
    style=PLAIN,
    delimiter=";",
)
YANDEX_TRACKER: Final = Report(
    columns=(
        ("Ключ", "task_id"),
        ("Задача", "title"),
        ("Статус", "status"),
        ("Исполнитель", "assignee"),
        ("Автор", "=Автор Авторов"),
        ("Очередь", "=MARKETING"),
        ("Проект", "project"),
        ("Создано", "_created"),
        ("Обновлено", "=02.07.2026 10:00"),
        ("Решено", "_done"),
        ("Дедлайн", "_due"),
        ("Теги", "labels"),
    ),
    style=PLAIN,
    delimiter=";",
)
YANDEX_TRACKER_ENGLISH: Final = Report(
    columns=(
        ("Key", "task_id"),
        ("Summary", "title"),
        ("Status", "status"),
        ("Assignee", "assignee"),
        ("Queue", "=MARKETING"),
        ("Project", "project"),
        ("Created", "_created"),
        ("Resolved", "_done"),
        ("Deadline", "_due"),
        ("Tags", "labels"),
    ),
    style=PLAIN,
)


def task(system: str, number: str, times: dict[str, tuple[str, str]]) -> Row:
    """A task; *times* are texts of the file with what they are, for created, done and due."""
    created, done, due = (times.get(name, ("", "")) for name in ("created", "done", "due"))
    return {
        "task_id": number,
        "system": system,
        "title": f"Task {number[-4:]}",
        "status": "Doing",
        "assignee": "Ann Author",
        "project": "Launch",
        "labels": "web, press",
        "_created": created[0],
        "_done": done[0],
        "_due": due[0],
        "created_at": utc(created[1]) if created[1] else None,
        "done_at": utc(done[1]) if done[1] else None,
        "due_on": date.fromisoformat(due[1]) if due[1] else None,
    }


def asana_tasks() -> list[Row]:
    """Days alone begin at midnight of Warsaw."""
    return [
        task("asana", "1211430000000001", {
            "created": ("2026-03-02", "2026-03-01 23:00"),
            "done": ("2026-07-01", "2026-06-30 22:00"),
            "due": ("2026-07-03", "2026-07-03"),
        }),
        {**task("asana", "1211430000000002", {"created": ("2026-07-02", "2026-07-01 22:00")}), "assignee": None},
    ]  # fmt: skip


def trello_cards() -> list[Row]:
    """Ids that begin with their second: 63fd1e2b is 2023-02-27 21:18:35, 6a4f4c80 is 2026-07-09 07:23:44.

    The deadline, late in the evening of London, is after midnight in Warsaw.
    """
    first = task("trello", "63fd1e2b00000000000000a1", {"due": ("2026-07-03T22:30:00.000Z", "2026-07-04")})
    second = task("trello", "6a4f4c80000000000000000b", {})
    return [
        {
            **first,
            "_labels": "web (green), press (red_dark)",
            "_members": ["m1", "m2"],
            "assignee": "Ann Author, Bob Builder",
            "created_at": datetime(2023, 2, 27, 21, 18, 35),  # noqa: DTZ001 - as the warehouse holds it
        },
        {
            **second,
            "_labels": "",
            "_members": [],
            "labels": None,
            "assignee": None,
            "created_at": datetime(2026, 7, 9, 7, 23, 44),  # noqa: DTZ001 - as the warehouse holds it
        },
    ]


def board(data: Data) -> bytes:
    """A Trello board as JSON: a card names its list, members and labels by their ids or in itself."""
    members = [{"id": "m1", "fullName": "Ann Author"}, {"id": "m2", "fullName": "Bob Builder"}]
    cards = [
        {
            "id": row["task_id"],
            "name": row["title"],
            "desc": "Write to reader@example.com",
            "closed": False,
            "idList": "l1",
            "idMembers": row["_members"],
            "labels": [{"name": name, "color": "green"} for name in (row["labels"] or "").split(", ") if name],
            "due": row["_due"] or None,
        }
        for row in data["tasks"]
    ]
    document = {
        "id": "b1", "name": "Launch", "desc": "", "closed": False, "members": members, "cards": cards,
        "lists": [{"id": "l1", "name": "Doing"}], "labels": [], "checklists": [],
        "actions": [{"type": "commentCard", "data": {"text": "call me"}}],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def board_table(data: Data) -> tuple[Table, ...]:
    return (Table("trello", "en", f"{POINT_ISO}{ZONE}", rows=len(data["tasks"])),)


def russian_tasks(system: str, prefix: str = "") -> list[Row]:
    return [
        task(system, f"{prefix}101", {
            "created": ("02.03.2026 09:15", "2026-03-02 08:15"),
            "done": ("16.07.2026 18:00", "2026-07-16 16:00"),
            "due": ("20.07.2026", "2026-07-20"),
        }),
        {**task(system, f"{prefix}102", {"created": ("13.07.2026 23:30", "2026-07-13 21:30")}), "assignee": None},
    ]  # fmt: skip


def without_labels(rows: list[Row]) -> list[Row]:
    return [{**row, "labels": None} for row in rows]


def english_tasks() -> list[Row]:
    created = ("2026-03-02T08:15:00.000+0000", "2026-03-02 08:15")
    return [
        task("yandex_tracker", "MARKETING-7", {"created": created, "due": ("2026-07-20", "2026-07-20")}),
        task(
            "yandex_tracker", "MARKETING-8", {"created": created, "done": ("2026-07-16T16:00:00Z", "2026-07-16 16:00")}
        ),
    ]


RUSSIAN: Final = "1234,5 · 31.12.2026"
CASES: Final = (
    export_of_things("asana", "Launch.csv", "asana/tasks", ASANA, asana_tasks()),
    export_of_things("asana, by the link for Google Sheets", "link.csv", "asana/tasks", BY_LINK, asana_tasks()),
    export_of_things("trello, csv", "board.csv", "trello/tasks", TRELLO, trello_cards()),
    Export("trello, json", "board.json", {"tasks": trello_cards()}, board, board_table),
    export_of_things(
        "planfix", "tasks.csv", "planfix/tasks", PLANFIX, without_labels(russian_tasks("planfix")),
        language="ru", conventions=RUSSIAN,
    ),
    export_of_things(
        "megaplan", "tasks-m.csv", "megaplan/tasks", MEGAPLAN, without_labels(russian_tasks("megaplan")),
        language="ru", conventions=RUSSIAN,
    ),
    export_of_things(
        "yandex tracker", "issues.csv", "yandex_tracker/tasks", YANDEX_TRACKER,
        russian_tasks("yandex_tracker", "MARKETING-"), language="ru", conventions=RUSSIAN,
    ),
    export_of_things(
        "yandex tracker, english", "issues-en.csv", "yandex_tracker/tasks", YANDEX_TRACKER_ENGLISH, english_tasks()
    ),
)  # fmt: skip
