"""What a reader must know is said, once, with the KPIs and sources that it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.metrics.toy import ad, ask, load, period, total, toy

if TYPE_CHECKING:
    from pathlib import Path

JUNE = period("2026-06-01", "2026-06-30")


def test_a_control_total_that_differs(tmp_path: Path) -> None:
    rows = [
        ad("2026-06-01", cost=1, clicks=1, impressions=1),
        ad("2026-06-02", platform="meta_ads", cost=1, clicks=1, impressions=1, load_id=2),
    ]
    snapshot = toy(tmp_path, [load(1), load(2, name="meta.csv", control_differs=True)], ad_performance=rows)
    found = ask(snapshot, "spend ctr organic_clicks", JUNE).warnings
    assert [(c.concern, c.kpis, c.sources, c.detail) for c in found] == [
        ("control_differs", ("spend", "ctr"), ("meta_ads · A",), "meta.csv")
    ]
    assert "meta.csv" in found[0].text
    assert "meta_ads · A" in found[0].text


def test_not_about_rows_that_are_not_used(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1), ad("2026-06-02", platform="meta_ads", cost=1, load_id=2)]
    snapshot = toy(tmp_path, [load(1), load(2, control_differs=True)], ad_performance=rows)
    assert ask(snapshot, "spend", JUNE, where={"platform": ("google_ads",)}).warnings == ()
    assert ask(snapshot, "spend", period("2026-06-03", "2026-06-30")).warnings == ()


def test_a_measure_that_a_source_never_reports(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1, conversions=2), ad("2026-06-01", platform="linkedin_ads", account="L", cost=1)]
    found = ask(toy(tmp_path, ad_performance=rows), "spend conversions cost_per_conversion", JUNE).warnings
    assert [(c.concern, c.kpis, c.sources, c.detail) for c in found] == [
        ("measure_unknown", ("conversions", "cost_per_conversion"), ("linkedin_ads · L",), "conversions")
    ]
    assert found[0].text == "Not reported by linkedin_ads · L, so missing from sums and ratios: conversions."


def test_currency_and_period_in_words(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1, currency=None, account=None)]
    found = ask(toy(tmp_path, ad_performance=rows), "spend", JUNE).warnings
    assert [c.text for c in found] == ["The exports of google_ads name no currency; their money is taken as EUR."]


@pytest.mark.parametrize(
    ("site", "overlaps"),
    [
        ("https://www.example.com/", True),
        ("https://example.com/pl/", True),
        ("sc-domain:blog.example.com", True),
        ("https://example.com.pl/", False),
        ("https://myexample.com/", False),
    ],
)
def test_a_site_inside_another(tmp_path: Path, site: str, overlaps: bool) -> None:
    rows = [total("2026-06-01", clicks=5, site="sc-domain:example.com"), total("2026-06-01", clicks=3, site=site)]
    snapshot = toy(tmp_path, search_totals=rows)
    found = [(c.concern, c.detail, c.sources) for c in ask(snapshot, "organic_clicks", JUNE).warnings]
    assert found == ([("sites_overlap", "sc-domain:example.com", (site,))] if overlaps else [])
    assert ask(snapshot, "organic_clicks", JUNE, split=("site",)).warnings == ()
    assert ask(snapshot, "organic_clicks", JUNE, where={"site": (site,)}).warnings == ()


def test_a_folder_inside_a_site(tmp_path: Path) -> None:
    rows = [total("2026-06-01", clicks=1, site=f"https://example.com/{folder}") for folder in ("", "pl/")]
    found = ask(toy(tmp_path, search_totals=rows), "organic_clicks", JUNE).warnings
    expected = (
        "https://example.com/ includes https://example.com/pl/: the same searches are counted twice. Filter by site."
    )
    assert [caution.text for caution in found] == [expected]
