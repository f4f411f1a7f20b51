"""`rollback`, `doctor` and `demo`."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from core.config import Home
from data.demo import build
from tests.cli.conftest import write_report
from tests.warehouse.shelf import clicks
from warehouse import undo
from warehouse.generations import current_generation

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Kokpit


class TestRollback:
    def test_back_load_by_load(self, kokpit: Kokpit, home: Home, report: Path) -> None:
        kokpit("load", report)
        kokpit("load", write_report(report, clicks=11))
        assert clicks(home.warehouse) == 31
        assert kokpit("rollback") == (0, "Taken back: report.csv.\nSnapshot 1 is current again.\n", "")
        assert clicks(home.warehouse) == 30
        told = "Taken back: report.csv.\nThe first load is undone: nothing is loaded any more.\n"
        assert kokpit("rollback") == (0, told, "")
        assert clicks(home.warehouse) == 0

    def test_a_load_that_ends_meanwhile_is_not_taken_back(
        self, kokpit: Kokpit, home: Home, report: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kokpit("load", report)
        told = undo.unsaid

        def told_late(folder: Path) -> list[str]:
            load_files(home, [write_report(report, clicks=11)])
            return told(folder)

        monkeypatch.setattr(undo, "unsaid", told_late)
        answer = kokpit("rollback")
        assert (answer.code, answer.out) == (2, "")
        assert "Something else was loaded or undone in the meantime" in answer.errors
        assert clicks(home.warehouse) == 31

    def test_as_json(self, kokpit: Kokpit, report: Path) -> None:
        kokpit("load", report)
        kokpit("load", write_report(report, clicks=11))
        assert json.loads(kokpit("rollback", "--json").out) == {"files": ["report.csv"], "snapshot": 1}
        assert json.loads(kokpit("rollback", "--json").out) == {"files": ["report.csv"], "snapshot": None}

    def test_nothing_to_go_back_to_is_a_refusal(self, kokpit: Kokpit, home: Home, report: Path, tmp_path: Path) -> None:
        answer = kokpit("rollback", "--home", tmp_path / "none")
        assert (answer.code, answer.out) == (1, "")
        assert "There is no earlier snapshot" in answer.errors
        kokpit("load", report)
        assert kokpit("rollback").code == 0
        answer = kokpit("rollback", "--json")
        assert (answer.code, answer.json["error"]["kind"]) == (1, "file")
        assert not (tmp_path / "none").exists()

    def test_a_damaged_snapshot_leads_to_a_command_that_works(self, kokpit: Kokpit, home: Home, report: Path) -> None:
        kokpit("load", report)
        kokpit("load", write_report(report, clicks=11))
        (home.warehouse / "000002.duckdb").write_bytes(b"no database")
        answer = kokpit("export", "ad_performance")
        assert answer.code == 1
        assert f'Run: python cli.py rollback --home "{home.path}"' in answer.errors
        assert kokpit("rollback", "--home", home.path).code == 0
        assert kokpit("export", "ad_performance").code == 0


class TestExplain:
    """Why the totals of a load differ, from the terminal."""

    def test_the_warning_of_kpis_ends_with_it_and_is_back_after_a_rollback(
        self, kokpit: Kokpit, home: Home, tmp_path: Path
    ) -> None:
        header = "Day,Campaign,Clicks,Impr.,Cost,Currency code,Account name"
        lines = (header, "2026-11-16,Brand,1,10,1.00,EUR,Shop", "Total: Account,,1,10,5.00,EUR,")
        (tmp_path / "odd.csv").write_text("\n".join(lines), encoding="utf-8")
        kokpit("load", tmp_path / "odd.csv")
        asked = ("kpi", "spend", "--from", "2026-11-16", "--to", "2026-11-16", "--format", "json")
        assert "do not add up" in kokpit(*asked).errors
        told = (0, "Kept. Snapshot 2 is current; `rollback` undoes it.\n", "")
        assert kokpit("explain", "1", "Removed campaigns", "--by", "Anna") == told
        answer = kokpit(*asked)
        assert (answer.code, answer.errors) == (0, "")
        undone = "Taken back: the last word on why the totals differ in odd.csv.\nSnapshot 1 is current again.\n"
        assert kokpit("rollback").out == undone
        assert "do not add up" in kokpit(*asked).errors
        assert not home.is_empty

    def test_an_unknown_load_is_wrong_usage(self, kokpit: Kokpit, report: Path) -> None:
        kokpit("load", report)
        answer = kokpit("explain", "12", "Why")
        assert (answer.code, answer.out) == (2, "")
        assert "There is no load 12 in the load log." in answer.errors


class TestDoctor:
    def test_findings_for_people(self, kokpit: Kokpit, department: Home) -> None:
        answer = kokpit("doctor")
        assert (answer.code, answer.errors) == (0, "")
        assert [line[0] for line in answer.out.splitlines()][:6] == ["✓"] * 6

    def test_findings_for_programs(self, kokpit: Kokpit, home: Home) -> None:
        answer = kokpit("doctor", "--json")
        assert answer.code == 0
        assert all(list(finding) == ["check", "state", "finding", "next_step"] for finding in answer.json["findings"])
        states = {finding["check"]: finding["state"] for finding in answer.json["findings"]}
        assert states["warehouse"] == "warning"

    def test_a_problem_is_a_failure(self, kokpit: Kokpit, home: Home) -> None:
        home.configuration.write_text("[reporting\n")
        answer = kokpit("doctor", "--json")
        assert answer.code == 1
        problems = [finding for finding in answer.json["findings"] if finding["state"] == "problem"]
        assert [problem["check"] for problem in problems] == ["configuration"]

    def test_sources_that_are_late(self, kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
        lines = ["Campaign,Day,Customer ID,Currency code,Impr.,Clicks,Cost"]
        lines += [f"Brand,2020-01-{day:02d},A,EUR,100,10,5.50" for day in range(1, 32)]
        (tmp_path / "old.csv").write_text("\n".join(lines))
        kokpit("load", tmp_path / "old.csv")
        (late,) = [
            finding for finding in kokpit("doctor", "--json").json["findings"] if finding["check"] == "freshness"
        ]
        assert late["state"] == "warning"
        assert "2020-01-31" in late["finding"]


class TestDemo:
    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The department writes a single report and has nobody to talk about it: all of it is shown elsewhere."""

        def write_department(folder: Path, _last_day: object) -> None:
            (folder / "inbox").mkdir()
            (folder / "plan").mkdir()
            write_report(folder / "inbox" / "report.csv")

        monkeypatch.setattr(build, "write_department", write_department)
        monkeypatch.setattr("data.demo.story.telling.tell", lambda _home, _last: None)

    def test_in_its_own_home(self, kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
        answer = kokpit("demo")
        assert answer.code == 0
        assert (
            answer.out == f"The demonstration department is ready in {tmp_path / 'demo-home'}: 2 rows from 1 tables.\n"
        )
        assert clicks(tmp_path / "demo-home" / "warehouse") == 30
        assert list(home.path.iterdir()) == []

    def test_as_json(self, kokpit: Kokpit, tmp_path: Path) -> None:
        answer = kokpit("demo", "--json")
        assert json.loads(answer.out) == {"home": str(tmp_path / "demo-home"), "rows": 2, "tables": 1}

    def test_in_a_home_that_is_named(self, kokpit: Kokpit, tmp_path: Path) -> None:
        assert kokpit("demo", "--home", tmp_path / "shown", "--last-day", "2026-11-20").code == 0
        assert clicks(tmp_path / "shown" / "warehouse") == 30

    def test_anew_over_an_older_demonstration(self, kokpit: Kokpit, tmp_path: Path) -> None:
        """Numbers of snapshots are used up: a running cockpit may have the older ones open."""
        home = tmp_path / "shown"
        kokpit("demo", "--home", home)
        (home / "inbox" / "more.csv").write_text("mine")
        assert kokpit("demo", "--home", home).code == 0
        assert not (home / "inbox" / "more.csv").exists()
        assert current_generation(home / "warehouse") == 2
        assert clicks(home / "warehouse") == 30

    @pytest.mark.parametrize("name", ["kokpit.toml", "warehouse/CURRENT", "letters/ada.txt"])
    def test_never_over_anything_else(self, kokpit: Kokpit, home: Home, name: str) -> None:
        (home.path / name).parent.mkdir(exist_ok=True)
        (home.path / name).write_text("mine")
        answer = kokpit("demo", "--home", home.path)
        assert answer.code == 2
        assert f"{home.path} is not empty and holds no demonstration." in answer.errors
        assert [file.read_text() for file in home.path.rglob("*") if file.is_file()] == ["mine"]

    def test_not_into_a_file(self, kokpit: Kokpit, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        answer = kokpit("demo", "--home", tmp_path / "file")
        assert answer.code == 2
        assert "is not a folder" in answer.errors

    @pytest.mark.parametrize(
        ("failure", "told"),
        [
            (OSError(errno.ENOSPC, "No space left on device"), ("wait", "could not be written: No space left")),
            (PermissionError(errno.EACCES, "Permission denied", "x.csv"), ("access", "x.csv cannot be written.")),
        ],
    )
    def test_a_disk_that_is_full_or_barred(
        self, kokpit: Kokpit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError, told: tuple[str, str]
    ) -> None:
        def breaks_off(folder: Path, _last_day: object) -> None:
            (folder / "inbox").mkdir()
            write_report(folder / "inbox" / "report.csv")
            raise failure

        kokpit("demo", "--home", tmp_path / "shown")
        monkeypatch.setattr(build, "write_department", breaks_off)
        answer = kokpit("demo", "--home", tmp_path / "shown", "--json")
        assert (answer.code, answer.json["error"]["kind"]) == (1, told[0])
        assert told[1] in answer.json["error"]["message"]
        assert answer.json["error"]["next_step"]
        assert not (tmp_path / "shown" / "inbox").exists()
        assert Home(tmp_path / "shown").is_empty

    def test_half_a_department_is_none(self, kokpit: Kokpit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file of its own is refused only where something around it is not in order."""

        def write_department(folder: Path, _last_day: object) -> None:
            (folder / "inbox").mkdir()
            write_report(folder / "inbox" / "report.csv")
            (folder / "inbox" / "half.csv").write_bytes(b"")

        monkeypatch.setattr(build, "write_department", write_department)
        answer = kokpit("demo", "--home", tmp_path / "shown")
        assert (answer.code, answer.out) == (1, "")
        assert "half.csv" in answer.errors
        assert Home(tmp_path / "shown").is_empty

    def test_never_where_the_database_cannot_write(self, kokpit: Kokpit, tmp_path: Path) -> None:
        answer = kokpit("demo", "--home", tmp_path / "a?b")
        assert answer.code == 1
        assert "since there is a ? in its name" in answer.errors
        assert not (tmp_path / "a?b").exists()

    def test_a_wrong_day_removes_nothing(self, kokpit: Kokpit, tmp_path: Path) -> None:
        kokpit("demo", "--home", tmp_path / "shown")
        assert kokpit("demo", "--home", tmp_path / "shown", "--last-day", "yesterday").code == 2
        answer = kokpit("demo", "--home", tmp_path / "shown", "--last-day", "2199-01-01")
        assert answer.code == 2
        assert "too far away" in answer.errors
        ahead = datetime.now(UTC).date() + timedelta(days=2)
        assert kokpit("demo", "--home", tmp_path / "shown", "--last-day", str(ahead)).code == 2
        assert clicks(tmp_path / "shown" / "warehouse") == 30
