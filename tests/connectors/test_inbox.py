"""The inbox and the plan folder: files are loaded where they lie, once, and refused ones are told each time."""

from __future__ import annotations

import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED
from connectors.exports.batch import Batch
from connectors.exports.load import Options, load_files
from connectors.refresh import Report, refresh
from core.config import Configuration, Home
from tests.cli.conftest import write_report
from tests.warehouse.shelf import clicks
from warehouse.snapshot import open_snapshot
from warehouse.writer import rollback

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OURS = 'name = "ours"\ntitle = "Ours"\ndataset = "tasks"\nsource = "ours"\n[columns.task_id]\nen = ["Number"]\n'
AMBIGUOUS = "Day,Campaign,Clicks,Impr.,Cost,Currency code\n01/02/2026,Brand,1,10,1.50,EUR\n"


@pytest.fixture(autouse=True)
def _inbox(home: Home) -> None:
    home.inbox.mkdir()


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the files that were really read, call by call."""
    read: list[list[str]] = []
    load = Batch.load

    def watched(batch: Batch, files: Sequence[Path], tell: object) -> object:
        read.append(sorted(file.name for file in files))
        return load(batch, files, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(Batch, "load", watched)
    return read


def run(home: Home) -> Report:
    """A refresh of everything."""
    return refresh(home, Configuration())


def told(report: Report) -> list[tuple[str, str]]:
    """What became of each part."""
    return [(result.part, result.status) for result in report.sources]


def test_a_file_is_loaded_and_stays_where_it_is(home: Home) -> None:
    file = write_report(home.inbox / "report.csv")
    before = file.read_bytes()
    report = run(home)
    (result,) = report.sources
    assert (result.source, result.part, result.status) == ("inbox", "report.csv", LOADED)
    assert (result.dataset, result.rows_loaded, result.rows_rejected) == ("ad_performance", 2, 1)
    assert (str(result.first_day), str(result.last_day)) == ("2026-11-01", "2026-11-02")
    assert (report.snapshot, clicks(home.warehouse), file.read_bytes()) == (1, 30, before)


def test_a_known_file_is_not_read_again(home: Home, batches: list[list[str]]) -> None:
    write_report(home.inbox / "report.csv")
    run(home)
    report = run(home)
    assert (told(report), report.snapshot) == ([("", UNCHANGED)], None)
    assert report.sources[0].message == "1 file was loaded before."
    assert batches == [["report.csv"]]


def test_known_bytes_are_known_under_another_name_and_time(home: Home, batches: list[list[str]]) -> None:
    write_report(home.inbox / "report.csv")
    run(home)
    (home.inbox / "report.csv").rename(home.inbox / "renamed.csv")
    write_report(home.inbox / "again.csv")
    os.utime(home.inbox / "again.csv", (1, 1))
    assert told(run(home)) == [("", UNCHANGED)]
    assert batches == [["report.csv"]]


def test_a_file_loaded_by_hand_before_is_known(home: Home, batches: list[list[str]]) -> None:
    load_files(home, [write_report(home.inbox / "report.csv")])
    batches.clear()
    assert told(run(home)) == [("", UNCHANGED)]
    assert batches == []


def test_times_are_those_of_the_configured_zone(home: Home) -> None:
    home.configuration.write_text('[reporting]\ntime_zone = "America/New_York"\n', encoding="utf-8")
    (home.inbox / "leads.csv").write_text("lead_id,created_at\n1,2026-07-10\n", encoding="utf-8")
    run(home)
    ((moment,),) = open_snapshot(home.warehouse).rows("SELECT created_at FROM leads")
    assert str(moment) == "2026-07-10 04:00:00"


def test_a_changed_file_is_read_again(home: Home) -> None:
    write_report(home.inbox / "report.csv")
    run(home)
    write_report(home.inbox / "report.csv", clicks=12)
    assert told(run(home)) == [("report.csv", LOADED)]
    assert clicks(home.warehouse) == 32


def test_every_table_of_an_archive_in_a_folder(home: Home, batches: list[list[str]]) -> None:
    (home.inbox / "november").mkdir()
    report = write_report(home.path / "report.csv")
    with zipfile.ZipFile(home.inbox / "november" / "all.zip", "w") as archive:
        archive.write(report, "a.csv")
        archive.writestr("b.csv", "what,ever\n1,2\n")
    assert sorted(told(run(home))) == [("november/all.zip/a.csv", LOADED), ("november/all.zip/b.csv", REFUSED)]
    assert told(run(home)) == [("november/all.zip/b.csv", REFUSED)]
    assert batches == [["all.zip"]]


def test_an_archive_loaded_by_hand_before_holds_nothing_new(home: Home) -> None:
    report = write_report(home.path / "report.csv")
    with zipfile.ZipFile(home.inbox / "all.zip", "w") as archive:
        archive.write(report, "a.csv")
        archive.writestr("b.csv", report.read_text().replace("111-111-1111", "222-222-2222"))
    load_files(home, [home.inbox / "all.zip"])
    report_of_all = run(home)
    assert (told(report_of_all), report_of_all.snapshot) == ([("", UNCHANGED)], None)
    assert report_of_all.sources[0].message == "1 file was loaded before."


def test_an_export_without_rows_says_so_once(home: Home) -> None:
    write_report(home.inbox / "report.csv")
    header = "Campaign,Day,Customer ID,Currency code,Impr.,Clicks,Cost\n"
    (home.inbox / "empty.csv").write_text(header)
    assert sorted(told(run(home))) == [("empty.csv", UNCHANGED), ("report.csv", LOADED)]
    assert told(run(home)) == [("", UNCHANGED)]


class TestRefusedFiles:
    def test_the_reason_is_told_each_time_without_reading_the_file(self, home: Home, batches: list[list[str]]) -> None:
        (home.inbox / "bad.csv").write_text("what,ever\n1,2\n")
        first, second = run(home), run(home)
        assert told(first) == told(second) == [("bad.csv", REFUSED)]
        assert "bad.csv is not recognised" in second.sources[0].message
        assert second.sources[0].message == first.sources[0].message
        assert (second.sources[0].next_step, second.sources[0].error_kind) == (first.sources[0].next_step, "unknown")
        assert batches == [["bad.csv"]]

    def test_it_is_tried_again_when_a_file_has_come(self, home: Home, batches: list[list[str]]) -> None:
        (home.inbox / "bad.csv").write_text("what,ever\n1,2\n")
        run(home)
        write_report(home.inbox / "report.csv")
        assert sorted(told(run(home))) == [("bad.csv", REFUSED), ("report.csv", LOADED)]
        assert batches == [["bad.csv"], ["bad.csv", "report.csv"]]

    def test_it_is_tried_again_when_a_format_has_come(self, home: Home, batches: list[list[str]]) -> None:
        (home.inbox / "bad.csv").write_text("what,ever\n1,2\n")
        run(home)
        (home.path / "formats").mkdir()
        (home.path / "formats" / "ours.toml").write_text(OURS)
        run(home)
        run(home)
        assert batches == [["bad.csv"], ["bad.csv"]]

    def test_a_question_answered_by_hand_is_not_asked_again(self, home: Home) -> None:
        file = home.inbox / "days.csv"
        file.write_text(AMBIGUOUS)
        (result,) = run(home).sources
        assert (result.status, result.error_kind) == (REFUSED, "question")
        load_files(home, [file], Options(locale="en-GB"))
        assert told(run(home)) == [("", UNCHANGED)]

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read by root")
    def test_a_file_that_may_not_be_read(self, home: Home) -> None:
        write_report(home.inbox / "report.csv").chmod(0)
        write_report(home.inbox / "other.csv")
        assert dict(told(run(home))) == {"report.csv": REFUSED, "other.csv": LOADED}
        (home.inbox / "report.csv").chmod(0o600)
        assert FAILED not in dict(told(run(home))).values()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and there are no pipes")
def test_what_only_looks_like_a_file_is_told_each_time(home: Home) -> None:
    write_report(home.inbox / "report.csv")
    (home.inbox / "gone.csv").symlink_to(home.inbox / "never.csv")
    (home.inbox / "round").symlink_to(home.inbox)
    os.mkfifo(home.inbox / "pipe.csv")
    odd = dict.fromkeys(("gone.csv", "round", "pipe.csv"), REFUSED)
    assert dict(told(run(home))) == odd | {"report.csv": LOADED}
    assert dict(told(run(home))) == odd | {"": UNCHANGED}


class TestWhatTheWarehouseForgot:
    def test_an_undone_load_comes_back(self, home: Home) -> None:
        write_report(home.inbox / "report.csv")
        run(home)
        rollback(home.warehouse)
        assert clicks(home.warehouse) == 0
        assert told(run(home)) == [("report.csv", LOADED)]
        assert clicks(home.warehouse) == 30

    def test_a_memo_that_cannot_be_read_costs_time_only(self, home: Home) -> None:
        write_report(home.inbox / "report.csv")
        run(home)
        (home.fetched / "inbox.json").write_text('{"files": 1}')
        assert told(run(home)) == [("", UNCHANGED)]


class TestThePlanFolder:
    def test_tables_and_nothing_else(self, home: Home) -> None:
        home.plan.mkdir()
        (home.plan / "exchange_rates.csv").write_text("day,currency,rate\n2026-11-01,USD,0.9\n")
        (home.plan / "notes.txt").write_text("remember")
        (home.plan / "old").mkdir()
        (home.plan / "old" / "exchange_rates.csv").write_text("day,currency,rate\n2020-11-01,USD,0.5\n")
        report = run(home)
        assert [(each.source, each.part, each.status) for each in report.sources[:-1]] == [
            ("plan", "exchange_rates.csv", LOADED)
        ]
        rates = open_snapshot(home.warehouse).rows("SELECT count(*), max(rate)::DOUBLE FROM exchange_rates")
        assert rates == [(1, 0.9)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
def test_a_name_that_is_not_valid_text_is_told_and_stops_nothing(home: Home) -> None:
    write_report(home.inbox / "report.csv")
    (home.inbox / os.fsdecode(b"na\xffme.csv")).write_text("", encoding="utf-8")
    for state in (LOADED, UNCHANGED):
        report = run(home)
        assert state in {result.status for result in report.sources}
        (refused,) = (result for result in report.sources if result.status == REFUSED)
        assert refused.part == "na\\udcffme.csv"
        assert "is not valid text" in refused.message
