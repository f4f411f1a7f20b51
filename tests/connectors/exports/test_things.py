"""Exports whose rows are things: what is refused, what is kept out, what meets in the warehouse."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.formats import formats, read_format
from connectors.exports.load import load_files
from core.config import PROJECT
from core.errors import ConfigurationError
from tests.connectors.exports.case import date_file
from tests.connectors.exports.crm import HUBSPOT, hubspot_deals
from tests.connectors.exports.jira import ENGLISH, english_rows
from tests.connectors.exports.trackers import ASANA, MEGAPLAN, PLANFIX, asana_tasks, russian_tasks
from tests.connectors.exports.writers import rows_of, workbook
from warehouse.attempts import rejected
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home
    from tests.connectors.exports.writers import Row

EARLY, LATE = date(2026, 8, 1), date(2026, 8, 2)
MINIMAL: Final = 'name = "toy"\ntitle = "Toy"\ndataset = "tasks"\nsource = "toy"\n'


def load(home: Home, path: Path, content: bytes | str, day: date = EARLY) -> FileResult:
    """The one result of loading *content* as *path*, exported on *day*."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (result,) = load_files(home, [date_file(path, day)])
    return result


@pytest.mark.parametrize("rounded", ["1.21143E+15", "1,21143E+15", "1.21143e+15"])
def test_ids_that_a_spreadsheet_program_rounded_are_refused(home: Home, tmp_path: Path, rounded: str) -> None:
    rows = [*asana_tasks(), {**asana_tasks()[0], "task_id": rounded}]
    result = load(home, tmp_path / "Launch.csv", ASANA.file(rows))
    assert result.status == "refused"
    assert f"“Task ID” holds {rounded}" in result.message
    assert "without opening" in result.next_step


def test_json_of_another_kind_is_refused(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "other.json", json.dumps({"cards": [], "lists": "none"}))
    assert result.status == "refused"
    assert result.message == "other.json has a list, but no record in it: there is nothing to load."


def test_a_board_that_was_cut_off_says_so(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "board.json", '{"name": "Launch", "cards": [{"id": "63fd')
    assert result.status == "refused"
    assert result.message == "board.json is no whole JSON document: it cannot be read from line 1 on."


def test_an_empty_board_is_an_empty_export(home: Home, tmp_path: Path) -> None:
    board = {"name": "Launch", "cards": [], "lists": [], "members": []}
    assert load(home, tmp_path / "board.json", json.dumps(board)).status == "empty"


def test_times_and_days_that_are_none_keep_their_rows_out(home: Home, tmp_path: Path) -> None:
    rows = english_rows()
    rows[0]["_created"] = "27/Feb/26 18:53 PM or so"
    rows[1]["_due"] = "soon"
    rows[2]["_estimate"] = "1h"
    result = load(home, tmp_path / "Jira.csv", ENGLISH.file(rows))
    assert (result.rows_loaded, result.rows_rejected) == (0, 3)
    found = open_snapshot(home.warehouse).rows(f'SELECT "column", reason FROM {rejected(home.warehouse)} ORDER BY line')
    assert found == [
        ("Created", "not a date with a time"),
        ("Due date", "not a day"),
        ("Original estimate", "not a number"),
    ]


def test_the_same_issue_twice_in_a_file_counts_once(home: Home, tmp_path: Path) -> None:
    rows = english_rows()
    result = load(home, tmp_path / "Jira.csv", ENGLISH.file([*rows, rows[0]]))
    assert (result.rows_loaded, result.rows_rejected) == (3, 1)
    assert "appears twice" in result.message


def test_equal_numbers_of_two_trackers_are_two_tasks(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "p.csv", PLANFIX.file(russian_tasks("planfix")))
    load(home, tmp_path / "m.csv", MEGAPLAN.file(russian_tasks("megaplan")))
    assert rows_of(home, "tasks", ["task_id", "system"]) == [
        ("101", "megaplan"), ("101", "planfix"), ("102", "megaplan"), ("102", "planfix"),
    ]  # fmt: skip


