"""KPIs of enablement: procedures, onboarding, accesses and links."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Kpi, Quantile, Ratio, Sum, Unit

_NOW: Final = N_("As the plan stands now; of earlier days than the last five weeks it says nothing.")
_DATES: Final = N_("As the plan's table of onboarding has it, by the dates of its steps.")

_kept = partial(
    Kpi, process="enablement", unit=Unit.FRACTION, better=Better.HIGHER, upper=1, lag_days=0, definition=_NOW
)
_newcomers = partial(Kpi, process="enablement", lag_days=0, definition=_DATES, dimensions=("role", "person"))

PROCEDURE_COVERAGE: Final = _kept(
    id="procedure_coverage",
    name=N_("Processes with a procedure"),
    meaning=N_("The share of the active processes that have a written procedure."),
    formula=N_("active processes with a procedure / active processes"),
    expression=Ratio(Sum("processes_described", "described"), Sum("processes_described", "processes")),
    dimensions=("process", "owner"),
)
FRESH_PROCEDURES: Final = _kept(
    id="fresh_procedures",
    name=N_("Fresh procedures"),
    meaning=N_("The share of the procedures that somebody reviewed in the last 12 months."),
    formula=N_("procedures reviewed in the 12 months to the last day of the period / procedures"),
    expression=Ratio(Sum("procedures_kept", "fresh"), Sum("procedures_kept", "procedures")),
    dimensions=("process", "owner"),
)
ONBOARDING_COMPLETION: Final = _newcomers(
    id="onboarding_completion",
    name=N_("Onboarding done"),
    meaning=N_("Of the steps that newcomers were to finish, the share they have finished."),
    formula=N_("steps done by the last day of the period / steps that fell due in the 12 months to that day"),
    expression=Ratio(Sum("onboarding_steps", "done"), Sum("onboarding_steps", "steps")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
DAYS_TO_ONBOARD: Final = _newcomers(
    id="days_to_onboard",
    name=N_("Days to onboard"),
    meaning=N_("How long the middle one of all newcomers took from the first step to the last."),
    formula=N_("median of the days from the start of the first step to the end of the last, by the day it ended"),
    expression=Quantile("newcomers", "days"),
    unit=Unit.DAYS,
    better=Better.LOWER,
)
ACCESS_COVERAGE: Final = _kept(
    id="access_coverage",
    name=N_("Accesses in order"),
    meaning=N_("The share of the systems whose access has an owner and a link into the password manager."),
    formula=N_("systems with an owner and a link into the password manager / systems"),
    expression=Ratio(Sum("accesses_kept", "covered"), Sum("accesses_kept", "accesses")),
    dimensions=("system", "owner"),
)
FRESH_LINKS: Final = _kept(
    id="fresh_links",
    name=N_("Fresh links"),
    meaning=N_("The share of the links that somebody checked in the last 12 months."),
    formula=N_("links checked in the 12 months to the last day of the period / links"),
    expression=Ratio(Sum("links_kept", "fresh"), Sum("links_kept", "links")),
    dimensions=("category", "owner"),
)

KPIS: Final = (
    PROCEDURE_COVERAGE,
    FRESH_PROCEDURES,
    ONBOARDING_COMPLETION,
    DAYS_TO_ONBOARD,
    ACCESS_COVERAGE,
    FRESH_LINKS,
)
