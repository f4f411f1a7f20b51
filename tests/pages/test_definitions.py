"""The definitions page: the search, the entries, the way to and from the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from metrics.catalog import CATALOGUE
from tests.department import build_department
from tests.pages.conftest import Visit, seen, visit_page

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home

SEARCH = len([kpi for kpi in CATALOGUE.values() if kpi.process == "organic_content"])
BOTH = SEARCH + len([kpi for kpi in CATALOGUE.values() if kpi.process == "paid_acquisition"])
PLAN = (
    """
    INSERT INTO target.targets BY NAME
    SELECT 'roas' AS kpi, DATE '2025-01-01' AS valid_from, DATE '2025-12-31' AS valid_to, NULL AS dimension,
        NULL AS dimension_value, 3.0 AS value, 'ada' AS set_by, 'By the yearly plan' AS reason
    UNION ALL SELECT 'roas', DATE '2026-01-01', NULL, 'platform', 'google_ads', 4.0, 'bob', NULL
    """,
    "INSERT INTO target.scorecards BY NAME SELECT 'ada' AS person, 'roas' AS kpi, DATE '2025-01-01' AS valid_from",
    "INSERT INTO target.projects BY NAME SELECT 'p' AS project_id, 'New shop' AS name, 'roas' AS kpi",
)


def entries(app: AppTest) -> list[str]:
    """The names of the entries shown."""
    return re.findall(r'<span class="kk-term">([^<]+)</span>', seen(app))


def facts(app: AppTest) -> dict[str, str]:
    """Each term of the entries shown with what is told of it."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>(?:<code>)?([^<]*)", seen(app)))


def test_every_kpi_of_the_open_processes_is_there_below_its_process(visit: Visit) -> None:
    app = visit("definitions")
    assert len(entries(app)) == BOTH
    assert f"{BOTH} KPIs: what they mean" in seen(app)
    assert "<h2>Content and search</h2>" in seen(app)
    assert "open>" not in seen(app)


@pytest.mark.parametrize(
    ("language", "asked", "found"),
    [
        ("en", "cost per cl", "Cost per click"),
        ("en", "cpc", "Cost per click"),
        ("en", "COST click", "Cost per click"),
        ("en", "one click cost", "Cost per click"),
        ("pl", "koszt kliknięcia", "Koszt kliknięcia (CPC)"),
        ("pl", "koszt klikniecia", "Koszt kliknięcia (CPC)"),
        ("ru", "КЛИКА", "Цена клика (CPC)"),
    ],
)
def test_a_search_finds_names_ids_and_meanings(visit: Visit, language: str, asked: str, found: str) -> None:
    assert found in entries(visit("definitions", lang=language, q=asked))


def test_a_search_finds_a_whole_process(visit: Visit) -> None:
    assert len(entries(visit("definitions", q="content and search"))) >= SEARCH


def test_what_is_typed_is_written_into_the_address(visit: Visit) -> None:
    app = visit("definitions", process="paid_acquisition")
    app.text_input(key="kk_search").set_value(" roas ").run()
    assert app.query_params == {"process": "paid_acquisition", "q": "roas"}
    assert "Return on ad spend" in entries(app)
    assert 'class="kk-entry" open' in seen(app)


def test_nothing_found_says_so_and_leads_back(visit: Visit) -> None:
    shown = seen(visit("definitions", q="xyzzy <b>"))
    assert "<h2>Nothing fits “xyzzy &lt;b&gt;”</h2>" in shown
    assert 'href="definitions"' in shown


def test_the_kpis_of_one_process(visit: Visit) -> None:
    app = visit("definitions", process="organic_content")
    assert len(entries(app)) == SEARCH
    assert re.search(r'href="definitions\?process=organic_content" class="kk-pill" aria-current="true"', seen(app))


def test_what_the_address_gets_wrong_is_told(visit: Visit) -> None:
    app = visit("definitions", process="sales", kpi="happiness")
    assert "There is no process called “sales”; all are shown." in seen(app)
    assert "There is no KPI called “happiness”; all are shown." in seen(app)
    assert len(entries(app)) == BOTH


def test_an_entry_says_everything(own: Home) -> None:
    build_department(own, *PLAN)
    app = visit_page("definitions", kpi="roas")
    assert entries(app) == ["Return on ad spend"]
    assert facts(app) | {"Definition": ""} == {
        "Formula": "Σ conversion value / Σ cost",
        "Unit": "one number for each of another",
        "Direction": "higher is better",
        "Bounds": "0 or more",
        "Split by": "platform, account, campaign, ad group, ad, keyword, match type, device, network",
        "Data lag": "a day is final 1 day later",
        "Computed from": "Ad performance: cost, conversion value",
        "Definition": "",
        "Used in": "Paid acquisition, 2 targets, scorecard of Ada Kowalczyk, project “New shop”",
        "ID": "roas",
        "since 1 Jan 2026": "4 (platform: Google Ads) · bob",
        "1 Jan 2025 – 31 Dec 2025": "3 · By the yearly plan · Ada Kowalczyk",
    }
    # (4 × 40 + 20) × 7 / 455
    assert re.search(r'class="kk-now"><a data-go href="process\?process=paid_acquisition&amp;kpi=roas"', seen(app))
    assert "<strong>2.77</strong>" in seen(app)


def test_the_whole_dictionary_can_be_taken_away(visit: Visit) -> None:
    keys = " ".join(button.proto.id for button in visit("definitions", q="roas").get("download_button"))
    assert "kk_download_definitions_xlsx" in keys
    assert "kk_download_definitions_csv" in keys
