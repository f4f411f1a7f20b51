"""Google Ads downloads as formats of three languages write them, with invented accounts, campaigns and numbers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tests.connectors.exports.case import FIRST, Data, Export, Table
from tests.connectors.exports.writers import (
    NBSP,
    UTF8_MARKED,
    UTF16,
    Report,
    Row,
    Style,
    summed,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MEASURES: Final = ("impressions", "clicks", "cost", "conversions")
CAMPAIGNS: Final = ("Spring, sale", 'The "big" one', "Total: Brand")
ENGLISH: Final = Style(thousands=",")
POLISH: Final = Style(",", NBSP, NBSP)
RUSSIAN: Final = Style(",", NBSP, NBSP)


def ad_row(place: int, **names: object) -> Row:
    """A row of invented numbers: thousands, cents and fractions of conversions in some of them."""
    return {
        "day": FIRST + timedelta(place % 3),
        "platform": "google_ads",
        "account": None,
        "currency": "EUR",
        "impressions": 1_234 * (place + 1) ** 2 + 7,
        "clicks": 37 * (place + 1),
        "cost": Decimal("123.45") * (place + 1) ** 2,
        "conversions": None if place % 4 == 3 else Decimal("0.97") * place,
        **names,
    }


def campaign_rows(currency: str | None = "EUR", account: str | None = None) -> list[Row]:
    """Three campaigns on three days."""
    return [
        ad_row(place, campaign=CAMPAIGNS[place // 3], currency=currency, account=account, level="campaign")
        for place in range(9)
    ]


def declared(sums: Row) -> dict[str, float]:
    """What a totals row states, by column."""
    return {name: float(value) for name, value in sums.items()}


def above(sums: Row, cost: str = "126.44") -> Row:
    """The account's totals: a removed campaign has cost something that no row shows."""
    return {**sums, "cost": sums["cost"] + Decimal(cost)}


def with_totals(report: Report, labels: Sequence[str], at: int, rows: list[Row]) -> bytes:
    """*rows*, and a totals row for each label: all but the first and last speak for a part of the rows."""
    sums = summed(rows, *MEASURES)
    parts = [sums, *(summed(rows[:place], *MEASURES) for place in range(1, len(labels) - 1)), above(sums)]
    return report.file(rows, [report.total(label, at, part) for label, part in zip(labels, parts, strict=True)])


def ad_export(name: str, file: str, report: Report, rows: list[Row], labels: tuple[str, ...], **more: object) -> Export:
    """An export into ad_performance with totals rows below."""
    at = int(str(more.pop("at", 0)))

    def write(data: Data) -> bytes:
        return with_totals(report, labels, at, data["ad_performance"])

    def describe(data: Data) -> tuple[Table, ...]:
        sums = summed(data["ad_performance"], *MEASURES)
        return (
            Table(
                "google_ads",
                rows=len(data["ad_performance"]),
                preamble=len(report.preamble) + 1,
                totals=len(labels),
                declared=declared(sums),
                **more,  # type: ignore[arg-type]
            ),
        )

    account = next((str(row["account"]) for row in rows if row["account"] and "account" not in fields(report)), None)
    return Export(name, file, {"ad_performance": rows}, write, describe, report.encoding, report.delimiter, account)


def fields(report: Report) -> set[str]:
    """The fields that the report's columns hold."""
    return {field for _, field in report.columns}


