"""Meta Ads Manager exports in three languages, with invented accounts, posts and numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from tests.connectors.exports.case import COMMA_ISO, FIRST, POINT_ISO, Data, Export, Table
from tests.connectors.exports.google_ads import declared
from tests.connectors.exports.writers import NBSP, UTF8_MARKED, Report, Row, Style, summed, workbook

PLAIN: Final = Style(null="")
MEASURES: Final = ("impressions", "clicks", "cost")


def social_row(place: int, **names: object) -> Row:
    """A row of invented numbers, newest day first; every third has no result."""
    return {
        "day": FIRST + timedelta(2 - place % 3),
        "platform": "meta_ads",
        "account": None,
        "currency": "AUD",
        "reach": 900 + place,
        "impressions": 1_000 * place + 11,
        "clicks": 40 * place + 1,
        "cost": Decimal("10.37") * (place + 1),
        "conversions": None if place % 3 == 0 else Decimal(place),
        **names,
    }


ENGLISH: Final = Report(
    columns=(
        ("Day", "day"),
        ("Campaign name", "campaign"),
        ("Reach", "reach"),
        ("Frequency", "=1.12345678"),
        ("Impressions", "impressions"),
        ("Views", "=4000"),
        ("Currency", "currency"),
        ("Amount spent (AUD)", "cost"),
        ("Clicks (all)", "clicks"),
        ("Link clicks", "=3"),
        ("CTR (all)", "=0.86"),
        ("Purchases", "conversions"),
        ("Cost per purchase", "="),
        ("Reporting starts", "day"),
        ("Reporting ends", "day"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
)
BY_AGE: Final = Report((("Age", "_age"), *ENGLISH.columns), style=PLAIN, encoding=UTF8_MARKED)
DEFAULT: Final = Report(
    columns=(
        ("Reporting starts", "day"),
        ("Reporting ends", "_ends"),
        ("Campaign name", "campaign"),
        ("Campaign delivery", "=active"),
        ("Ad set budget", "=Using campaign budget"),
        ("Ad set budget type", "=0"),
        ("Attribution setting", "=7-day click or 1-day view"),
        ("Results", "conversions"),
        ("Result indicator", "_indicator"),
        ("Reach", "reach"),
        ("Impressions", "impressions"),
        ("Cost per results", "="),
        ("Amount spent (USD)", "cost"),
        ("Ends", "=Ongoing"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
)
POLISH: Final = Report(
    columns=(
        ("Dzień", "day"),
        ("Nazwa konta", "account"),
        ("Nazwa kampanii", "campaign"),
        ("Nazwa zestawu reklam", "ad_group"),
        ("Nazwa reklamy", "ad"),
        ("Wydana kwota (PLN)", "cost"),
        ("Wyświetlenia", "impressions"),
        ("Zasięg", "reach"),
        ("Kliknięcia linku", "=2"),
        ("Kliknięcia (wszystkie)", "clicks"),
        ("CPC (wszystkie) (PLN)", "=0.41"),
        ("Wyniki", "=777"),
        ("Typ wyniku", "=Kliknięcia linku"),
        ("Zakupy", "conversions"),
        ("Dodanie do koszyka w witrynie", "=9"),
        ("Początek raportowania", "day"),
    ),
    style=PLAIN,
    encoding=UTF8_MARKED,
)
RUSSIAN: Final = Report(
    columns=(
        ("Дата начала отчетности", "_first"),
        ("Окончание отчетности", "_last"),
        ("День", "day"),
        ("Название кампании", "campaign"),
        ("Показ кампании", "=active"),
        ("Настройка атрибуции", "=Клик за 7 дней"),
        ("Результат", "_result"),
        ("Индикатор результата", "_indicator"),
        ("Охват", "reach"),
        ("Частота", "=1.2"),
        ("Потраченная сумма (USD)", "cost"),
        ("Конец", "=Продолжается"),
        ("Показы", "impressions"),
        (f"CPM (цена за 1{NBSP}000 показов) (USD)", "=3.1"),
        ("Клики по ссылке", "=2"),
        ("shop_clicks", "="),
        ("CTR (отношение кликов к показам)", "=0.86"),
        ("Клики (все)", "clicks"),
    ),
    style=PLAIN,
)
INDICATORS: Final = ("actions:leadgen.other", "actions:link_click", "profile_visit_view")


def named_rows() -> list[Row]:
    """Two campaigns on three days, of the account that the file's name starts with."""
    names = ("Autumn, sale", "Brand")
    return [social_row(place, campaign=names[place // 3], account="Example", level="campaign") for place in range(6)]


def boosted_rows() -> list[Row]:
    """Boosted posts that share their name on the same day: told apart by number."""
    name = 'Post: "We are hiring!"'
    return [social_row(place, campaign=name, occurrence=place // 3 + 1, level="campaign") for place in range(9)]


def age_rows() -> list[Row]:
    """A breakdown: each campaign once for each age."""
    ages = ("18-24", "25-34", "65+")
    return [
        social_row(place, campaign="Brand", _age=ages[place // 3], segment=ages[place // 3], level="campaign")
        for place in range(9)
    ]


def ad_rows() -> list[Row]:
    """Ads of two ad sets; the purchases count, not the results."""
    return [
        social_row(
            place,
            account="Przykład, sp. z o.o.",
            campaign="Marka",
            ad_group=f"Zestaw {place % 2}",
            ad=f"Reklama {place // 3}",
            currency="PLN",
            level="ad",
        )
        for place in range(9)
    ]


def result_rows() -> list[Row]:
    """Results that are leads in one campaign, clicks and visits in others: only the first are conversions."""
    rows = []
    for place in range(9):
        indicator, result = INDICATORS[place // 3], Decimal(5 * place + 2)
        rows.append(
            social_row(
                place,
                campaign=f"Кампания {place // 3}",
                account="Пример",
                currency="USD",
                conversions=result if indicator == INDICATORS[0] else None,
                level="campaign",
                _indicator=indicator,
                _result=result,
                _first=FIRST,
                _last=FIRST + timedelta(2),
            )
        )
    return rows


def single_day_rows() -> list[Row]:
    """The default columns, day by day: a row's day is where its reporting starts and ends."""
    rows = [row for row in named_rows() if row["day"] == FIRST]
    return [
        {
            **row,
            "_ends": FIRST,
            "currency": "USD",
            "clicks": None,
            "conversions": Decimal(4),
            "_indicator": INDICATORS[0],
        }
        for row in rows
    ]


def meta_export(name: str, file: str, report: Report, rows: list[Row], **more: object) -> Export:
    """An export into ad_performance without totals rows."""

    def write(data: Data) -> bytes:
        return report.file(data["ad_performance"])

    def describe(data: Data) -> tuple[Table, ...]:
        return (Table("meta_ads", rows=len(data["ad_performance"]), **more),)  # type: ignore[arg-type]

    return Export(name, file, {"ad_performance": rows}, write, describe, report.encoding, report.delimiter)


def totals_first(rows: list[Row]) -> list[object]:
    """The first row of a Russian workbook: no campaign, the days of the whole report, the sums."""
    sums = summed(rows, *MEASURES)
    whole = {**sums, "_first": FIRST, "_last": FIRST + timedelta(2), "reach": 999}
    return [whole.get(field) for _, field in RUSSIAN.columns]


def russian_book(data: Data) -> bytes:
    """A workbook whose days are text and whose numbers are numbers."""
    rows = data["ad_performance"]
    lines: list[list[object]] = [[*RUSSIAN.header], totals_first(rows), *([*RUSSIAN.raw(row)] for row in rows)]
    return workbook({"Worksheet": [[str(cell) if isinstance(cell, date) else cell for cell in line] for line in lines]})


def russian_tables(data: Data) -> tuple[Table, ...]:
    rows = data["ad_performance"]
    sums = declared(summed(rows, *MEASURES))
    return (Table("meta_ads", "ru", COMMA_ISO, rows=len(rows), totals=1, declared=sums),)


def single_days(data: Data) -> bytes:
    """Default columns with the totals row first: it starts and ends on the same day as the rows."""
    rows = data["ad_performance"]
    sums = {**summed(rows, "impressions", "cost"), "day": FIRST, "_ends": FIRST}
    return DEFAULT.file(rows, [DEFAULT.total("", 2, sums)], first=True)


def single_days_tables(data: Data) -> tuple[Table, ...]:
    rows = data["ad_performance"]
    sums = declared(summed(rows, "impressions", "cost"))
    return (Table("meta_ads", "en", POINT_ISO, rows=len(rows), totals=1, declared=sums),)


def no_data(_: Data) -> bytes:
    return DEFAULT.encoding.bytes(DEFAULT.text([["No data available."]]))


def no_data_tables(_: Data) -> tuple[Table, ...]:
    return (Table("meta_ads", footer=1, status="empty"),)


def named(account: str, rows: list[Row]) -> list[Row]:
    """The rows with the account that Ads Manager writes only into the file's name."""
    return [{**row, "account": account} for row in rows]


CASES: Final = (
    meta_export(
        "english campaigns by day",
        "Example-Campaigns-2-Mar-20264-Mar-2026.csv",
        ENGLISH,
        named("Example", named_rows()),
    ),
    meta_export("boosted posts with equal names", "Example-Posts.csv", ENGLISH, boosted_rows()),
    meta_export("breakdown by age", "Example-Age.csv", BY_AGE, age_rows()),
    meta_export("polish ads", "Przyklad-Reklamy.csv", POLISH, ad_rows(), language="pl"),
    Export(
        "russian workbook, totals first",
        "Пример_Кампании_2_мар_2026_г_4_мар_2026.xlsx",
        {"ad_performance": named("Пример", result_rows())},
        russian_book,
        russian_tables,
    ),
    Export(
        "default columns of a single day",
        "Example-Campaigns-2-Mar-2026.csv",
        {"ad_performance": named("Example", single_day_rows())},
        single_days,
        single_days_tables,
        UTF8_MARKED,
    ),
    Export(
        "default columns without data",
        "Example-Campaigns-1-Sep-202430-Sep-2024.csv",
        {"ad_performance": []},
        no_data,
        no_data_tables,
        UTF8_MARKED,
    ),
)
