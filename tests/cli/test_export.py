"""`export`: any dataset, to standard output or into a file."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
import python_calamine

from tests.warehouse.shelf import ROOT
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home
    from tests.cli.conftest import Kokpit

DAYS = ("--from", "2026-11-02", "--to", "2026-11-08")


def test_csv_on_standard_output(kokpit: Kokpit, department: Home) -> None:
    answer = kokpit("export", "ad_performance", *DAYS)
    assert (answer.code, answer.errors) == (0, "")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert len(rows) == 7 * 5
    assert {row["day"] for row in rows} == {f"2026-11-{day:02d}" for day in range(2, 9)}
    assert sum(float(row["cost"]) for row in rows) == 455
    assert "load_id" not in rows[0]


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset(kokpit: Kokpit, department: Home, name: str) -> None:
    answer = kokpit("export", name)
    assert answer.code == 0
    assert answer.out.split("\n")[0].split(",")[0] == DATASETS[name].columns[0].name


def test_loads_and_rejects_keep_their_number(kokpit: Kokpit, department: Home) -> None:
    loads = list(csv.DictReader(io.StringIO(kokpit("export", "loads").out)))
    assert [(load["load_id"], load["name"]) for load in loads] == [
        ("1", "google.csv"),
        ("2", "meta.xlsx"),
        ("3", "totals.csv"),
        ("4", "details.csv"),
    ]
    (reject,) = csv.DictReader(io.StringIO(kokpit("export", "rejects").out))
    assert (reject["load_id"], reject["line"], reject["column"]) == ("1", "17", "Day")


@pytest.mark.parametrize("ask", [("--format", "xlsx", "--out", "table"), ("--out", "table.xlsx")])
def test_a_workbook_by_format_or_by_the_name_of_the_file(
    kokpit: Kokpit, department: Home, tmp_path: Path, ask: tuple[str, ...]
) -> None:
    *options, file = ask
    answer = kokpit("export", "people", *options, tmp_path / file)
    assert (answer.code, answer.out, answer.errors) == (0, "", "")
    sheet = python_calamine.CalamineWorkbook.from_path(tmp_path / file).get_sheet_by_index(0).to_python()
    assert sheet[1][:2] == ["ada", "Ada Kowalczyk"]


def test_parquet_into_a_file(kokpit: Kokpit, department: Home, tmp_path: Path) -> None:
    kokpit("export", "search_totals", *DAYS, "--format", "parquet", "--out", tmp_path / "totals")
    assert pq.read_table(tmp_path / "totals")["clicks"].to_pylist() == [100] * 7


def test_parquet_on_standard_output(department: Home) -> None:
    command = [sys.executable, "cli.py", "export", "people", "--format", "parquet", "--home", str(department.path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert (result.stdout[:4], result.stdout[-4:]) == (b"PAR1", b"PAR1")


@pytest.mark.parametrize("place", ["gone/out.csv", "."])
def test_a_file_that_cannot_be_is_wrong_usage(kokpit: Kokpit, department: Home, tmp_path: Path, place: str) -> None:
    answer = kokpit("export", "people", "--out", tmp_path / place)
    assert answer.code == 2
    assert "Name a file in a folder that exists." in answer.errors


def test_an_empty_home_gives_the_header(kokpit: Kokpit, home: Home) -> None:
    answer = kokpit("export", "people")
    assert (answer.code, answer.out.count("\n")) == (0, 1)


def test_a_file_that_ends_in_what_is_not_written_is_refused(kokpit: Kokpit, tmp_path: Path) -> None:
    answer = kokpit("export", "people", "--out", tmp_path / "people.pdf")
    assert answer.code == 2
    assert "people.pdf ends in .pdf" in answer.errors
    assert "csv, parquet, xlsx" in answer.errors
    assert list(tmp_path.glob("people*")) == []
    assert kokpit("export", "people", "--format", "csv", "--out", tmp_path / "people.txt").code == 0


def test_a_pipe_is_not_replaced_and_a_link_is_followed(kokpit: Kokpit, department: Home, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    answer = kokpit("export", "loads", "--format", "csv", "--out", tmp_path / "pipe")
    assert (answer.code, "is a pipe or a device, not a file" in answer.errors) == (2, True)
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert kokpit("export", "loads", "--out", tmp_path / "link.csv").code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("load_id,")


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file sizes")
@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_a_disk_that_fills_up_is_told_once_and_leaves_nothing(department: Home, tmp_path: Path, kind: str) -> None:
    limited = "import resource, sys, cli; resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)); cli.main(sys.argv[1:])"
    ask = ["export", "loads", "--format", kind, "--out", str(tmp_path / "f"), "--home", str(department.path)]
    answer = subprocess.run(
        [sys.executable, "-c", limited, *ask], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert re.fullmatch(r"\S+/f could not be written: .*\n?.*", answer.stderr.strip()), answer.stderr
    assert "Traceback" not in answer.stderr
    assert [file.name for file in tmp_path.iterdir() if "f" in file.name.split(".")] == []
