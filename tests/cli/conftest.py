"""The command line run inside the test, and homes to run it on."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

import cli
from core.config import Home
from tests.department import build_department

if TYPE_CHECKING:
    from pathlib import Path


class Answer(NamedTuple):
    """What a command left behind: its exit code and what it wrote."""

    code: int
    out: str
    errors: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command answers
        """Standard output as JSON."""
        return json.loads(self.out)


class Kokpit(Protocol):
    """Runs the command line."""

    def __call__(self, *arguments: object) -> Answer:
        """The answer to `python cli.py` with *arguments*."""


@pytest.fixture
def kokpit(capsys: pytest.CaptureFixture[str]) -> Kokpit:
    """The command line, on the home of the test."""

    def run(*arguments: object) -> Answer:
        code = cli.main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Answer(code, written.out, written.err)

    return run


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A small department, built once for the tests of a module."""
    return build_department(Home(tmp_path_factory.mktemp("department")))


@pytest.fixture
def department(built: Home, home: Home) -> Home:
    """The small department as the home of the test."""
    shutil.copytree(built.path, home.path, dirs_exist_ok=True)
    return home


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A Google Ads report of two days with its totals row, and one row that cannot be right."""
    return write_report(tmp_path / "report.csv")


def write_report(file: Path, clicks: int = 10) -> Path:
    """Write such a report to *file*."""
    lines = [
        "Campaign report",
        '"November 1, 2026 - November 2, 2026"',
        "Campaign,Day,Customer ID,Currency code,Impr.,Clicks,Cost",
        f"Brand,2026-11-01,111-111-1111,EUR,100,{clicks},5.50",
        "Brand,2026-11-02,111-111-1111,EUR,200,20,6.50",
        "Brand,2026-11-31,111-111-1111,EUR,1,1,1.00",
        f"Total: Campaigns, --, --, --,300,{clicks + 20},12.00",
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
