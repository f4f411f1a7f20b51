"""Days and periods in titles and file names, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from connectors.exports.dates import days_in, is_month_first, period_in
from core.period import Period

JANUARY = Period(date(2026, 1, 17), date(2026, 2, 15))


@pytest.mark.parametrize(
    "text",
    [
        "January 17, 2026 - February 15, 2026",
        "17 January 2026 - 15 February 2026",
        "Jan 17, 2026 – Feb 15, 2026",
        "17 янв. 2026 г. - 15 февр. 2026 г.",
        "17 января 2026 — 15 февраля 2026",
        "17 sty 2026-15 lut 2026",
        "17 stycznia 2026 – 15 lutego 2026",
        "2026-01-17 - 2026-02-15",
        "17\u00a0Jan\u00a02026-15\u00a0Feb\u00a02026",
    ],
)
def test_a_period_however_it_is_written(text: str) -> None:
    assert period_in(text) == JANUARY


@pytest.mark.parametrize(
    "text",
    ["All time", "Last 3 months", "1-31 January 2026", "31 February 2026", "15 Feb 2026 - 17 Jan 2026", "", "May"],
)
def test_no_period_rather_than_a_wrong_one(text: str) -> None:
    assert period_in(text) is None


def test_a_single_day_is_a_period() -> None:
    assert period_in("9 сент. 2026") == Period(date(2026, 9, 9), date(2026, 9, 9))


def test_every_month_in_every_language() -> None:
    names = [
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["stycznia", "lut", "marca", "kwi", "maja", "cze", "lipca", "sie", "wrz", "paź", "lis", "gru"],
        ["янв", "февр", "мар", "апреля", "мая", "июн", "июля", "авг", "сент", "окт", "нояб", "дек"],
    ]
    for language in names:
        assert [days_in(f"5 {name} 2026") for name in language] == [[date(2026, month, 5)] for month in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("January 17, 2024 - February 15, 2024", True),
        ("Brand report: May 1, 2026", True),
        ("27 January 2026 - 23 February 2026", False),
        ("9 авг. 2026 - 7 сент. 2026", False),
        ("Campaign report", None),
        ("All time", None),
        ("2026-01-17", None),
    ],
)
def test_the_order_of_month_and_day_in_a_title(text: str, first: bool | None) -> None:
    assert is_month_first(text) is first