BRITISH: Final = Report(
    columns=(
        ("Campaign status", "=Enabled"),
        ("Campaign", "campaign"),
        ("Budget", "=50.00"),
        ("Budget type", "=Daily"),
        ("Currency code", "currency"),
        ("Status reasons", "=eligible; limited by budget"),
        ("Optimisation score", "= --"),
        ("Campaign type", "=Search"),
        ("Day", "day"),
        ("Clicks", "clicks"),
        ("Impr.", "impressions"),
        ("CTR", "=3.10%"),
        ("Cost", "cost"),
        ("Search impr. share", "=< 10%"),
        ("Conversions", "conversions"),
        ("Cost / conv.", "= --"),
    ),
    preamble=("Campaign report", "2 March 2026 - 4 March 2026"),
    style=ENGLISH,
)
AMERICAN: Final = Report(
    columns=(
        ("Campaign state", "=Enabled"),
        ("Campaign", "campaign"),
        ("Currency code", "currency"),
        ("Campaign type", "=Performance Max"),
        ("Day", "day"),
        ("Impr.", "impressions"),
        ("Interactions", "=12"),
        ("Optimization score", "=81.5%"),
        ("Cost", "cost"),
        ("Clicks", "clicks"),
        ("Conversions", "conversions"),
        ("Customer ID", "account"),
    ),
    preamble=("Brand - Campaign performance", '"March 2, 2026 - March 4, 2026"'),
    style=Style(thousands=",", money_thousands=",", day="%m/%d/%Y"),
    encoding=UTF16,
    delimiter="\t",
    newline="\r\n",
)
POLISH_CAMPAIGNS: Final = Report(
    columns=(
        ("Stan kampanii", "=Włączona"),
        ("Kampania", "campaign"),
        ("Budżet", "=50,00"),
        ("Typ kampanii", "=Wyszukiwarka"),
        ("Kod waluty", "currency"),
        ("Dzień", "day"),
        ("Wyśw.", "impressions"),
        ("Interakcje", "=12"),
        ("Śr. koszt", "=1,20"),
        ("Koszt", "cost"),
        ("Kliknięcia", "clicks"),
        ("Konwersje", "conversions"),
    ),
    preamble=("Raport kampanii", "2 mar 2026 - 4 mar 2026"),
    style=POLISH,
    encoding=UTF16,
    delimiter="\t",
)
RUSSIAN_CAMPAIGNS: Final = Report(
    columns=(
        ("Статус кампании", "=Включено"),
        ("Кампания", "campaign"),
        ("День", "day"),
        ("Тип кампании", "=Максимальная эффективность"),
        ("Код валюты", "currency"),
        ("Показы", "impressions"),
        ("Kлики", "clicks"),
        ("CTR", "=3,53%"),
        ("Расходы", "cost"),
        ("Конверсии", "conversions"),
    ),
    preamble=("Отчет о кампании", "2 мар. 2026 - 4 мар. 2026"),
    style=RUSSIAN,
    encoding=UTF8_MARKED,
)
SEMICOLONS: Final = Report(
    columns=(
        ("Кампания", "campaign"),
        ("Группа объявлений", "ad_group"),
        ("Тип кампании", "=Поиск"),
        ("День", "day"),
        ("Kлики", "clicks"),
        ("Показы", "impressions"),
        ("CTR", "=3,53 %"),
        ("Расходы", "cost"),
        ("Конверсии", "conversions"),
    ),
    preamble=("Отчет по группам объявлений", "2 мар. 2026 - 4 мар. 2026"),
    style=Style(",", " ", " ", day="%d.%m.%Y", null="—", money="{} $"),
    encoding=UTF8_MARKED,
    delimiter=";",
)
AD_GROUPS: Final = Report(
    columns=(
        ("Ad group status", "=Enabled"),
        ("Ad group", "ad_group"),
        ("Campaign", "campaign"),
        ("Day", "day"),
        ("Currency code", "currency"),
        ("Cost", "cost"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("Conversions", "conversions"),
    ),
    preamble=("Ad group report", "All time"),
    style=ENGLISH,
)
ADS: Final = Report(
    columns=(
        ("Ad status", "=Enabled"),
        ("Headline 1", "ad"),
        ("Headline 2", "=Ask us"),
        ("Final URL", "=https://shop.example/a,b"),
        ("Ad ID", "ad_id"),
        ("Campaign ID", "campaign_id"),
        ("Campaign", "campaign"),
        ("Ad group", "ad_group"),
        ("Day", "day"),
        ("Account", "account"),
        ("Currency code", "currency"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
    ),
    preamble=("Ad report", "2 March 2026 - 4 March 2026"),
    style=ENGLISH,
)
KEYWORDS: Final = Report(
    columns=(
        ("Keyword status", "=Enabled"),
        ("Keyword", "keyword"),
        ("Match type", "match_type"),
        ("Campaign", "campaign"),
        ("Ad group", "ad_group"),
        ("Status", "=Eligible"),
        ("Day", "day"),
        ("Impr.", "impressions"),
        ("Currency code", "currency"),
        ("Cost", "cost"),
        ("Clicks", "clicks"),
        ("Conversions", "conversions"),
    ),
    preamble=("Search keyword report", "2 March 2026 - 4 March 2026"),
    style=ENGLISH,
)
KEYWORD_NAMES: Final = (
    ('"car wash"', "Phrase match"),
    ("[solar panel price]", "Exact match"),
    ("car wash", "Broad match"),
)


def ad_group_rows() -> list[Row]:
    """Two ad groups in each of two campaigns, in a currency that the file shows only as a sign."""
    names = [(campaign, group) for campaign in CAMPAIGNS[:2] for group in ("Hot", "Cold")]
    return [
        ad_row(place, campaign=names[place % 4][0], ad_group=names[place % 4][1], currency=None, level="ad_group")
        for place in range(12)
    ]


def ad_rows() -> list[Row]:
    """Ads with numbers of their own; two share all names."""
    names = [("7001", "Wash now"), ("7002", "Wash now"), ("7003", "Wash, later")]
    return [
        ad_row(
            place,
            ad_id=names[place // 3][0],
            ad=names[place // 3][1],
            campaign="Cars",
            campaign_id="501",
            ad_group="Hot",
            account="Example Ltd",
            level="ad",
        )
        for place in range(9)
    ]


def keyword_rows() -> list[Row]:
    """Keywords in each way of matching."""
    return [
        ad_row(
            place,
            keyword=KEYWORD_NAMES[place // 3][0],
            match_type=KEYWORD_NAMES[place // 3][1],
            campaign="Cars",
            ad_group="Hot",
            level="keyword",
        )
        for place in range(9)
    ]


def trimmed() -> Report:
    """The British report after somebody cut the title off."""
    return Report(BRITISH.columns, style=BRITISH.style)


LEGACY: Final = Report(
    columns=(
        ("Campaign", "campaign"),
        ("Campaign state", "=Enabled"),
        ("Campaign type", "=Search"),
        ("Currency", "currency"),
        ("Day", "day"),
        ("Clicks", "clicks"),
        ("Impressions", "impressions"),
        ("Avg. CPC", "=--"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
    ),
    style=Style(null="--"),
)


def legacy_book(data: Data) -> bytes:
    """The workbook flavour: numbers as numbers, nothing as ``--``, no totals rows."""
    rows = [["--" if cell is None else cell for cell in LEGACY.raw(row)] for row in data["ad_performance"]]
    return workbook({"Campaign report": [["Campaign report"], ["2 March 2026 - 4 March 2026"], LEGACY.header, *rows]})


def legacy_tables(data: Data) -> tuple[Table, ...]:
    return (Table("google_ads", rows=len(data["ad_performance"]), preamble=3),)


def nothing_tables(_: Data) -> tuple[Table, ...]:
    return (Table("google_ads", preamble=3, status="empty"),)


def nothing(_: Data) -> bytes:
    return BRITISH.file([])


def distinct(rows: Iterable[Row], account: str) -> list[Row]:
    """The rows as those of *account*."""
    return [{**row, "account": account} for row in rows]
