"""Every kind of Google Ads download that the contract is held against."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.case import COMMA_ISO, Export
from tests.connectors.exports.google_ads import (
    AD_GROUPS,
    ADS,
    AMERICAN,
    BRITISH,
    KEYWORDS,
    POLISH_CAMPAIGNS,
    RUSSIAN_CAMPAIGNS,
    SEMICOLONS,
    ad_export,
    ad_group_rows,
    ad_rows,
    campaign_rows,
    distinct,
    keyword_rows,
    legacy_book,
    legacy_tables,
    nothing,
    nothing_tables,
    trimmed,
)
from tests.connectors.exports.google_ads_segments import (
    by_day_file,
    by_day_tables,
    device_file,
    device_rows,
    device_tables,
)

CASES: Final = (
    ad_export(
        "british campaigns",
        "Campaign report.csv",
        BRITISH,
        campaign_rows(),
        ("Total: Campaigns", "Total: Search", "Total: Display", "Total: Account"),
    ),
    ad_export(
        "american campaigns of two accounts, UTF-16",
        "Campaign report (1).csv",
        AMERICAN,
        distinct(campaign_rows("USD"), "123-456-7890") + distinct(campaign_rows("USD"), "987-654-3210"),
        ("Total: Campaigns", "Total: Performance Max", "Total: Manager account"),
        conventions="1234.5 · 12/31/2026",
    ),
    ad_export(
        "polish campaigns, UTF-16",
        "Raport kampanii.csv",
        POLISH_CAMPAIGNS,
        campaign_rows("PLN"),
        ("Łącznie: kampanie", "Łącznie: wyszukiwarka", "Łącznie: konto"),
        language="pl",
        conventions=COMMA_ISO,
    ),
    ad_export(
        "russian campaigns",
        "Отчет о кампании.csv",
        RUSSIAN_CAMPAIGNS,
        campaign_rows("KZT"),
        ("Итого (Кампании)", "Итого (Поиск)", "Итого (Аккаунт)"),
        language="ru",
        conventions=COMMA_ISO,
    ),
    ad_export(
        "russian ad groups with semicolons and dollar signs",
        "Отчет по группам.csv",
        SEMICOLONS,
        ad_group_rows(),
        ("Итого: группы объявлений", "Итого: поиск", "Итого: аккаунт"),
        language="ru",
        conventions="1234,5 · 31.12.2026",
    ),
    ad_export(
        "english ad groups",
        "Ad group report.csv",
        AD_GROUPS,
        [{**row, "currency": "EUR"} for row in ad_group_rows()],
        ("Total: Ad groups", "Total: Search", "Total: Account"),
    ),
    ad_export(
        "english ads with numbers",
        "Ad report.csv",
        ADS,
        ad_rows(),
        ("Total: All but removed ads", "Total: Search", "Total: Account"),
    ),
    ad_export(
        "english keywords, label in the third column",
        "Search keyword report.csv",
        KEYWORDS,
        keyword_rows(),
        ("Total: Filtered keywords", "Total: Search", "Total: All but removed keywords", "Total: Account"),
        at=2,
    ),
    ad_export(
        "english campaigns without a title",
        "trimmed.csv",
        trimmed(),
        campaign_rows(account="shop"),
        ("Total: Campaigns", "Total: Account"),
    ),
    Export("english workbook", "Campaign report.xlsx", {"ad_performance": campaign_rows()}, legacy_book, legacy_tables),
    Export("english by device", "Device report.csv", {"ad_performance": device_rows()}, device_file, device_tables),
    Export(
        "english by day with totals of days",
        "By day.csv",
        {"ad_performance": campaign_rows()},
        by_day_file,
        by_day_tables,
    ),
    Export("english without rows", "Empty report.csv", {"ad_performance": []}, nothing, nothing_tables),
)
