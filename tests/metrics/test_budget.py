"""Golden values of the budget's KPIs, computed by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from core.cells import clean
from core.period import Grain
from tests.metrics.toy import ad, ask, complete, load, period, toy, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
OCTOBER = period("2026-10-01", "2026-10-31")
TO_THE_TENTH = period("2026-06-01", "2026-06-10")
LOADS = [load(1, exported_at=datetime(2026, 6, 11, 12))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def line(amount: float, **columns: object) -> Row:
    """A line of the budget for June, in euros."""
    row: Row = {"month": "2026-06-01", "process": "paid_acquisition", "funded_by": "own", "kind": "spend"}
    return row | {"currency": "EUR", "load_id": 1, "amount": amount} | columns


def expense(number: int, day: str, amount: float, **columns: object) -> Row:
    """An expense in euros."""
    row: Row = {"expense_id": number, "line": 1, "spent_on": day, "amount": amount, "currency": "EUR", "load_id": 1}
    return row | {"process": "partners", "kind": "spend", "funded_by": "own"} | columns


def every_day(cost: float, **columns: object) -> list[Row]:
    """An ad campaign from 1 to 10 June."""
    return [ad(f"2026-06-{day:02d}", cost=cost, **columns) for day in range(1, 11)]


class TestPace:
    """12 000 for the 30 days of June, 5 000 spent by the tenth: 4 000 were due; 15 000 at this pace; 350 a day left."""

    def snapshot(self, folder: Path, **tables: Sequence[Row]) -> Snapshot:
        given: dict[str, Sequence[Row]] = {"budget_lines": [line(12000)], "ad_performance": every_day(500)}
        return toy(folder, LOADS, **{**given, **tables})

    def test_golden(self, tmp_path: Path) -> None:
        kpis = "planned_spend actual_spend budget_index projected_spend required_daily_spend"
        answer = ask(self.snapshot(tmp_path), kpis, JUNE)
        assert values(answer) == pytest.approx([12000, 5000, 1.25, 15000, 350])

    def test_the_period_ends_before_what_is_known(self, tmp_path: Path) -> None:
        # By the second: 1 000 of 800 due; both days' pace for 28 more; (12 000 - 1 000) / 28 left.
        kpis = "budget_index projected_spend required_daily_spend"
        answer = ask(self.snapshot(tmp_path), kpis, period("2026-06-01", "2026-06-02"))
        assert values(answer) == pytest.approx([1.25, 15000, 11000 / 28])

    def test_only_the_last_seven_days_make_the_pace(self, tmp_path: Path) -> None:
        # 7 000 on the first day are spent, but the seven days to the tenth cost 500 each: 11 500 + 20 × 500.
        more = [*every_day(500), ad("2026-06-01", account="B", cost=6500)]
        answer = ask(self.snapshot(tmp_path, ad_performance=more), "projected_spend", JUNE)
        assert values(answer) == pytest.approx([11500 + 20 * 500])

    def test_no_plan_is_not_a_plan_of_zero(self, tmp_path: Path) -> None:
        rows = [ad("2026-05-31", cost=10), *every_day(500)]
        days = period("2026-05-01", "2026-06-30")
        kpis = "planned_spend budget_index projected_spend required_daily_spend"
        answer = ask(self.snapshot(tmp_path, ad_performance=rows), kpis, days, Grain.MONTH)
        assert values(answer, "planned_spend") == pytest.approx([None, 12000])
        assert values(answer, "budget_index") == pytest.approx([None, 1.25])
        assert values(answer, "projected_spend") == pytest.approx([10, 15000])
        assert values(answer, "required_daily_spend") == pytest.approx([None, 350])

    def test_nothing_is_projected_from_spend_of_long_ago(self, tmp_path: Path) -> None:
        # Spend is known to 10 June: that tells where June ends, whenever it is asked, and nothing of July.
        loads = [load(1, exported_at=datetime(2026, 7, 3, 12))]  # noqa: DTZ001 - as above
        snapshot = toy(tmp_path, loads, budget_lines=[line(12000)], ad_performance=every_day(500))
        answer = ask(snapshot, "projected_spend", period("2026-06-17", "2026-07-02"), Grain.DAY)
        assert values(answer) == pytest.approx([15000] * 14 + [None] * 2)

    def test_the_first_days_of_a_month_may_lean_on_the_week_before(self, tmp_path: Path) -> None:
        # Spend is known to 28 May: asked for a week that ends up to 3 June, it still tells where May ends.
        loads = [load(1, exported_at=datetime(2026, 6, 30, 12))]  # noqa: DTZ001 - as above
        rows = [ad("2026-05-28", cost=310)]
        snapshot = toy(tmp_path, loads, budget_lines=[line(12000)], ad_performance=rows)
        answer = ask(snapshot, "projected_spend", period("2026-06-03", "2026-06-04"), Grain.DAY)
        assert values(answer) == pytest.approx([310 * (1 + 3 / 7), None])


class TestMonths:
    """A month's plan is spread over its own days, in leap years too."""

    def test_february(self, tmp_path: Path) -> None:
        lines = [line(2900, month="2024-02-01"), line(2800, month="2025-02-01")]
        snapshot = toy(tmp_path, LOADS, budget_lines=lines)
        assert values(ask(snapshot, "planned_spend", period("2024-02-29", "2024-03-01"), Grain.DAY)) == [100, None]
        assert values(ask(snapshot, "planned_spend", period("2025-02-28", "2025-03-01"), Grain.DAY)) == [100, None]

    def test_a_week_across_two_months(self, tmp_path: Path) -> None:
        # 29 and 30 June at 10 a day, 1 to 5 July at 20 a day
        lines = [line(300), line(620, month="2026-07-01")]
        snapshot = toy(tmp_path, LOADS, budget_lines=lines)
        assert values(ask(snapshot, "planned_spend", period("2026-06-29", "2026-07-05"), Grain.WEEK)) == [120]

    def test_the_days_of_a_month_add_up_to_its_plan(self, tmp_path: Path) -> None:
        # 31 times 1/31 of each amount, as numbers with a rounded end, would be 0.00000000002 away.
        lines = [line(amount, month="2026-10-01", activity=str(amount)) for amount in (21340, 17890, 11450, 6240, 3000)]
        snapshot = toy(tmp_path, LOADS, budget_lines=lines)
        assert [clean(value or 0) for value in values(ask(snapshot, "planned_spend", OCTOBER))] == [59920]

    def test_days_to_come_are_worth_what_the_currency_is_worth_today(self, tmp_path: Path) -> None:
        # Read on 11 June: ten days at 0.2, then twenty and all of July at the rate of the 11th, 0.25.
        rates: list[Row] = [{"day": f"2026-06-{day:02d}", "currency": "XTS", "rate": "0.2"} for day in range(1, 11)]
        rates.append({"day": "2026-06-11", "currency": "XTS", "rate": "0.25"})
        lines = [line(3000, currency="XTS"), line(3100, currency="XTS", month="2026-07-01")]
        snapshot = toy(tmp_path, LOADS, budget_lines=lines, exchange_rates=rates)
        days = period("2026-06-01", "2026-07-31")
        assert values(ask(snapshot, "planned_spend", days, Grain.MONTH)) == pytest.approx([200 + 500, 775])


