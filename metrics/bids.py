"""KPIs of bids: the tenders the company enters."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Is, Known, Kpi, Ratio, Sum, Unit
from metrics.views.tenders import BIDS_DECIDED, BIDS_ENTERED

_AS_ENTERED: Final = N_("Deals marked as tenders, as the CRM keeps them, by the day they were opened.")
_AS_DECIDED: Final = N_("Deals marked as tenders, as the CRM keeps them, by the day they were won or lost.")
_DECIDED: Final = Sum("bids_decided", "bids")

_entered = partial(Kpi, process="bids", dimensions=BIDS_ENTERED.dimensions, definition=_AS_ENTERED)
_decided = partial(Kpi, process="bids", dimensions=BIDS_DECIDED.dimensions, definition=_AS_DECIDED)

BIDS_SUBMITTED: Final = _entered(
    id="bids_submitted",
    name=N_("Tenders entered"),
    meaning=N_("How many tenders the company entered."),
    formula=N_("number of deals that are tenders"),
    expression=Sum("bids_entered", "bids"),
    unit=Unit.COUNT,
    better=Better.NEITHER,
)
WIN_RATE: Final = _decided(
    id="win_rate",
    name=N_("Tenders won"),
    meaning=N_("How many of the tenders that were decided the company won."),
    formula=N_("tenders won ÷ tenders won or lost"),
    expression=Ratio(Sum("bids_decided", "won"), _DECIDED),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
WIN_RATE_VALUE: Final = _decided(
    id="win_rate_value",
    name=N_("Tenders won, by value"),
    meaning=N_("How much of what was at stake in the tenders that were decided the company won."),
    formula=N_("amount of tenders won ÷ amount of tenders won or lost"),
    expression=Ratio(Sum("bids_decided", "won_amount"), Sum("bids_decided", "amount")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
LOSS_REASONS: Final = _decided(
    id="loss_reasons",
    name=N_("Tenders lost"),
    meaning=N_("How many tenders the company lost; split by reason they tell what to work on."),
    formula=N_("number of tenders lost"),
    expression=Sum("bids_decided", "lost", (Is("outcome", ("lost",)),)),
    unit=Unit.COUNT,
    better=Better.LOWER,
)
KNOWN_DECISION_MAKERS_SHARE: Final = _entered(
    id="known_decision_makers_share",
    name=N_("Decision makers known"),
    meaning=N_("In how many of the tenders entered the company knows who decides."),
    formula=N_("tenders whose decision makers are known ÷ tenders for which it is told"),
    expression=Ratio(Sum("bids_entered", "makers_known"), Sum("bids_entered", "bids", (Known("makers_known"),))),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)

KPIS: Final = (BIDS_SUBMITTED, WIN_RATE, WIN_RATE_VALUE, LOSS_REASONS, KNOWN_DECISION_MAKERS_SHARE)
