"""`pack`: the minutes and numbers of a review as a file, in the form that its ending asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.period import Period
from journal.opening import close_all, open_journal
from journal.operations.reviews import ReviewPlan, open_review, plan_review
from journal.people import Actor
from journal.words import Rhythm, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.config import Home
    from tests.cli.conftest import Kokpit

WEEK = Period(date(2026, 11, 9), date(2026, 11, 15))
BEGINNINGS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}


@pytest.fixture
def review(department: Home) -> Iterator[int]:
    """The number of a review that is going on."""
    journal = open_journal(department, Actor("Ada Kowalczyk", Role.HEAD))
    plan = ReviewPlan("Week 46", Rhythm.WEEKLY, datetime(2026, 11, 16, 23, 30, tzinfo=UTC), WEEK)
    yield open_review(journal, plan_review(journal, plan).id).id
    close_all()


@pytest.mark.parametrize("ending", list(BEGINNINGS))
def test_the_ending_decides_the_form(
    kokpit: Kokpit, department: Home, review: int, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"pack.{ending.upper()}"
    answer = kokpit("pack", review, "--out", file, "--home", department.path)
    assert (answer.code, answer.out) == (0, f"{file} is written: Week 46.\n")
    assert file.read_bytes().startswith(BEGINNINGS[ending])
    assert [path.name for path in tmp_path.iterdir() if "pack" in path.name] == [file.name]


def test_the_last_review_in_another_language(kokpit: Kokpit, department: Home, review: int, tmp_path: Path) -> None:
    file = tmp_path / "pack.html"
    assert kokpit("pack", "last", "--out", file, "--lang", "pl", "--home", department.path).code == 0
    text = file.read_text(encoding="utf-8")
    assert 'lang="pl"' in text
    assert "1,19 tys." in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_review_without_its_data_says_so_in_the_file_and_beside_it(
    kokpit: Kokpit, department: Home, review: int, tmp_path: Path
) -> None:
    for file in department.warehouse.iterdir():
        file.unlink()
    file = tmp_path / "pack.html"
    answer = kokpit("pack", review, "--out", file, "--home", department.path)
    told = "There are none: no KPI of this review has data. Load its files, then try again."
    assert (answer.code, answer.errors) == (0, f"⚠ Numbers: {told}\n")
    assert told in file.read_text(encoding="utf-8")


def test_a_review_that_is_not_there(kokpit: Kokpit, department: Home, review: int, tmp_path: Path) -> None:
    answer = kokpit("pack", 12345, "--out", tmp_path / "pack.pdf", "--home", department.path)
    assert answer.code == 2
    assert answer.errors == (
        f"There is no review '12345'. Name one by its number, or “last”. The newest are: {review} (Week 46, 17 Nov).\n"
    )


def test_a_home_without_a_journal_gets_none(kokpit: Kokpit, department: Home, tmp_path: Path) -> None:
    answer = kokpit("pack", "last", "--out", tmp_path / "pack.pdf", "--home", department.path)
    assert answer.code == 2
    assert answer.errors.startswith(f"There is no journal in {department.path} yet, so no review either.")
    assert not (department.path / "journal.sqlite").exists()


def test_a_form_that_is_not_known(kokpit: Kokpit, department: Home, review: int, tmp_path: Path) -> None:
    answer = kokpit("pack", "last", "--out", tmp_path / "pack.docx", "--home", department.path)
    assert answer.code == 2
    assert answer.errors.endswith(
        "pack.docx ends in .docx, which is not written here. Use one of html, pdf, xlsx, csv.\n"
    )


def test_a_folder_and_a_name_without_ending_are_told(
    kokpit: Kokpit, department: Home, review: int, tmp_path: Path
) -> None:
    answer = kokpit("pack", "last", "--out", tmp_path, "--home", department.path)
    assert (answer.code, answer.errors) == (
        2,
        f"{tmp_path} is a folder, not a file. Use one of html, pdf, xlsx, csv.\n",
    )
    answer = kokpit("pack", f"00{review}", "--out", tmp_path / "pack", "--home", department.path)
    assert (answer.code, "pack has no ending that says what to write." in answer.errors) == (2, True)
    assert kokpit("pack", f"00{review}", "--out", tmp_path / "pack.csv", "--home", department.path).code == 0


def test_a_file_that_cannot_be_written(kokpit: Kokpit, department: Home, review: int, tmp_path: Path) -> None:
    answer = kokpit("pack", "last", "--out", tmp_path / "nowhere" / "pack.pdf", "--home", department.path)
    assert answer.code == 2
    assert answer.errors.endswith("pack.pdf cannot be written. Name a file in a folder that exists.\n")
    (tmp_path / "pack.pdf.part").mkdir()
    answer = kokpit("pack", "last", "--out", tmp_path / "pack.pdf", "--home", department.path)
    assert answer.code == 1
    assert "pack.pdf cannot be written: " in answer.errors
