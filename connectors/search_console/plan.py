"""Which days are to be fetched: those that the warehouse does not have yet, and those that Google has restated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from connectors.search_console.rows import Total
from core.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.snapshot import Snapshot

FORMAT: Final = "search_console_api"
TOTAL: Final = "total"
RESTATED: Final = timedelta(days=3)
"""How long before the last final day Google may still change its mind."""


@dataclass(frozen=True)
class Window:
    """One request's worth of details: a search type's rows by *dimension* on the day of *total*."""

    search_type: str
    dimension: str
    total: Total

    @property
    def name(self) -> str:
        """What the fetched rows are kept as; rows that belong to other totals are called otherwise."""
        return f"{self.search_type}-{self.dimension}-{self.total.day}-{self.total.fingerprint}"


class Held:
    """What the warehouse has of one property and search type."""

    def __init__(self, snapshot: Snapshot, source: str, site: str, search_type: str) -> None:
        """Ask *snapshot* for the site's days, and for the days that earlier loads of *source* spoke for."""
        days = snapshot.rows(
            """SELECT day, clicks, impressions, position_sum::DOUBLE, coalesce(is_final, false) FROM search_totals
            WHERE site = $1 AND search_type = $2 AND coalesce(filters, '') = '' AND day = day_end
                AND device IS NULL AND country IS NULL""",
            [site, search_type],
        )
        loads = snapshot.rows(
            """SELECT asked, min(first_day), max(last_day) FROM loads
            WHERE source = $1 AND format = $2 AND account = $3 AND status = 'loaded' GROUP BY asked""",
            [source, FORMAT, site],
        )
        self._totals = {day: Total(day, *numbers) for day, *numbers in days}
        self._spoken = {asked: Period(first, last) for asked, first, last in loads}
        self._type = search_type

    def start(self, since: date, dimensions: Iterable[str]) -> date:
        """The first day to ask for."""
        spoken = [self._spoken.get(asked(self._type, part)) for part in (TOTAL, *dimensions)]
        final = max((total.day for total in self._totals.values() if total.is_final), default=None)
        if final is None or any(days is None or days.start > since for days in spoken):
            return since
        return max(since, final - RESTATED)

    def lacks(self, total: Total, part: str) -> bool:
        """Whether the day of *total* is new or changed, or its *part* was never fetched."""
        days = self._spoken.get(asked(self._type, part))
        return days is None or total.day not in days or not total.equals(self._totals.get(total.day))


def asked(search_type: str, part: str) -> str:
    """What the load log calls a part: the site's totals, or its details by something."""
    return f"{search_type}/{part}"
