"""Search Console zips: names, languages, periods that never overlap, and tables that disagree the way real ones do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from data.demo.search_console import periods, write_search_console
from data.demo.timeline import Timeline
from tests.data.demo.reading import DAYS, LAST, search_tables, table, total

if TYPE_CHECKING:
    from pathlib import Path

STEMS = {
    "en": "brightwater.example",
    "pl": "https___www.brightwater-group.example_pl_",
    "ru": "https___www.brightwater-group.example_ru_",
}
CHARTS = {"en": "Chart.csv", "pl": "Wykres.csv", "ru": "Диаграмма.csv"}
QUERIES = {"en": "Queries.csv", "pl": "Zapytania.csv", "ru": "Запросы.csv"}
CLICKS = {"en": "Clicks", "pl": "Kliknięcia", "ru": "K" + "лики"}
IMPRESSIONS = {"en": "Impressions", "pl": "Wyświetlenia", "ru": "Показы"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "pl", "ru"])


def zips(inbox: Path, language: str) -> list[Path]:
    return sorted(inbox.glob(f"{STEMS[language]}-Performance-on-Search-*.zip"))


def test_members_are_named_and_headed_in_the_language_of_the_export(inbox: Path) -> None:
    firsts = {language: search_tables(zips(inbox, language)[1]) for language in STEMS}
    headers = {
        language: {name: text.split("\n")[0] for name, text in members.items()} for language, members in firsts.items()
    }
    assert headers["en"] == {
        "Chart.csv": "Date,Clicks,Impressions,CTR,Position",
        "Queries.csv": "Top queries,Clicks,Impressions,CTR,Position",
        "Pages.csv": "Top pages,Clicks,Impressions,CTR,Position",
        "Countries.csv": "Country,Clicks,Impressions,CTR,Position",
        "Devices.csv": "Device,Clicks,Impressions,CTR,Position",
        "Search appearance.csv": "Search Appearance,Clicks,Impressions,CTR,Position",
        "Filters.csv": "Filter,Value",
    }
    assert headers["pl"]["Zapytania.csv"] == "Najpopularniejsze zapytania,Kliknięcia,Wyświetlenia,CTR,Pozycja"
    assert headers["ru"]["Запросы.csv"] == "Популярные запросы,K" + "лики,Показы,CTR,Позиция"
    assert list(headers["ru"]) == [
        f"{name}.csv"
        for name in ("Диаграмма", "Запросы", "Страницы", "Страны", "Устройства", "Вид в поиске", "Фильтры")
    ]


@pytest.mark.parametrize(
    ("language", "member", "text"),
    [
        ("en", "Filters.csv", "Filter,Value\nSearch type,Web\nDate,1 Apr 2025-30 Jun 2025"),
        ("pl", "Filtry.csv", "Filtr,Wartość\nTyp wyszukiwania,Internet\nData,1 kwi 2025-30 cze 2025"),
        ("ru", "Фильтры.csv", "Фильтр,Значение\nТип поиска,Веб\nДата,1 апр. 2025 г.-30 июн. 2025 г."),
    ],
)
def test_filters_tell_type_and_range(inbox: Path, language: str, member: str, text: str) -> None:
    assert search_tables(zips(inbox, language)[1])[member] == text


@LANGUAGES
def test_the_charts_together_cover_every_day_once(inbox: Path, language: str) -> None:
    days = [
        next(iter(row.values()))
        for path in zips(inbox, language)
        for row in table(search_tables(path)[CHARTS[language]])
    ]
    assert days == [(LAST - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]


def test_quarters_then_thirteen_weeks() -> None:
    found = periods(Timeline(date(2026, 3, 4), 300))
    assert found[0] == (date(2025, 5, 9), date(2025, 6, 30))
    assert found[1] == (date(2025, 7, 1), date(2025, 9, 30))
    weeks = found[-13:]
    assert found[-14] == (date(2025, 10, 1), date(2025, 12, 7))
    assert weeks[0] == (date(2025, 12, 8), date(2025, 12, 14))
    assert weeks[-1] == (date(2026, 3, 2), date(2026, 3, 4))
    assert all(first.weekday() == 0 for first, _ in weeks)


def test_quarters_then_months() -> None:
    found = periods(Timeline(date(2026, 3, 4), 300), weekly=False)
    assert found[2:] == [
        (date(2025, 10, 1), date(2025, 12, 7)),
        (date(2025, 12, 8), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 4)),
    ]


def test_the_newest_zip_is_of_the_day_after_the_end_and_no_two_share_a_name(inbox: Path) -> None:
    days = [date.fromisoformat(path.stem[-10:]) for path in zips(inbox, "en")]
    assert days[-1] == LAST + timedelta(days=1)
    assert len(set(days)) == len(days) == 17


def test_of_what_search_console_no_longer_shows_the_days_are_kept_in_folders(tmp_path: Path) -> None:
    write_search_console(tmp_path, Timeline(date(2026, 11, 22), 730))
    for language, stem in STEMS.items():
        folders = sorted(tmp_path.glob(f"{stem}-Performance-on-Search-*/"))
        assert [folder.name[-10:] for folder in folders] == ["2025-01-04", "2025-04-04", "2025-07-04"]
        assert [file.name for folder in folders for file in folder.iterdir()] == [CHARTS[language]] * 3
        charts = [(folder / CHARTS[language]).read_text("utf-8") for folder in folders]
        charts += [search_tables(path)[CHARTS[language]] for path in zips(tmp_path, language)]
        days = [line.split(",")[0] for chart in charts for line in chart.split("\n")[1:]]
        assert days == Timeline(date(2026, 11, 22), 730).texts


@LANGUAGES
def test_queries_show_a_part_of_the_clicks(inbox: Path, language: str) -> None:
    for path in zips(inbox, language):
        members = search_tables(path)
        clicks = total(table(members[CHARTS[language]]), CLICKS[language])
        shown = table(members[QUERIES[language]])
        assert 0.34 <= total(shown, CLICKS[language]) / clicks <= 0.7
        assert 0 < len(shown) <= 1000
        assert all(int(row[IMPRESSIONS[language]]) >= int(row[CLICKS[language]]) for row in shown)
        assert total(shown, IMPRESSIONS[language]) < total(table(members[CHARTS[language]]), IMPRESSIONS[language])


def test_pages_exceed_the_chart_and_devices_match_it(inbox: Path) -> None:
    for path in zips(inbox, "en"):
        members = search_tables(path)
        clicks = total(table(members["Chart.csv"]), "Clicks")
        assert total(table(members["Pages.csv"]), "Clicks") > clicks
        assert total(table(members["Devices.csv"]), "Clicks") == clicks
        assert total(table(members["Countries.csv"]), "Clicks") == clicks


def test_search_appearance_can_be_a_header_only(inbox: Path) -> None:
    english, polish = (search_tables(zips(inbox, language)[0]) for language in ("en", "pl"))
    assert len(english["Search appearance.csv"].split("\n")) == 3
    assert polish["Wygląd w wynikach wyszukiwania.csv"].split("\n") == [
        "Wygląd w wynikach wyszukiwania,Kliknięcia,Wyświetlenia,CTR,Pozycja"
    ]


def test_a_day_without_impressions_has_no_rate_and_no_position(inbox: Path) -> None:
    lines = search_tables(zips(inbox, "ru")[0])["Диаграмма.csv"].split("\n")
    assert [line for line in lines if line.endswith(",0,0,,")] == ["2025-01-29,0,0,,"]


@LANGUAGES
def test_rates_are_percent_text_and_nothing_ends_in_a_line_end(inbox: Path, language: str) -> None:
    members = search_tables(zips(inbox, language)[2])
    for row in table(members[QUERIES[language]]):
        expected = int(row[CLICKS[language]]) / int(row[IMPRESSIONS[language]]) * 100
        assert float(row["CTR"].removesuffix("%")) == pytest.approx(expected, abs=0.005)
        assert not row["CTR"].endswith(("0%", ".%")) or row["CTR"].removesuffix("%").isdigit()
    assert not any(text.endswith("\n") or "\r" in text for text in members.values())
