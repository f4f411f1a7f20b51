"""What a reader must know is said, once, with the KPIs and sources that it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.language import use_language
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


def test_an_explained_difference_is_no_reservation(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1), ad("2026-06-02", platform="meta_ads", cost=1, load_id=2)]
    loads = [load(1, control_differs=True), load(2, control_differs=True, explanation="Two campaigns were removed.")]
    found = ask(toy(tmp_path, loads, ad_performance=rows), "spend", JUNE).warnings
    assert [(c.concern, c.sources) for c in found] == [("control_differs", ("google_ads · A",))]


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
    assert found[0].text == (
        "Not reported by linkedin_ads · L: conversions. "
        "Sums lack it, while ratios count everything else of these sources."
    )


class TestDaysBetweenLoads:
    """Days that no load speaks for, and that count as loaded."""

    def test_a_bridged_gap_is_told_with_its_days(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-02", cost=1), ad("2026-06-07", cost=2, load_id=2)]
        answer = ask(toy(tmp_path, [load(1), load(2)], ad_performance=rows), "spend organic_clicks", JUNE)
        found = answer.warnings
        assert [(c.concern, c.kpis, c.sources, c.days) for c in found] == [
            ("days_bridged", ("spend",), ("google_ads · A",), (period("2026-06-03", "2026-06-06"),))
        ]
        expected = "No rows of google_ads · A for 3–6 Jun 2026; counted as days on which nothing happened."
        assert found[0].text == expected
        use_language("pl")
        assert "3–6 cze 2026" in found[0].text

    def test_only_days_that_are_asked_for(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-02", cost=1), ad("2026-06-07", cost=2, load_id=2)]
        snapshot = toy(tmp_path, [load(1), load(2)], ad_performance=rows)
        assert ask(snapshot, "spend", period("2026-06-07", "2026-06-30")).warnings == ()
        (found,) = ask(snapshot, "spend", period("2026-06-05", "2026-06-30")).warnings
        assert found.days == (period("2026-06-05", "2026-06-06"),)

    def test_days_within_one_load_are_spoken_for(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-02", cost=1), ad("2026-06-07", cost=2)]
        assert ask(toy(tmp_path, ad_performance=rows), "spend", JUNE).warnings == ()

    def test_a_longer_gap_is_no_value_rather_than_a_caution(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-02", cost=1), ad("2026-06-12", cost=2, load_id=2)]
        answer = ask(toy(tmp_path, [load(1), load(2)], ad_performance=rows), "spend", JUNE)
        assert (answer.warnings, answer.table["complete"].tolist()) == ((), [False])

    def test_a_longer_gap_of_one_account_that_others_cover_is_told(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", cost=1), ad("2026-06-30", cost=2, load_id=2)]
        rows += [ad(day, cost=1, account="B", load_id=3) for day in ("2026-06-01", "2026-06-30")]
        answer = ask(toy(tmp_path, [load(1), load(2), load(3)], ad_performance=rows), "spend", JUNE)
        assert [(c.sources, c.days) for c in answer.warnings] == [
            (("google_ads · A",), (period("2026-06-02", "2026-06-29"),))
        ]

    def test_many_gaps_are_counted(self, tmp_path: Path) -> None:
        days = [f"2026-06-{day:02}" for day in (1, 3, 5, 7, 9, 11)]
        rows = [ad(day, cost=1, load_id=number) for number, day in enumerate(days, 1)]
        (found,) = ask(toy(tmp_path, [load(n) for n in range(1, 7)], ad_performance=rows), "spend", JUNE).warnings
        assert "for 2 Jun 2026, 4 Jun 2026, 6 Jun 2026 (+2); counted" in found.text


class TestHalfARatio:
    """Rows that have one measure of a ratio and lack the other."""

    def test_rows_without_the_numerator_are_told(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", cost=60, clicks=5, conversions=2), ad("2026-06-02", cost=40, clicks=5)]
        found = ask(toy(tmp_path, ad_performance=rows), "spend conversions cost_per_conversion cpc", JUNE).warnings
        assert [(c.concern, c.kpis, c.sources, c.detail) for c in found] == [
            ("part_unknown", ("cost_per_conversion",), ("google_ads · A",), "conversions")
        ]
        assert found[0].text.startswith("Part of the rows of google_ads · A report no conversions")

    def test_rows_without_the_denominator_are_told(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", clicks=5, impressions=100), ad("2026-06-02", clicks=5)]
        found = ask(toy(tmp_path, ad_performance=rows), "ctr", JUNE).warnings
        assert [(c.concern, c.detail) for c in found] == [("part_unknown", "impressions")]

    def test_not_where_it_cannot_be_seen_in_the_ratio(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", cost=100, conversions=2), ad("2026-06-02", cost=0), ad("2026-06-03", cost="0.99")]
        assert ask(toy(tmp_path, ad_performance=rows), "cost_per_conversion", JUNE).warnings == ()

    def test_all_ratios_of_a_dataset_cost_one_statement_more(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", cost=60, clicks=5, conversions=2), ad("2026-06-02", cost=40, clicks=5)]
        answer = ask(toy(tmp_path, ad_performance=rows), "cost_per_conversion conversion_rate cpc", JUNE)
        assert [(c.detail, c.kpis) for c in answer.warnings] == [
            ("conversions", ("cost_per_conversion", "conversion_rate"))
        ]
        assert answer.statements == 2
        assert ask(toy(tmp_path, ad_performance=rows[:1]), "cost_per_conversion cpc", JUNE).statements == 1

    def test_only_rows_that_are_asked_for(self, tmp_path: Path) -> None:
        rows = [ad("2026-06-01", cost=60, conversions=2), ad("2026-07-02", cost=40, campaign="Other")]
        snapshot = toy(tmp_path, ad_performance=rows)
        assert ask(snapshot, "cost_per_conversion", JUNE).warnings == ()
        whole = period("2026-06-01", "2026-07-31")
        assert ask(snapshot, "cost_per_conversion", whole, where={"campaign": ("Brand",)}).warnings == ()
        assert len(ask(snapshot, "cost_per_conversion", whole).warnings) == 1


def test_a_site_that_is_not_known_is_called_by_its_tool(tmp_path: Path) -> None:
    rows = [total("2026-06-01", clicks=5, site=None), total("2026-06-03", clicks=5, site=None, load_id=2)]
    (found,) = ask(toy(tmp_path, [load(1), load(2)], search_totals=rows), "organic_clicks", JUNE).warnings
    assert found.sources == ("search_console · web",)


def test_currency_and_period_in_words(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1, currency=None, account=None)]
    found = ask(toy(tmp_path, ad_performance=rows), "spend", JUNE).warnings
    assert [c.text for c in found] == ["Rows of google_ads name no currency; their money is taken as EUR."]


def test_of_many_accounts_some_are_named(tmp_path: Path) -> None:
    rows = [ad("2026-06-01", cost=1, currency=None, account=account) for account in "EADCB"]
    (found,) = ask(toy(tmp_path, ad_performance=rows), "spend", JUNE).warnings
    assert len(found.sources) == 5
    assert "Rows of google_ads · A, google_ads · B, google_ads · C (+2) name no currency" in found.text


@pytest.mark.parametrize(
    ("site", "overlaps"),
    [
        ("https://www.example.com/", True),
        ("https://example.com/pl/", True),
        ("sc-domain:blog.example.com", True),
        ("https://example.com.pl/", False),
        ("https://myexample.com/", False),
        ("www.example.com", True),
    ],
)
def test_a_site_inside_another(tmp_path: Path, site: str, overlaps: bool) -> None:
    rows = [total("2026-06-01", clicks=5, site="sc-domain:example.com"), total("2026-06-01", clicks=3, site=site)]
    snapshot = toy(tmp_path, search_totals=rows)
    found = [(c.concern, c.detail, c.sources) for c in ask(snapshot, "organic_clicks", JUNE).warnings]
    assert found == ([("sites_overlap", "sc-domain:example.com", (site,))] if overlaps else [])
    assert ask(snapshot, "organic_clicks", JUNE, split=("site",)).warnings == ()
    assert ask(snapshot, "organic_clicks", JUNE, where={"site": (site,)}).warnings == ()


@pytest.mark.parametrize("site", ["example.com", "https://www.example.com/", "sc-domain:www.example.com"])
def test_a_bare_name_is_a_whole_domain(tmp_path: Path, site: str) -> None:
    bare = "example.com" if site == "example.com" else "www.example.com"
    other = "sc-domain:example.com" if site == bare else site
    rows = [total("2026-06-01", clicks=5, site=bare), total("2026-06-01", clicks=3, site=other)]
    found = [caution.concern for caution in ask(toy(tmp_path, search_totals=rows), "organic_clicks", JUNE).warnings]
    assert found == ["sites_overlap"]


def test_a_folder_inside_a_site(tmp_path: Path) -> None:
    rows = [total("2026-06-01", clicks=1, site=f"https://example.com/{folder}") for folder in ("", "pl/")]
    found = ask(toy(tmp_path, search_totals=rows), "organic_clicks", JUNE).warnings
    expected = (
        "https://example.com/ includes https://example.com/pl/: the same searches are counted twice. Filter by site."
    )
    assert [caution.text for caution in found] == [expected]
