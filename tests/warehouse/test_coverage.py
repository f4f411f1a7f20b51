"""Whether new rows can meet older ones: a wrong no would add rows that have to be compared."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.merging import ad, table
from warehouse.coverage import Coverage, Span
from warehouse.datasets import AD_PERFORMANCE

if TYPE_CHECKING:
    from pathlib import Path


def span(first: int | None, last: int | None, account: str | None = "A") -> Span:
    return Span(
        ("google_ads", account), 1, date(2026, 11, first) if first else None, date(2026, 11, last) if last else None
    )


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (span(1, 9), False),
        (span(1, 10), True),
        (span(12, 13), True),
        (span(20, 30), True),
        (span(21, 30), False),
        (span(None, None), True),
        (span(12, 13, account="B"), False),
        (span(12, 13, account=None), False),
    ],
)
def test_spans_meet_where_they_share_a_scope_and_a_day(other: Span, meets: bool) -> None:
    assert span(10, 20).meets(other) == meets
    assert other.meets(span(10, 20)) == meets


def test_unknown_accounts_meet() -> None:
    assert span(1, 2, account=None).meets(span(2, 3, account=None))


def test_what_the_table_holds_is_known_by_account(tmp_path: Path) -> None:
    with table(tmp_path, "ad_performance") as ads:
        ads.load(ad(1, 1), ad(9, 1), ad(20, 1, account=None))
        covered = Coverage(AD_PERFORMANCE, ads.writer, ads.writer.held(AD_PERFORMANCE))
    assert covered.touches([span(5, 5)])
    assert covered.touches([span(20, 21, account=None)])
    assert not covered.touches([span(10, 30), span(1, 9, account="B"), span(1, 9, account=None)])
