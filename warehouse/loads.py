"""The load log: what is written about each load, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from warehouse.schema import quoted

if TYPE_CHECKING:
    from datetime import date

    from warehouse.snapshot import Snapshot

UNEXPLAINED: Final = "control_differs AND explanation IS NULL"
"""Of which loads the totals differ, and nobody has said why."""


@dataclass
class Load:
    """One row of the dataset ``loads``; see its contract for the meaning of each field."""

    source: str | None = None
    name: str = ""
    sha256: str = ""
    format: str | None = None
    dataset: str | None = None
    account: str | None = None
    asked: str | None = None
    locale: str | None = None
    exported_at: datetime | None = None
    status: str = "loaded"
    lines_read: int = 0
    rows_read: int = 0
    rows_loaded: int = 0
    rows_replaced: int = 0
    rows_rejected: int = 0
    rows_total: int = 0
    lines_preamble: int = 0
    lines_footer: int = 0
    first_day: date | None = None
    last_day: date | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    control: str = "[]"
    control_differs: bool = False
    explanation: str | None = None
    explained_by: str | None = None
    explained_at: datetime | None = None
    message: str = ""
    remarks: str | None = None
    load_id: int = 0

    def values(self) -> dict[str, object]:
        """Column names and values; moments as UTC without a zone, as the warehouse keeps them."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _naive(value) if isinstance(value, datetime) else value for name, value in row.items()}


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def loads_by_bytes(snapshot: Snapshot) -> dict[str, list[Load]]:
    """The loads so far, by the fingerprint of the bytes they read."""
    names = [field.name for field in fields(Load)]
    columns = ", ".join(f'"{name}"' for name in names)
    found: dict[str, list[Load]] = {}
    for row in snapshot.rows(f"SELECT {columns} FROM loads WHERE status = 'loaded' ORDER BY load_id"):
        load = Load(**dict(zip(names, row, strict=True)))
        found.setdefault(load.sha256, []).append(load)
    return found


def refused_by_bytes(snapshot: Snapshot) -> dict[str, list[int]]:
    """The numbers of attempts that an older Kokpit kept in its snapshots, by the fingerprint of the bytes they read."""
    found: dict[str, list[int]] = {}
    for sha256, load_id in snapshot.rows("SELECT sha256, load_id FROM loads WHERE status = 'refused'"):
        found.setdefault(sha256, []).append(load_id)
    return found


def bytes_loaded(snapshot: Snapshot) -> frozenset[str]:
    """The fingerprints of everything that was ever loaded."""
    return frozenset(row[0] for row in snapshot.rows("SELECT DISTINCT sha256 FROM loads WHERE status = 'loaded'"))


class Held:
    """How many rows of each load a snapshot holds, counted once for each dataset that is asked of."""

    def __init__(self, snapshot: Snapshot, superseded: str) -> None:
        """Nothing is counted yet; *superseded* is the reason of rows that a newer export kept out."""
        self._snapshot = snapshot
        self._superseded = superseded
        self._rows: dict[str, dict[int, int]] = {}

    def kept_out(self, load: Load) -> int:
        """How many of the rows of *load* never came in, since a newer export had them."""
        if not load.rows_rejected:
            return 0
        sql = "SELECT count(*) FROM rejects WHERE load_id = ? AND reason = ?"
        return int(self._snapshot.rows(sql, [load.load_id, self._superseded])[0][0])

    def gave_way(self, load: Load) -> int:
        """How many of the rows that *load* brought are not there any more; 0 for one that came after the snapshot."""
        dataset = str(load.dataset)
        if dataset not in self._rows:
            counted = f"SELECT load_id, count(*) FROM {quoted(dataset)} GROUP BY load_id"
            self._rows[dataset] = dict(self._snapshot.rows(counted))
        if load.load_id > self._last:
            return 0
        return max(load.rows_loaded + load.rows_replaced - self._rows[dataset].get(load.load_id, 0), 0)

    @cached_property
    def _last(self) -> int:
        found = self._snapshot.rows("SELECT coalesce(max(load_id), 0) FROM loads")
        return int(found[0][0])


def earlier_load(known: dict[str, list[Load]], load: Load) -> Load | None:
    """The load that brought the same bytes in the same way before, if there is one.

    A file that is loaded under another name may not say any more whose it is; its bytes do.
    """
    same = [earlier for earlier in known.get(load.sha256, []) if _answers(earlier, load)]
    # Read with another answer since, its rows are gone, or stand beside others that nobody's name is on.
    last = same[-1] if same and same[-1].locale == load.locale and not _was_too_old(same[-1], load) else None
    return None if last and any(number > last.load_id for number in mistaken_loads(known, load)) else last


def _was_too_old(earlier: Load, load: Load) -> bool:
    """Whether an *earlier* load gave way to newer exports with all its rows, and the same bytes are newer now."""
    if earlier.rows_loaded or earlier.rows_replaced or not earlier.exported_at or not load.exported_at:
        return False
    return _naive(load.exported_at) > _naive(earlier.exported_at)


def mistaken_loads(known: dict[str, list[Load]], load: Load) -> tuple[int, ...]:
    """Loads of the same bytes before the reader said whose they are, or how their numbers are written."""
    same = [e for e in known.get(load.sha256, []) if (e.format, e.dataset) == (load.format, load.dataset)]
    return tuple(e.load_id for e in same if e.asked == load.asked or (e.account is None and _ends(load, e.asked)))


def account_beside(known: dict[str, list[Load]], load: Load, account: str | None) -> str | None:
    """Another account than *account* under whose name the same bytes are in, and stay in beside those of *load*."""
    instead = mistaken_loads(known, load)
    same = [e for e in known.get(load.sha256, []) if (e.format, e.dataset) == (load.format, load.dataset)]
    others = [e.account for e in same if e.load_id not in instead and e.rows_loaded + e.rows_replaced]
    return next((name for name in reversed(others) if name and account and name != account), None)


def _ends(load: Load, asked: str | None) -> bool:
    """Whether *load* was asked the same and more."""
    return (load.asked or "").endswith(asked or "")


def _answers(earlier: Load, load: Load) -> bool:
    """Whether *earlier* was asked the same as *load*, or that and whose numbers they are."""
    named = " · ".join(part for part in (earlier.account, load.asked) if part)
    alike = (earlier.format, earlier.dataset) == (load.format, load.dataset)
    return alike and earlier.asked in {load.asked, named}
