"""KPIs of the customer base: what is known of customers, and how they are written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.model import Kpi

KPIS: Final[tuple[Kpi, ...]] = ()
