"""Money in several currencies: converted day by day, or refused; never taken one for one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Configuration
from core.errors import MissingRateError
from core.period import Grain
from metrics.conversion import unrated
from metrics.evaluate import evaluate
from metrics.query import Query
from metrics.session import Session
from tests.metrics.toy import ad, ask, period, toy, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from tests.metrics.toy import Row

JUNE = period("2026-06-01", "2026-06-30")


def rate(day: str, currency: str, worth: str) -> Row:
    return {"day": day, "currency": currency, "rate": worth}


def test_each_day_has_its_own_rate(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=100, clicks=10),
        ad("2026-06-01", account="US", currency="USD", cost=100, clicks=10),
        ad("2026-06-02", account="US", currency="USD", cost=200, clicks=20),
    ]
    rates = [rate("2026-06-01", "USD", "0.9"), rate("2026-06-02", "USD", "0.8")]
    snapshot = toy(tmp_path, ad_performance=rows, exchange_rates=rates)
    # 100 + 90 + 160 euros for 40 clicks
    answer = ask(snapshot, "spend cpc clicks", JUNE)
    assert values(answer) == pytest.approx([350, 8.75, 40])
    assert answer.warnings == ()
    by_account = ask(snapshot, "spend", JUNE, split=("account",))
    assert values(by_account) == pytest.approx([100, 250])


def test_newest_money_without_a_rate_is_found(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", currency="XTS", cost=100),
        ad("2026-07-20", cost=100),
        ad("2026-07-20", account="XTS", currency="XTS", cost=100),
        ad("2026-07-21", account="US", currency="USD", cost=100),
        ad("2026-07-29", account="XTS", currency="XTS", cost=100),
    ]
    # From the 26th of June, for a month.
    snapshot = toy(tmp_path, ad_performance=rows, exchange_rates=[rate("2026-06-26", "XTS", "0.5")])
    assert unrated(snapshot, Configuration(), date(2026, 7, 20)) is None
    error = unrated(snapshot, Configuration(), date(2026, 7, 30))
    assert error
    assert error.currencies == ("XTS",)


def test_money_by_money_is_converted_above_and_below(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=100, conversion_value=300),
        ad("2026-06-01", account="US", currency="USD", cost=100, conversion_value=100),
    ]
    snapshot = toy(tmp_path, ad_performance=rows, exchange_rates=[rate("2026-06-01", "USD", "0.5")])
    assert ask(snapshot, "roas", JUNE).value("roas") == pytest.approx(350 / 150)


def test_reference_rates_come_with_the_program(tmp_path: Path) -> None:
    # The bank's first table, of Monday 4 January 1999: one euro is 1.1789 US dollars.
    snapshot = toy(tmp_path, ad_performance=[ad("1999-01-04", currency="USD", cost="1178.90")])
    january = period("1999-01-01", "1999-01-31")
    assert ask(snapshot, "spend", january).value("spend") == pytest.approx(1000)
    dollars = evaluate(snapshot, Query(("spend",), january, Grain.TOTAL), Configuration(currency="USD"))
    assert dollars.value("spend") == 1178.9


def test_a_missing_rate_fails_money_and_nothing_else(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=100, clicks=10, impressions=100),
        *(ad(f"2026-06-{day:02d}", account="T", currency="XTS", cost=1, clicks=5) for day in (3, 4, 5, 9)),
    ]
    answer = ask(toy(tmp_path, ad_performance=rows), "spend clicks cpc ctr roas", JUNE)
    assert list(answer.table["kpi"]) == ["clicks", "ctr"]
    assert answer.value("clicks") == 30
    assert sorted(answer.failed) == ["cpc", "roas", "spend"]
    error = answer.failed["spend"]
    assert isinstance(error, MissingRateError)
    assert "XTS (2026-06-03 – 2026-06-05, 2026-06-09)" in error.message
    assert "exchange_rates.csv" in error.next_step


def test_only_the_days_that_have_money_need_a_rate(tmp_path: Path) -> None:
    rows = [ad("2026-06-03", currency="XTS", cost=10), ad("2026-06-20", currency="XTS", cost=None, clicks=1)]
    snapshot = toy(tmp_path, ad_performance=rows, exchange_rates=[rate("2026-06-03", "XTS", "2")])
    assert ask(snapshot, "spend", JUNE).value("spend") == 20


def test_only_the_rows_asked_for_need_a_rate(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=5), ad("2026-06-01", campaign="T", account="T", currency="XTS", cost=7)]
    snapshot = toy(tmp_path, ad_performance=rows)
    for where in ({"campaign": ("Brand",)}, {"account": ("A",)}):
        assert ask(snapshot, "spend", JUNE, where=where).value("spend") == 5
    assert list(ask(snapshot, "spend", JUNE, where={"campaign": ("T",)}).failed) == ["spend"]
    assert ask(snapshot, "spend", period("2026-06-02", "2026-06-30")).failed == {}


def test_a_currency_of_the_same_account_that_was_not_asked_for(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=5), ad("2026-06-02", campaign="T", currency="XTS", cost=7)]
    answer = ask(toy(tmp_path, ad_performance=rows), "spend", JUNE, where={"campaign": ("Brand",)})
    assert (answer.value("spend"), answer.failed) == (5, {})


def test_money_that_names_no_currency_is_taken_as_the_reporting_one_with_a_warning(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=5, clicks=1, currency=None), ad("2026-06-01", account="U", currency="XTS", cost=7)]
    snapshot = toy(tmp_path, ad_performance=rows, exchange_rates=[rate("2026-06-01", "XTS", "2")])
    answer = ask(snapshot, "spend clicks", JUNE)
    assert answer.value("spend") == 19
    assert [(c.concern, c.kpis, c.sources, c.detail) for c in answer.warnings if c.concern == "currency_unknown"] == [
        ("currency_unknown", ("spend",), ("google_ads · A",), "EUR")
    ]


def test_one_currency_costs_no_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Session.arrow

    def listening(self: Session, sql: str, parameters: Sequence[object]) -> pa.Table:
        asked.append(sql)
        return run(self, sql, parameters)

    monkeypatch.setattr(Session, "arrow", listening)
    ask(toy(tmp_path, ad_performance=[ad("2026-06-01", cost=5)]), "spend", JUNE)
    assert len(asked) == 1
    assert "currency" not in asked[0]


def test_a_missing_rate_leaves_the_parts_that_need_none(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=100, clicks=10, conversion_value=300),
        ad("2026-06-01", account="T", currency="XTS", cost=1, clicks=5),
        ad("2026-06-02", account="U", currency="XTS", cost=None, clicks=5),
    ]
    answer = ask(toy(tmp_path, ad_performance=rows), "spend cpc clicks roas", JUNE, split=("account",))
    assert list(answer.series("spend")["account"]) == ["A", "T", "U"]
    assert values(answer, "spend") == [100, None, None]
    assert values(answer, "cpc") == [10, None, None]
    assert values(answer, "roas") == [3, None, None]
    assert values(answer, "clicks") == [10, 5, 5]
    # U has no cost to convert; T's is in a currency without a rate.
    assert answer.lost["spend"] == answer.lost["cpc"] == {("T",)}
    assert answer.lost["clicks"] == set()
    assert sorted(answer.failed) == ["cpc", "roas", "spend"]


def test_a_missing_rate_leaves_the_periods_that_need_none(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=100, clicks=10),
        ad("2026-06-09", cost=50, clicks=10),
        ad("2026-06-09", account="T", currency="XTS", cost=1, clicks=5),
    ]
    answer = ask(toy(tmp_path, ad_performance=rows), "spend", period("2026-06-01", "2026-06-14"), Grain.WEEK)
    assert values(answer) == [100, None]
    error = answer.failed["spend"]
    assert isinstance(error, MissingRateError)
    assert error.currencies == ("XTS",)
