"""The connector of Google Analytics: a property's visits by day and where they came from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute

from connectors.base import UNCHANGED, Kind, Sample, SourceResult
from connectors.exports.vocabulary import column_label
from connectors.google.bringing import Part, bring
from connectors.google.credentials import ANALYTICS, find_credentials
from connectors.google.kept import Kept
from connectors.google.options import endpoint, first_day, required, several, wrong
from connectors.google_analytics.api import Property
from connectors.google_analytics.rows import DIMENSIONS, MEASURES, by_day, notes, table
from core.period import Grain, Period, add_months
from core.remarks import _, joined
from warehouse.schema import listed
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source
    from warehouse.writer import Writer

FORMAT: Final = "google_analytics_api"
USUAL: Final = ("channel_group", "source", "medium", "campaign")
TOTAL: Final = "total"
USUAL_MONTHS: Final = 16
RESTATED: Final = timedelta(days=3)
"""How long Analytics goes on counting a day."""
DAY: Final = timedelta(days=1)
SAMPLE_ROWS: Final = 5
SAMPLE_DAYS: Final = timedelta(days=7)


class GoogleAnalytics:
    """One property on its way in."""

    def __init__(self, source: Source, home: Home, configuration: Configuration, today: date | None = None) -> None:
        """Nothing is asked before `fetch`."""
        self.source = source
        self._home = home
        self._calendar = configuration.calendar
        self._today = today or datetime.now(configuration.zone).date()
        self._property = _number(source)
        self._dimensions = several(source, "dimensions", USUAL, tuple(DIMENSIONS))
        self._since = min(first_day(source, add_months(self._today, -USUAL_MONTHS), self._today), self._today - DAY)
        self._endpoint = endpoint(source)
        self._kept = Kept(home, source.name)
        self._days = Period(self._since, self._today - DAY)
        self._changed: pa.Table | None = None
        self._notes: list[str] = []
        self._asked_at = datetime.now(UTC)

    @property
    def _shape(self) -> str:
        return ",".join(self._dimensions) or TOTAL

    @property
    def _slice(self) -> str:
        """What the rows are by: landing pages and origins each add up to all visits, and lie beside each other."""
        if self._dimensions == ("landing_page",):
            return "landing_page"
        return "source" if self._dimensions else TOTAL

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Ask for the days that are not there, and once more for the last ones, month by month."""
        credentials = find_credentials(self.source, self._home, [ANALYTICS])
        self._days = Period(self._start(), self._today - DAY)
        months = self._calendar.split(self._days, Grain.MONTH)
        tables = []
        with Property(self.source.name, self._property, credentials, self._endpoint) as asked:
            for done, month in enumerate(months):
                tell(f"{self.source.name}: {month.start} – {month.end}", done / len(months))
                tables.append(self._month(asked, month))
        tell(_("{site}: fetched").format(site=self.source.name), 1.0)
        self._notes = notes(tables)
        self._changed = self._only_changed(pa.concat_tables(tables))

    def _start(self) -> date:
        (spoken,) = open_snapshot(self._home.warehouse).rows(
            """SELECT min(first_day), max(last_day) FROM loads
            WHERE source = $1 AND format = $2 AND account = $3 AND asked = $4 AND status = 'loaded'""",
            [self.source.name, FORMAT, self._property, self._shape],
        )
        first: date | None = spoken[0]
        last: date | None = spoken[1]
        if first is None or last is None or first > self._since:
            return self._since
        return max(self._since, min(last + DAY, self._today - RESTATED))

    def _month(self, asked: Property, days: Period) -> pa.Table:
        """The rows of *days*; those that are final are not asked for twice."""
        name = f"{self._shape}-{days.start}-{days.end}"
        final_until = self._today - RESTATED - DAY
        if days.end > final_until or name not in self._kept:
            pages = asked.report([DIMENSIONS[dimension] for dimension in self._dimensions], days)
            self._kept.write(name, table(pages, self._dimensions, final_until))
        return self._kept.read(name)

    def _only_changed(self, fetched: pa.Table) -> pa.Table:
        """The days of *fetched* that the warehouse does not have just so."""
        columns = ["day", *self._dimensions, *MEASURES, "currency", "is_final"]
        numbers = {name: f"{name}::DOUBLE AS {name}" for name in ("key_events", "revenue")}
        chosen = ", ".join(numbers.get(name, listed([name])) for name in columns)
        held = open_snapshot(self._home.warehouse).rows(
            f"SELECT {chosen} FROM web_traffic WHERE property = $1 AND day = day_end AND day >= $2 AND shape = $3",
            [self._property, self._days.start, self._shape],
        )
        before = by_day(held)
        arrived = by_day(zip(*(fetched[name].to_pylist() for name in columns), strict=True))
        changed = [day for day, rows in arrived.items() if rows != before.get(day)]
        return fetched.filter(pa.compute.is_in(fetched["day"], pa.array(changed, pa.date32())))

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Merge the days that are new or changed, each as a whole."""
        if self._changed is None or not self._changed.num_rows:
            result = SourceResult(self.source.name, self.source.kind, UNCHANGED)
            result.notes = self._notes
            result.message = joined([_("Nothing new since the last time."), *self._notes])
            return [result]
        days = tuple(sorted(set(self._changed["day"].to_pylist())))
        part = Part(
            name=", ".join(column_label("web_traffic", name) for name in self._dimensions) or TOTAL,
            dataset="web_traffic",
            format=FORMAT,
            account=self._property,
            asked=self._shape,
            fixed={"property": self._property, "slice": self._slice, "shape": self._shape},
            tables=[self._changed],
            whole_days=days,
            days=Period(self._days.start, max(days)),
            asked_at=self._asked_at,
            notes=self._notes,
        )
        return [bring(writer, self.source, part)]

    def sample(self) -> Sample:
        """A few rows of the last seven days, by the dimensions of the source."""
        credentials = find_credentials(self.source, self._home, [ANALYTICS])
        days = Period(self._today - SAMPLE_DAYS, self._today - DAY)
        with Property(self.source.name, self._property, credentials, self._endpoint) as asked:
            page = asked.page([DIMENSIONS[dimension] for dimension in self._dimensions], days, SAMPLE_ROWS)
        found = table([page], self._dimensions, self._today).select(["day", *self._dimensions, "sessions", "users"])
        rows = tuple(tuple(map(str, row)) for row in zip(*found.to_pydict().values(), strict=True))
        header = tuple(column_label("web_traffic", name) for name in found.column_names)
        told = _("The Analytics property {number} can be read.")
        return Sample(header, rows, told.format(number=self._property))

    def check(self) -> None:
        """Try the access out, for the doctor. Raises KokpitError."""
        self.sample()

    def published(self) -> None:
        """Let go of what was kept."""
        self._kept.forget()


def _number(source: Source) -> str:
    if isinstance(source.options.get("property"), int):
        return str(source.options["property"])
    number = required(source, "property").removeprefix("properties/")
    if not number.isdigit():
        step = _("Write the property's number: Analytics → Admin → Property details (not the G-… of the tag).")
        raise wrong(source, "property", source.options["property"], step)
    return number


def _make(source: Source, home: Home, configuration: Configuration, _known: Known) -> GoogleAnalytics:
    return GoogleAnalytics(source, home, configuration)


KIND: Final = Kind(
    "google_analytics",
    _make,
    required=("property",),
    optional=("since", "dimensions", "credentials", "endpoint"),
    scope=ANALYTICS,
    endpoint="https://analyticsdata.googleapis.com",
)
