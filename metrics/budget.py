"""KPIs of the budget: plan beside fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.model import Kpi

KPIS: Final[tuple[Kpi, ...]] = ()
