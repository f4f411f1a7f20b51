"""`load`: what it answers, and what it changes."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports import batch
from connectors.exports.load import load_files
from connectors.exports.reading import stage
from tests.cli.conftest import write_report
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.staging import Staging
    from core.config import Home
    from tests.cli.conftest import Kokpit
    from warehouse.writer import Lane

KEYS: Final = {
    "path": str,
    "status": str,
    "format": str,
    "dataset": str,
    "account": str,
    "rows_read": int,
    "rows_loaded": int,
    "rows_replaced": int,
    "rows_rejected": int,
    "rows_total": int,
    "first_day": str,
    "last_day": str,
    "control": list,
    "message": str,
}


def test_json_has_the_keys_that_programs_rely_on(kokpit: Kokpit, home: Home, report: Path) -> None:
    answer = kokpit("load", report, "--json")
    assert (answer.code, answer.errors) == (0, "")
    (file,) = answer.json["files"]
    assert list(answer.json) == ["files"]
    assert {name: type(file[name]) for name in KEYS} == KEYS
    assert {name: file[name] for name in KEYS if name not in {"control", "message"}} == {
        "path": str(report),
        "status": "loaded",
        "format": "google_ads",
        "dataset": "ad_performance",
        "account": "111-111-1111",
        "rows_read": 4,
        "rows_loaded": 2,
        "rows_replaced": 0,
        "rows_rejected": 1,
        "rows_total": 1,
        "first_day": "2026-11-01",
        "last_day": "2026-11-02",
    }
    assert {"column": "clicks", "declared": 30, "summed": 30} in file["control"]
    assert {"column": "cost", "declared": 12.0, "summed": 12.0} in file["control"]


def test_loaded_again_its_rows_are_already_there_and_none_is_replaced(kokpit: Kokpit, home: Home, report: Path) -> None:
    """Of the 4 rows of the file 2 are in; programs read that all 4 are accounted for, people that nothing happened."""
    kokpit("load", report)
    answer = kokpit("load", report)
    assert "This file was loaded before, as report.csv; nothing changed. (already there: 2)" in answer.out
    (row,) = [line for line in answer.out.splitlines() if line.startswith("report.csv")]
    assert re.sub(r"2026-11-\d\d", "", row).split() == ["report.csv", "loaded", "google_ads", "–"]
    (file,) = kokpit("load", report, "--json").json["files"]
    counts = ("rows_read", "rows_loaded", "rows_replaced", "rows_rejected", "rows_total")
    assert [file[name] for name in counts] == [4, 0, 2, 1, 1]


def test_what_is_refused_has_nothing_where_nothing_is_known(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("Dear Ada,\nhow are you?\n")
    answer = kokpit("load", tmp_path / "letter.csv", "--json")
    assert answer.code == 1
    (file,) = answer.json["files"]
    assert file["status"] == "refused"
    nothing: dict[str, object] = {"dataset": None, "account": None, "first_day": None, "last_day": None, "control": []}
    assert {name: file[name] for name in nothing} == nothing
    assert "letter.csv" in file["message"]
    assert [file[name] for name in KEYS if name.startswith("rows_")] == [0, 0, 0, 0, 0]


def test_what_can_be_loaded_is_loaded_beside_what_is_refused(
    kokpit: Kokpit, home: Home, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    answer = kokpit("load", tmp_path / "empty.csv", report, tmp_path / "missing.csv", "--json")
    assert answer.code == 1
    assert [file["status"] for file in answer.json["files"]] == ["refused", "loaded", "refused"]
    assert open_snapshot(home.warehouse).rows("SELECT count(*) FROM ad_performance") == [(2,)]


def test_an_argument_that_cannot_be_read_is_refused_beside_the_rest(
    kokpit: Kokpit, home: Home, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    barred = write_report(tmp_path / "barred.csv")
    opened, may = type(barred).open, os.access

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == barred:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(type(barred), "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(barred) and may(path, mode))
    answer = kokpit("load", report, barred, "--json")
    assert answer.code == 1
    assert [file["status"] for file in answer.json["files"]] == ["loaded", "refused"]
    assert answer.json["files"][1]["message"].startswith(f"{barred} cannot be read: Permission denied.")
    assert open_snapshot(home.warehouse).rows("SELECT count(*) FROM ad_performance") == [(2,)]


def test_an_empty_export_counts_as_loaded(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_text("Campaign,Day,Currency code,Impr.,Clicks,Cost\n")
    answer = kokpit("load", tmp_path / "report.csv", "--json")
    assert (answer.code, answer.json["files"][0]["status"]) == (0, "empty")


def test_folders_and_zips_are_opened(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    write_report(tmp_path / "inbox" / "one.csv")
    with zipfile.ZipFile(tmp_path / "inbox" / "two.zip", "w") as archive:
        archive.write(write_report(tmp_path / "two.csv", clicks=11), "inside.csv")
    answer = kokpit("load", tmp_path / "inbox", "--json")
    assert answer.code == 0
    paths = {file["path"].removeprefix(str(tmp_path)) for file in answer.json["files"]}
    assert paths == {"/inbox/one.csv", "/inbox/two.zip/inside.csv"}


def test_an_empty_folder_is_no_failure(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    answer = kokpit("load", tmp_path / "inbox", "--json")
    assert (answer.code, [file["status"] for file in answer.json["files"]]) == (0, ["empty"])


def test_a_table_for_people_and_refusals_on_standard_error(
    kokpit: Kokpit, home: Home, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    answer = kokpit("load", report, tmp_path / "empty.csv")
    assert answer.code == 1
    head, first, second, *_ = answer.out.splitlines()
    assert head.split() == ["file", "status", "format", "rows", "replaced", "rejected", "totals", "days"]
    assert first.split() == [
        *("report.csv", "loaded", "google_ads", "2", "0", "1", "1"),
        *("2026-11-01", "–", "2026-11-02"),
    ]
    assert second.split()[:2] == ["empty.csv", "refused"]
    assert answer.errors.startswith(f"✕ {tmp_path / 'empty.csv'}: ")
    assert len(answer.errors.splitlines()) == 1


def test_file_names_are_not_read_as_markup(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    file = write_report(tmp_path / "[red]report :smile:.csv")
    assert "[red]report :smile:.csv" in kokpit("load", file).out


class TestDryRun:
    def test_it_says_what_would_happen_and_changes_nothing(
        self, kokpit: Kokpit, department: Home, report: Path
    ) -> None:
        before = _everything(department.path)
        generation = open_snapshot(department.warehouse).generation
        answer = kokpit("load", report, "--dry-run", "--json")
        assert (answer.code, answer.json["files"][0]["status"]) == (0, "loaded")
        assert answer.json["files"][0]["rows_loaded"] == 2
        assert _everything(department.path) == before
        assert open_snapshot(department.warehouse).generation == generation

    def test_it_creates_no_home(self, kokpit: Kokpit, report: Path, tmp_path: Path) -> None:
        answer = kokpit("load", report, "--dry-run", "--home", tmp_path / "new")
        assert answer.code == 0
        assert answer.out.splitlines()[-1] == "This was a dry run: nothing was loaded."
        assert not (tmp_path / "new").exists()

    def test_it_does_not_wait_for_another_load(self, kokpit: Kokpit, home: Home, report: Path) -> None:
        from warehouse.lock import writer_lock  # noqa: PLC0415 - only this test holds the lock

        home.warehouse.mkdir()
        with writer_lock(home.warehouse):
            assert kokpit("load", report, "--dry-run").code == 0


class TestOptions:
    def test_the_account_where_the_file_does_not_say(self, kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
        file = tmp_path / "report.csv"
        file.write_text("Campaign,Day,Currency code,Impr.,Clicks,Cost\nBrand,2026-11-01,EUR,100,10,5.50\n")
        answer = kokpit("load", file, "--account", "My account", "--json")
        assert answer.json["files"][0]["account"] == "My account"

    def test_the_locale_where_the_file_can_be_read_in_two_ways(
        self, kokpit: Kokpit, home: Home, tmp_path: Path
    ) -> None:
        file = tmp_path / "report.csv"
        file.write_text("Campaign,Day,Currency code,Impr.,Clicks,Cost\nBrand,03/04/2026,EUR,100,10,5.50\n")
        asked = kokpit("load", file, "--json")
        assert (asked.code, asked.json["files"][0]["status"]) == (1, "refused")
        assert "--locale" in asked.json["files"][0]["message"]
        for locale, day in (("en-GB", "2026-04-03"), ("en-US", "2026-03-04")):
            answer = kokpit("load", file, "--locale", locale, "--dry-run", "--json")
            assert answer.json["files"][0]["first_day"] == day

    def test_the_format_by_name(self, kokpit: Kokpit, home: Home, report: Path) -> None:
        assert kokpit("load", report, "--format", "google_ads", "--json").code == 0

    @pytest.mark.parametrize("asked", ["--format google_adds", "--locale en-UK"])
    def test_unknown_names_are_wrong_usage(self, kokpit: Kokpit, home: Home, report: Path, asked: str) -> None:
        answer = kokpit("load", report, *asked.split(), "--json")
        assert answer.code == 2
        assert answer.json["error"]["kind"] == "usage"
        assert {"google_ads", "en-GB"} & set(re.findall(r"[\w-]+", answer.json["error"]["next_step"]))


def test_the_same_file_twice_changes_nothing(kokpit: Kokpit, home: Home, report: Path) -> None:
    kokpit("load", report)
    before = _everything(home.path)
    answer = kokpit("load", report, "--json")
    file = answer.json["files"][0]
    assert (answer.code, file["status"], file["rows_loaded"], file["rows_replaced"]) == (0, "loaded", 0, 2)
    assert _everything(home.path) == before


def test_answers_are_in_the_language_of_the_home(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    home.configuration.write_text('[reporting]\nlanguage = "pl"\n')
    answer = kokpit("load", tmp_path / "missing.csv", "--json")
    assert json.dumps(answer.json)
    assert "There is no file" not in answer.json["files"][0]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a file be called anything")
def test_a_name_that_is_no_text_is_refused(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / os.fsdecode(b"\xff.csv")).write_bytes(write_report(tmp_path / "report.csv").read_bytes())
    answer = kokpit("load", tmp_path / "inbox", "--json")
    assert answer.code == 1
    assert "is not valid text. Rename it" in answer.json["files"][0]["message"]


@pytest.mark.parametrize("mistaken", [0, 1, 2])
@pytest.mark.timeout(60)
def test_a_mistake_of_ours_ends_the_load_and_publishes_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistaken: int
) -> None:
    """Files are staged side by side and merged in turn: one that fails must not keep the others waiting."""
    files = [write_report(tmp_path / f"{number}.csv", clicks=number) for number in range(3)]

    def stage_or_fail(lane: Lane, staging: Staging, *, repeated: bool) -> None:
        if lane.run("SELECT clicks FROM staged_all ORDER BY file_line LIMIT 1") == [(mistaken,)]:
            raise ZeroDivisionError
        stage(lane, staging, repeated=repeated)

    monkeypatch.setattr(batch, "stage", stage_or_fail)
    with pytest.raises(ZeroDivisionError):
        load_files(home, files)
    assert open_snapshot(home.warehouse).generation == 0
    assert [entry.name for entry in home.warehouse.iterdir()] == ["writer.lock"]


def _everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_names_command_no_terminal(kokpit: Kokpit, tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31mb.csv"
    file.write_text("day,platform,account,campaign,currency,clicks\n2026-11-02,google_ads,1,\x1b]0;mine\x07,EUR,5\n")
    told = kokpit("load", file)
    assert told.code == 0
    asked = kokpit("kpi", "clicks", "--from", "2026-11-02", "--to", "2026-11-02", "--split", "campaign")
    assert "]0;mine" in asked.out
    assert [text for text in (told.out, told.errors, asked.out) if "\x1b" in text or "\x07" in text] == []


@pytest.mark.parametrize("arguments", [("load", ""), ("load", "{report}", "--home", ""), ("doctor", "--home", "")])
def test_an_unset_variable_is_not_the_current_folder(
    kokpit: Kokpit, home: Home, report: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(report.parent)
    answer = kokpit(*(argument.format(report=report) for argument in arguments))
    assert (answer.code, answer.out) == (2, "")
    assert "A path is empty." in answer.errors
    assert not home.warehouse.exists()
    assert not (report.parent / "warehouse").exists()
