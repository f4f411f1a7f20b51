"""KPIs of the service desk: the single window for requests to marketing."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Greatest, Known, Kpi, Mean, Quantile, Ratio, Sum, Unit

_DEFINITION: Final = N_("As the ticket system keeps it, by the day a request came in.")
_AS_SOLVED: Final = N_("As the ticket system keeps it, by the day a request was solved.")
_AS_DUE: Final = N_("As the ticket system keeps it, by the day a request was promised for.")
_AS_OPEN: Final = N_("As the ticket system keeps it, on the last day of the period.")

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
    definition=_AS_OPEN,
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

FIRST_RESPONSE_CALENDAR_HOURS: Final = _desk(
    id="first_response_calendar_hours",
    name=N_("First response time, round the clock"),
    meaning=N_("How long the middle one of all requests waited for its first answer, nights and holidays included."),
    formula=N_("median of the hours from creation to the first public answer"),
    expression=Quantile("requests_received", "response_hours"),
    unit=Unit.HOURS,
    better=Better.LOWER,
)
REQUESTS_SOLVED: Final = _desk(
    id="requests_solved",
    name=N_("Requests solved"),
    meaning=N_("How many requests were solved."),
    formula=N_("number of requests solved"),
    expression=Sum("requests_solved", "requests"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_AS_SOLVED,
)
RESOLUTION_HOURS: Final = _desk(
    id="resolution_hours",
    name=N_("Time to solution"),
    meaning=N_("How long the middle one of the requests solved had taken, round the clock."),
    formula=N_("median of the hours from creation to solution"),
    expression=Quantile("requests_solved", "resolution_hours"),
    unit=Unit.HOURS,
    better=Better.LOWER,
    definition=_AS_SOLVED,
)
RESOLUTION_HOURS_P90: Final = _desk(
    id="resolution_hours_p90",
    name=N_("Time to solution, nine of ten"),
    meaning=N_("Within how many hours nine of ten of the requests solved had been solved."),
    formula=N_("90th percentile of the hours from creation to solution"),
    expression=Quantile("requests_solved", "resolution_hours", share=0.9),
    unit=Unit.HOURS,
    better=Better.LOWER,
    definition=_AS_SOLVED,
)
SLA_ATTAINMENT: Final = _desk(
    id="sla_attainment",
    name=N_("Solved in time"),
    meaning=N_("How many of the requests promised for the period were solved by then."),
    formula=N_("requests solved by the time promised ÷ requests promised for the period"),
    expression=Ratio(Sum("requests_due", "solved_in_time"), Sum("requests_due", "requests")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    definition=_AS_DUE,
    upper=1,
)
REOPEN_RATE: Final = _desk(
    id="reopen_rate",
    name=N_("Reopened"),
    meaning=N_("How many of the requests solved had to be opened again."),
    formula=N_("requests solved that were reopened ÷ requests solved for which it is told"),
    expression=Ratio(
        Sum("requests_solved", "reopened_requests"),
        Sum("requests_solved", "requests", (Known("reopened_requests"),)),
    ),
    unit=Unit.FRACTION,
    better=Better.LOWER,
    definition=_AS_SOLVED,
    upper=1,
)
LOAD_BALANCE: Final = _desk(
    id="load_balance",
    name=N_("Evenness of load"),
    meaning=N_("How much more the busiest specialist has open than the mean; 1 means that all have the same."),
    formula=N_("most open requests of one specialist ÷ mean of all specialists, on the last day of the period"),
    expression=Ratio(Greatest("specialists", "open_requests"), Mean("specialists", "open_requests")),
    unit=Unit.RATIO,
    better=Better.LOWER,
    dimensions=(),
    definition=N_(
        "As the ticket system keeps it, on the last day of the period. Specialists are those with an open request, or "
        "with one that came in within 28 days."
    ),
    lower=1,
)
OUTSIDE_REQUESTER_SHARE: Final = _desk(
    id="outside_requester_share",
    name=N_("Requests from outside"),
    meaning=N_("How many of the requests come from partners and clients."),
    formula=N_("requests of partners and clients ÷ requests whose sender is known"),
    expression=Ratio(
        Sum("requests_received", "from_outside"),
        Sum("requests_received", "requests", (Known("from_outside"),)),
    ),
    unit=Unit.FRACTION,
    better=Better.NEITHER,
    upper=1,
)

KPIS: Final = (
    REQUESTS_RECEIVED,
    REQUESTS_SOLVED,
    BACKLOG,
    FIRST_RESPONSE_HOURS,
    FIRST_RESPONSE_CALENDAR_HOURS,
    RESOLUTION_HOURS,
    RESOLUTION_HOURS_P90,
    SLA_ATTAINMENT,
    REOPEN_RATE,
    LOAD_BALANCE,
    OUTSIDE_REQUESTER_SHARE,
)
