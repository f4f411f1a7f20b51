"""What has no value, or one to be careful with, says so on its tile, in its chart and in its parts.

To the small department (see `tests.department`) come an account in a currency that nobody has a rate for, a platform
that reports no conversion value, and a site whose export came by the month.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from core.period import DAY
from tests.department import LAST, build_department
from tests.pages.conftest import Visit, seen, visit_page
from tests.pages.test_cockpit import tiles
from tests.pages.test_process import tables
from tests.tables import make_every_table
from warehouse.writer import writing

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

FOREIGN = """
    INSERT INTO target.ad_performance BY NAME
    SELECT DATE '2026-11-10' AS day, 'google_ads' AS platform, 'Tbilisi' AS account, 'Far' AS campaign,
        1 AS occurrence, 'ad' AS level, 'shape' AS shape, 'XTS' AS currency, 100 AS impressions, 10 AS clicks,
        50 AS cost, 1 AS conversions, 90 AS conversion_value, 9 AS load_id
"""
SILENT = "UPDATE target.ad_performance SET conversion_value = NULL WHERE platform = 'meta_ads'"
MONTHLY = """
    INSERT INTO target.search_totals BY NAME
    SELECT DATE '2026-11-01' AS day, DATE '2026-11-17' AS day_end, 'example.pl' AS site, 'web' AS search_type,
        '' AS filters, 'shape' AS shape, 10 AS clicks, 200 AS impressions, 1600 AS position_sum, true AS is_final,
        3 AS load_id
"""


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The department with the three troubles. Read it only."""
    home = build_department(Home(tmp_path_factory.mktemp("doubtful")))
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        for statement in (FOREIGN, SILENT, MONTHLY):
            writer.run(statement)
        writer.publish()
    return home


@pytest.fixture
def look(doubtful: Home, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Its pages on the day after its last."""
    monkeypatch.setenv("KOKPIT_HOME", str(doubtful.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return visit_page


def warned(app: AppTest) -> list[str]:
    """The sentences of warning on the page."""
    return re.findall(r'<p class="kk-warn">⚠ ([^<]*)</p>', seen(app))


def test_the_tile_says_which_rate_is_missing(look: Visit) -> None:
    found = tiles(look())
    assert found["Spend"].startswith("– ⚠ no rate for XTS")
    assert found["Return on ad spend"].startswith("– ⚠ no rate for XTS")
    # 1190 + 10
    assert found["Clicks"].startswith("1.2K ")


def test_each_reader_is_told_what_is_missing_in_their_own_language(look: Visit) -> None:
    """What one of them was answered is remembered for the others, but not its words."""
    pages = {language: look("process", kpi="spend", lang=language) for language in ("ru", "pl", "en")}
    reasons = {
        "ru": "Нет курса к EUR для: XTS (2026-11-10).",
        "pl": "Brak kursu na EUR dla: XTS (2026-11-10).",
        "en": "There is no exchange rate to EUR for XTS (2026-11-10).",
    }
    for language, page in pages.items():
        told = seen(page).replace("\N{NO-BREAK SPACE}", " ")
        assert [name for name, reason in reasons.items() if reason in told] == [language]


def test_weeks_that_need_no_rate_are_drawn_and_the_reason_is_told_in_full(look: Visit) -> None:
    app = look("process", kpi="spend")
    assert "There is no exchange rate to EUR for XTS (2026-11-10)." in seen(app)
    app.session_state["kk_numbers"] = True
    app.run()
    over_time = tables(app)[1]
    assert over_time["2 Nov 2026"][1] == "€455.00"
    assert over_time["9 Nov 2026"][1] == "–"


def test_parts_in_other_currencies_keep_their_values(look: Visit) -> None:
    parts = tables(look("process", kpi="spend", split="account"))[0]
    assert parts["123-456-7890"][0] == "€280.00"
    assert parts["Fjord EU"][0] == "€175.00"
    assert parts["Tbilisi no rate for XTS"][0] == "–"
    assert parts["Total no rate for XTS"][0] == "–"


def test_a_chart_without_a_point_says_why(look: Visit) -> None:
    app = look("process", kpi="spend", account="Tbilisi")
    assert "Spend: no rate for XTS" in seen(app)
    assert "Nothing in this period under these filters." not in seen(app)
    assert len(app.get("vega_lite_chart")) == 0


def test_a_gap_before_the_period_is_told_below_the_chart(look: Visit) -> None:
    app = look("process", kpi="spend", **{"from": "2026-11-16", "to": "2026-11-19"})
    assert any("There is no exchange rate to EUR for XTS (2026-11-10)." in told for told in warned(app))


def test_a_ratio_over_platforms_that_do_not_all_report_is_partial(look: Visit) -> None:
    app = look(account="Fjord EU", **{"from": "2026-11-02", "to": "2026-11-08"})
    assert "partial" not in tiles(app)["Spend"]
    app = look(**{"from": "2026-11-02", "to": "2026-11-08"})
    assert "⚠ partial" in tiles(app)["Return on ad spend"]
    told = "Not reported by Meta Ads · Fjord EU: conversion value. Sums lack it, while ratios count everything else of "
    assert warned(app) == [told + "these sources."]


def test_what_comes_by_the_month_is_told_at_the_kpi_and_not_on_the_cockpit(look: Visit) -> None:
    app = look(platform="google_ads")
    assert tiles(app)["Organic clicks"].endswith("◐ rows left out")
    assert warned(app) == []
    told = warned(look("process", process="organic_content", kpi="organic_clicks"))
    assert told == ["Rows of example.pl · web for several days cross the border of a period and are left out."]


def test_data_by_the_month_is_offered_as_a_month(look: Visit) -> None:
    shown = seen(look("process", process="organic_content", kpi="organic_clicks", site="example.pl"))
    ways = re.findall(r'class="kk-way"><a [^>]*>([^<]+)<', shown)
    assert [way for way in ways if "newest" in way] == ["Show the newest data: 1–19 Nov 2026"]
