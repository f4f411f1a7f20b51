"""What the doctor looks at, finds and advises."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from core.config import Home
from tests.tables import make_every_table
from tests.warehouse.shelf import publish
from warehouse.datasets import DATASETS
from warehouse.doctor import OK, PROBLEM, WARNING, Finding, examine
from warehouse.explain import explain
from warehouse.loads import Load
from warehouse.writer import writing


class Usage(NamedTuple):
    free: int


def found(home: Home) -> dict[str, Finding]:
    """The findings about *home* by what was looked at."""
    return {finding.check: finding for finding in examine(home)}


def test_a_home_in_order(home: Home) -> None:
    home.configuration.write_text('[reporting]\ncurrency = "PLN"\n')
    publish(home.warehouse, 1, 2)
    findings = found(home)
    assert {finding.state for finding in findings.values()} == {OK}
    assert list(findings) == ["python", "packages", "configuration", "rights", "disk", "warehouse"]
    assert "PLN, Europe/Warsaw, en" in findings["configuration"].finding
    assert findings["warehouse"].finding == "Snapshot 1 (1 kept): ad_performance 2, loads 1."


def test_looking_changes_nothing(home: Home) -> None:
    list(examine(home))
    assert list(home.path.iterdir()) == []


def test_a_home_that_does_not_exist_yet(home: Home) -> None:
    home.path.rmdir()
    findings = found(home)
    assert findings["warehouse"].state == WARNING
    assert f'load PATH --home "{home.path}"' in findings["warehouse"].next_step
    assert findings["rights"] == Finding("rights", OK, f"{home.path.parent} can be written.")
    assert not home.path.exists()


def test_a_home_that_is_a_file(home: Home) -> None:
    home.path.rmdir()
    home.path.write_text("not a folder")
    assert found(home)["rights"].state == PROBLEM


def test_a_configuration_that_cannot_be_used(home: Home) -> None:
    home.configuration.write_text('[reporting]\ncurency = "EUR"\n')
    finding = found(home)["configuration"]
    assert finding.state == PROBLEM
    assert finding.next_step == "Did you mean currency?"


def test_a_damaged_warehouse(home: Home) -> None:
    publish(home.warehouse, 1)
    (home.warehouse / "000001.duckdb").write_bytes(b"no database")
    finding = found(home)["warehouse"]
    assert finding.state == PROBLEM
    assert "damaged" in finding.finding
    assert f'rollback --home "{home.path}"' in finding.next_step


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no question marks in names")
def test_a_path_that_the_database_cannot_write_in(tmp_path: Path) -> None:
    finding = found(Home(tmp_path / "a?b" / "home"))["path"]
    assert finding.state == PROBLEM
    assert str(tmp_path / "a?b") in finding.finding
    assert "Rename that folder" in finding.next_step


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.9, 0.97])
def test_a_snapshot_that_is_cut_off(home: Home, kept: float) -> None:
    """It opens and counts its rows: only whoever reads all of it notices."""
    publish(home.warehouse, *range(50_000))
    file = home.warehouse / "000001.duckdb"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    finding = found(home)["warehouse"]
    assert finding.state == PROBLEM
    assert f"The snapshot {file} is damaged or missing: " in finding.finding
    assert f'rollback --home "{home.path}"' in finding.next_step


def test_a_lost_pointer(home: Home) -> None:
    publish(home.warehouse, 1)
    (home.warehouse / "CURRENT").unlink()
    finding = found(home)["warehouse"]
    assert finding.state == PROBLEM
    assert "CURRENT is missing, though there are snapshots beside it." in finding.finding
    assert f'rollback --home "{home.path}"' in finding.next_step


def test_little_room(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(free=1 << 29))
    finding = found(home)["disk"]
    assert (finding.state, finding.finding) == (WARNING, "0.5 GB free.")


def test_a_missing_package(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    version = importlib.metadata.version

    def without_altair(name: str) -> str:
        if name == "altair":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", without_altair)
    problems = [finding for finding in examine(home) if finding.state == PROBLEM]
    assert problems == [Finding("packages", PROBLEM, "The package altair is missing.", "Run: make run.")]


def test_rows_twice_under_one_key_break_the_contract(home: Home) -> None:
    """Whatever brought them in, every sum over them is wrong."""
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        writer.run(
            """INSERT INTO target.ad_performance BY NAME SELECT DATE '2026-11-01' AS day, 'google_ads' AS platform,
            id AS campaign_id, name AS campaign, 1 AS occurrence
            FROM (VALUES ('7', 'a'), ('7', 'b'), ('8', 'b')) t(id, name)"""
        )
        writer.publish()
    finding = found(home)["keys"]
    assert finding.state == PROBLEM
    assert finding.finding == "1 key of ad_performance is there more than once."


def test_rejected_rows_and_differing_totals(home: Home) -> None:
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        writer.run("INSERT INTO target.rejects BY NAME SELECT 1 AS load_id, 5 AS line")
        writer.log(Load(load_id=1, name="odd.csv", control_differs=True))
        writer.publish()
    findings = found(home)
    assert findings["rejects"].finding == "1 row was rejected."
    assert "in: odd.csv" in findings["totals"].finding
    assert {findings[check].state for check in ("rejects", "totals")} == {WARNING}
    explain(home.warehouse, 1, "Two campaigns were removed.")
    assert "totals" not in found(home)


def test_every_dataset_is_counted(home: Home) -> None:
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        for name in DATASETS:
            writer.run(f'INSERT INTO target."{name}" (load_id) VALUES (1)')
        writer.publish()
    counted = found(home)["warehouse"].finding.split(": ")[1].removesuffix(".")
    assert counted.split(", ") == [f"{name} 1" for name in DATASETS]


def test_room_for_four_more_of_a_large_snapshot(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(home.warehouse, 1)
    size = (home.warehouse / "000001.duckdb").stat().st_size
    monkeypatch.setattr("warehouse.doctor.LOW_SPACE", 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(free=4 * size))
    assert found(home)["disk"].state == OK
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(free=4 * size - 1))
    assert found(home)["disk"].state == WARNING


def test_folders_that_people_put_files_into(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (home.inbox / "november").mkdir(parents=True)
    (home.inbox / "november" / "ads.csv").touch()
    (home.inbox / ".hidden").touch()
    home.plan.write_text("no folder")
    findings = found(home)
    assert (findings["inbox"].state, findings["inbox"].finding) == (OK, f"1 file in {home.inbox}.")
    assert (findings["plan"].state, findings["plan"].finding) == (PROBLEM, f"{home.plan} is not a folder.")
    monkeypatch.setattr("os.access", lambda path, _mode: not str(path).endswith("ads.csv"))
    barred = found(home)["inbox"]
    assert (barred.state, barred.finding) == (PROBLEM, f"Files in {home.inbox} cannot be read: ads.csv.")


@pytest.mark.parametrize("right", [os.R_OK, os.X_OK])
def test_a_folder_inside_that_may_not_be_opened(home: Home, monkeypatch: pytest.MonkeyPatch, right: int) -> None:
    """Without one right its names cannot be read, without the other nothing but its names."""
    locked = home.inbox / "november"
    locked.mkdir(parents=True)
    (locked / "ads.csv").touch()
    scan, access, look = os.scandir, os.access, Path.is_file

    def refuse(place: Path) -> object:
        if right == os.R_OK and str(place) == str(locked):
            raise PermissionError(13, "Permission denied", str(place))
        return scan(place)

    def refuse_to_look(file: Path) -> bool:
        if file.parent == locked:
            raise PermissionError(13, "Permission denied", str(file))
        return look(file)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) != str(locked) and access(path, mode))
    monkeypatch.setattr(Path, "is_file", refuse_to_look)
    barred = found(home)["inbox"]
    assert (barred.state, barred.finding) == (PROBLEM, f"Files in {home.inbox} cannot be read: november.")


def test_a_package_of_another_version(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "9.0" if name == "altair" else version(name))
    (warning,) = [each for each in examine(home) if each.check == "packages" and each.state == WARNING]
    assert warning.finding == "The package altair is of version 9.0; Kokpit wants 6.3 up to 7."
