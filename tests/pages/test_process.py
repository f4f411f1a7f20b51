"""The process page, against numbers worked out by hand (see `tests.department`)."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from tests.connectors.exports.writers import delimited
from tests.department import HOSTILE, MARKUP
from tests.pages.conftest import Visit, seen, visit_page

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from core.config import Home

Rows = dict[str, list[str]]


def tables(app: AppTest) -> list[Rows]:
    """The tables on the page: the cells of each row by its first cell."""
    found = re.findall(r'<table class="kk-table".*?</table>', seen(app), re.DOTALL)
    return [dict(_cells(row) for row in re.findall(r"<tr class=.*?</tr>", table)) for table in found]


def _cells(row: str) -> tuple[str, list[str]]:
    first, *rest = (unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td .*?</td>", row))
    return first, rest


def names(app: AppTest) -> list[str]:
    """The KPIs of the list."""
    return [unescape(name) for name in re.findall(r'class="kk-name">([^<]+)<', seen(app))]


def test_the_worst_kpi_is_looked_at_first(visit: Visit) -> None:
    shown = seen(visit("process"))
    assert "<h2>Conversion rate</h2>" in shown
    assert "The period before it was 3.46%." in shown


def test_exceptions_come_first_then_the_headline_and_details_are_not_listed(visit: Visit) -> None:
    paid = names(visit("process", process="paid_acquisition"))
    assert paid[:4] == ["Conversion rate", "Cost per click", "Clicks", "Click-through rate"]
    assert paid[4:6] == ["Spend", "Conversions (platform-reported)"]
    assert {"Impressions", "Conversion value"} < set(paid)
    search = names(visit("process", process="organic_content"))
    assert search[:5] == [
        "Organic clicks",
        "Organic impressions",
        "Organic click-through rate",
        "Average position",
        "Query coverage",
    ]


def test_a_split_has_ratios_of_sums_and_a_total_of_its_own(visit: Visit) -> None:
    parts = tables(visit("process", kpi="ctr"))[0]
    # 840 / 28 000, 350 / 35 000 and 1190 / 63 000; the weeks before 560 / 28 000 and 910 / 63 000
    assert parts["Total"][:3] == ["1.89%", "+0.44 pp", "€455.00"]
    assert parts["Google Ads"][:3] == ["3.00%", "+1.00 pp", "€280.00"]
    assert parts["Meta Ads"][:3] == ["1.00%", "0.00 pp", "€175.00"]


def test_each_row_leads_one_step_deeper(visit: Visit) -> None:
    shown = seen(visit("process", kpi="spend", platform="google_ads", account="123-456-7890", split="campaign"))
    address = "process?process=paid_acquisition&amp;kpi=spend&amp;split=ad_group&amp;platform=google_ads"
    assert f'href="{address}&amp;account=123-456-7890&amp;campaign=Generic">Generic</a>' in shown


def test_a_split_that_there_is_not_is_told(visit: Visit) -> None:
    told = "It cannot be split by “nope” here; the parts by platform are shown."
    assert told in [caption.value for caption in visit("process", kpi="spend", split="nope").caption]
    drilled = visit("process", kpi="spend", split="platform", platform="google_ads")
    assert not [caption.value for caption in drilled.caption if "cannot be split" in caption.value]


def test_the_way_back_is_shown(visit: Visit) -> None:
    shown = seen(visit("process", kpi="spend", platform="google_ads", campaign="Generic"))
    path = re.findall(r'<nav class="kk-path".*?</nav>', shown)[0]
    plain = re.sub(r"<[^>]+>", "", path)
    assert plain == "Everything›Platform: Google Ads›Campaign: Generic"
    assert 'href="process?process=paid_acquisition&amp;kpi=spend"' in path
    assert 'aria-current="location">Campaign: Generic' in path


def test_down_to_the_ad(visit: Visit) -> None:
    app = visit("process", kpi="spend", platform="google_ads", campaign=MARKUP, ad_group="Name", split="ad")
    parts = tables(app)[0]
    assert set(parts) == {"Total", "Headline A", HOSTILE}
    assert parts["Total"][0] == "€140.00"


def test_names_from_files_are_text_and_never_markup(visit: Visit) -> None:
    shown = seen(visit("process", kpi="spend", platform="google_ads", split="campaign"))
    assert "<b>2026</b>" not in shown
    assert "Brand &lt;b&gt;2026&lt;/b&gt;" in shown


def test_a_split_by_query_uses_what_search_console_counts_by_query(visit: Visit) -> None:
    app = visit("process", process="organic_content", kpi="organic_clicks", split="query")
    parts = tables(app)[0]
    assert {name: cells[0] for name, cells in parts.items()} == {
        "Total": "420",
        "integrator": "210",
        "erp": "140",
        "crm": "70",
    }
    assert "kpi=query_clicks&amp;query=integrator" in seen(app)


def test_a_query_is_looked_at_with_the_kpis_by_query(visit: Visit) -> None:
    app = visit("process", process="organic_content", kpi="query_clicks", query="erp")
    assert names(app) == ["Clicks by query", "Impressions by query", "Click-through rate by query", "Position by query"]
    assert '<span class="kk-value" title="140">140</span>' in seen(app)
    assert "Query: erp" in seen(app)


def test_the_chosen_split_goes_into_the_address(visit: Visit) -> None:
    app = visit("process", process="paid_acquisition", kpi="spend")
    app.selectbox(key="kk_split").set_value("campaign").run()
    assert app.query_params == {"process": "paid_acquisition", "kpi": "spend", "split": "campaign"}
    assert set(tables(app)[0]) == {"Total", "Generic", MARKUP, "Reach"}


def test_only_what_the_data_names_can_be_split_by(visit: Visit) -> None:
    app = visit("process", process="paid_acquisition", kpi="spend")
    assert app.selectbox(key="kk_split").options == ["by platform", "by account", "by campaign", "by ad group", "by ad"]


def test_an_unknown_process_leads_back(visit: Visit) -> None:
    shown = seen(visit("process", process="astrology"))
    assert "There are no numbers for a process called “astrology”." in shown
    assert 'href="./"' in shown


def test_an_unknown_kpi_is_told(visit: Visit) -> None:
    shown = seen(visit("process", process="paid_acquisition", kpi="karma"))
    assert "“karma” is not a KPI of this process; another one is shown." in shown


def test_a_filter_that_a_kpi_has_not_is_told(visit: Visit) -> None:
    shown = seen(visit("process", process="organic_content", kpi="organic_clicks", platform="meta_ads"))
    assert "“Meta Ads” is not a filter for this KPI: it cannot be split by platform." in shown


def test_unfinished_periods_are_compared_like_for_like(visit: Visit) -> None:
    shown = seen(visit("process", process="organic_content", kpi="organic_clicks", period="week_to_date"))
    assert "Like for like: 16–17 Nov 2026 compared with 9–10 Nov 2026, when it was 200." in shown
    assert "incomplete: final to 17 Nov" in shown
    assert re.search(r"<th [^>]*>Organic clicks \(incomplete\)</th>", shown)
    assert "(incomplete)" not in seen(visit("process", process="organic_content", kpi="organic_clicks"))


def test_the_chart_has_its_numbers_beside_it(visit: Visit) -> None:
    app = visit("process", kpi="clicks")
    assert len(tables(app)) == 1
    app.session_state["kk_numbers"] = True
    app.run()
    over_time = tables(app)[1]
    assert over_time["9 Nov 2026"] == ["15 Nov 2026", "1,190", "910", "outside the limits"]
    assert over_time["2 Nov 2026"] == ["8 Nov 2026", "910", "910", "eight in a row on one side"]
    assert len(over_time) == 26


def test_the_kpi_is_defined_on_its_page(visit: Visit) -> None:
    shown = seen(visit("process", kpi="roas"))
    assert "<dt>Formula</dt><dd>Σ conversion value / Σ cost</dd>" in shown
    assert "<dt>Direction</dt><dd>higher is better</dd>" in shown


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_tables_can_be_taken_away(visit: Visit, kind: str) -> None:
    app = visit("process", kpi="clicks")
    app.session_state["kk_numbers"] = True
    app.run()
    keys = " ".join(button.proto.id for button in app.get("download_button"))
    assert f"kk_download_platform_{kind}" in keys
    assert f"kk_download_over-time_{kind}" in keys


def test_the_deepest_level_says_why_it_is_the_deepest(visit: Visit) -> None:
    told = "they do not say which query led to which page"
    assert told not in seen(visit("process", process="organic_content", kpi="organic_clicks", split="page"))
    assert told in seen(visit("process", process="organic_content", kpi="page_clicks", page="https://example.com/"))
    assert told in seen(visit("process", process="organic_content", kpi="query_clicks", query="erp"))


def test_a_filter_in_the_address_that_no_row_meets_is_told(visit: Visit) -> None:
    shown = seen(visit("process", kpi="spend", campaign="No such campaign"))
    assert "No row has Campaign: No such campaign. Nearest values:" in shown
    assert "No row has" not in seen(visit("process", kpi="spend", campaign="Generic"))


def test_the_ratio_of_all_others_counts_those_that_have_none(home: Home, tmp_path: Path) -> None:
    """Twenty campaigns of 100 … 81 €: thirteen with two conversions, the next with one, the last six with none."""
    header = ("Campaign", "Day", "Currency code", "Clicks", "Cost", "Conversions")
    conversions = [2] * 13 + [1] + [0] * 6
    rows = [
        (f"Campaign {number:02d}", "2026-11-16", "EUR", "10", str(100 - number), str(count))
        for number, count in enumerate(conversions)
    ]
    (tmp_path / "campaigns.csv").write_text(delimited([header, *rows], ","), encoding="utf-8")
    load_files(home, [tmp_path / "campaigns.csv"])
    day = {"from": "2026-11-16", "to": "2026-11-16", "by": "day", "split": "campaign"}
    parts = tables(visit_page("process", kpi="cost_per_conversion", **day))[0]
    # The twelve with the most conversions stand alone: 88 + 87 + 86 + … + 81 = 676 for 2 + 1 conversions.
    assert parts["8 others"][0] == "€225.33"
    # 100 + 99 + … + 81 = 1810 for 27 conversions
    assert parts["Total"][0] == "€67.04"


def test_where_no_change_can_be_told_the_table_says_why(home: Home, tmp_path: Path) -> None:
    told = "No change can be shown: of some days in these two periods nothing is known, or it may still change."
    header = ("Campaign", "Day", "Currency code", "Clicks", "Cost")
    rows = [(campaign, "2026-11-16", "EUR", "10", "5") for campaign in ("Brand", "Generic")]
    (tmp_path / "one.csv").write_text(delimited([header, *rows], ","), encoding="utf-8")
    load_files(home, [tmp_path / "one.csv"])
    day = {"from": "2026-11-16", "to": "2026-11-16", "by": "day", "split": "campaign"}
    assert told in seen(visit_page("process", kpi="clicks", **day))
    assert told not in seen(visit_page("process", kpi="clicks", compare="none", **day))


def test_where_changes_are_told_nothing_is_said_of_it(visit: Visit) -> None:
    assert "No change can be shown" not in seen(visit("process", kpi="ctr"))