class TestActual:
    """Ads 1 000, of which 400 for a partner; expenses 200, 100 from a partner, an invoice for ads, a discount of 80."""

    plan = (
        line(1500, activity="Search ads", channel="google_ads", campaign="search*"),
        line(900, activity="Brand ads", channel="google_ads", campaign="Search [Brand]*", funded_by="partner"),
        line(50, activity="Bundles", kind="discount"),
    )
    ads = (*every_day(60, campaign="Search | ERP"), *every_day(40, campaign="Search [Brand] | Name"))
    expenses = (
        expense(1, "2026-06-01", 200, supplier_kind="external", process="paid_acquisition", channel="ads"),
        expense(2, "2026-06-08", 100, funded_by="partner", supplier_kind="internal"),
        expense(3, "2026-06-10", 1000, process="paid_acquisition", activity="Search ads", supplier_kind="external"),
        expense(4, "2026-06-10", 7, process="paid_acquisition", activity="Advertising"),
        expense(5, "2026-06-09", -80, kind="discount", activity="Bundles"),
        expense(6, "2026-06-10", 60, supplier_kind="internal_expert"),
    )

    def snapshot(self, folder: Path, **tables: Sequence[Row]) -> Snapshot:
        given: dict[str, Sequence[Row]] = {
            "budget_lines": self.plan,
            "ad_performance": self.ads,
            "expenses": self.expenses,
        }
        return toy(folder, LOADS, **{**given, **tables})

    def test_golden(self, tmp_path: Path) -> None:
        kpis = (
            "planned_spend actual_spend outside_funded_share discount_share internal_supplier_share expert_hours_cost"
        )
        # 2 400 × 10 / 30 planned; 1 000 + 200 + 100 + 60 spent; 500 of it from the partner; 80 of 1 440;
        # of the 360 with a known kind of supplier 160 inside
        answer = ask(self.snapshot(tmp_path), kpis, TO_THE_TENTH)
        assert values(answer) == pytest.approx([800, 1360, 500 / 1360, 80 / 1440, 160 / 360, 60])

    def test_an_ad_has_the_activity_of_the_line_that_names_it_best(self, tmp_path: Path) -> None:
        answer = ask(self.snapshot(tmp_path), "actual_spend", TO_THE_TENTH, split=("activity",))
        assert dict(zip(answer.table["activity"], values(answer), strict=True)) == {
            "Brand ads": 400,
            "Search ads": 600,
            "Bundles": 0,
            "Advertising": 0,
            None: 360,
        }

    def test_expenses_that_are_known_up_to_yesterday_take_nothing_from_ads_of_today(self, tmp_path: Path) -> None:
        # Expenses are known to the tenth, ads to the twelfth: what only ads have is shown, and not complete.
        ads = [*self.ads, ad("2026-06-12", campaign="Search | ERP", cost=60)]
        days = period("2026-06-01", "2026-06-12")
        answer = ask(self.snapshot(tmp_path, ad_performance=ads), "actual_spend", days, split=("activity",))
        assert answer.table.set_index("activity")["value"]["Brand ads"] == 400
        assert sum(answer.table["value"]) == 1420
        assert not any(complete(answer))

    def test_before_the_first_expense_actual_spend_is_unknown(self, tmp_path: Path) -> None:
        ads = [ad("2026-05-30", cost=60), *self.ads]
        answer = ask(self.snapshot(tmp_path, ad_performance=ads), "actual_spend", period("2026-05-30", "2026-05-31"))
        assert values(answer) == [None]

    def test_invoices_count_where_no_platform_reports_the_month(self, tmp_path: Path) -> None:
        answer = ask(self.snapshot(tmp_path, ad_performance=[]), "actual_spend", TO_THE_TENTH)
        assert values(answer) == [200 + 100 + 1000 + 7 + 60]

    @pytest.mark.parametrize(
        ("columns", "spent"),
        [
            ({"supplier": "Google Ireland"}, 1100),
            ({"supplier": "Agency", "activity": "Search ads"}, 1600),
            ({"supplier": "Meta Platforms"}, 1600),
            ({"channel": "google_ads"}, 1100),
        ],
    )
    def test_only_invoices_of_what_reports_the_month_are_ads_once_more(
        self, tmp_path: Path, columns: Row, spent: float
    ) -> None:
        bills = [expense(1, "2026-06-10", 500, **columns), expense(2, "2026-06-01", 100, funded_by="partner")]
        answer = ask(self.snapshot(tmp_path, expenses=bills), "actual_spend partner_funded_share", TO_THE_TENTH)
        assert values(answer) == [spent, 100 / spent]

    def test_two_lines_for_one_campaign_do_not_double_its_cost(self, tmp_path: Path) -> None:
        lines = [line(100, activity=name, campaign="Search*") for name in ("a", "b")]
        answer = ask(self.snapshot(tmp_path, budget_lines=lines, expenses=[]), "actual_spend", TO_THE_TENTH)
        assert values(answer) == [1000]

    def test_expenses_in_another_currency_count_in_the_projection(self, tmp_path: Path) -> None:
        # 10 × 100 euros of ads and 1 000 units at 0.5 on the tenth: 1 500 + 20 × (7 × 100 + 500) / 7
        rates: list[Row] = [{"day": "2026-06-10", "currency": "XTS", "rate": "0.5"}]
        bills = [expense(1, "2026-06-10", 1000, currency="XTS")]
        answer = ask(self.snapshot(tmp_path, expenses=bills, exchange_rates=rates), "projected_spend", JUNE)
        assert values(answer) == pytest.approx([1500 + 20 * 1200 / 7])


