"""Hypothesis: whatever a spreadsheet makes of a table of targets, the same rows come back."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.plan.reading import read_files
from core.language import LANGUAGES, translated
from warehouse.datasets import titles

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    import pytest

COLUMNS: Final = ("kpi", "valid_from", "value", "reason")


class Style(NamedTuple):
    """How a spreadsheet of some country writes a table."""

    language: str
    delimiter: str
    decimal: str
    day: str
    codec: str


STYLES: Final = (
    Style("en", ",", ".", "%Y-%m-%d", "utf-8"),
    Style("", ",", ".", "%Y-%m-%d", "utf-8"),
    Style("", ";", ",", "%d.%m.%Y", "utf-8-sig"),
    Style("pl", ";", ",", "%d.%m.%Y", "utf-8"),
    Style("pl", ";", ",", "%Y-%m-%d", "utf-16"),
    Style("ru", ";", ",", "%d.%m.%Y", "utf-8-sig"),
    Style("ru", "\t", ",", "%d.%m.%Y", "utf-16"),
)
# Two decimals: three after one mark could be thousands, which is asked and not guessed.
VALUES = st.decimals(0, 10**6, places=2)
TEXTS = st.text(st.sampled_from("abcżóщю ;,\"'\t\n="), max_size=12).map(str.strip)
ROWS = st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2099, 12, 31)), VALUES, TEXTS), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from(STYLES))
def test_a_table_comes_back_from_every_style(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[date, Decimal, str]], style: Style
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    write(folder / "targets.csv", rows, style)
    work = tmp_path_factory.mktemp("work")
    plan = read_files([folder / "targets.csv"], [], work)
    assert plan.problems == []
    found = [(row["valid_from"], row["value"], row.get("reason", "")) for row in plan.tables["targets"].rows]
    assert found == [(day, value, unescaped(text)) for day, value, text in rows]


def write(file: Path, rows: list[tuple[date, Decimal, str]], style: Style) -> None:
    """The table as a file of this style."""
    names = [titles.english_column_title("targets", column) for column in COLUMNS]
    header = [translated(name, style.language) for name in names] if style.language in LANGUAGES else COLUMNS
    with file.open("w", encoding=style.codec, newline="") as out:
        writer = csv.writer(out, delimiter=style.delimiter)
        writer.writerow(header)
        for day, value, text in rows:
            writer.writerow(["roas", day.strftime(style.day), f"{value:f}".replace(".", style.decimal), text])


def unescaped(text: str) -> str:
    """Apostrophes before what a spreadsheet would run as a formula are Kokpit's own, and come off."""
    bare = text.lstrip("'")
    return text[1:] if text.startswith("'") and bare[:1] in {"=", "+", "@", "\t", "\r", "-"} and bare else text
