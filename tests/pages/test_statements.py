"""What turns a number into a statement: the box, what moved, the target, the pace; worked out by hand."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from core.period import DAY
from tests.department import LAST, build_department
from tests.pages.conftest import Visit, seen, visit_page
from tests.pages.test_cockpit import tiles

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

_PLANNED = (
    "DELETE FROM target.processes WHERE process_id = 'budget'",
    """INSERT INTO target.targets BY NAME SELECT * FROM (VALUES
        ('clicks', DATE '2026-01-01', NULL, NULL, 1500),
        ('clicks', DATE '2026-01-01', 'platform', 'google_ads', 500),
        ('clicks', DATE '2026-01-01', 'platform', 'Goggle Ads', 500),
        ('cost_per_conversion', DATE '2026-01-01', NULL, NULL, 20))
        AS t (kpi, valid_from, dimension, dimension_value, value)""",
    """INSERT INTO target.expenses BY NAME
        SELECT 'E' || day AS expense_id, '1' AS line, day AS spent_on, 35 AS amount, 'EUR' AS currency,
            'spend' AS kind, 'Fairs' AS activity
        FROM unnest(generate_series(DATE '2026-11-01', DATE '2026-11-19', INTERVAL 1 DAY)) AS t (day)""",
    """INSERT INTO target.budget_lines BY NAME SELECT DATE '2026-11-01' AS month, 'paid_acquisition' AS process,
        'Ads and fairs' AS activity, 3000 AS amount, 'EUR' AS currency, 'spend' AS kind""",
)


@pytest.fixture(scope="module")
def wanting(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small department with targets, a budget and some expenses."""
    return build_department(Home(tmp_path_factory.mktemp("wanting")), *_PLANNED)


