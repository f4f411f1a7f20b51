"""KPIs of the voice of the customer: surveys and audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.model import Kpi

KPIS: Final[tuple[Kpi, ...]] = ()
