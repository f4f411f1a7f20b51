"""Search Console downloads: zips, workbooks and single tables in three languages, with invented sites and numbers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from tests.connectors.exports.case import FIRST, POINT_ISO, Data, Export, Table
from tests.connectors.exports.writers import Row, archive, delimited, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

SITE: Final = "sc-domain:shop.example"
DAYS: Final = 6
LAST: Final = FIRST + timedelta(DAYS - 1)
NAMED: Final = {
    "query": ["car wash", "null", "wash, car", "мойка"],
    "page": ["https://shop.example/", "https://shop.example/a?b=1,2"],
    "country": ["Poland", "Côte d’Ivoire"],
}
DEVICES: Final = {"desktop": "Desktop", "mobile": "Mobile", "tablet": "Tablet"}


@dataclass(frozen=True)
class Words:
    """How Search Console names tables and columns in one language."""

    language: str = "en"
    chart: str = "Chart"
    day: str = "Date"
    tables: dict[str, tuple[str, str]] = field(default_factory=dict)
    measures: tuple[str, ...] = ("Clicks", "Impressions", "CTR", "Position")
    devices: dict[str, str] = field(default_factory=lambda: DEVICES)
    appearance: tuple[str, str] = ("Search appearance", "Search Appearance")
    filters: tuple[str, ...] = ("Filters", "Filter", "Value", "Search type", "Web", "Date")
    range: str = "2 Mar 2026-7 Mar 2026"


ENGLISH: Final = Words(
    tables={
        "query": ("Queries", "Top queries"),
        "page": ("Pages", "Top pages"),
        "country": ("Countries", "Country"),
        "device": ("Devices", "Device"),
    }
)
POLISH: Final = Words(
    "pl",
    "Wykres",
    "Data",
    {
        "query": ("Zapytania", "Najpopularniejsze zapytania"),
        "page": ("Strony", "Najpopularniejsze strony"),
        "country": ("Kraje", "Kraj"),
        "device": ("Urządzenia", "Urządzenie"),
    },
    ("Kliknięcia", "Wyświetlenia", "CTR", "Pozycja"),
    {"desktop": "Komputer", "mobile": "Telefon komórkowy", "tablet": "Tablet"},
    ("Wygląd w wynikach wyszukiwania", "Wygląd w wynikach wyszukiwania"),
    ("Filtry", "Filtr", "Wartość", "Typ wyszukiwania", "Sieć", "Data"),
    "2 mar 2026-7 mar 2026",
)
RUSSIAN: Final = Words(
    "ru",
    "Диаграмма",
    "Дата",
    {
        "query": ("Запросы", "Популярные запросы"),
        "page": ("Страницы", "Популярные страницы"),
        "country": ("Страны", "Страна"),
        "device": ("Устройства", "Устройство"),
    },
    ("Kлики", "Показы", "CTR", "Позиция"),
    {"desktop": "ПК", "mobile": "Мобильные устройства", "tablet": "Планшет"},
    ("Вид в поиске", "Вид в поиске"),
    ("Фильтры", "Фильтр", "Значение", "Тип поиска", "Веб", "Дата"),
    "2 мар. 2026 г.-7 мар. 2026 г.",
)


def searched(place: int, **names: object) -> Row:
    """A row of invented numbers; the fourth was never shown, so it has no position."""
    impressions = 0 if place == 3 else 1_100 * place + 13
    position = Decimal("12.34") + place if impressions else None
    return {
        "site": SITE,
        "search_type": "web",
        "filters": "",
        "clicks": 0 if place == 3 else 21 * place,
        "impressions": impressions,
        "_position": position,
        "position_sum": None if position is None else position * impressions,
        **names,
    }


def data(first: date = FIRST, days: int = DAYS, **names: object) -> Data:
    """A site's days, and its tables for all of them."""
    last = first + timedelta(days - 1)
    totals = [
        searched(place, day=first + timedelta(place), day_end=first + timedelta(place), **names)
        for place in range(days)
    ]
    values = {**NAMED, "device": list(DEVICES)}
    tables = [
        searched(place * 2, day=first, day_end=last, slice=name, **{name: value}, **names)
        for name in ("query", "page", "country", "device")
        for place, value in enumerate(values[name])
    ]
    return {"search_totals": totals, "search_performance": tables}