@pytest.fixture
def look(wanting: Home, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Its pages on the day after its last."""
    monkeypatch.setenv("KOKPIT_HOME", str(wanting.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return visit_page


def text(app: AppTest) -> str:
    """What stands on the page, without tags and joiners."""
    plain = re.sub(r"<[^>]+>", " ", seen(app).replace("\N{WORD JOINER}", ""))
    return " ".join(unescape(plain).split())


def test_the_parts_of_a_sum_are_told_and_drawn(visit: Visit) -> None:
    app = visit("process", kpi="clicks", split="platform")
    # 4 ads × 10 clicks × 7 days more at Google, nothing at Meta
    assert "Clicks rose by 280: Google Ads +280." in text(app)
    assert re.findall(r'role="listitem"><span>([^<]+)', seen(app)) == ["Google Ads"]


def test_what_moved_is_told_of_the_days_that_the_change_is_of(visit: Visit) -> None:
    # October beside September, although the chart is by week: 31 and 30 days of 80 clicks at Google and 50 at Meta.
    told = text(visit("process", kpi="clicks", split="platform", period="last_month"))
    assert "Clicks rose by 130: Google Ads +80, Meta Ads +50." in told
    # Before October 2025, nothing is loaded of the year before but a few days.
    told = text(visit("process", kpi="clicks", split="platform", period="year_to_date", compare="last_year"))
    assert "Clicks rose by" not in told


def test_the_parts_of_a_ratio_are_rate_and_mix(visit: Visit) -> None:
    """Conversion rate: conversions by clicks, in the midpoint form.

    Before: Google 28/560 = .05, Meta 3.5/350 = .01; R 31.5/910; shares .615385, .384615.
    After: Google 28/840 = .033333, Meta .01; R 31.5/1190; shares .705882, .294118.
    Google: rate ½(1.321267)(−.016667) = −.011011; mix .090498 · (½ .083333 − ½ .061086) = .001007; together −.010004.
    Meta: rate 0; mix −.090498 · (.01 − .030543) = .001859.
    """
    told = text(visit("process", kpi="conversion_rate", split="platform"))
    assert "Conversion rate fell by 0.81 pp: Google Ads −1 pp (rate −1.1 pp, mix +0.1 pp), Meta Ads +0.19 pp." in told


def test_a_target_for_a_part_that_is_not_there_is_told(look: Visit) -> None:
    told = "The target for Platform: Goggle Ads holds for nothing: no row has that. Nearest values: google_ads"
    assert told in text(look("process", kpi="clicks"))
    assert "holds for nothing" not in text(look("process", kpi="cost_per_conversion"))


def test_what_has_no_parts_is_not_taken_apart(look: Visit) -> None:
    assert "What moved" not in text(look("process", process="organic_content", kpi="top10_queries"))


def test_the_box_has_weeks_months_and_to_date(visit: Visit) -> None:
    app = visit("process", kpi="clicks")
    groups = re.findall(r"<section><h3>([^<]+)</h3>(.*?)</section>", seen(app), re.DOTALL)
    plain = {name: re.sub(r"</?small>", "", inner) for name, inner in groups}
    cells = {name: re.findall(r"<span>([^<]*)</span><b>([^<]*)</b>", inner) for name, inner in plain.items()}
    assert [*cells] == ["Last 6 weeks", "To date", "Last 12 months"]
    # 910 a week, and 1190 in the last
    assert cells["Last 6 weeks"] == [(f"W{week}", "910") for week in range(41, 46)] + [("W46", "1.19K")]
    # 1 to 8 November: 8 × 130; 9 to 15 November: 7 × 170
    assert dict(cells["To date"])["Month"] == "2.23K"
    # 1190 / 910
    assert "The changes are against a year before. Week on week, W46 against W45: +31%." in text(app)
    # Data begins on 6 October 2025, so that a year before there is no whole year to date.
    to_date = dict(re.findall(r"<span>([^<]*)</span><b>[^<]*</b><span>([^<]*)</span>", plain["To date"]))
    assert to_date["Year"] == "&nbsp;"
    assert "%" in to_date["Month"]


def test_parts_are_not_compared_with_days_that_are_loaded_in_part(visit: Visit) -> None:
    for period, compared in (("year_to_date", False), ("month_to_date", True)):
        shown = seen(visit("process", kpi="clicks", split="platform", period=period, compare="last_year"))
        changes = re.findall(r'<td data-label="Change"[^>]*>(.*?)</td>', shown)
        assert len(changes) == 3
        assert all(("%" in change) is compared for change in changes)


def test_a_target_that_the_process_misses(look: Visit) -> None:
    app = look("process", kpi="clicks")
    assert "will miss the target" in text(app)
    assert "The process has changed. So far, the target was met in 0 of 26 weeks." in text(app)


def test_a_target_of_a_part_is_for_that_part_only(look: Visit) -> None:
    assert "target: 500" in text(look("process", kpi="clicks", platform="google_ads"))
    assert "target:" not in text(look("process", kpi="clicks", platform="meta_ads"))


def test_a_target_of_a_sum_grows_with_the_period(look: Visit) -> None:
    # October has 31 days: 1500 · 31 / 7
    assert "target: 6.64K" in text(look("process", kpi="clicks", by="month", period="last_month"))
    assert "target: €20.0" in text(look("process", kpi="cost_per_conversion", by="month", period="last_month"))


def test_what_was_wanted_can_be_compared_with(look: Visit) -> None:
    # 1190 of 1500
    assert tiles(look(compare="goal"))["Clicks"].startswith("1.19K ▼ −21%")
    assert "The target is 1.5K." in text(look("process", kpi="clicks", compare="goal"))
    # Two whole weeks are wanted twice as much as one.
    two = {"from": "2026-11-02", "to": "2026-11-15"}
    assert "The target is 3K." in text(look("process", kpi="clicks", compare="goal", **two))
    # Without a target and without a plan there is nothing to compare with.
    assert tiles(look(compare="goal"))["Spend"].startswith("€455 ● routine")


def test_plan_and_pace_of_the_month(look: Visit) -> None:
    """65 a day on ads and 35 on fairs, 3000 planned for 30 days. Expenses are final a week after their day: the 12th.

    By the 12th 1200 of 1200, index 1; the month ends at 1200 + 18 · 100 = 3000; 1800 / 18 = 100 a day.
    """
    told = text(look("process", process="budget", kpi="actual_spend"))
    assert "By 12 Nov it is €1.20K; the plan to date is €1.20K of €3.00K." in told
    assert "That is on plan (index 1)." in told
    assert "the month ends at €3.00K, most likely between €3.00K and €3.00K." in told
    assert "To end on plan, €100 a day is left." in told


def test_quiet_periods_say_so(visit: Visit) -> None:
    app = visit(**{"from": "2026-11-02", "to": "2026-11-08"})
    assert "Nothing out of the ordinary: every KPI does what it usually does." in seen(app)
    assert "kk-card" not in seen(app)


@pytest.mark.parametrize(("language", "told"), [("pl", "Kliknięcia – wzrost o 280"), ("ru", "Клики – рост на 280")])
def test_what_moved_in_the_readers_language(visit: Visit, language: str, told: str) -> None:
    assert told in text(visit("process", kpi="clicks", split="platform", lang=language))


def test_limits_follow_the_settings(look: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = tmp_path / "kokpit.toml"
    settings.write_text('[reporting]\nlimits_from = "median"\n', encoding="utf-8")
    monkeypatch.setattr(Home, "configuration", property(lambda _home: settings))
    # The median of 910 is 910, and so are its limits: nothing varies but the last week.
    assert "usual range: 910 – 910" in text(look("process", kpi="clicks"))
