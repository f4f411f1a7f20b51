"""Yandex Direct: the report master in two encodings and the statistics grid, with invented campaigns."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.ads import AdFile, ad_rows, sums_of
from tests.connectors.exports.case import COMMA_ISO, Table
from tests.connectors.exports.writers import NBSP, UTF8_MARKED, Encoding, Report, Row, Style, summed

MEASURES: Final = ("impressions", "clicks", "cost")
DAILY: Final = "1234,5 · 31.12.2026"
ABOVE: Final = (
    "Мастер отчётов",
    "Период: 02.03.2026 - 04.03.2026",
    "Фильтр: нет",
    "С учётом НДС",
)
MASTER: Final = Report(
    columns=(
        ("Дата", "day"),
        ("Кампания", "campaign"),
        ("№ Кампании", "campaign_id"),
        ("Группа", "ad_group"),
        ("№ Группы", "ad_group_id"),
        ("№ Объявления", "_prefixed"),
        ("Условие показа", "keyword"),
        ("№ Условия показа", "=9001"),
        ("Тип условия показа", "match_type"),
        ("Тип площадки", "_network"),
        ("Показы", "impressions"),
        ("Клики", "clicks"),
        ("CTR (%)", "=3,10"),
        ("Расход (руб.)", "cost"),
        ("Ср. цена клика (руб.)", "=12,50"),
        ("Конверсии", "conversions"),
        ("Прибыль (руб.)", "=-"),
    ),
    preamble=ABOVE,
    style=Style(",", NBSP, NBSP, day="%d.%m.%Y", null="-"),
    encoding=UTF8_MARKED,
    delimiter=";",
)
RESAVED: Final = Report(
    tuple(("Расход (BYN)", "cost") if header == "Расход (руб.)" else (header, of) for header, of in MASTER.columns),
    ABOVE,
    Style(",", day="%d.%m.%Y", null="-"),
    Encoding("cp1251"),
    ";",
    "\r\n",
)
GRID: Final = Report(
    columns=(
        ("Дата", "day"),
        ("№ Кампании", "campaign_id"),
        ("№ Группы", "ad_group_id"),
        ("Название группы", "ad_group"),
        ("№ Объявления", "_prefixed"),
        ("Показы", "impressions"),
        ("Расход, ₽", "cost"),
        ("Клики", "clicks"),
        ("Конверсии", "conversions"),
        ("CR, %", "=1.5"),
        ("CPA, ₽", "=250"),
    ),
)


def master_rows(currency: str) -> list[Row]:
    """Phrases of ads, in search or in the network."""
    rows = ad_rows(
        "yandex_direct",
        campaign="Кампания {}",
        campaign_id="501{}",
        ad_group="Группа; первая",
        ad_group_id="60{}",
        ad_id="70{}",
        keyword="купить насос -бу",
        match_type="фраза",
        network="search",
        currency=currency,
        level="keyword",
        _network="поиск",
    )
    return [{**row, "_prefixed": f"M-{row['ad_id']}"} for row in rows]


def grid_rows() -> list[Row]:
    """Ads, of which the file names no campaign."""
    names = {"campaign_id": "501{}", "ad_group": "Группа {}", "ad_group_id": "60{}", "ad_id": "70{}"}
    rows = ad_rows("yandex_direct", currency="RUB", level="ad", **names)
    return [{**row, "_prefixed": f"M-{row['ad_id']}"} for row in rows]


CASES: Final = (
    AdFile(
        "Отчёт за 02.03-04.03.csv",
        MASTER,
        master_rows("RUB"),
        Table("yandex_direct", "ru", DAILY, preamble=5, totals=1, declared=sums_of(*MEASURES)),
        lambda rows: [MASTER.total("Итого", 0, summed(rows, *MEASURES))],
    ).case("report master"),
    AdFile(
        "resaved.csv",
        RESAVED,
        master_rows("BYN"),
        Table("yandex_direct", "ru", DAILY, preamble=5, totals=1, declared=sums_of(*MEASURES)),
        lambda rows: [RESAVED.total("Итого и средние", 1, summed(rows, *MEASURES))],
    ).case("report master saved by a spreadsheet, in another currency"),
    AdFile(
        "Статистика.xlsx",
        GRID,
        grid_rows(),
        Table("yandex_direct", "ru", COMMA_ISO, totals=1, declared=sums_of(*MEASURES)),
        lambda rows: [
            ["Всего", "", "", "", "", *(summed(rows, *MEASURES)[m] for m in ("impressions", "cost", "clicks"))]
        ],
    ).case("statistics as a workbook"),
)
