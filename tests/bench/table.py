"""What a measurement is, and the table of all of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Measurement:
    """One figure and the limit it has to keep.

    ``ratio_or_value`` in ``unit`` ("×" for a ratio of two times taken in the same run) may be ``limit`` at most, or
    must be ``limit`` at least where ``more_is_better``. ``detail`` tells what was compared.
    """

    name: str
    ratio_or_value: float
    unit: str
    limit: float
    detail: str = ""
    more_is_better: bool = False

    @property
    def holds(self) -> bool:
        """Whether the limit is kept; no number keeps none."""
        if math.isnan(self.ratio_or_value):
            return False
        if self.more_is_better:
            return self.ratio_or_value >= self.limit
        return self.ratio_or_value <= self.limit

    @property
    def bound(self) -> str:
        """The limit in words: "≤ 1.25 ×"."""
        return f"{'≥' if self.more_is_better else '≤'} {self.limit:,.4g} {self.unit}"


def table(measurements: Iterable[Measurement]) -> Table:
    """*measurements* as a table, those that miss their limit in bold."""
    shown = Table(title="Speed against limits", title_justify="left", pad_edge=False)
    for title in ("what", "measured", "limit", "", "detail"):
        shown.add_column(title, justify="right" if title in {"measured", "limit"} else "left")
    for measurement in measurements:
        row = (
            measurement.name,
            f"{measurement.ratio_or_value:,.4g} {measurement.unit}",
            measurement.bound,
            "kept" if measurement.holds else "MISSED",
            measurement.detail,
        )
        shown.add_row(*row, style=None if measurement.holds else "bold")
    return shown
