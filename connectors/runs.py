"""What the last refresh made of each source: kept in the home, shown on the Sources page and by the doctor."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED
from connectors.memo import write_whole
from core.remarks import as_data, from_data, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from connectors.base import SourceResult
    from core.config import Home

_WORST_FIRST: Final = (FAILED, REFUSED, LOADED, UNCHANGED)


@dataclass(frozen=True)
class Run:
    """The last refresh of one source. *succeeded_at* is that of the last one that did not fail."""

    source: str
    kind: str
    status: str
    at: datetime
    succeeded_at: datetime | None = None
    last_day: date | None = None
    message: str = ""
    next_step: str = ""


def last_runs(home: Home) -> dict[str, Run]:
    """The last run of each source, by name; nothing where there was none or the record cannot be read."""
    try:
        found = from_data(json.loads(_file(home).read_text(encoding="utf-8")))
        return {entry["source"]: _read(entry) for entry in found}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def keep(home: Home, results: Sequence[SourceResult], at: datetime) -> None:
    """Remember what became of the sources refreshed *at* this moment."""
    known = last_runs(home)
    for source, parts in groupby(results, key=lambda result: result.source):
        known[source] = _run(list(parts), at, known.get(source))
    write_whole(_file(home), json.dumps([_written(run) for run in known.values()], ensure_ascii=False, indent=1))


def _run(parts: Sequence[SourceResult], at: datetime, before: Run | None) -> Run:
    worst = min(parts, key=lambda part: _WORST_FIRST.index(part.status))
    bad = worst.status in (FAILED, REFUSED)
    return Run(
        source=worst.source,
        kind=worst.kind,
        status=worst.status,
        at=at,
        succeeded_at=at if worst.status != FAILED else before.succeeded_at if before else None,
        last_day=_latest([*(part.last_day for part in parts), before.last_day if before else None]),
        message=joined((worst.part, worst.message), ": ") if bad else "",
        next_step=worst.next_step if bad else "",
    )


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _written(run: Run) -> dict[str, object]:
    kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(run).items()}
    return {name: as_data(value) for name, value in kept.items()}


def _read(entry: dict[str, str | None]) -> Run:
    succeeded, last = entry["succeeded_at"], entry["last_day"]
    return Run(
        source=str(entry["source"]),
        kind=str(entry["kind"]),
        status=str(entry["status"]),
        at=datetime.fromisoformat(str(entry["at"])),
        succeeded_at=datetime.fromisoformat(succeeded) if succeeded else None,
        last_day=date.fromisoformat(last) if last else None,
        message=entry["message"] or "",
        next_step=entry["next_step"] or "",
    )


def _file(home: Home) -> Path:
    return home.fetched / "refresh.json"
