"""Search Console's answers as tables: pure, without a network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.search_console.api import Rows

USUAL_LAG: Final = timedelta(days=3)
"""After how long a day is final where Search Console does not say."""
POSITION_STEP: Final = 1e-5


@dataclass(frozen=True)
class Total:
    """A site's numbers of one day; *position_sum* is average position × impressions, None where there is none."""

    day: date
    clicks: int
    impressions: int
    position_sum: float | None
    is_final: bool

    def equals(self, other: Total | None) -> bool:
        """Whether *other* says the same; the warehouse keeps six decimals."""
        if other is None or (self.position_sum is None) != (other.position_sum is None):
            return False
        same = (self.clicks, self.impressions, self.is_final) == (other.clicks, other.impressions, other.is_final)
        return same and abs((self.position_sum or 0) - (other.position_sum or 0)) < POSITION_STEP

    @property
    def fingerprint(self) -> str:
        """Tells these numbers from others of the same day."""
        position = "" if self.position_sum is None else f"{self.position_sum:.4f}"
        return f"{self.clicks}-{self.impressions}-{position}-{'final' if self.is_final else 'fresh'}"


def totals(rows: Rows, first_incomplete: str, today: date) -> list[Total]:
    """A site's days, in order."""
    fresh = date.fromisoformat(first_incomplete) if first_incomplete else today - USUAL_LAG + timedelta(days=1)
    found = []
    for row in rows:
        day = date.fromisoformat(row["keys"][0])
        clicks, impressions, position = int(row["clicks"]), int(row["impressions"]), row.get("position")
        position_sum = None if position is None else position * impressions
        found.append(Total(day, clicks, impressions, position_sum, day < fresh))
    return sorted(found, key=lambda total: total.day)


def totals_table(days: Sequence[Total]) -> pa.Table:
    """The days as rows of search_totals."""
    columns = {
        "day": pa.array([total.day for total in days], pa.date32()),
        "day_end": pa.array([total.day for total in days], pa.date32()),
        "clicks": pa.array([total.clicks for total in days], pa.int64()),
        "impressions": pa.array([total.impressions for total in days], pa.int64()),
        "position_sum": pa.array([total.position_sum for total in days], pa.float64()),
        "is_final": pa.array([total.is_final for total in days], pa.bool_()),
    }
    return pa.table(columns)


def details_table(rows: Rows, dimension: str, total: Total) -> pa.Table:
    """One day's rows as rows of search_performance; the day and whether it is final are those of its *total*."""
    names = [row["keys"][1] for row in rows]
    if dimension == "device":
        names = [name.lower() for name in names]
    day = pa.repeat(pa.scalar(total.day, pa.date32()), len(rows))
    impressions = pa.array([row["impressions"] for row in rows], pa.int64())
    positions = pa.array([row.get("position") for row in rows], pa.float64())
    columns = {
        "day": day,
        "day_end": day,
        dimension: pa.array(names, pa.string()),
        "clicks": pa.array([row["clicks"] for row in rows], pa.int64()),
        "impressions": impressions,
        "position_sum": pa.compute.multiply(positions, impressions.cast(pa.float64())),
        "is_final": pa.repeat(total.is_final, len(rows)),
    }
    return pa.table(columns)


def has_doubles(table: pa.Table, dimension: str) -> bool:
    """Whether a name is there twice: the answer changed between two of its pages."""
    return bool(len(table[dimension].unique()) < table.num_rows)
