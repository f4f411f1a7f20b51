"""What a spreadsheet would run is written so that it does not, and comes back as it was; numbers as they were meant."""

from __future__ import annotations

import re

import pytest

from core.cells import clean, harmless


@pytest.mark.parametrize("text", ["=1+1", "+48 600", "-5", "@SUM(A1)", "\tx", "\rx", "'=1+1", "''-x"])
def test_what_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Brand", "5 = 5", "it's", "'quoted'", " =1", "–5"])
def test_everything_else_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "Brand", "'quoted'"])
def test_taking_one_apostrophe_away_gives_the_text_back(text: str) -> None:
    assert re.sub(r"^'('*[=+@\t\r-])", r"\1", harmless(text)) == text


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.1 + 0.2, "0.3"),
        (-0.0, "0.0"),
        (5.0, "5.0"),
        (-12_345_678.12, "-12345678.12"),
        (1 / 3, "0.3333333333333333"),
        (130 / 9000, "0.014444444444444444"),
        (1.1 * 1.1, "1.21"),
        (1.234e-7, "1.234e-07"),
    ],
)
def test_numbers_lose_the_noise_of_sums_and_nothing_else(number: float, written: str) -> None:
    assert repr(clean(number)) == written
