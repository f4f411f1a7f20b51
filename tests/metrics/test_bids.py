"""Golden values of the bids, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.period import Grain
from tests.metrics.toy import Row, ask, load, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

QUARTER = period("2026-04-01", "2026-06-30")


def deal(number: int, **of: object) -> Row:
    """A tender opened in April and lost in May, in euros, brought by load 1."""
    row: Row = {"deal_id": number, "created_at": "2026-04-10 09:00", "closed_at": "2026-05-20 12:00", "load_id": 1}
    return row | {"outcome": "lost", "amount": 100, "currency": "EUR", "is_tender": True} | of


DEALS = (
    deal(1, outcome="won", amount=300, decision_makers_known=True),
    deal(2, lost_reason="price", decision_makers_known=True),
    deal(3, lost_reason="price", amount=None),
    deal(4, lost_reason=None, decision_makers_known=False),
    # Still open: entered, but decided neither way.
    deal(5, outcome="open", closed_at=None, decision_makers_known=False),
    # No tenders: one says so, one says nothing.
    deal(6, outcome="won", amount=5000, is_tender=False),
    deal(7, outcome="won", amount=5000, is_tender=None),
)


def test_the_quarter(tmp_path: Path) -> None:
    answer = ask(
        toy(tmp_path, deals=DEALS),
        "bids_submitted win_rate win_rate_value loss_reasons known_decision_makers_share",
        QUARTER,
    )
    # 5 tenders; 1 won of 4 decided; 300 of 300 + 100 + 100; 3 lost; 2 of the 4 that tell
    assert values(answer) == [5, 0.25, 0.6, 3, 0.5]
    assert answer.statements == 1


def test_each_counts_on_its_own_day(tmp_path: Path) -> None:
    answer = ask(toy(tmp_path, deals=DEALS), "bids_submitted win_rate", QUARTER, Grain.MONTH)
    assert values(answer, "bids_submitted")[0] == 5
    assert values(answer, "win_rate") == [None, 0.25, None]


class TestNullKeys:
    """A lost tender without a reason is lost all the same."""

    def test_it_is_a_segment_of_its_own(self, tmp_path: Path) -> None:
        answer = ask(toy(tmp_path, deals=DEALS), "loss_reasons", QUARTER, split=("lost_reason",))
        assert list(answer.table["lost_reason"]) == ["price", None]
        assert values(answer) == [2, 1]


class TestUnknownIsNotZero:
    """A CRM that marks no tenders knows nothing of bids: it did not enter none."""

    def test_no_value(self, tmp_path: Path) -> None:
        deals = [row | {"is_tender": None} for row in DEALS]
        answer = ask(toy(tmp_path, deals=deals), "bids_submitted win_rate win_rate_value loss_reasons", QUARTER)
        assert values(answer) == [None] * 4


class TestForeignMoney:
    """What was at stake is compared in one currency, at the rate of the day of the decision."""

    def test_by_value(self, tmp_path: Path) -> None:
        # 400 zł at 0.25 on the day it was won are 100 €: 100 of 100 + 100.
        deals = [deal(1), deal(2, outcome="won", amount=400, currency="PLN")]
        rates = [
            {"day": "2026-04-10", "currency": "PLN", "rate": 1},
            {"day": "2026-05-20", "currency": "PLN", "rate": 0.25},
        ]
        snapshot = toy(tmp_path, deals=deals, exchange_rates=rates)
        assert ask(snapshot, "win_rate_value", QUARTER).value("win_rate_value") == pytest.approx(0.5)


class TestTimeZoneEdge:
    """A tender opened on 30 April at 22:30 in London's UTC was opened on 1 May in Warsaw."""

    def test_the_local_day_counts(self, tmp_path: Path) -> None:
        loads = [load(1, first_day="2026-04-01", last_day="2026-06-30")]
        snapshot = toy(tmp_path, loads, deals=[deal(1, created_at="2026-04-30 22:30")])
        warsaw = Configuration(currency="EUR", time_zone="Europe/Warsaw")
        answer = ask(snapshot, "bids_submitted", QUARTER, Grain.MONTH, warsaw)
        assert values(answer) == [0, 1, 0]
        assert values(ask(snapshot, "bids_submitted", QUARTER, Grain.MONTH)) == [1, 0, 0]