def measured(row: Row) -> list[str]:
    """Clicks, impressions, CTR and position as text; nothing where nothing was shown."""
    rate = f"{100 * row['clicks'] / row['impressions']:.2f}%" if row["impressions"] else ""
    position = "" if row["_position"] is None else f"{row['_position']:f}"
    return [str(row["clicks"]), str(row["impressions"]), rate, position]


def typed(row: Row) -> list[object]:
    """The same as a workbook holds it: rates as fractions."""
    rate = row["clicks"] / row["impressions"] if row["impressions"] else None
    return [row["clicks"], row["impressions"], rate, row["_position"]]


def sheets(words: Words, content: Data, cells: Any, filters: Iterable[list[str]] = ()) -> dict[str, list[list[Any]]]:  # noqa: ANN401 - one of the two functions above
    """Every table of a download by its name, the newest day last."""
    header = list(words.measures)
    found = {words.chart: [[words.day, *header], *([row["day"], *cells(row)] for row in content["search_totals"])]}
    for slice_name, (name, title) in words.tables.items():
        rows = [row for row in content["search_performance"] if row["slice"] == slice_name]
        values = words.devices if slice_name == "device" else {}
        named = [[values.get(row[slice_name], row[slice_name]), *cells(row)] for row in rows]
        found[name] = [[title, *header], *named]
    found[words.appearance[0]] = [[words.appearance[1], *header]]
    name, key, value, kind, web, day = words.filters
    found[name] = [[key, value], [kind, web], *filters, [day, words.range]]
    return found


def as_text(table: Iterable[list[Any]]) -> bytes:
    """A table as Search Console's CSV: no line end after the last line."""
    return delimited([list(map(str, row)) for row in table]).removesuffix("\n").encode()


def described(words: Words, content: Data, *, conventions: str = POINT_ISO, filters: int = 2) -> tuple[Table, ...]:
    """The tables of a download, in their order."""
    tables = [
        Table(
            "search_console_dates", words.language, conventions, rows=len(content["search_totals"]), member=words.chart
        )
    ]
    for slice_name, (name, _) in words.tables.items():
        count = sum(row["slice"] == slice_name for row in content["search_performance"])
        status = "loaded" if count else "empty"
        tables.append(
            Table("search_console_tables", words.language, conventions, rows=count, member=name, status=status)
        )
    empty = Table("search_console_tables", words.language, conventions, member=words.appearance[0], status="empty")
    context = Table("search_console_filters", words.language, member=words.filters[0], status="empty", footer=filters)
    return (*tables, empty, context)


def zipped(
    words: Words, name: str, file: str, content: Data, filters: tuple[list[str], ...] = (), **change: str
) -> Export:
    """A zip; *change* renames tables, as older downloads name them."""

    def write(given: Data) -> bytes:
        tables = sheets(words, given, measured, filters)
        return archive({f"{change.get(title, title)}.csv": as_text(table) for title, table in tables.items()})

    def describe(given: Data) -> tuple[Table, ...]:
        return described(words, given, filters=2 + len(filters))

    return Export(name, file, content, write, describe)


def in_workbook(given: Data) -> bytes:
    """A workbook: true days, rates as fractions."""
    return workbook(sheets(ENGLISH, given, typed))


def in_workbook_tables(given: Data) -> tuple[Table, ...]:
    return described(ENGLISH, given)


def backwards(content: Data) -> Data:
    """The same with the newest day first, as tables called Dates are."""
    return {**content, "search_totals": content["search_totals"][::-1]}


WEEKS: Final = [(FIRST, FIRST + timedelta(5)), (FIRST + timedelta(6), FIRST + timedelta(12))]


def weekly() -> list[Row]:
    """Two weeks, each one row; the first is cut off."""
    return [searched(place + 1, day=first, day_end=last) for place, (first, last) in enumerate(WEEKS)]


def weekly_file(given: Data) -> bytes:
    rows = [[f"{row['day']} - {row['day_end']}", *measured(row)] for row in given["search_totals"]]
    return as_text([["Date Range", *ENGLISH.measures], *rows])


def chart_file(given: Data) -> bytes:
    return as_text([["Date", *ENGLISH.measures], *([row["day"], *measured(row)] for row in given["search_totals"])])


