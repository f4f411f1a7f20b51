"""Channels and platforms side by side, against numbers worked out by hand.

The small department knows platforms only. With leads in its CRM (in the week from 9 November: twelve by Google's ads,
three by Facebook's, ten who came directly) it knows channels, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.department import build_department
from tests.pages.conftest import Visit, seen, visit_page

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home

LEADS = """
    INSERT INTO target.leads BY NAME
    SELECT 'crm' AS system, source || number AS lead_id, TIMESTAMP '2026-11-10 12:00' AS created_at, source, medium
    FROM (VALUES ('google', 'cpc', 12), ('facebook', 'cpc', 3), ('direct', NULL, 10)) AS came(source, medium, many),
        generate_series(1, many) AS numbers(number)
"""


def rows(app: AppTest) -> dict[str, dict[str, str]]:
    """The text of each cell by its row and its column."""
    found = {}
    for row in re.findall(r"<tr class=\"(?:kk-total)?\"><th scope=\"row\">.*?</tr>", seen(app)):
        name = re.sub(r"<[^>]+>", "", re.findall(r"<th.*?</th>", row)[0])
        cells = re.findall(r'<td data-label="([^"]+)".*?>(.*?)</td>', row)
        found[name] = {label: _plain(cell) for label, cell in cells}
    return found


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?small>", "", html)).split())


def test_platforms_side_by_side(visit: Visit) -> None:
    found = rows(visit("channels"))
    assert list(found) == ["Total", "Google Ads", "Meta Ads"]
    # 4 × 10 × 7 and 25 × 7
    assert [found[name]["Spend"] for name in found] == ["€455", "€280", "€175"]
    # 28 conversions of 40 each; 3.5 conversions are few.
    assert found["Google Ads"]["Conversions (platform-reported)"] == "28"
    assert found["Google Ads"]["Cost per conversion"] == "€10.0"
    assert found["Google Ads"]["Return on ad spend"] == "4"
    assert found["Meta Ads"]["Conversions (platform-reported)"] == "3.5 ◌ small sample"
    assert found["Meta Ads"]["Cost per conversion"] == "€50.0 ◌ small sample"
    assert found["Meta Ads"]["Return on ad spend"] == "0.8 ◌ small sample"


def test_the_best_and_the_worst_are_marked_where_there_are_cases_enough(visit: Visit) -> None:
    assert "◆" not in seen(visit("channels"))
    # Four weeks: 14 conversions of Meta's.
    found = rows(visit("channels", period="last_4_weeks"))
    assert found["Google Ads"]["Cost per conversion"].endswith("◆ best")
    assert found["Meta Ads"]["Cost per conversion"].endswith("◇ worst")
    assert "best" not in found["Google Ads"]["Spend"]
    assert "best" not in found["Google Ads"]["Conversions (platform-reported)"]


def test_a_small_sample_is_explained(visit: Visit) -> None:
    assert "Small sample: fewer than 10 cases" in seen(visit("channels"))
    assert "Small sample" not in seen(visit("channels", period="last_4_weeks"))


def test_where_most_samples_are_small_a_longer_period_is_offered(visit: Visit) -> None:
    assert 'href="channels?period=last_13_weeks&amp;platform=meta_ads"' in seen(visit("channels", platform="meta_ads"))
    assert "Look at the last 13 weeks" not in seen(visit("channels"))


def test_the_chart_has_a_line_for_each_in_its_own_colour(visit: Visit) -> None:
    shown = seen(visit("channels", kpi="cost"))
    assert "Spend by platform over time" in shown
    legend = re.findall(r'<p class="kk-legend">.*?</p>', shown)[0]
    assert re.findall(r"background:(#\w+)\"></i>([^<]+)<", legend) == [
        ("#2F7FBF", "Google Ads"),
        ("#E08A1E", "Meta Ads"),
    ]
    assert "<span>money (EUR)</span>" in legend


def test_the_numbers_behind_the_chart(visit: Visit) -> None:
    app = visit("channels", kpi="cost")
    app.session_state["kk_numbers"] = True
    app.run()
    assert re.search(r"<span>9 Nov 2026</span>.*?€280\.00.*?€175\.00.*?€455\.00", seen(app))


def test_channels_come_from_leads(own: Home) -> None:
    build_department(own, LEADS)
    app = visit_page("channels")
    found = rows(app)
    assert list(found) == ["Total", "Paid search", "Direct", "Paid social"]
    assert found["Paid search"]["Leads"].startswith("12")
    # 280 / 12
    assert found["Paid search"]["Cost per lead"].startswith("€23.3")
    assert found["Direct"]["Cost per lead"] == "–"
    assert found["Paid social"]["Leads"].startswith("3 ◌ small sample")
    assert found["Total"]["Ad cost"].startswith("€455")
    assert "Platforms</a>" in seen(app)
    assert list(rows(visit_page("channels", split="platform"))) == ["Total", "Google Ads", "not from ads", "Meta Ads"]


def test_what_the_address_gets_wrong_is_told(visit: Visit) -> None:
    shown = seen(visit("channels", split="channel", kpi="happiness"))
    assert "“channel” cannot be set side by side here; platform is shown." in shown
    assert "“happiness” is not a column of this page; another one is drawn." in shown


def test_a_period_without_data_leads_to_one_with_data(visit: Visit) -> None:
    shown = seen(visit("channels", **{"from": "2020-01-06", "to": "2020-01-12"}))
    assert "Nothing in this period under these filters." in shown
    assert "Show the newest data" in shown
    assert "over time" not in shown


def test_everything_can_be_taken_away(visit: Visit) -> None:
    keys = " ".join(button.proto.id for button in visit("channels").get("download_button"))
    for name in ("side-by-side_xlsx", "side-by-side_csv", "lines_xlsx", "lines_csv"):
        assert f"kk_download_{name}" in keys