class TestRecoverable:
    """The account pays 20 for a conversion: a campaign without one that cost more could go elsewhere."""

    def test_golden(self, tmp_path: Path) -> None:
        rows = [
            ad("2026-06-28", campaign="good", cost=60, conversions=5),
            ad("2026-06-03", campaign="bad", cost=15, conversions=0),
            ad("2026-06-30", campaign="bad", cost=15, conversions=0),
            ad("2026-06-30", campaign="young", cost=10, conversions=0),
            ad("2026-06-02", campaign="bad", cost=1000, conversions=0),
            ad("2026-06-30", account="silent", campaign="bad", cost=500),
        ]
        # In the 28 days from 3 June: 100 for 5 conversions; bad cost 30, young 10. Who reports none is unknown.
        snapshot = toy(tmp_path, ad_performance=rows)
        answer = ask(snapshot, "recoverable_spend", JUNE, split=("account",))
        assert list(answer.table["account"]) == ["A", "silent"]
        assert values(answer) == [30, None]


def test_top_ups_of_the_week_after(tmp_path: Path) -> None:
    days = ("2026-06-06", "2026-06-07", "2026-06-14", "2026-06-15")
    lines = [line(1, activity=day, top_up_on=day) for day in days]
    answer = ask(toy(tmp_path, LOADS, budget_lines=lines), "top_ups_due", period("2026-06-01", "2026-06-07"))
    assert values(answer) == [2]
