"""The contract for the ad platforms beside Google's and Meta's, and what each of them is refused for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from tests.connectors.contract import ExportContract
from tests.connectors.exports import linkedin_ads, microsoft_ads, pinterest_ads, tiktok_ads, vk_ads, yandex_direct

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home


class TestMicrosoftAds(ExportContract):
    cases = microsoft_ads.CASES


class TestLinkedInAds(ExportContract):
    cases = linkedin_ads.CASES


class TestYandexDirect(ExportContract):
    cases = yandex_direct.CASES


class TestTikTokAds(ExportContract):
    cases = tiktok_ads.CASES


class TestVkAds(ExportContract):
    cases = vk_ads.CASES


class TestPinterestAds(ExportContract):
    cases = pinterest_ads.CASES


def loaded_text(home: Home, folder: Path, text: str, name: str = "report.csv") -> FileResult:
    """What becomes of a file with *text*."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (result,) = load_files(home, [path])
    return result


def test_microsofts_grid_without_days_is_refused_with_the_steps(home: Home, tmp_path: Path) -> None:
    header = "Campaign ID,Status,Campaign,Spend,Delivery,Bid Strategy Name,Clicks,Impr.\n"
    result = loaded_text(home, tmp_path, header + "[4365],Enabled,Brand,12.50,Eligible,-,4,90\n")
    assert (result.status, result.format) == ("refused", "microsoft_ads")
    assert "no column with the day" in result.message
    assert "choose Day as the unit of time" in result.next_step


@pytest.mark.parametrize(
    ("above", "status", "said"),
    [
        ("Potential Incomplete Data: true", "loaded", "may still change"),
        ("Rows: 3", "loaded", "it has 3 rows, but 1 were found"),
        ("Rows: 1", "loaded", "1 row is in. The file names no account"),
        ("Report Aggregation: Weekly", "refused", "cover several days each"),
    ],
)
def test_what_microsoft_says_above_a_report_counts(
    home: Home, tmp_path: Path, above: str, status: str, said: str
) -> None:
    table = "TimePeriod,CampaignName,CampaignId,Impressions,Spend\n2026-03-02,Brand,4365,90,12.50\n"
    result = loaded_text(home, tmp_path, f'"Report Name: Mine"\n"{above}"\n\n{table}')
    assert (result.status, result.format) == (status, "microsoft_ads")
    assert said in result.message


@pytest.mark.parametrize(
    ("end", "days", "status"),
    [
        ("March 4, 2026", ("3/2/2026",), "refused"),
        ("March 4, 2026", ("3/2/2026", "3/3/2026"), "loaded"),
        ("March 2, 2026", ("3/2/2026",), "loaded"),
        ("April 30, 2026", ("3/2/2026", "4/1/2026"), "refused"),
        ("April 30, 2026", ("3/2/2026", "4/2/2026"), "loaded"),
    ],
)
def test_linkedins_periods_are_not_booked_on_their_first_day(
    home: Home, tmp_path: Path, end: str, days: tuple[str, ...], status: str
) -> None:
    rows = "".join(f"{day}\tExample\tA\t1\t12.50\n" for day in days)
    above = "\n".join(linkedin_ads.above(end=end))
    header = "Start Date (in UTC)\tAccount Name\tAd Set Name\tImpressions\tTotal Spent\n"
    result = loaded_text(home, tmp_path, f"{above}\n{header}{rows}")
    assert (result.status, result.format) == (status, "linkedin_ads"), result.message
    if status == "refused":
        assert "cover several days each" in result.message
        assert "Time breakdown: Daily" in result.next_step


def test_linkedins_conversions_by_name_never_pass_for_performance(home: Home, tmp_path: Path) -> None:
    header = "Start Date (in UTC)\tCampaign Name\tAd Set Name\tConversion Name\tConversions\tImpressions\n"
    result = loaded_text(home, tmp_path, header + "3/2/2026\tA\tB\tSign-up\t1\t1\n")
    assert result.status == "refused"
    assert result.format is None


def test_yandex_by_month_is_refused_with_the_steps(home: Home, tmp_path: Path) -> None:
    result = loaded_text(home, tmp_path, "Месяц;№ Кампании;Показы;Расход, ₽\nмарт 2026;501;10;1,50\n")
    assert (result.status, result.format) == ("refused", "yandex_direct")
    assert "group by day" in result.next_step


def test_tiktok_without_days_is_refused_with_the_steps(home: Home, tmp_path: Path) -> None:
    result = loaded_text(home, tmp_path, "Campaign name,Advertising objective,Spend,Impressions\nA,Traffic,1.50,10\n")
    assert (result.status, result.format) == ("refused", "tiktok_ads")
    assert "By Day" in result.next_step


def test_linkedins_report_without_a_table_is_empty_not_broken(home: Home, tmp_path: Path) -> None:
    result = loaded_text(home, tmp_path, "\n".join(linkedin_ads.above()))
    assert (result.status, result.format, result.lines_preamble) == ("empty", "linkedin_ads", 4)
    assert "without rows" in result.message
