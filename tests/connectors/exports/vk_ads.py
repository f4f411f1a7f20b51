"""VK Ads: ads by day as a workbook, with the ways it writes roubles; invented names and numbers."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows, sums_of
from tests.connectors.exports.case import COMMA_ISO, Table
from tests.connectors.exports.writers import Report, Row, Style, summed

MEASURES: Final = ("impressions", "clicks", "cost")
ADS: Final = Report(
    columns=(
        ("Дата", "day"),
        ("ID кампании", "campaign_id"),
        ("ID группы", "ad_group_id"),
        ("ID объявления", "ad_id"),
        ("Название объявления", "ad"),
        ("Показы", "impressions"),
        ("Клики", "clicks"),
        ("eCPC, ₽", "=12.5"),
        ("Результат", "=4"),
        ("Цена за результат, ₽", "=250"),
        ("Потрачено всего, ₽", "cost"),
        ("Начали прослушивание", "=3"),
    ),
    style=Style(","),
)
PLAIN: Final = Report(
    tuple((header.removesuffix(", ₽"), of) for header, of in ADS.columns),
    style=Style(",", day="%d.%m.%Y", null=""),
    delimiter=";",
)
LETTER: Final = Report(tuple((header.replace("₽", "Р"), of) for header, of in ADS.columns))


def vk_rows(currency: str | None) -> list[Row]:
    """Ads whose results are goals of their own, so no conversions are known."""
    names = {"campaign_id": "501{}", "ad_group_id": "60{}", "ad": "Объявление; {}", "ad_id": "70{}"}
    rows = ad_rows("vk_ads", currency=currency, level="ad", **names)
    return [{**row, "conversions": None} for row in rows]


def totals(rows: list[Row]) -> list[list[str]]:
    """A row of sums."""
    return [ADS.total("Итого", 0, summed(rows, *MEASURES))]


CASES: Final = (
    AdFile(
        "Объявления.xlsx",
        ADS,
        vk_rows("RUB"),
        Table("vk_ads", "ru", COMMA_ISO, totals=1, declared=sums_of(*MEASURES)),
        totals,
    ).case("ads as a workbook"),
    AdFile("Объявления (1).xlsx", LETTER, vk_rows("RUB"), Table("vk_ads", "ru", COMMA_ISO)).case(
        "ads with a letter for the rouble"
    ),
    AdFile("Объявления.csv", PLAIN, vk_rows(None), Table("vk_ads", "ru", "1234,5 · 31.12.2026")).case(
        "ads without a currency"
    ),
)
