"""The planted changes of ads and search can be measured in the files; what lies beside them does not change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from data.demo.changes import PLANTED
from tests.data.demo.reading import (
    LAST,
    Row,
    google_report,
    meta_csv,
    meta_workbook,
    newest,
    search_tables,
    table,
    total,
)

README = Path(__file__).parents[3] / "data" / "demo" / "README.md"
COMPARED_DAYS = 140


def change(rows: list[Row], day: str, days_before_end: int, parts: tuple[str, str]) -> float:
    """How much larger the ratio of *parts* is in the last days than in the days before them."""
    first = (LAST - timedelta(days=days_before_end - 1)).isoformat()
    earliest = (LAST - timedelta(days=COMPARED_DAYS - 1)).isoformat()
    before = [row for row in rows if earliest <= row[day] < first]
    after = [row for row in rows if row[day] >= first]
    above, below = parts
    return float(total(after, above) / total(after, below) / (total(before, above) / total(before, below)))


def english_ads(inbox: Path, kind: str) -> list[Row]:
    reports = [(path, google_report(path, "utf-8", ",", "Total").rows) for path in inbox.glob("Ad report *.csv")]
    return [row for row in newest(reports, ("Day", "Ad ID")) if row["Campaign type"] == kind]


def charts(inbox: Path, stem: str, chart: str) -> list[Row]:
    return [row for path in inbox.glob(f"{stem}-Performance*.zip") for row in table(search_tables(path)[chart])]


def test_clicks_of_the_english_search_campaigns_cost_more_for_the_last_six_weeks(inbox: Path) -> None:
    search = english_ads(inbox, "Search")
    assert change(search, "Day", 42, ("Cost", "Clicks")) == pytest.approx(1.4, rel=0.04)
    assert change(search, "Day", 42, ("Cost", "Conversions")) > 1.2
    assert change(english_ads(inbox, "Display"), "Day", 42, ("Cost", "Clicks")) == pytest.approx(1, rel=0.04)


@pytest.mark.parametrize(
    ("pattern", "encoding", "delimiter", "columns"),
    [
        ("Raport kampanii *.csv", "utf-16", "\t", ("Dzień", "Kampania", "Koszt", "Kliknięcia")),
        ("Отчет о кампании *.csv", "utf-8-sig", ",", ("День", "Кампания", "Расходы", "K" + "лики")),
    ],
    ids=["pl", "ru"],
)
def test_clicks_of_the_other_google_accounts_cost_the_same(
    inbox: Path, pattern: str, encoding: str, delimiter: str, columns: tuple[str, str, str, str]
) -> None:
    day, campaign, *parts = columns
    reports = [
        (path, google_report(path, encoding, delimiter, ("Razem", "Итого")).rows) for path in inbox.glob(pattern)
    ]
    rows = newest(reports, (day, campaign))
    assert change(rows, day, 42, (parts[0], parts[1])) == pytest.approx(1, rel=0.04)


def test_the_english_site_is_clicked_more_and_placed_better_for_the_last_eight_weeks(inbox: Path) -> None:
    rows = charts(inbox, "brightwater.example", "Chart.csv")
    weighted = [row | {"Sum": str(float(row["Position"]) * int(row["Impressions"]))} for row in rows]
    first = (LAST - timedelta(days=55)).isoformat()
    placed = {
        when: sum(float(row["Sum"]) for row in part) / sum(int(row["Impressions"]) for row in part)
        for when, part in (
            ("before", [row for row in weighted if row["Date"] < first]),
            ("after", [row for row in weighted if row["Date"] >= first]),
        )
    }
    assert change(rows, "Date", 56, ("Clicks", "Impressions")) == pytest.approx(1.22, rel=0.03)
    assert placed["before"] - placed["after"] == pytest.approx(1.3, abs=0.2)


@pytest.mark.parametrize(
    ("stem", "chart", "columns"),
    [
        ("https___www.brightwater-group.example_pl_", "Wykres.csv", ("Data", "Kliknięcia", "Wyświetlenia")),
        ("https___www.brightwater-group.example_ru_", "Диаграмма.csv", ("Дата", "K" + "лики", "Показы")),
    ],
    ids=["pl", "ru"],
)
def test_the_other_sites_are_clicked_as_before(
    inbox: Path, stem: str, chart: str, columns: tuple[str, str, str]
) -> None:
    day, *parts = columns
    assert change(charts(inbox, stem, chart), day, 56, (parts[0], parts[1])) == pytest.approx(1, rel=0.04)


def test_fewer_clicks_of_the_english_meta_account_become_leads_in_the_last_four_weeks(inbox: Path) -> None:
    names = ("Day", "Campaign name", "Ad set name", "Ad name")
    rows = newest(((path, meta_csv(path)) for path in inbox.glob("Brightwater-Social-Ads-*.csv")), names)
    leads = [row for row in rows if row["Campaign name"].startswith("Leads") and "Poland" not in row["Campaign name"]]
    assert change(leads, "Day", 28, ("Results", "Link clicks")) == pytest.approx(0.6, rel=0.12)
    assert change(leads, "Day", 28, ("Amount spent (EUR)", "Link clicks")) == pytest.approx(1, rel=0.04)


def test_the_other_meta_accounts_bring_leads_as_before(inbox: Path) -> None:
    polish = newest(
        ((path, meta_csv(path)) for path in inbox.glob("*Reklamy-*.csv")),
        ("Dzień", "Nazwa kampanii", "Nazwa zestawu reklam", "Nazwa reklamy"),
    )
    books = [
        (path, [{key: str(value) for key, value in row.items()} for row in meta_workbook(path)[1:]])
        for path in inbox.glob("*.xlsx")
    ]
    russian = newest(books, ("День", "Название кампании"))
    assert change(polish, "Dzień", 28, ("Wyniki", "Kliknięcia linku")) == pytest.approx(1, rel=0.12)
    assert change(russian, "День", 28, ("Результат", "Клики по ссылке")) == pytest.approx(1, rel=0.12)


def test_the_readme_tells_of_exactly_these_changes() -> None:
    assert [(change.where, change.days_before_end, change.factor) for change in PLANTED] == [
        ("Brightwater Integration", 42, 1.4),
        ("brightwater.example", 56, 1.22),
        ("Brightwater Social", 28, 0.6),
        ("service desk", 77, 0.45),
        ("enquiry form", 70, 0.42),
    ]
    lines = [line for line in README.read_text(encoding="utf-8").split("\n") if "days before the end" in line]
    told = {(change.days_before_end, change.factor) for change in PLANTED}
    assert len(lines) == len(told)
    for days, factor in told:
        assert any(line.startswith(f"| {days} days") and f"× {factor}" in line for line in lines)
