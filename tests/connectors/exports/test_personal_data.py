"""What nobody needs for a KPI is never loaded: addresses, telephone numbers, messages, descriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.formats import formats
from connectors.exports.load import load_files
from tests.connectors.exports import crm, jira, trackers, zendesk
from tests.connectors.exports.zendesk import CLASSIC, tickets
from warehouse.contract import Type
from warehouse.datasets import DATASETS, FACTS
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.connectors.exports.case import Export

CASES: Final = (*jira.CASES, *zendesk.CASES, *crm.CASES, *trackers.CASES)
PERSONAL: Final = re.compile(
    r"e-?mail\b|phone|address|comment|descri|\bnotes?\b|\bbody|message|subject|"
    r"почт|телефон|адрес|комментар|примечан|описан|сообщен|контакт|telefon|opis|komentarz|wiadomo",
    re.IGNORECASE,
)
BOUND: Final = {
    "amocrm": (
        "ID, Бюджет, Воронка, Дата закрытия, Дата создания, Дата создания сделки, Ответственный, Причина "
        "отказа, Этап сделки, utm_campaign, utm_source"
    ),
    "asana": ("Assignee, Completed At, Created At, Due Date, Name, Projects, Section/Column, Tags, Task ID"),
    "bitrix24": (
        "ID, UTM Campaign, UTM Source, Валюта, Воронка, Дата завершения, Дата создания, Источник, "
        "Направление, Ответственный, Стадия сделки, Сумма"
    ),
    "hubspot": (
        "Amount, Amount in company currency, Associated Company IDs, Close Date, Closed Lost Reason, Create "
        "Date, Currency, Deal ID, Deal Stage, Deal Type, Deal owner, Is Closed Won, Is closed lost, Lead "
        "source, Original Source Type, Original Traffic Source, Pipeline, Record ID"
    ),
    "jira": (
        "Assignee, Created, Due date, Issue key, Labels, Original estimate, Project name, Resolved, Status, "
        "Summary, Time Spent, Czas spędzony, Etykiety, Klucz zgłoszenia, Nazwa projektu, Osoba przypisana, "
        "Pierwotny szacunek, Podsumowanie, Rozwiązane, Spędzony czas, Stan, Szacunek pierwotny, Termin, "
        "Utworzono, Дата решения, Затраченное время, Исполнитель, Ключ задачи, Ключ проблемы, Метки, Название "
        "проекта, Первоначальная оценка, Создано, Срок исполнения, Статус, Тема"
    ),
    "megaplan": (
        "ID, Дата завершения, Дата создания, Дедлайн, Завершена, Крайний срок, Название, Номер, "
        "Ответственный, Проект, Создана, Статус"
    ),
    "planfix": (
        "Дата создания, Исполнители, Исполнитель, Название, Название задачи, Номер, Номер задачи, Планируемая "
        "дата завершения, Планируемое завершение, Проект, Статус, Фактическая дата завершения, Фактическое "
        "завершение"
    ),
    "trello": ("Board Name, Card ID, Card Name, Completed, Due Date, Labels, List Name, Members"),
    "yandex_tracker": (
        "Assignee, Created, Deadline, Issue, Key, Project, Resolved, Status, Summary, Tags, Дедлайн, Задача, "
        "Исполнитель, Ключ, Название, Проект, Решено, Создано, Статус, Теги"
    ),
    "zendesk": (
        "Assignee, Created at, Due date, First reply time in minutes, Group, Id, Priority, Reopens, "
        "Requester, Solved at, Status, Ticket ID, Ticket type"
    ),
    "zoho": (
        "Amount, Campaign Source, Closing Date, Created Time, Currency, Deal Id, Deal Owner, Lead Source, "
        "Pipeline, Reason For Loss, Record Id, Stage"
    ),
}
"""Every heading whose cells are loaded, of every format whose rows are about people's work."""
ALLOWED: Final = {
    ("survey_answers", "comment"): "what a customer answers, unsigned, is what the survey is for",
}
"""Columns of facts whose name sounds personal, and why they are there all the same."""
ABOUT_PEOPLE: Final = ("tasks", "requests", "deals", "leads", "customers")


def test_only_these_headings_of_trackers_and_crms_are_loaded() -> None:
    found = {
        name: {
            header for spellings in declared.columns.values() for headers in spellings.values() for header in headers
        }
        for name, declared in formats().items()
        if declared.dataset in ABOUT_PEOPLE
    }
    assert found == {name: set(headers.split(", ")) for name, headers in BOUND.items()}


@pytest.mark.parametrize("name", sorted(formats()))
def test_no_format_loads_a_heading_that_sounds_personal(name: str) -> None:
    declared = formats()[name]
    headers = [h for spellings in declared.columns.values() for found in spellings.values() for h in found]
    assert [header for header in headers if PERSONAL.search(header)] == []


def test_no_column_of_facts_is_for_addresses_numbers_or_messages() -> None:
    texts = [(d.name, c.name) for d in FACTS for c in d.columns if c.type is Type.TEXT]
    assert {entry for entry in texts if PERSONAL.search(entry[1])} == set(ALLOWED)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_personal_of_a_file_gets_into_the_warehouse(case: Export, home: Home, tmp_path: Path) -> None:
    load_files(home, [case.save(tmp_path)], case.options)
    assert personal_texts(home) == []


def test_nothing_personal_stays_among_the_rejected_rows(home: Home, tmp_path: Path) -> None:
    rows = [*tickets(), {**tickets()[1], "_created": "soon", "request_id": "104"}]
    text = CLASSIC.file(rows).decode() + "105,too short,reader@example.com\n"
    path = tmp_path / "tickets.csv"
    path.write_text(text, encoding="utf-8")
    (result,) = load_files(home, [path])
    assert (result.rows_loaded, result.rows_rejected) == (3, 2), result.message
    kept = open_snapshot(home.warehouse).rows('SELECT "column", raw FROM rejects ORDER BY line')
    assert [column for column, _raw in kept] == ["Created at", None]
    assert "104" in kept[0][1]
    assert "soon" in kept[0][1]
    assert personal_texts(home) == []


def personal_texts(home: Home) -> list[str]:
    """Every cell of the warehouse with something of the fixtures' people in it that is neither a name nor a title."""
    told = re.compile(r"@example\.com|600 100 200|79000000000|Перезвонить|call me|Two lines|in two lines|fourth line")
    snapshot = open_snapshot(home.warehouse)
    values = (str(value) for name in DATASETS for row in snapshot.rows(f"SELECT * FROM {name}") for value in row)
    return [value for value in values if told.search(value)]
