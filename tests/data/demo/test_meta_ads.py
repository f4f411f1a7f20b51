"""Meta Ads exports: headers, order of rows, blanks, the totals row of the workbook, restated days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.demo.meta_workbooks import write_meta_workbooks
from data.demo.timeline import Timeline
from tests.data.demo.reading import meta_csv, meta_workbook, total

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH, POLISH = "Brightwater-Social-Ads-*.csv", "Brightwater-Polska-Social-Reklamy-*.csv"
ENGLISH_HEADER = (
    b"\xef\xbb\xbf"
    b'Day,"Account name","Campaign name","Ad set name","Ad name",Reach,Frequency,Impressions,Currency,'
    b'"Amount spent (EUR)","Clicks (all)","Link clicks",Results,"Result indicator","Cost per results",'
    b'"Reporting starts","Reporting ends"\n'
)
POLISH_HEADER = (
    b"\xef\xbb\xbf"
    + (
        'Dzień,"Nazwa konta","Nazwa kampanii","Nazwa zestawu reklam","Nazwa reklamy","Wydana kwota (EUR)",Wyświetlenia,'
        'Zasięg,"Kliknięcia linku","Kliknięcia (wszystkie)","CPC (wszystkie) (EUR)",Wyniki,"Typ wyniku",'
        '"Początek raportowania","Koniec raportowania"\n'
    ).encode()
)


def newest_csv(inbox: Path, pattern: str) -> Path:
    return max(inbox.glob(pattern), key=lambda path: path.stat().st_mtime)


@pytest.mark.parametrize(("pattern", "header"), [(ENGLISH, ENGLISH_HEADER), (POLISH, POLISH_HEADER)], ids=["en", "pl"])
def test_header_is_quoted_only_where_a_name_has_spaces(inbox: Path, pattern: str, header: bytes) -> None:
    assert newest_csv(inbox, pattern).read_bytes().startswith(header)


def test_rows_run_from_the_newest_day_without_totals(inbox: Path) -> None:
    rows = meta_csv(newest_csv(inbox, ENGLISH))
    days = [row["Day"] for row in rows]
    assert (days[0], days[-1]) == ("2026-03-01", "2025-12-25")
    assert days == sorted(days, reverse=True)
    assert all(row["Campaign name"] and row["Reporting starts"] == row["Day"] for row in rows)


def test_no_result_is_blank_and_costs_nothing_per_result(inbox: Path) -> None:
    rows = meta_csv(newest_csv(inbox, ENGLISH))
    blank = [row for row in rows if not row["Results"]]
    assert 0.2 < len(blank) / len(rows) < 0.8
    assert {row["Cost per results"] for row in blank} == {""}
    assert "0" not in {row["Results"] for row in rows}


def test_two_boosted_posts_share_every_name(inbox: Path) -> None:
    rows = meta_csv(newest_csv(inbox, ENGLISH))
    names = Counter((row["Day"], row["Campaign name"], row["Ad set name"], row["Ad name"]) for row in rows)
    assert set(names.values()) == {1, 2}
    assert {key[1] for key, count in names.items() if count == 2} == {"Boosted posts"}


def test_poland_moves_from_the_english_account_to_its_own(inbox: Path) -> None:
    english = [row for path in inbox.glob(ENGLISH) for row in meta_csv(path)]
    inside = {row["Day"] for row in english if row["Campaign name"] == "Leads - Poland"}
    own = {row["Dzień"] for path in inbox.glob(POLISH) for row in meta_csv(path)}
    assert max(inside) == "2025-10-19"
    assert min(own) == "2025-10-20"
    assert len(own) == 400 // 3


def test_the_workbook_starts_with_a_totals_row_without_a_campaign(inbox: Path) -> None:
    for path in inbox.glob("*.xlsx"):
        totals, *rows = meta_workbook(path)
        assert totals["Название кампании"] == totals["День"] == ""
        assert all(row["Название кампании"] for row in rows)
        for column in ("Показы", "Результат", "Клики по ссылке", "Клики (все)", "Потраченная сумма (EUR)"):
            summed = sum(float(str(row[column] or 0)) for row in rows)
            assert float(str(totals[column])) == pytest.approx(summed, abs=0.005)
        assert float(str(totals["Охват"])) < sum(float(str(row["Охват"])) for row in rows)


def test_workbook_days_are_text_and_numbers_are_numbers(inbox: Path) -> None:
    totals, first, *_, last = meta_workbook(inbox / "Brightwater_Алматы_Кампании_25_дек_2025_г_1_мар_2026.xlsx")
    assert (totals["Дата начала отчетности"], totals["Окончание отчетности"]) == ("2025-12-25", "2026-03-01")
    assert first["День"] == first["Дата начала отчетности"] == first["Окончание отчетности"] == "2026-03-01"
    assert last["День"] == "2025-12-25"
    assert isinstance(first["Показы"], float)
    assert "CPM (цена за 1\u00a0000 показов) (EUR)" in first


@pytest.mark.parametrize(
    ("pattern", "day", "cost", "results"),
    [
        (ENGLISH, "Day", "Amount spent (EUR)", "Results"),
        (POLISH, "Dzień", "Wydana kwota (EUR)", "Wyniki"),
    ],
    ids=["en", "pl"],
)
def test_an_export_restates_the_last_week_of_the_one_before(
    inbox: Path, pattern: str, day: str, cost: str, results: str
) -> None:
    older, newer = (meta_csv(path) for path in sorted(inbox.glob(pattern), key=lambda path: path.stat().st_mtime)[-2:])
    shared = {row[day] for row in older} & {row[day] for row in newer}
    assert sorted(shared) == [f"2025-12-{number:02}" for number in range(25, 32)]
    before, after = ([row for row in rows if row[day] in shared] for rows in (older, newer))
    assert len(before) == len(after)
    assert total(before, cost) == total(after, cost)
    assert total(before, results) < total(after, results)


def test_a_workbook_that_cannot_be_written_fails_as_any_other_file_does(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_meta_workbooks(tmp_path / "missing", Timeline(date(2026, 3, 4), 30))