def test_the_later_export_says_where_a_deal_stands(home: Home, tmp_path: Path) -> None:
    opened, *others = hubspot_deals()
    moved: list[Row] = [{**opened, "stage": "Proposal", "_won": "false"}]
    load(home, tmp_path / "late.csv", HUBSPOT.file(moved), LATE)
    load(home, tmp_path / "early.csv", HUBSPOT.file([opened, *others]), EARLY)
    assert rows_of(home, "deals WHERE deal_id = '9001'", ["stage", "outcome", "closed_at"]) == [
        ("Proposal", "open", None)
    ]


def test_a_workbook_of_deals_is_read_like_its_text(home: Home, tmp_path: Path) -> None:
    place = HUBSPOT.header.index("Amount")
    table: list[list[object]] = [list(HUBSPOT.header)]
    for row in hubspot_deals():
        cells: list[object] = [None if cell is None else str(cell) for cell in HUBSPOT.raw(row)]
        table.append([*cells[:place], 150000, *cells[place + 1 :]])
    result = load(home, tmp_path / "deals.xlsx", workbook({"deals": table}))
    assert (result.rows_loaded, result.rows_rejected) == (4, 0), result.message
    assert rows_of(home, "deals WHERE deal_id = '9001'", ["created_at", "closed_at"]) == [
        (datetime.fromisoformat("2026-03-02 14:04"), datetime.fromisoformat("2026-07-12 22:30"))
    ]


def test_times_are_those_of_the_configured_zone(home: Home, tmp_path: Path) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    home.configuration.write_text('[reporting]\ntime_zone = "America/New_York"\n', encoding="utf-8")
    load(home, tmp_path / "Jira.csv", ENGLISH.file(english_rows()[:1]))
    assert rows_of(home, "tasks", ["created_at"]) == [(datetime.fromisoformat("2026-02-27 23:53"),)]


def test_the_same_file_is_read_anew_when_the_time_zone_was_corrected(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "Jira.csv", ENGLISH.file(english_rows()))
    home.configuration.write_text('[reporting]\ntime_zone = "America/New_York"\n', encoding="utf-8")
    result = load(home, tmp_path / "Jira.csv", ENGLISH.file(english_rows()))
    assert (result.rows_loaded, result.rows_replaced) == (0, 3)
    assert rows_of(home, "tasks WHERE task_id = 'MKT-1'", ["created_at"]) == [
        (datetime.fromisoformat("2026-02-27 23:53"),)
    ]


def test_long_numbers_that_a_workbook_holds_as_numbers_are_refused(home: Home, tmp_path: Path) -> None:
    table: list[list[object]] = [["Task ID", "Name", "Completed At"], [1211430000000001, "Launch", "2026-07-01"]]
    result = load(home, tmp_path / "Launch.xlsx", workbook({"Launch": table}))
    assert result.status == "refused"
    assert "1211430000000001" in result.message


def test_what_was_never_compared_with_a_real_file_says_so(home: Home, tmp_path: Path) -> None:
    unverified = load(home, tmp_path / "p.csv", PLANFIX.file(russian_tasks("planfix")))
    assert "unverified until a real file was seen" in unverified.message
    assert "unverified" not in load(home, tmp_path / "Jira.csv", ENGLISH.file(english_rows())).message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\njoind = ["labels"]\n', "rules.joind is not known. Did you mean joined"),
        ('[rules]\njoined = ["label"]\n', "rules.joined names 'label'"),
    ],
)
def test_a_wrong_rule_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "toy.toml"
    path.write_text(MINIMAL + text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_format(path)
    assert said in str(caught.value)


def test_the_documents_name_every_tool_and_which_are_unverified() -> None:
    text = (PROJECT / "docs" / "trackers-and-crm.md").read_text(encoding="utf-8")
    titles = {d.title for d in formats().values() if d.dataset in ("tasks", "requests", "deals", "leads")}
    assert [title for title in titles if title.rsplit(" ", 1)[0] not in text] == []
    assert [name for name, declared in formats().items() if not declared.verified and name not in text] == []
