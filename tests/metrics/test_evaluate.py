"""Golden values computed by hand, and the shape of the answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import UsageError
from core.period import Calendar, Grain
from metrics.evaluate import evaluate
from metrics.query import Query
from tests.metrics.toy import EURO, ad, ask, by_query, load, period, total, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

# Two weeks: Monday 1 June to Sunday 14 June 2026.
WEEKS = period("2026-06-01", "2026-06-14")
PAID = (
    "spend impressions clicks ctr cpc cpm conversions conversion_rate cost_per_conversion conversion_value "
    "value_per_conversion roas"
)
ROWS = [
    ad("2026-06-01", impressions=1000, clicks=40, cost="20.00", conversions=2, conversion_value="100.00"),
    ad("2026-06-03", impressions=500, clicks=10, cost="4.50", conversions="0.5", conversion_value="12.25"),
    ad("2026-06-03", platform="meta_ads", impressions=2000, clicks=30, cost="9.00", conversions=1, conversion_value=0),
    ad("2026-06-14", impressions=400, clicks=20, cost="11.00", conversions=1, conversion_value="33.00"),
]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return toy(tmp_path, [load(1, first_day=WEEKS.start, last_day=WEEKS.end)], ad_performance=ROWS)


def test_every_paid_kpi_over_the_whole_range(snapshot: Snapshot) -> None:
    # cost 20 + 4.5 + 9 + 11 = 44.5, impressions 3 900, clicks 100, conversions 4.5, value 145.25
    answer = ask(snapshot, PAID, WEEKS)
    expected = {
        "spend": 44.5,
        "impressions": 3900,
        "clicks": 100,
        "ctr": 100 / 3900,
        "cpc": 0.445,
        "cpm": 1000 * 44.5 / 3900,
        "conversions": 4.5,
        "conversion_rate": 0.045,
        "cost_per_conversion": 44.5 / 4.5,
        "conversion_value": 145.25,
        "value_per_conversion": 145.25 / 4.5,
        "roas": 145.25 / 44.5,
    }
    assert {kpi: answer.value(kpi) for kpi in expected} == pytest.approx(expected, rel=1e-12)


def test_twelve_kpis_take_one_statement(snapshot: Snapshot) -> None:
    assert len(PAID.split()) == 12
    assert ask(snapshot, PAID, WEEKS, Grain.WEEK, split=("platform",)).statements == 1


def test_one_statement_for_each_dataset(snapshot: Snapshot) -> None:
    assert ask(snapshot, "spend organic_clicks query_clicks ctr organic_ctr", WEEKS).statements == 3


def test_the_table_has_the_columns_of_the_command_line(snapshot: Snapshot) -> None:
    table = ask(snapshot, "cpc spend", WEEKS, Grain.WEEK, split=("platform",)).table
    assert list(table.columns) == [
        *("kpi", "period_start", "period_end", "platform"),
        *("value", "numerator", "denominator", "complete"),
    ]
    rows = [
        ("cpc", date(2026, 6, 1), date(2026, 6, 7), "google_ads", 0.49, 24.5, 50.0, True),
        ("cpc", date(2026, 6, 8), date(2026, 6, 14), "google_ads", 0.55, 11.0, 20.0, True),
        ("cpc", date(2026, 6, 1), date(2026, 6, 7), "meta_ads", 0.3, 9.0, 30.0, True),
        ("cpc", date(2026, 6, 8), date(2026, 6, 14), "meta_ads", None, 0.0, 0.0, True),
        ("spend", date(2026, 6, 1), date(2026, 6, 7), "google_ads", 24.5, 24.5, None, True),
        ("spend", date(2026, 6, 8), date(2026, 6, 14), "google_ads", 11.0, 11.0, None, True),
        ("spend", date(2026, 6, 1), date(2026, 6, 7), "meta_ads", 9.0, 9.0, None, True),
        ("spend", date(2026, 6, 8), date(2026, 6, 14), "meta_ads", 0.0, 0.0, None, True),
    ]
    table["period_start"] = table["period_start"].dt.date
    table["period_end"] = table["period_end"].dt.date
    found = [tuple(None if pd.isna(cell) else cell for cell in row) for row in table.itertuples(index=False)]
    assert found == rows


def test_kpis_come_in_the_order_asked_and_each_once(snapshot: Snapshot) -> None:
    assert list(ask(snapshot, "roas clicks spend clicks", WEEKS).table["kpi"]) == ["roas", "clicks", "spend"]


def test_days_weeks_months_quarters_and_years(tmp_path: Path) -> None:
    rows = [ad(day, clicks=clicks) for day, clicks in (("2025-12-31", 1), ("2026-01-01", 2), ("2026-04-01", 4))]
    snapshot = toy(tmp_path, ad_performance=rows)
    days = period("2025-12-29", "2026-04-05")
    assert values(ask(snapshot, "clicks", period("2025-12-31", "2026-01-02"), Grain.DAY)) == [1, 2, 0]
    assert values(ask(snapshot, "clicks", days, Grain.WEEK))[:2] == [3, 0]
    assert values(ask(snapshot, "clicks", days, Grain.MONTH)) == [1, 2, 0, 0, 4]
    assert values(ask(snapshot, "clicks", days, Grain.QUARTER)) == [1, 2, 4]
    assert values(ask(snapshot, "clicks", days, Grain.YEAR)) == [1, 6]


def test_weeks_from_sunday_and_years_from_april(tmp_path: Path) -> None:
    rows = [ad(day, clicks=clicks) for day, clicks in (("2026-03-28", 1), ("2026-03-29", 2), ("2026-04-01", 4))]
    snapshot = toy(tmp_path, ad_performance=rows)
    days, calendar = period("2026-03-28", "2026-04-04"), Calendar("sunday", 4)
    # 29 March 2026 is a Sunday.
    assert values(ask(snapshot, "clicks", days, Grain.WEEK, calendar=calendar)) == [1, 6]
    assert values(ask(snapshot, "clicks", days, Grain.YEAR, calendar=calendar)) == [3, 4]
    assert values(ask(snapshot, "clicks", days, Grain.QUARTER, calendar=Calendar("sunday", 2))) == [7]


def test_filters_and_filters_for_rows_without_a_value(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", campaign="Brand", device="mobile", clicks=1),
        ad("2026-06-01", campaign="Generic", device=None, clicks=2),
        ad("2026-06-01", campaign="O'Brien; --", device="tablet", clicks=4),
    ]
    snapshot = toy(tmp_path, ad_performance=rows)

    def clicks(**where: tuple[str | None, ...]) -> float | None:
        return ask(snapshot, "clicks", WEEKS, where=where).value("clicks")

    assert clicks(campaign=("Brand", "Generic")) == 3
    assert clicks(campaign=("O'Brien; --",)) == 4
    assert clicks(device=(None,)) == 2
    assert clicks(device=(None, "tablet")) == 6
    assert clicks(device=("mobile",), campaign=("Generic",)) is None
    assert clicks(device=()) is None


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ({"kpis": ("spnd",)}, "spend"),
        ({"kpis": ("spend",), "split": ("plattform",)}, "platform"),
        ({"kpis": ("spend",), "where": {"campain": ("x",)}}, "campaign"),
        ({"kpis": ("spend", "organic_clicks"), "where": {"platform": ("x",)}}, "site"),
        ({"kpis": ("spend",), "split": ("platform", "platform")}, "once"),
        ({"kpis": ()}, "at least one"),
        ({"kpis": ("spend",), "period": period("0001-01-01", "9999-12-31")}, "1990 and 2199"),
        ({"kpis": ("spend",), "where": {"site": ("x",)}, "lenient": True}, "platform"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(snapshot: Snapshot, question: dict[str, object], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        evaluate(snapshot, Query(**{"period": WEEKS, **question}), EURO)  # type: ignore[arg-type]


def test_a_shared_filter_is_ignored_by_kpis_without_its_dimension(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, ad_performance=ROWS, search_totals=[total("2026-06-01", clicks=7, impressions=9)])
    answer = ask(snapshot, "clicks organic_clicks", WEEKS, where={"platform": ("meta_ads",)}, lenient=True)
    assert (answer.value("clicks"), answer.value("organic_clicks")) == (30, 7)


def test_an_empty_warehouse_has_no_values(tmp_path: Path) -> None:
    snapshot = toy(tmp_path, loads=())
    answer = ask(snapshot, "spend ctr query_coverage", WEEKS, Grain.WEEK)
    assert values(answer) == [None] * 6
    assert not answer.table["complete"].any()
    assert ask(snapshot, "spend", WEEKS, Grain.WEEK, split=("platform",)).table.empty


def test_segments_of_two_datasets_are_the_same_for_every_kpi(tmp_path: Path) -> None:
    snapshot = toy(
        tmp_path,
        search_totals=[total("2026-06-01", clicks=10), total("2026-06-01", clicks=3, site="b.example")],
        search_performance=[by_query("2026-06-01", clicks=8)],
    )
    answer = ask(snapshot, "organic_clicks query_clicks", WEEKS, split=("site",))
    assert list(answer.table["site"]) == ["b.example", "example.com"] * 2
    assert values(answer) == [3, 10, None, 8]


def test_an_answer_beyond_all_measure_is_refused(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics.grid.LARGEST", 27)
    with pytest.raises(UsageError, match=r"2 segments in each of 14 periods\. Ask for longer periods"):
        ask(snapshot, "spend", WEEKS, Grain.DAY, split=("platform",))
    assert len(ask(snapshot, "spend ctr", WEEKS, Grain.DAY).table) == 28
