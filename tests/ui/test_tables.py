"""Tables as HTML: text in the reader's writing, bars, totals, what was left out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.language import use_language
from core.tables import Column, Kind, Row, Table, text
from ui.tables import html

if TYPE_CHECKING:
    from core.tables import Cell

TABLE = Table(
    "Clicks by campaign",
    (Column("Campaign"), Column("Clicks", Kind.NUMBER, bars=True, ordered=True), Column("Change", Kind.RELATIVE)),
    (Row(("Brand", 30, 0.5), href="process?campaign=Brand", tone="kk-better"), Row(("<i>x</i>", 10, None))),
    total=Row(("Total", 40, 0.25)),
    rest=Row(("2 others", 5, None), href="process?rows=all"),
)


@pytest.mark.parametrize(
    ("column", "cell", "written"),
    [
        (Column("a"), "Brand", "Brand"),
        (Column("a"), None, "–"),
        (Column("a", Kind.COUNT), 1234, "1,234"),
        (Column("a", Kind.NUMBER), 9.4, "9.40"),
        (Column("a", Kind.MONEY, "EUR"), 1234.5, "€1,234.50"),
        (Column("a", Kind.PERCENT), 0.05, "5.00%"),
        (Column("a", Kind.RELATIVE), 0.5, "+50.0%"),
        (Column("a", Kind.RELATIVE), 1972.1, "> +1,000%"),
        (Column("a", Kind.POINTS), -0.012, "−1.20 pp"),
        (Column("a", Kind.DIFFERENCE), 0.1, "+0.10"),
        (Column("a", Kind.DAY), date(2026, 11, 9), "9 Nov 2026"),
    ],
)
def test_each_kind_of_cell_is_written_its_way(column: Column, cell: Cell, written: str) -> None:
    assert text(column, cell) == written


def test_cells_are_written_in_the_readers_language() -> None:
    use_language("pl")
    assert text(Column("a", Kind.PERCENT), 0.0243) == "2,43%"


def test_totals_come_first_and_the_rest_last() -> None:
    rows = re.findall(r"<tr class=.*?</tr>", html(TABLE, limit=2))
    firsts = [re.sub(r"<[^>]+>", "", re.findall(r"<td .*?</td>", row)[0]) for row in rows]
    assert firsts == ["Total", "Brand", "&lt;i&gt;x&lt;/i&gt;", "2 others"]
    assert 'class="kk-total"' in rows[0]


def test_without_a_limit_there_is_no_row_for_the_rest() -> None:
    assert "2 others" not in html(TABLE)


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    assert re.findall(r"width:(\d+)%", html(TABLE, limit=2)) == ["100", "33"]


def test_whole_numbers_have_no_decimals_in_their_column() -> None:
    assert "<span>40</span>" in html(TABLE)
    broken = Table("x", TABLE.columns, (Row(("a", 1.5, None)), Row(("b", 2, None))))
    assert "<span>2.00" in html(broken)


def test_the_tone_colours_the_change_alone() -> None:
    row = re.findall(r"<tr class=.*?</tr>", html(TABLE))[1]
    classes = re.findall(r'<td data-label="(\w+)" class="([\w-]*)"', row)
    assert classes == [("Campaign", "kk-text"), ("Clicks", ""), ("Change", "kk-better")]


def test_an_empty_cell_goes_where_its_column_goes() -> None:
    columns = (Column("a"), Column("b", minor=True), Column("c"))
    assert re.findall(r'<td data-label="." class="([^"]*)"', html(Table("t", columns, (Row(("x", "", "")),)))) == [
        "kk-text",
        "kk-none kk-minor",
        "kk-none",
    ]


def test_the_order_is_told_to_those_who_listen() -> None:
    assert '<th scope="col" class="" aria-sort="descending">Clicks</th>' in html(TABLE)


def test_links_and_names_cannot_break_out() -> None:
    hostile = Table("x", (Column('"><script>'),), (Row(("</td>",), href='" onclick="x'),))
    drawn = html(hostile)
    assert "<script>" not in drawn
    assert 'onclick="x' not in drawn.replace("&quot;", "'")


def test_an_empty_table_has_its_head() -> None:
    assert "<tbody></tbody>" in html(Table("x", TABLE.columns, ()))
