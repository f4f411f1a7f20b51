"""Values and changes of KPIs in words and signs."""

from __future__ import annotations

import pytest

from metrics.catalog import find
from metrics.compare import change
from ui import values


@pytest.mark.parametrize(
    ("kpi", "value", "short", "full"),
    [
        ("spend", 12_431.5, "€12.4K", "€12,431.50"),
        ("cpc", 1.2, "€1.20", "€1.20"),
        ("clicks", 12_431, "12.4K", "12,431"),
        ("ctr", 0.02431, "2.43%", "2.43%"),
        ("roas", 3.14159, "3.14", "3.14"),
        ("average_position", 9.44, "9.44", "9.44"),
        ("clicks", None, "–", "–"),
    ],
)
def test_values(kpi: str, value: float | None, short: str, full: str) -> None:
    assert values.short(find(kpi), value, "EUR") == short
    assert values.full(find(kpi), value, "EUR") == full


@pytest.mark.parametrize(
    ("kpi", "now", "before", "moved"),
    [
        ("clicks", 110, 100, "+10%"),
        ("clicks", 103.42, 100, "+3.4%"),
        ("spend", 87, 100, "−13%"),
        # Twelve times as much is no percentage that anyone reads.
        ("spend", 1200, 100, "+€1.10K"),
        ("clicks", 5, 0, "+5"),
        ("ctr", 0.03, 0.02, "+1 pp"),
        ("average_position", 9.4, 9.56, "−0.16"),
        ("clicks", 100, 100, ""),
        ("clicks", None, 100, ""),
    ],
)
def test_changes_are_told_in_percent_only_where_that_means_something(
    kpi: str, now: float | None, before: float, moved: str
) -> None:
    assert values.moved(find(kpi), change(find(kpi), now, before), "EUR") == moved


@pytest.mark.parametrize(
    ("kpi", "now", "before", "sign", "word"),
    [
        ("clicks", 2, 1, "▲", "improved"),
        ("clicks", 1, 2, "▼", "got worse"),
        ("cpc", 1, 2, "▼", "improved"),
        ("average_position", 2, 1, "▲", "got worse"),
        ("spend", 2, 1, "▲", "higher"),
        ("spend", 1, 2, "▼", "lower"),
        ("clicks", 1, 1, "●", "unchanged"),
        ("spend", 1, 1, "●", "unchanged"),
        ("clicks", None, 1, "", "nothing to compare with"),
    ],
)
def test_the_sign_shows_the_way_and_the_word_whether_it_is_good(
    kpi: str, now: float | None, before: float, sign: str, word: str
) -> None:
    moved = change(find(kpi), now, before)
    assert (values.sign(moved), values.word(moved)) == (sign, word)


@pytest.mark.parametrize(
    ("kpi", "now", "before", "same"),
    [
        # 0.004 points and 0.04 per cent read as nothing; 0.006 points and 0.06 per cent do not.
        ("ctr", 0.03004, 0.03, True),
        ("ctr", 0.02996, 0.03, True),
        ("ctr", 0.02994, 0.03, False),
        ("clicks", 10_004, 10_000, True),
        ("clicks", 9_994, 10_000, False),
        ("average_position", 9.404, 9.4, True),
        ("clicks", 10, None, False),
    ],
)
def test_what_rounds_to_nothing_is_no_change(kpi: str, now: float, before: float | None, same: bool) -> None:
    read = values.as_read(find(kpi), change(find(kpi), now, before), "EUR")
    assert (values.word(read) == "unchanged") is same
    assert (values.sign(read) == values.LEVEL) is same
