"""Jira exports in three languages, with invented projects, people and texts; times are those of Warsaw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from tests.connectors.exports.things import export_of_things, resaved_by_a_spreadsheet, utc
from tests.connectors.exports.writers import UTF8, UTF8_MARKED, Report, Row, Style

PLAIN: Final = Style(null="")
NAMED: Final = "1234.5 · 31 Dec 2026"

ENGLISH: Final = Report(
    columns=(
        ("Summary", "title"),
        ("Issue key", "task_id"),
        ("Issue id", "=10011"),
        ("Issue Type", "=Task"),
        ("Status", "status"),
        ("Project key", "=MKT"),
        ("Project name", "project"),
        ("Project lead", "=Lena Lead"),
        ("Priority", "=Medium"),
        ("Assignee", "_assignee"),
        ("Assignee Id", "=557058:0000"),
        ("Reporter", "=Rita Reporter"),
        ("Created", "_created"),
        ("Updated", "=28/Feb/26 9:00 AM"),
        ("Resolved", "_resolved"),
        ("Due date", "_due"),
        ("Labels", "_label_1"),
        ("Labels", "_label_2"),
        ("Labels", "_label_3"),
        ("Description", "=First line, with a comma\nsecond line with “quotes”\n\nfourth line"),
        ("Watchers", "=Wanda"),
        ("Watchers", "=Wojtek"),
        ("Original estimate", "_estimate"),
        ("Time Spent", "_spent"),
        ("Comment", "=call me at +48 600 100 200"),
        ("Comment", "=or at reader@example.com"),
        ("Custom field (Story Points)", "=3"),
        ("Status Category", "=Done"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
)
POLISH: Final = Report(
    columns=(
        ("Podsumowanie", "title"),
        ("Klucz zgłoszenia", "task_id"),
        ("Id. zgłoszenia", "=10011"),
        ("Typ zgłoszenia", "=Zadanie"),
        ("Status", "status"),
        ("Klucz projektu", "=MKT"),
        ("Nazwa projektu", "project"),
        ("Lider projektu", "=Lena Lead"),
        ("Priorytet", "=Medium"),
        ("Rozwiązanie", "=Gotowe"),
        ("Osoba przypisana", "_assignee"),
        ("Utworzono", "_created"),
        ("Zaktualizowano", "=19/lip/23 11:43 AM"),
        ("Ostatnio wyświetlane", "=19/lip/23 11:43 AM"),
        ("Rozwiązane", "_resolved"),
        ("Termin", "_due"),
        ("Etykiety", "_label_1"),
        ("Etykiety", "_label_2"),
        ("Opis", "=Pierwszy wiersz\ndrugi"),
        ("Pole niestandardowe (Story Points)", "=5.0"),
        ("Kategoria statusu", "=Gotowe"),
    ),
    style=PLAIN,
    encoding=UTF8,
)
RUSSIAN: Final = Report(
    columns=(
        ("Тема", "title"),
        ("Ключ проблемы", "task_id"),
        ("Идентификатор проблемы", "=10011"),
        ("Тип задачи", "=Задача"),
        ("Статус", "status"),
        ("Ключ проекта", "=MKT"),
        ("Название проекта", "project"),
        ("Исполнитель", "_assignee"),
        ("Автор", "=Автор Авторов"),
        ("Создано", "_created"),
        ("Обновлено", "=16.07.2026 10:00"),
        ("Дата решения", "_resolved"),
        ("Срок исполнения", "_due"),
        ("Метки", "_label_1"),
        ("Пользовательское поле (Story Points)", "=2"),
    ),
    style=PLAIN,
    encoding=UTF8,
    delimiter=";",
)


def english_rows() -> list[Row]:
    """Winter and summer time, noon and midnight, an open task without anything, an address as a name."""
    return [
        {
            **issue("MKT-1", "Landing page, second version", "Done", "Ann Author"),
            **written("27/Feb/26 6:53 PM", "01/Jul/26 12:05 AM", "03/Jul/26 12:00 AM", "12600", "1800"),
            "_assignee": "Ann Author",
            **labelled("web", "launch", "q3"),
            "created_at": utc("2026-02-27 17:53"),
            "done_at": utc("2026-06-30 22:05"),
            "due_on": date(2026, 7, 3),
            "estimate_hours": Decimal("3.5"),
            "spent_hours": Decimal("0.5"),
        },
        {
            **issue("MKT-2", "Newsletter “June”", "To Do", None),
            **written("05/Jun/26 12:30 PM", "", "", "", ""),
            "_assignee": "",
            **labelled("mail", "", ""),
            "created_at": utc("2026-06-05 10:30"),
            "done_at": None,
            "due_on": None,
            "estimate_hours": None,
            "spent_hours": None,
        },
        {
            **issue("MKT-10", "Case study; with a semicolon", "In Progress", "bob"),
            **written("31/Dec/25 11:59 PM", "", "15/Jan/26 12:00 AM", "3600", ""),
            "_assignee": "bob@example.com",
            **labelled("", "", ""),
            "created_at": utc("2025-12-31 22:59"),
            "done_at": None,
            "due_on": date(2026, 1, 15),
            "estimate_hours": Decimal(1),
            "spent_hours": None,
        },
    ]


def issue(task_id: str, title: str, status: str, assignee: str | None) -> Row:
    """What is the same in every language."""
    return {
        "task_id": task_id,
        "title": title,
        "status": status,
        "project": "Marketing",
        "assignee": assignee,
        "system": "jira",
    }


def written(created: str, resolved: str, due: str, estimate: str, spent: str) -> Row:
    """Times and estimates as the file has them."""
    return {"_created": created, "_resolved": resolved, "_due": due, "_estimate": estimate, "_spent": spent}


def labelled(*labels: str) -> Row:
    """A label for each column of that name, and what becomes of them."""
    filled = ", ".join(label for label in labels if label)
    return {**{f"_label_{place}": label for place, label in enumerate(labels, 1)}, "labels": filled or None}


def polish_rows() -> list[Row]:
    return [
        {
            **issue("MKT-7", "Artykuł o żółwiach", "Gotowe", "Zofia Żak"),
            **written("12/lut/21 10:19 PM", "19/lip/23 11:43 AM", "30/paź/23 12:00 AM", "", ""),
            "_assignee": "Zofia Żak",
            **labelled("blog", "seo"),
            "created_at": utc("2021-02-12 21:19"),
            "done_at": utc("2023-07-19 09:43"),
            "due_on": date(2023, 10, 30),
        },
        {
            **issue("MKT-8", "Raport", "Do zrobienia", None),
            **written("01/sty/24 12:00 AM", "", "", "", ""),
            "_assignee": "",
            **labelled("", ""),
            "created_at": utc("2023-12-31 23:00"),
            "done_at": None,
            "due_on": None,
        },
    ]


def russian_rows() -> list[Row]:
    return [
        {
            **issue("MKT-20", "Статья о ценах", "Готово", "Иван Примеров"),
            **written("02.03.2026 09:15", "16.07.2026 18:00", "20.07.2026 00:00", "", ""),
            "_assignee": "Иван Примеров",
            **labelled("блог"),
            "created_at": utc("2026-03-02 08:15"),
            "done_at": utc("2026-07-16 16:00"),
            "due_on": date(2026, 7, 20),
        },
        {
            **issue("MKT-21", "Рассылка", "Новая", None),
            **written("13.07.2026 23:30", "", "", "", ""),
            "_assignee": "",
            **labelled(""),
            "created_at": utc("2026-07-13 21:30"),
            "done_at": None,
            "due_on": None,
        },
    ]


CASES: Final = (
    export_of_things("english, all fields", "Jira.csv", "jira/tasks", ENGLISH, english_rows(), conventions=NAMED),
    export_of_things(
        "polish, local months",
        "Jira PL.csv",
        "jira/tasks",
        POLISH,
        polish_rows(),
        language="pl",
        conventions="1234,5 · 31 Dec 2026",
    ),
    export_of_things(
        "polish, saved again by a spreadsheet program",
        "Jira PL (kopia).csv",
        "jira/tasks",
        POLISH,
        polish_rows(),
        language="pl",
        conventions="1234,5 · 31 Dec 2026",
        damage=resaved_by_a_spreadsheet,
    ),
    export_of_things(
        "russian",
        "Jira RU.csv",
        "jira/tasks",
        RUSSIAN,
        russian_rows(),
        language="ru",
        conventions="1234,5 · 31.12.2026",
    ),
)
