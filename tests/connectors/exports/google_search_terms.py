"""Google Ads search terms reports: a visible part of the account, over days or over a whole period."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from tests.connectors.exports.case import COMMA_ISO, FIRST, POINT_ISO, Data, Export, Table
from tests.connectors.exports.google_ads import ENGLISH, MEASURES, POLISH, RUSSIAN, above, declared
from tests.connectors.exports.writers import UTF8_MARKED, UTF16, Report, Row, Style, summed, workbook

LAST: Final = FIRST + timedelta(days=30)
TERMS: Final = ("car wash near me", "wash, car", "null", '19" rims', "=1+1 car")


def term_rows(first: date, last: date | None = None, **names: object) -> list[Row]:
    """Five terms of one ad group, two of them under two keywords; daily, or over one whole period."""
    rows = []
    for place in range(7):
        day = first + timedelta(place % 2 if last is None else 0)
        rows.append(
            {
                "day": day,
                "day_end": last or day,
                "platform": "google_ads",
                "account": None,
                "campaign": "Cars",
                "ad_group": "Hot",
                "keyword": '"car wash"' if place < len(TERMS) else "[wash]",
                "search_term": TERMS[place % len(TERMS)],
                "match_type": "Phrase match",
                "currency": "EUR",
                "impressions": 1_500 * place + 3,
                "clicks": 12 * place,
                "cost": Decimal("1234.56") * place,
                "conversions": Decimal("0.50") * place,
                **names,
            }
        )
    return rows


DAILY: Final = Report(
    columns=(
        ("Search term", "search_term"),
        ("Match type", "match_type"),
        ("Added/Excluded", "=None"),
        ("Campaign", "campaign"),
        ("Ad group", "ad_group"),
        ("Keyword", "keyword"),
        ("Day", "day"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("Currency code", "currency"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
        ("Campaign type", "=Search"),
    ),
    preamble=("Search terms report", "2 March 2026 - 1 April 2026"),
    style=ENGLISH,
)
MANAGER: Final = Report(
    columns=(
        ("Search term", "search_term"),
        ("Match type", "match_type"),
        ("Campaign", "campaign"),
        ("Ad group", "ad_group"),
        ("Keyword", "keyword"),
        ("Currency code", "currency"),
        ("Avg. CPM", "=9.10"),
        ("Avg. CPM (Converted currency)", "=10.40"),
        ("Clicks", "clicks"),
        ("Impr.", "impressions"),
        ("CTR", "=1.10%"),
        ("Avg. CPC (Converted currency)", "=2.10"),
        ("Cost", "cost"),
        ("Cost (Converted currency)", "=7,777.00"),
        ("Conversions", "conversions"),
        ("Campaign type", "=Search"),
        ("Account", "account"),
        ("Converted currency code", "=EUR"),
    ),
    preamble=("Search terms report", '"March 2, 2026 - April 1, 2026"'),
    style=ENGLISH,
)
RUSSIAN_TERMS: Final = Report(
    columns=(
        ("Поисковый запрос", "search_term"),
        ("Тип соответствия", "match_type"),
        ("Добавленные/Исключенные", "=Не используется"),
        ("Кампания", "campaign"),
        ("Группа объявлений", "ad_group"),
        ("Ключевое слово", "keyword"),
        ("Kлики", "clicks"),
        ("Показы", "impressions"),
        ("CTR", "=3,53%"),
        ("Код валюты", "currency"),
        ("Ср. цена за клик", "=18,00"),
        ("Расходы", "cost"),
        ("Тип кампании", "=Поиск"),
        ("Конверсии", "conversions"),
        ("Стоимость/конв.", "=1"),
    ),
    preamble=("Поисковые запросы", "2 мар. 2026 - 1 апр. 2026"),
    style=RUSSIAN,
    encoding=UTF8_MARKED,
)
POLISH_TERMS: Final = Report(
    columns=(
        ("Wyszukiwane hasło", "search_term"),
        ("Typ dopasowania", "match_type"),
        ("Dodane/wykluczone", "=Brak"),
        ("Kampania", "campaign"),
        ("Grupa reklam", "ad_group"),
        ("Słowo kluczowe", "keyword"),
        ("Dzień", "day"),
        ("Wyśw.", "impressions"),
        ("Kliknięcia", "clicks"),
        ("Kod waluty", "currency"),
        ("Koszt", "cost"),
        ("Konwersje", "conversions"),
    ),
    preamble=("Raport wyszukiwanych haseł", "2 mar 2026 - 4 mar 2026"),
    style=POLISH,
    encoding=UTF16,
    delimiter="\t",
)
BOOK: Final = Report(DAILY.columns, style=Style(null="--"))


def terms_export(
    name: str, file: str, report: Report, rows: list[Row], labels: tuple[str, ...], **style: str
) -> Export:
    """An export into search_terms: what other terms cost stands only in a totals row of their own."""

    def write(data: Data) -> bytes:
        sums = summed(data["search_terms"], *MEASURES)
        others = {"impressions": 0, "clicks": 2_977, "cost": Decimal("36826.42"), "conversions": Decimal(3)}
        stated = [report.total(label, 0, sums if place == 0 else others) for place, label in enumerate(labels[:-1])]
        account = report.total(labels[-1], 0, above(sums, "52020.00"))
        return report.file(data["search_terms"], [*stated, account])

    def describe(data: Data) -> tuple[Table, ...]:
        rows = data["search_terms"]
        currencies = {row["currency"] for row in rows}
        # A total over two currencies is in one of the file's own: nobody can compare it.
        totals = declared(summed(rows, *(name for name in MEASURES if name != "cost" or len(currencies) == 1)))
        table = Table(
            "google_ads_search_terms",
            rows=len(rows),
            preamble=3,
            totals=len(labels),
            declared=totals,
            language=style.get("language", "en"),
            conventions=style.get("conventions", POINT_ISO),
        )
        return (table,)

    return Export(name, file, {"search_terms": rows}, write, describe, report.encoding, report.delimiter)


def book(data: Data) -> bytes:
    """The workbook flavour."""
    rows = [BOOK.raw(row) for row in data["search_terms"]]
    return workbook({"Search terms report": [BOOK.header, *rows]})


def book_tables(data: Data) -> tuple[Table, ...]:
    return (Table("google_ads_search_terms", rows=len(data["search_terms"])),)


CASES: Final = (
    terms_export(
        "search terms by day",
        "Search terms report.csv",
        DAILY,
        term_rows(FIRST),
        ("Total: Search terms", "Total: Other search terms", "Total: Account"),
    ),
    terms_export(
        "search terms of a month in two currencies",
        "Search terms report (2).csv",
        MANAGER,
        term_rows(FIRST, LAST, account="London shop", currency="GBP")
        + term_rows(FIRST, LAST, account="Dublin shop", currency="EUR"),
        ("Total: Search terms", "Total: Other search terms", "Total: Manager account"),
    ),
    terms_export(
        "russian search terms of a month",
        "Поисковые запросы.csv",
        RUSSIAN_TERMS,
        term_rows(FIRST, LAST, currency="UAH"),
        ("Итого (Поисковые запросы)", "Итого (Другие поисковые запросы)", "Итого (Аккаунт)"),
        language="ru",
        conventions=COMMA_ISO,
    ),
    terms_export(
        "polish search terms by day, UTF-16",
        "Raport wyszukiwanych haseł.csv",
        POLISH_TERMS,
        term_rows(FIRST, currency="PLN"),
        ("Łącznie: wyszukiwane hasła", "Łącznie: inne wyszukiwane hasła", "Łącznie: konto"),
        language="pl",
        conventions=COMMA_ISO,
    ),
    Export("search terms workbook", "Search terms.xlsx", {"search_terms": term_rows(FIRST)}, book, book_tables),
)
