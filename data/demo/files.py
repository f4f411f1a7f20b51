"""Writing a file as if it had been exported on a given day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from data.demo.text import half_years

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.demo.timeline import Timeline

DOWNLOADED_AT: Final = time(0, 5, tzinfo=UTC)
RESTATED_DAYS: Final = 7


class Period(NamedTuple):
    """The days an export covers."""

    first: date
    last: date

    @property
    def downloaded(self) -> datetime:
        """Right after the last day."""
        return midnight(self.last + timedelta(days=1))


def midnight(day: date) -> datetime:
    """Just after midnight (UTC) on *day*, when scheduled exports run."""
    return datetime.combine(day, DOWNLOADED_AT)


def save(path: Path, content: bytes, downloaded: datetime) -> None:
    """Write *content* to *path*, dated *downloaded*."""
    path.write_bytes(content)
    date_file(path, downloaded)


def date_file(path: Path, downloaded: datetime) -> None:
    """Make *path* look downloaded at that moment."""
    moment = downloaded.timestamp()
    os.utime(path, (moment, moment))


def exports(timeline: Timeline, first: date) -> Iterator[Period]:
    """The half-yearly exports from *first* on; each repeats a week of the one before, restated."""
    for start, end in half_years(first, timeline.last):
        yield Period(max(first, start - timedelta(days=RESTATED_DAYS)), end)
