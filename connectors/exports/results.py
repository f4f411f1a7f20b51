"""What became of a file: counts that add up, control totals, and what there is to say."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.language import N_
from core.remarks import _, ngettext

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

LOADED: Final = "loaded"
EMPTY: Final = "empty"
REFUSED: Final = "refused"
FAILED: Final = "failed"
ROUNDING: Final = 0.005
SPREAD: Final = 0.0116
"""Four standard deviations of the rounding error of one value with two decimals: 4 · 0.01 / √12."""
_CALLED: Final = {
    "impressions": N_("impressions"),
    "clicks": N_("clicks"),
    "cost": N_("cost"),
    "conversions": N_("conversions"),
    "conversion_value": N_("conversion value"),
    "sessions": N_("sessions"),
    "engaged_sessions": N_("engaged sessions"),
    "key_events": N_("key events"),
    "revenue": N_("revenue"),
    "reach": N_("reach"),
    "video_views": N_("video views"),
}


@dataclass(frozen=True)
class Control:
    """A total that the file declares beside what its rows sum to."""

    column: str
    declared: float
    summed: float
    rows: int = 0

    @property
    def called(self) -> str:
        """What the column is called where people read it."""
        return called(self.column)

    @property
    def differs(self) -> bool:
        """Whether the difference is beyond what rounding each row to two decimals explains."""
        allowed = min(ROUNDING * self.rows, SPREAD * math.sqrt(self.rows)) + 2 * ROUNDING
        return abs(self.declared - self.summed) > allowed

    def as_dict(self) -> dict[str, object]:
        """As the command line's ``--json`` writes it."""
        return {"column": self.column, "declared": self.declared, "summed": self.summed}


def called(column: str) -> str:
    """What the measure *column* is called where people read it."""
    return _(_CALLED.get(column, column))


def in_words(file: Path) -> str:
    """The path of *file* as text that can be written anywhere, even where its name is not valid text."""
    return str(file).encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass
class FileResult:
    """One table of one file, and what became of its lines."""

    path: str
    status: str = LOADED
    format: str | None = None
    dataset: str | None = None
    account: str | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_replaced: int = 0
    rows_rejected: int = 0
    rows_total: int = 0
    lines_preamble: int = 0
    lines_footer: int = 0
    first_day: date | None = None
    last_day: date | None = None
    control: tuple[Control, ...] = ()
    message: str = ""
    next_step: str = ""
    kind: str = ""
    load_id: int | None = None
    rejects: Path | None = None
    """Where the rejected rows of a table are that brings none."""
    repeated: bool = False
    """Whether the same bytes were loaded before, so that nothing changed: its counts are those of then."""
    gave_way: int = 0
    name: str = ""
    sha256: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def control_differs(self) -> bool:
        """Whether any declared total differs beyond rounding."""
        return any(control.differs for control in self.control)

    def as_dict(self) -> dict[str, object]:
        """As the command line's ``--json`` writes it; days in ISO form."""
        counts = ("rows_read", "rows_loaded", "rows_replaced", "rows_rejected", "rows_total")
        names = ("path", "status", "format", "dataset", "account", *counts)
        row: dict[str, object] = {name: getattr(self, name) for name in names}
        row["first_day"] = self.first_day.isoformat() if self.first_day else None
        row["last_day"] = self.last_day.isoformat() if self.last_day else None
        row["control"] = [control.as_dict() for control in self.control]
        row["message"] = " ".join(part for part in (self.message, self.next_step) if part)
        row["lines_preamble"], row["lines_footer"] = self.lines_preamble, self.lines_footer
        row["notes"] = self.notes
        return row

    def control_json(self) -> str:
        """The control totals as the load log keeps them; see `controls_in`."""
        return json.dumps([{**control.as_dict(), "rows": control.rows} for control in self.control])


def controls_in(text: str | None) -> tuple[Control, ...]:
    """Those of the control totals that the load log keeps as *text* which differ."""
    found = (Control(**each) for each in json.loads(text or "[]"))
    return tuple(control for control in found if control.differs)


def loaded_sentence(result: FileResult) -> str:
    """What happened to the rows of a loaded file, in one sentence."""
    if result.status == EMPTY:
        return _("A valid export without rows: there was nothing to load.")
    rows = result.rows_loaded + result.rows_replaced
    return ngettext("{n} row is in.", "{n} rows are in.", rows).format(n=rows)


def refused_sentence(name: str) -> str:
    """That nothing of a file is in."""
    return _("{file}: nothing was loaded, since no row of it can be.").format(file=name)


def control_sentence(control: Control) -> str:
    """What a differing control total says."""
    text = _("The file declares {declared} for {column}, its rows sum to {summed}.")
    return text.format(declared=round(control.declared, 2), column=control.called, summed=round(control.summed, 2))
