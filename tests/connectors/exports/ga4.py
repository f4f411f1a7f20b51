"""Google Analytics: standard reports and explorations, with an invented property and numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Final

from tests.connectors.exports.ads import LAST, AdFile, sums_of
from tests.connectors.exports.case import FIRST, Data, Export, Table
from tests.connectors.exports.writers import Report, Row, Style, summed

RULE: Final = "# ----------------------------------------"
PROPERTY: Final = "Example shop"
DAYS_OF_YEAR: Final = ("20260302", "20260304")
CHANNELS: Final = ("Organic Search", "Direct", "Paid Social", None)


def above(title: str, *, users: bool = True) -> tuple[str, ...]:
    """The remarks above a standard report; the line of the comparison may be missing."""
    start, end = DAYS_OF_YEAR
    return (
        RULE,
        f"# {title}",
        "# Account: Example Ltd",
        f"# Property: {PROPERTY}",
        RULE,
        "# ",
        *(["# All Users"] if users else []),
        f"# Start date: {start}",
        f"# End date: {end}",
    )


ACQUISITION: Final = Report(
    columns=(
        ("Session primary channel group (Default Channel Group)", "_named"),
        ("Sessions", "sessions"),
        ("Engaged sessions", "engaged_sessions"),
        ("Engagement rate", "=0.35130830489192266"),
        ("Average engagement time per session", "=24.571183166097837"),
        ("Events per session", "=4.2832764505119453"),
        ("Event count", "=7530"),
        ("Key events", "key_events"),
        ("Session key event rate", "=0.012"),
        ("Total revenue", "revenue"),
    ),
    preamble=above("Traffic acquisition: Session primary channel group (Default Channel Group)"),
)
LANDING: Final = Report(
    columns=(
        ("Landing page", "landing_page"),
        ("Sessions", "sessions"),
        ("Active users", "users"),
        ("New users", "=7"),
        ("Average engagement time per session", "=24.571183166097837"),
        ("Key events", "key_events"),
        ("Total revenue", "revenue"),
        ("Session key event rate", "=0.012"),
    ),
    preamble=above("Landing page: Landing page", users=False),
    newline="\r\n",
)
SOURCES: Final = Report(
    columns=(
        ("Session source / medium", "_named"),
        ("Sessions", "sessions"),
        ("Engaged sessions", "engaged_sessions"),
        ("Key events", "key_events"),
        ("Total revenue", "revenue"),
    ),
    preamble=(f"# {PROPERTY}", "# Untitled exploration-Free form 1", "# 20260302-20260304", ""),
)
DAILY: Final = Report(
    columns=(("Date", "day"), *ACQUISITION.columns),
    preamble=(f"# {PROPERTY}", "# By day-Free form 1", "# 20260302-20260304", ""),
    style=Style(day="%Y%m%d"),
)


def visits(place: int, **names: object) -> Row:
    """A row of invented numbers."""
    return {
        "day": FIRST,
        "day_end": LAST,
        "property": PROPERTY,
        "sessions": 1_300 * (place + 1) + 7,
        "key_events": Decimal(3 * place),
        "revenue": Decimal("120.37") * place,
        **names,
    }


def channel_rows() -> list[Row]:
    """Channels, one of which Analytics does not know."""
    return [
        visits(place, channel_group=channel, engaged_sessions=900 * (place + 1), _named=channel or "(not set)")
        for place, channel in enumerate(CHANNELS)
    ]


def page_rows() -> list[Row]:
    """Landing pages, the home page among them."""
    pages = ("/", "/prices, all", "/blog/a?b=1")
    return [visits(place, landing_page=page, users=800 * (place + 1)) for place, page in enumerate(pages)]


def source_rows() -> list[Row]:
    """Sources with their mediums; of an exploration nobody knows whether its first line is the property."""
    named = (("google", "organic"), ("(direct)", "(none)"), ("news.example", "referral"))
    return [
        visits(
            place,
            source=source,
            medium=medium,
            engaged_sessions=900 * (place + 1),
            property=PROPERTY,
            _named=f"{source} / {medium}",
        )
        for place, (source, medium) in enumerate(named)
    ]


def daily_rows() -> list[Row]:
    """Channels by day."""
    return [
        {**row, "day": day, "day_end": day, "sessions": row["sessions"] + number}
        for number, day in enumerate((FIRST, LAST))
        for row in channel_rows()
    ]


def grand_total(report: Report, rows: list[Row]) -> list[list[str]]:
    """The first row of an exploration: no name, the sums, and one cell more than the header has."""
    return [[*report.total("", 0, {**summed(rows, *MEASURES), "_named": ""}), "Grand total"]]


PREVIOUS: Final = "# Start date: 20260227\n# End date: 20260301\n"
BY_CHANNEL: Final = Report(
    columns=(("Session primary channel group (Default Channel Group)", "_named"), ("Sessions", "sessions")),
    preamble=ACQUISITION.preamble[-2:],
)


def snapshot(data: Data) -> bytes:
    """Tables one below the other: days counted from the first, an empty one, another period, and visits by channel."""
    rows = data["web_traffic"]
    counted = [f"{(row['day'] - FIRST).days:04},{row['users']},5" for row in rows if "users" in row]
    days = "\n".join([*above("Reports snapshot"), "Nth day,Active users,New users", *counted, "", ""])
    current = "\n".join(ACQUISITION.preamble[-2:])
    events = f"{current}\nNth day,Event count\n0000,70\n\n"
    weeks = f"{current}\nNth week,Active users\n0000,12\n0001,14\n\n"
    empty = f"{current}\nItem name,Items purchased\n\n"
    countries = f"{PREVIOUS}Country,Active users\nPoland,7\n\n"
    visited = (BY_CHANNEL.cells(row) for row in rows if "users" not in row)
    return f"{days}{events}{weeks}{empty}{countries}{BY_CHANNEL.text(visited)}".encode()


def snapshot_tables(data: Data) -> tuple[Table, ...]:
    """Only days and visits by channel are kept; the lines above the first table stand above each."""
    aside = (("ga4_days_other", 1), ("ga4_weeks", 2), ("ga4_snapshot", 0), ("ga4_snapshot", 1))
    others = (
        Table(kind, preamble=10, footer=rows, member=f"{number}", status="empty")
        for number, (kind, rows) in enumerate(aside, start=2)
    )
    days = sum("users" in row for row in data["web_traffic"])
    return (
        Table("ga4_days", preamble=10, footer=1, rows=days, member="1"),
        *others,
        Table("ga4", preamble=10, rows=len(data["web_traffic"]) - days, member="6"),
    )


def users_by_day() -> list[Row]:
    """How many people came on each day, and nothing else."""
    numbers = ((FIRST, 12), (LAST, 14))
    return [{"day": day, "day_end": day, "property": PROPERTY, "users": users} for day, users in numbers]


def sessions_only() -> list[Row]:
    """Channels, of which the snapshot tells nothing but visits."""
    nothing = {"engaged_sessions": None, "key_events": None, "revenue": None}
    return [{**row, **nothing} for row in channel_rows()]


MEASURES: Final = ("sessions", "engaged_sessions", "key_events", "revenue")
CASES: Final = (
    AdFile(
        "Traffic_acquisition.csv", ACQUISITION, channel_rows(), Table("ga4", preamble=10), dataset="web_traffic"
    ).case("traffic acquisition"),
    AdFile("Landing_page.csv", LANDING, page_rows(), Table("ga4", preamble=9), dataset="web_traffic").case(
        "landing pages"
    ),
    AdFile(
        "download.csv",
        SOURCES,
        source_rows(),
        Table("ga4", preamble=5, totals=1, declared=sums_of(*MEASURES)),
        partial(grand_total, SOURCES),
        first=True,
        dataset="web_traffic",
    ).case("exploration by source"),
    AdFile(
        "download (1).csv",
        DAILY,
        daily_rows(),
        Table("ga4", preamble=5, conventions="1234.5 · 20261231", totals=1, declared=sums_of(*MEASURES)),
        partial(grand_total, DAILY),
        first=True,
        dataset="web_traffic",
    ).case("exploration by day"),
    Export("snapshot", "data-export.csv", {"web_traffic": sessions_only() + users_by_day()}, snapshot, snapshot_tables),
)
