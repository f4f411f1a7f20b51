"""What is asked of the KPIs: which, when, how long the periods are, split by what, for which rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.errors import UsageError, suggestion
from core.language import _
from core.period import Calendar, Grain
from metrics.model import COMPANY, OURS, Is
from metrics.own import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.period import Period
    from metrics.model import Kpi
    from warehouse.snapshot import Snapshot

YEARS: Final = range(1990, 2200)


@dataclass(frozen=True)
class Query:
    """A question about KPIs.

    *where* lists the values a dimension may have, None among them for rows without a value. *lenient* ignores a filter
    for the KPIs that lack its dimension (filters shared by a page of different KPIs) instead of refusing it.
    """

    kpis: tuple[str, ...]
    period: Period
    grain: Grain = Grain.WEEK
    split: tuple[str, ...] = ()
    where: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict, hash=False)
    calendar: Calendar = field(default_factory=Calendar)
    lenient: bool = False

    def filters(self, kpi: Kpi) -> tuple[Is, ...]:
        """The filters that apply to *kpi*, as row conditions in a fixed order."""
        named = tuple(Is(name, tuple(self.where[name])) for name in sorted(self.where) if name in kpi.dimensions)
        return (*named, OURS) if kpi.ours and COMPANY not in {*self.split, *self.where} else named


def checked(snapshot: Snapshot, query: Query) -> tuple[Kpi, ...]:
    """The KPIs that *query* asks for, in its order. Raises UsageError for a name that is not known or does not fit."""
    kpis = tuple(find(snapshot, name) for name in dict.fromkeys(query.kpis))
    if not kpis:
        raise UsageError(_("No KPI was asked for."), _("Name at least one."))
    if query.period.start.year not in YEARS or query.period.end.year not in YEARS:
        message = _("There is no data from {start} to {end}.").format(start=query.period.start, end=query.period.end)
        raise UsageError(message, _("Ask for days between {first} and {last}.").format(first=YEARS[0], last=YEARS[-1]))
    asked = [*query.split, *(() if query.lenient else query.where)]
    for kpi in kpis:
        for name in asked:
            _check_dimension(kpi, name)
    for name in query.where if query.lenient else ():
        if not any(name in kpi.dimensions for kpi in kpis):
            _check_dimension(kpis[0], name)
    if len(set(query.split)) < len(query.split):
        raise UsageError(_("The same dimension is split by twice."), _("Name each dimension once."))
    return kpis


def _check_dimension(kpi: Kpi, name: str) -> None:
    if name not in kpi.dimensions:
        message = _("The KPI {kpi} has no dimension {name}.").format(kpi=kpi.id, name=repr(name))
        raise UsageError(message, suggestion(name, kpi.dimensions))
