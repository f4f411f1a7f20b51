"""`refresh`: what it says to people and to programs, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import write_report
from tests.connectors.sources import configure, register
from tests.warehouse.shelf import clicks

if TYPE_CHECKING:
    from core.config import Home
    from tests.cli.conftest import Kokpit


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


def test_without_a_configuration_it_reads_plan_and_inbox(kokpit: Kokpit, home: Home) -> None:
    home.plan.mkdir()
    home.inbox.mkdir()
    (home.plan / "exchange_rates.csv").write_text("day,currency,rate\n2026-11-01,USD,0.9\n")
    write_report(home.inbox / "report.csv")
    answer = kokpit("refresh")
    assert (answer.code, answer.errors) == (0, "")
    lines = [line.split() for line in answer.out.splitlines()]
    assert lines[0] == ["source", "part", "status", "rows", "replaced", "rejected", "days"]
    assert lines[1][:6] == ["plan", "exchange_rates.csv", "loaded", "1", "0", "0"]
    assert lines[2] == ["inbox", "report.csv", "loaded", "2", "0", "1", "2026-11-01", "–", "2026-11-02"]
    assert answer.out.splitlines()[-1] == "Snapshot 1 is published."
    assert clicks(home.warehouse) == 30
    assert kokpit("refresh").out.splitlines()[-1] == "Nothing is new."


def test_for_programs(kokpit: Kokpit, home: Home) -> None:
    configure(home, ("a", "rows", "clicks = [1, 2]"))
    answer = kokpit("refresh", "--json")
    assert (answer.code, answer.errors, answer.json["snapshot"]) == (0, "", 1)
    (source,) = answer.json["sources"]
    assert list(source) == [
        *("source", "kind", "status", "part", "dataset", "rows_loaded", "rows_replaced", "rows_rejected"),
        *("first_day", "last_day", "message", "next_step", "error_kind", "notes"),
    ]
    assert (source["source"], source["status"], source["rows_loaded"]) == ("a", "loaded", 2)
    assert kokpit("refresh", "--json").json["snapshot"] is None


def test_a_source_that_failed_is_a_failure_and_the_rest_is_in(kokpit: Kokpit, home: Home) -> None:
    configure(home, ("no", "barred", "clicks = []"), ("yes", "rows", "clicks = [5]"))
    answer = kokpit("refresh")
    assert answer.code == 1
    message = "✕ no: no refused the key of robot@example.com (403). Share it with robot@example.com.\n"
    assert answer.errors == message
    assert clicks(home.warehouse) == 5


def test_a_refused_file_is_a_failure_each_time(kokpit: Kokpit, home: Home) -> None:
    home.inbox.mkdir()
    (home.inbox / "bad.csv").write_text("what,ever\n1,2\n")
    for _time in range(2):
        answer = kokpit("refresh", "inbox")
        assert answer.code == 1
        assert answer.errors.startswith("✕ inbox/bad.csv: bad.csv is not recognised")


def test_an_unknown_source_is_wrong_usage(kokpit: Kokpit, home: Home) -> None:
    configure(home, ("team sheet", "rows", "clicks = []"))
    answer = kokpit("refresh", "team shet", "--json")
    assert (answer.code, answer.json["error"]["kind"]) == (2, "usage")
    assert answer.json["error"]["next_step"] == "Did you mean team sheet?"


def test_a_broken_configuration_is_told(kokpit: Kokpit, home: Home) -> None:
    configure(home, more="[refresh]\nevery = 'often'\n")
    answer = kokpit("refresh")
    assert answer.code == 1
    assert "refresh.every is 'often'" in answer.errors


def test_nothing_to_refresh(kokpit: Kokpit, home: Home) -> None:
    answer = kokpit("refresh")
    assert (answer.code, answer.out[:28]) == (0, "There is nothing to refresh:")
    assert kokpit("refresh", "--json").json == {"sources": [], "snapshot": None}
    assert list(home.path.iterdir()) == []
