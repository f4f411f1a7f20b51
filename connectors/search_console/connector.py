"""The connector of Search Console: a property's totals by day, and details where they are wanted."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import pyarrow as pa

from connectors.base import UNCHANGED, Kind, Sample, SourceResult
from connectors.exports.vocabulary import column_label
from connectors.google.bringing import Part, bring
from connectors.google.credentials import SEARCH_CONSOLE, find_credentials
from connectors.google.kept import Kept
from connectors.google.progress import remaining
from connectors.search_console.api import CAP, Site
from connectors.search_console.options import SEARCH_TYPES, options_of
from connectors.search_console.plan import FORMAT, TOTAL, Held, Window, asked
from connectors.search_console.rows import Total, details_table, has_doubles, totals, totals_table
from core.errors import TemporaryError
from core.period import Period
from core.remarks import _, ngettext
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source
    from warehouse.writer import Writer

SIDE_BY_SIDE: Final = 3
ATTEMPTS: Final = 3
PACIFIC: Final = ZoneInfo("America/Los_Angeles")
"""Search Console's days begin and end there."""
TOTALS_SHARE: Final = 0.02
SAMPLE_ROWS: Final = 5
SAMPLE_DAYS: Final = timedelta(days=10)
"""How far back a sample looks: the last two or three days may not be there yet."""


@dataclass(frozen=True)
class Found:
    """What one search type's totals showed: the days asked for, the days to bring by part, when it was asked."""

    search_type: str
    days: Period
    parts: dict[str, list[Total]]
    asked_at: datetime


class SearchConsole:
    """One property on its way in."""

    def __init__(self, source: Source, home: Home, today: date | None = None) -> None:
        """Nothing is asked before `fetch`; *today* is Pacific time."""
        self.source = source
        self._home = home
        self._today = today or datetime.now(PACIFIC).date()
        self._options = options_of(source, self._today)
        self._kept = Kept(home, source.name)
        self._found: list[Found] = []

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Ask for the totals, then for the details of the days that are new or changed; every answer is kept."""
        options = self._options
        credentials = find_credentials(self.source, self._home, [SEARCH_CONSOLE])
        with Site(self.source.name, options.site, credentials, options.endpoint) as site:
            tell(_("{site}: totals").format(site=options.site), 0.0)
            self._found = [self._totals(site, search_type) for search_type in options.search_types]
            self._fetch_details(site, [window for window in self._windows() if window.name not in self._kept], tell)
        tell(_("{site}: fetched").format(site=options.site), 1.0)

    def _windows(self) -> list[Window]:
        """The details that belong to what the totals showed."""
        return [
            Window(found.search_type, part, total)
            for found in self._found
            for part, days in found.parts.items()
            for total in days
            if part != TOTAL
        ]

    def _totals(self, site: Site, search_type: str) -> Found:
        details = self._options.details_of(search_type)
        held = Held(open_snapshot(self._home.warehouse), self.source.name, self._options.site, search_type)
        start = held.start(self._options.since, details)
        now = datetime.now(UTC)
        rows, first_incomplete = site.totals(SEARCH_TYPES[search_type], start, max(start, self._today))
        days = totals(rows, first_incomplete, self._today)
        parts = {part: [total for total in days if held.lacks(total, part)] for part in (TOTAL, *details)}
        last = days[-1].day if days else start
        return Found(search_type, Period(min(start, last), last), parts, now)

    def _fetch_details(self, site: Site, windows: list[Window], tell: Callable[[str, float], None]) -> None:
        started = time.monotonic()
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            tasks = {pool.submit(copy_context().run, self._fetch_window, site, window): window for window in windows}
            try:
                for done, task in enumerate(as_completed(tasks), start=1):
                    task.result()
                    share = done / len(tasks)
                    what = f"{self._options.site}: {tasks[task].dimension} {tasks[task].total.day}"
                    tell(remaining(what, share, time.monotonic() - started), TOTALS_SHARE + share * (1 - TOTALS_SHARE))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _fetch_window(self, site: Site, window: Window) -> None:
        for _attempt in range(ATTEMPTS):
            pages = site.details(SEARCH_TYPES[window.search_type], window.dimension, window.total.day)
            table = pa.concat_tables(details_table(rows, window.dimension, window.total) for rows in pages)
            if not has_doubles(table, window.dimension):
                self._kept.write(window.name, table)
                return
        message = _("The source {name}: Search Console's numbers of {day} changed while they were being read.")
        step = _("Try again in a few minutes; what was fetched so far is kept.")
        raise TemporaryError(message.format(name=self.source.name, day=window.total.day), step)

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Merge the days that are new or changed, each as a whole."""
        results = [
            bring(writer, self.source, self._part(found, part, days))
            for found in self._found
            for part, days in found.parts.items()
            if days
        ]
        return results or [self._nothing_new()]

    def _part(self, found: Found, part: str, days: list[Total]) -> Part:
        windows = [Window(found.search_type, part, total) for total in days]
        tables = [totals_table(days)] if part == TOTAL else (self._kept.read(window.name) for window in windows)
        fixed: dict[str, str | None] = {"site": self._options.site, "search_type": found.search_type, "shape": part}
        return Part(
            name=f"{found.search_type} · {part}",
            dataset="search_totals" if part == TOTAL else "search_performance",
            format=FORMAT,
            account=self._options.site,
            asked=asked(found.search_type, part),
            fixed=fixed if part == TOTAL else {**fixed, "slice": part},
            tables=tables,
            whole_days=tuple(total.day for total in days),
            days=found.days,
            asked_at=found.asked_at,
            notes=[] if part == TOTAL else self._notes(windows),
        )

    def _notes(self, windows: list[Window]) -> list[str]:
        full = [window for window in windows if self._kept.read(window.name).num_rows >= CAP]
        if not full:
            return []
        text = ngettext(
            "On {n} day Search Console gave its most, {cap} rows, and left out the others.",
            "On {n} days Search Console gave its most, {cap} rows, and left out the others.",
            len(full),
        )
        return [text.format(n=len(full), cap=CAP)]

    def _nothing_new(self) -> SourceResult:
        result = SourceResult(self.source.name, self.source.kind, UNCHANGED)
        result.message = _("Nothing new since the last time.")
        return result

    def sample(self) -> Sample:
        """The totals of the last days."""
        options = self._options
        credentials = find_credentials(self.source, self._home, [SEARCH_CONSOLE])
        with Site(self.source.name, options.site, credentials, options.endpoint) as site:
            found, _fresh = site.totals(SEARCH_TYPES[options.search_types[0]], self._today - SAMPLE_DAYS, self._today)
        last = sorted(found, key=lambda row: str(row["keys"][0]))[-SAMPLE_ROWS:]
        rows = tuple((str(row["keys"][0]), str(int(row["clicks"])), str(int(row["impressions"]))) for row in last)
        header = tuple(column_label("search_totals", name) for name in ("day", "clicks", "impressions"))
        return Sample(header, rows, _("{source} can be read.").format(source=options.site))

    def check(self) -> None:
        """Try the access out, for the doctor. Raises KokpitError."""
        self.sample()

    def published(self) -> None:
        """Let go of what was kept."""
        self._kept.forget()


def _make(source: Source, home: Home, _configuration: Configuration, _known: Known) -> SearchConsole:
    return SearchConsole(source, home)


KIND: Final = Kind(
    "search_console",
    _make,
    required=("site",),
    optional=("since", "detail", "search_types", "credentials", "endpoint"),
    scope=SEARCH_CONSOLE,
    endpoint="https://searchconsole.googleapis.com",
)
