"""Where in the department's numbers something was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.period import Period


@dataclass(frozen=True)
class Place:
    """What an entry belongs to: a KPI of a process in a period, one part of it, a review, the entry it answers."""

    process: str = ""
    kpi: str = ""
    period: Period | None = None
    dimension: str = ""
    dimension_value: str = ""
    review: int | None = None
    about: int | None = None
