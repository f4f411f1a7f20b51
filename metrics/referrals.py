"""KPIs of referrals: customers who recommend us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.model import Kpi

KPIS: Final[tuple[Kpi, ...]] = ()
