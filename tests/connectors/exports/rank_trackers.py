"""Ahrefs and Semrush: where an invented site stands in search results."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from tests.connectors.exports.ads import AdFile
from tests.connectors.exports.case import FIRST, Data, Export, Table
from tests.connectors.exports.writers import UTF8_MARKED, UTF16, Report, Row, Style, delimited, workbook

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


DASHES: Final = "-" * 40
TRACKED: Final = (FIRST, FIRST + timedelta(7))


def tracked(engine: str | None = None, site: str | None = None) -> list[Row]:
    """Keywords on two days; one does not rank, and the last was not looked at on the first day."""
    rows = [
        {
            "day": day,
            "site": site,
            "keyword": keyword,
            "engine": engine,
            "position": None if keyword == "solar; price" else Decimal(number * 3 + place + 1),
            "search_volume": 900 * (place + 1),
            "url": f"https://{SITE}/{place}" if site else None,
        }
        for place, keyword in enumerate(("car wash", "solar; price", "мойка"))
        for number, day in enumerate(TRACKED)
    ]
    return [row for row in rows if not site or row["keyword"] != "мойка" or row["day"] != FIRST]


def by_keyword(data: Data) -> dict[str, dict[date, Row]]:
    """The rows of each keyword by their days."""
    found: dict[str, dict[date, Row]] = {}
    for row in data["keyword_ranks"]:
        found.setdefault(row["keyword"], {})[row["day"]] = row
    return found


def tracking_file(data: Data) -> bytes:
    """Four columns for each day; a dash where the site does not rank, n/a where nobody looked."""
    above = [[DASHES], ["Report: Overview"], ["Domain: *.shop.example/*"], ["Period: two weeks"], [DASHES], []]
    parts = ("", "_type", "_landing", "_difference")
    dated = [f"*.{SITE}/*_{day:%Y%m%d}{part}" for day in TRACKED for part in parts]
    table = [["Keyword", "Tags", "Intents", "CPC", "Search Volume", "Keyword Difficulty", *dated]]
    for keyword, days in by_keyword(data).items():
        cells = [cell for day in TRACKED for cell in tracking_cells(days.get(day))]
        volume = next(iter(days.values()))["search_volume"]
        table.append([keyword, "a, b", "c", "1.20", str(volume), "", *cells])
    return delimited([*above, *table], ";").encode()


def tracking_cells(row: Row | None) -> list[str]:
    """Position, kind, page and difference."""
    if row is None:
        return ["n/a"] * 4
    return ["-" if row["position"] is None else str(row["position"]), "organic", row["url"], "0"]


def ranking_file(data: Data) -> bytes:
    """A column for each day, and another that is always called the same."""
    dated = [header for day in TRACKED for header in (f"{day}", "Dynamics")]
    table = [["Google United Kingdom, interface language: English"], ["Keyword", "Search volume", *dated]]
    for keyword, days in by_keyword(data).items():
        positions = [tracking_cells(days[day])[0] if day in days else "" for day in TRACKED]
        volume = next(iter(days.values()))["search_volume"]
        table.append([keyword, str(volume), *(cell for position in positions for cell in (position, "--"))])
    return UTF8_MARKED.bytes(delimited(table))


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
    Export(
        "semrush tracking, four columns for each day",
        "shop.example_rankings_overview.csv.xls",
        {"keyword_ranks": tracked(site=SITE)},
        tracking_file,
        lambda data: (Table("semrush_tracking", "en", "1234.5 · 20261231", rows=len(data["keyword_ranks"])),),
        delimiter=";",
    ),
    Export(
        "se ranking, two columns for each day",
        "rankings.csv",
        {"keyword_ranks": tracked("Google United Kingdom")},
        ranking_file,
        lambda data: (Table("se_ranking", rows=len(data["keyword_ranks"])),),
        UTF8_MARKED,
    ),
)
