"""Every KPI, checked when this module is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import UsageError, suggestion
from core.language import _
from metrics import (
    bids,
    budget,
    content,
    customer_base,
    customer_growth,
    customer_voice,
    delivery,
    enablement,
    lead_generation,
    organic_content,
    paid_acquisition,
    partners,
    public_relations,
    referrals,
    service_desk,
)
from metrics.rules import check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from metrics.model import Kpi

_ALL: Final[tuple[Kpi, ...]] = (
    *paid_acquisition.KPIS,
    *organic_content.KPIS,
    *content.KPIS,
    *lead_generation.KPIS,
    *referrals.KPIS,
    *customer_growth.KPIS,
    *partners.KPIS,
    *bids.KPIS,
    *public_relations.KPIS,
    *customer_voice.KPIS,
    *service_desk.KPIS,
    *delivery.KPIS,
    *budget.KPIS,
    *customer_base.KPIS,
    *enablement.KPIS,
)
check(_ALL)

CATALOGUE: Final = {kpi.id: kpi for kpi in _ALL}


def find(name: str, known: Mapping[str, Kpi] = CATALOGUE) -> Kpi:
    """The KPI with the id *name* among those *known*. Raises UsageError with the nearest ids."""
    if name not in known:
        raise UsageError(_("There is no KPI {name}.").format(name=repr(name)), suggestion(name, known))
    return known[name]
