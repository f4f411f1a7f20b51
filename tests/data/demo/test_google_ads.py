"""Google Ads reports: encodings, preamble, number formats, totals, restated days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.demo.reading import Report, google_report, number, total

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = ("Ad report *.csv", "utf-8", ",", "Total: ")
POLISH = ("Raport kampanii *.csv", "utf-16", "\t", "Razem: ")
RUSSIAN = ("Отчет о кампании *.csv", "utf-8-sig", ",", "Итого (")
TERMS = ("Search terms report *.csv", "utf-8", ",", "Total: ")
FLAVOURS = pytest.mark.parametrize("flavour", [ENGLISH, POLISH, RUSSIAN, TERMS], ids=["en", "pl", "ru", "terms"])
SUMMED = {
    ENGLISH: ("Impr.", "Clicks", "Cost", "Conversions", "Conv. value"),
    POLISH: ("Wyświetlenia", "Kliknięcia", "Koszt", "Konwersje", "Wartość konw."),
    RUSSIAN: ("Показы", "Kлики", "Расходы", "Конверсии", "Ценность конв."),
    TERMS: ("Impr.", "Interactions", "Clicks", "Cost", "Conversions", "Conv. value"),
}
Flavour = tuple[str, str, str, str]


def reports(inbox: Path, flavour: Flavour) -> list[Report]:
    pattern, *how = flavour
    return [google_report(path, *how) for path in sorted(inbox.glob(pattern))]


@pytest.mark.parametrize(
    ("flavour", "start", "second_line"),
    [
        (ENGLISH, b"Ad report\n25 December 2025 - 1 March 2026\nAd status,", "25 December 2025 - 1 March 2026"),
        (TERMS, b"Search terms report\n25 December 2025", "25 December 2025 - 1 March 2026"),
        (POLISH, b"\xff\xfeR\x00a\x00p\x00o\x00r\x00t\x00", "25 gru 2025 - 1 mar 2026"),
        (RUSSIAN, b"\xef\xbb\xbf" + "Отчет о кампании\n".encode(), "25 дек. 2025 - 1 мар. 2026"),
    ],
)
def test_first_bytes_and_range(inbox: Path, flavour: Flavour, start: bytes, second_line: str) -> None:
    path = max(inbox.glob(flavour[0]))
    assert path.read_bytes().startswith(start)
    assert reports(inbox, flavour)[-1].preamble[1] == second_line


@FLAVOURS
def test_the_first_totals_row_is_the_sum_of_the_rows(inbox: Path, flavour: Flavour) -> None:
    for report in reports(inbox, flavour):
        for column in SUMMED[flavour]:
            assert number(report.totals[0][column]) == total(report.rows, column) != 0


@pytest.mark.parametrize(
    ("flavour", "kind", "whole", "kinds"),
    [
        (ENGLISH, "Campaign type", "Total: Account", {"Search", "Display"}),
        (POLISH, "Typ kampanii", "Razem: konto", {"Wyszukiwarka", "Sieć reklamowa", "Performance Max"}),
        (RUSSIAN, "Тип кампании", "Итого (Аккаунт)", {"Поиск", "Максимальная эффективность"}),
    ],
)
def test_each_campaign_type_has_its_total(
    inbox: Path, flavour: Flavour, kind: str, whole: str, kinds: set[str]
) -> None:
    for report in reports(inbox, flavour):
        first, cost = report.header[0], SUMMED[flavour][2]
        by_label = {row[first]: row for row in report.totals}
        assert number(by_label[whole][cost]) == total(report.rows, cost)
        assert {row[kind] for row in report.rows} == kinds
        for name in kinds:
            label = next(label for label in by_label if name in label)
            assert number(by_label[label][cost]) == total((row for row in report.rows if row[kind] == name), cost)


def test_english_numbers_mark_thousands_of_counts_and_conversions_but_not_of_money(inbox: Path) -> None:
    text = sorted(inbox.glob(ENGLISH[0]))[1].read_text(encoding="utf-8")
    label = next(line for line in text.split("\n") if line.startswith("Total: Account"))
    account = reports(inbox, ENGLISH)[1].totals[1]
    assert f'"{account["Impr."]}"' in label
    assert "," in account["Conv. value"]
    assert "," not in account["Cost"]


def test_polish_and_russian_numbers_have_decimal_commas_and_no_break_spaces(inbox: Path) -> None:
    polish, russian = reports(inbox, POLISH)[1].totals[0], reports(inbox, RUSSIAN)[1].totals[0]
    for row, cost, shown in ((polish, "Koszt", "Wyświetlenia"), (russian, "Расходы", "Показы")):
        assert row[cost][-3] == ","
        assert "\u00a0" in row[cost]
        assert "\u00a0" in row[shown]
    polish_line = sorted(inbox.glob(POLISH[0]))[1].read_bytes().decode("utf-16").split("\n")[3]
    assert polish_line.split("\t")[8].startswith('"'), "quoted although the delimiter is a tab"
    assert {len(row["Kliknięcia"]) for row in reports(inbox, POLISH)[1].rows} <= {1, 2, 3}


def test_the_russian_click_header_starts_with_a_latin_letter(inbox: Path) -> None:
    header = reports(inbox, RUSSIAN)[0].header
    assert [name for name in header if name.endswith("лики")] == ["K" + "лики"]


def test_ratios_without_a_base_are_dashes_after_a_space(inbox: Path) -> None:
    rows = [row for report in reports(inbox, ENGLISH) for row in report.rows]
    assert {row["Cost / conv."] for row in rows if row["Conversions"] == "0.00"} == {" --"}
    assert {row["Avg. CPC"] for row in rows if row["Clicks"] == "0"} == {" --"}
    assert all(row["CTR"].endswith("%") for row in rows if row["Impr."] != "0")


@pytest.mark.parametrize(
    ("flavour", "day", "keys", "grown"),
    [
        (ENGLISH, "Day", ("Day", "Ad ID"), "Conversions"),
        (POLISH, "Dzień", ("Dzień", "Kampania"), "Konwersje"),
        (RUSSIAN, "День", ("День", "Кампания"), "Конверсии"),
        (TERMS, "Day", ("Day", "Campaign", "Ad group", "Keyword", "Search term"), "Conversions"),
    ],
)
def test_an_export_restates_the_last_week_of_the_one_before(
    inbox: Path, flavour: Flavour, day: str, keys: tuple[str, ...], grown: str
) -> None:
    older, newer = reports(inbox, flavour)[1:]
    shared = {row[day] for row in older.rows} & {row[day] for row in newer.rows}
    assert sorted(shared) == [f"2025-12-{number:02}" for number in range(25, 32)]
    before = {tuple(row[key] for key in keys): row for row in older.rows if row[day] in shared}
    after = {tuple(row[key] for key in keys): row for row in newer.rows if row[day] in shared}
    assert before.keys() == after.keys()
    assert all(number(after[key][grown]) >= number(before[key][grown]) for key in before)
    cost = SUMMED[flavour][-3]
    assert all(after[key][cost] == before[key][cost] for key in before)
    was, now = total(before.values(), grown), total(after.values(), grown)
    # Of the few conversions that single search terms bring in a week, none may come late.
    assert was < now < was * 2 or (flavour is TERMS and was == now)


def test_keys_are_unique_in_each_report(inbox: Path) -> None:
    for report in reports(inbox, ENGLISH):
        keys = [(row["Day"], row["Ad ID"]) for row in report.rows]
        assert len(keys) == len(set(keys))
    for report in reports(inbox, TERMS):
        terms = [(row["Day"], row["Ad group"], row["Search term"], row["Keyword"]) for row in report.rows]
        assert len(terms) == len(set(terms))
        assert len({term[:3] for term in terms}) < len(terms), "a term can be caught by two keywords on one day"


def test_search_terms_are_a_part_of_the_account(inbox: Path) -> None:
    for terms, ads in zip(reports(inbox, TERMS), reports(inbox, ENGLISH), strict=True):
        visible, other, account, search = terms.totals
        for column in ("Impr.", "Clicks", "Cost", "Conversions"):
            assert number(account[column]) == number(ads.totals[1][column])
            assert number(visible[column]) + number(other[column]) == number(search[column])
            assert number(other[column]) > 0


def test_match_types_show_in_the_keyword(inbox: Path) -> None:
    rows = reports(inbox, TERMS)[0].rows
    marks = {"Exact match": "[", "Phrase match": '"'}
    assert {row["Match type"] for row in rows} == {*marks, "Broad match"}
    assert all(row["Keyword"].startswith(marks.get(row["Match type"], "")) for row in rows)
    text = min(inbox.glob(TERMS[0])).read_text(encoding="utf-8")
    assert '"""connect erp"""' in text