def single_tables(given: Data) -> tuple[Table, ...]:
    return (Table("search_console_dates", rows=len(given["search_totals"])),)


def discover_file(given: Data) -> bytes:
    """Discover has no queries and no positions."""
    chart = [["Date", "Clicks", "Impressions", "CTR"], *([r["day"], *measured(r)[:3]] for r in given["search_totals"])]
    pages = [
        ["Top pages", "Clicks", "Impressions", "CTR"],
        *([r["page"], *measured(r)[:3]] for r in given["search_performance"]),
    ]
    appearance = [["Discover appearance", "Clicks", "Impressions", "CTR"]]
    tables = {"Chart.csv": chart, "Pages.csv": pages, "Discover appearance.csv": appearance}
    return archive({name: as_text(table) for name, table in tables.items()})


def discover_data() -> Data:
    content = data(search_type="discover")
    pages = [row for row in content["search_performance"] if row["slice"] == "page"]
    return {
        name: [{**row, "position_sum": None, "_unplaced": True} for row in rows]
        for name, rows in {"search_totals": content["search_totals"], "search_performance": pages}.items()
    }


def discover_tables(given: Data) -> tuple[Table, ...]:
    return (
        Table("search_console_dates", rows=len(given["search_totals"]), member="Chart"),
        Table("search_console_tables", rows=len(given["search_performance"]), member="Pages"),
        Table("search_console_tables", member="Discover appearance", status="empty"),
    )


def compared_file(given: Data) -> bytes:
    """Compare mode: two columns for each measure; the period named first is the current one."""
    header = [f"{period} {measure}" for measure in ENGLISH.measures for period in ("Last 28 days", "Previous 28 days")]
    chart = [["Date", *header], *([row["day"], *doubled(row)] for row in given["search_totals"])]
    queries = [["Top queries", *header], *([row["query"], *doubled(row)] for row in given["search_performance"])]
    return archive({"Chart.csv": as_text(chart), "Queries.csv": as_text(queries)})


def doubled(row: Row) -> list[str]:
    """Each measure of the current period, then one of the earlier."""
    return [cell for value in measured(row) for cell in (value, "1")]


def compared_data() -> Data:
    content = data()
    queries = [row for row in content["search_performance"] if row["slice"] == "query"]
    return {**content, "search_performance": queries}


def compared_tables(given: Data) -> tuple[Table, ...]:
    return (
        Table("search_console_dates", rows=len(given["search_totals"]), member="Chart"),
        Table("search_console_tables", rows=len(given["search_performance"]), member="Queries"),
    )


def members(content: bytes) -> dict[str, bytes]:
    """The members of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


ZIP: Final = "shop.example-Performance-on-Search-{day}.zip"
PREFIX: Final = "https://www.shop.example/pl/"
FILTERED: Final = "Query: +brand; Country: Poland"
CASES: Final = (
    zipped(ENGLISH, "english zip", ZIP, data()),
    zipped(ENGLISH, "english zip of 2025, newest day first", ZIP, backwards(data()), Chart="Dates"),
    zipped(
        POLISH,
        "polish zip of an address",
        "https___www.shop.example_pl_-Performance-on-Search-{day}.zip",
        data(site=PREFIX),
    ),
    zipped(RUSSIAN, "russian zip", ZIP, data()),
    zipped(
        ENGLISH, "english zip with filters", ZIP, data(filters=FILTERED), (["Query", "+brand"], ["Country", "Poland"])
    ),
    Export("workbook", "shop.example-Performance-on-Search-{day}.xlsx", data(), in_workbook, in_workbook_tables),
    Export(
        "discover", "shop.example-Performance-on-Discover-{day}.zip", discover_data(), discover_file, discover_tables
    ),
    Export("compared periods", ZIP, compared_data(), compared_file, compared_tables),
    Export(
        "weeks", "shop.example-Performance-on-Search-{day}.csv", {"search_totals": weekly()}, weekly_file, single_tables
    ),
    Export(
        "single chart, site said by the reader",
        "Chart.csv",
        {"search_totals": data()["search_totals"]},
        chart_file,
        single_tables,
        account=SITE,
    ),
)
