"""Ahrefs and Semrush: where an invented site stands in search results."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from tests.connectors.exports.ads import AdFile
from tests.connectors.exports.case import FIRST, Data, Export, Table
from tests.connectors.exports.writers import UTF16, Report, Row, Style, workbook

SITE: Final = "shop.example"
AHREFS: Final = Report(
    columns=(
        ("Keyword", "keyword"),
        ("Country", "engine"),
        ("Volume", "search_volume"),
        ("KD", "difficulty"),
        ("CPC", "=1.20"),
        ("Previous organic traffic", "=12"),
        ("Current organic traffic", "traffic"),
        ("Previous position", "previous_position"),
        ("Current position", "position"),
        ("Position change", "="),
        ("Previous URL", "="),
        ("Current URL", "url"),
        ("Previous date", "=2026-02-02"),
        ("Current date", "day"),
        ("SERP features ", "=Sitelinks, Image pack"),
    ),
    style=Style(null=""),
    encoding=UTF16,
    delimiter="\t",
)
SEMRUSH: Final = Report(
    columns=(
        ("Keyword", "keyword"),
        ("Position", "position"),
        ("Previous position", "previous_position"),
        ("Search Volume", "search_volume"),
        ("Keyword Difficulty", "difficulty"),
        ("CPC", "=1.20"),
        ("URL", "url"),
        ("Traffic", "traffic"),
        ("Traffic (%)", "=0.12"),
        ("Traffic Cost", "=15"),
        ("Competition", "=0.5"),
        ("Number of Results", "=120000"),
        ("Trends", "=[0.8,1.0,0.66]"),
        ("Timestamp", "day"),
        ("SERP Features by Keyword", "=Sitelinks, Image pack"),
        ("Keyword Intents", "=informational"),
        ("Position Type", "engine"),
    ),
    style=Style(null="-"),
)


def ranks(*engines: str, site: str = SITE) -> list[Row]:
    """Each keyword once for each of *engines*; some did not rank before, some have no traffic."""
    keywords = ("car wash", '"solar" panels, price', "мойка")
    return [
        {
            "day": FIRST,
            "site": site,
            "keyword": keyword,
            "engine": engine,
            "position": Decimal(place * 3 + number + 1),
            "previous_position": None if place == 1 else Decimal(place + 7),
            "search_volume": 1_300 * (place + 1),
            "url": f"https://{site}/{place}",
            "traffic": None if place == 2 else Decimal("12.5"),
            "difficulty": Decimal(30 + place),
        }
        for number, engine in enumerate(engines)
        for place, keyword in enumerate(keywords)
    ]


def quoted(data: Data) -> bytes:
    """Every cell in quotation marks."""
    rows = [AHREFS.header, *map(AHREFS.cells, data["keyword_ranks"])]
    doubled = ([cell.replace('"', '""') for cell in row] for row in rows)
    return UTF16.bytes("".join("\t".join(f'"{cell}"' for cell in row) + "\n" for row in doubled))


def crawled(data: Data) -> bytes:
    """A workbook in which each keyword was looked at at a time of its own."""
    rows = [{**row, "day": datetime.combine(row["day"], time(14, 16)).isoformat(" ")} for row in data["keyword_ranks"]]
    return workbook({"Sheet 1": [SEMRUSH.header, *map(SEMRUSH.raw, rows)]})


CASES: Final = (
    Export(
        "ahrefs, UTF-16",
        "shop.example-organic-keywords-subdomains_2026-03-02.csv",
        {"keyword_ranks": ranks("pl", "us")},
        quoted,
        lambda data: (Table("ahrefs_keywords", rows=len(data["keyword_ranks"])),),
        UTF16,
        "\t",
    ),
    Export(
        "semrush workbook, several kinds of result",
        "shop.example-organic.Positions-uk-20260221-2026-02-22T14_16_47Z.xlsx",
        {"keyword_ranks": ranks("Organic", "Image pack", "AI overview")},
        crawled,
        lambda data: (Table("semrush_positions", rows=len(data["keyword_ranks"])),),
    ),
    AdFile(
        "positions.csv",
        SEMRUSH,
        ranks("Organic"),
        Table("semrush_positions"),
        dataset="keyword_ranks",
        account=SITE,
    ).case("semrush as text, the reader names the site"),
)
