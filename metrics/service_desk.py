"""KPIs of the service desk: the single window for requests to marketing."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Kpi, Quantile, Sum, Unit

_DEFINITION: Final = N_("As the ticket system keeps it, by the day a request came in.")

_desk = partial(
    Kpi,
    process="service_desk",
    dimensions=("requester_group", "assignee", "group", "kind", "priority", "funded_by"),
    definition=_DEFINITION,
)

REQUESTS_RECEIVED: Final = _desk(
    id="requests_received",
    name=N_("Requests received"),
    meaning=N_("How many requests came in."),
    formula=N_("number of requests"),
    expression=Sum("requests_received", "requests"),
    unit=Unit.COUNT,
    better=Better.NEITHER,
)
BACKLOG: Final = _desk(
    id="backlog",
    name=N_("Backlog"),
    meaning=N_("How many requests were open at the end of the period."),
    formula=N_("number of requests that came in by the last day of the period and were not solved by then"),
    expression=Sum("requests_open", "requests"),
    unit=Unit.COUNT,
    better=Better.LOWER,
)
FIRST_RESPONSE_HOURS: Final = _desk(
    id="first_response_hours",
    name=N_("First response time"),
    meaning=N_("How long the middle one of all requests waited for its first answer, in business hours."),
    formula=N_("median of the business hours from creation to the first public answer"),
    expression=Quantile("requests_answered", "business_hours"),
    unit=Unit.HOURS,
    better=Better.LOWER,
)

KPIS: Final = (REQUESTS_RECEIVED, BACKLOG, FIRST_RESPONSE_HOURS)
