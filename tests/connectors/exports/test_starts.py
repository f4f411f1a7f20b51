"""The quick look at the first letter of a cell: it never says no to a start, and spares days the closer look."""

from __future__ import annotations

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from connectors.exports.conventions import UNKNOWN_CELLS
from connectors.exports.expressions import may_start_with
from connectors.exports.formats import formats
from warehouse.schema import literal

LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)


def looked_at(cell: str, starts: list[str]) -> bool:
    """What the expression says of *cell*."""
    row = duckdb.execute(f"SELECT {may_start_with('cell', starts)} FROM (SELECT {literal(cell)} AS cell)").fetchone()
    assert row is not None
    return bool(row[0])


@given(st.lists(LETTERS, min_size=1, max_size=12), st.data())
def test_a_start_is_always_looked_at(starts: list[str], data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(starts))
    assert looked_at(start[:1] + data.draw(LETTERS) if start else "", starts)


def test_days_are_spared_the_look_for_totals_in_every_format() -> None:
    for each in formats().values():
        spelt = {form for word in each.totals.words for form in (word, word.lower(), word.upper())}
        starts = [" ", "\u00a0", *sorted(spelt)]
        assert not any(looked_at(f"{digit}026-11-22", starts) for digit in range(10)), each.name


def test_an_empty_cell_is_one_of_the_ways_to_say_no_value() -> None:
    assert looked_at("", list(UNKNOWN_CELLS))
    assert not looked_at("", ["Total"])
