"""KPIs of the voice of the customer: what customers answer, and whether they are asked and met at all."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Condition, Is, Known, Kpi, Ratio, Sum, Unit
from metrics.views.voices import CUSTOMERS_HEARD

_DEFINITION: Final = N_("Answers to surveys and audits, by the day of the question.")
_AS_THEY_ARE: Final = N_(
    "Customers as their list has them now; so only the last five weeks have values. Customers without a day since when "
    "they are customers count as ones of long standing."
)

_heard = partial(Kpi, process="customer_voice", dimensions=("role", "segment"), definition=_DEFINITION)
_coverage = partial(
    Kpi,
    process="customer_voice",
    dimensions=CUSTOMERS_HEARD.dimensions,
    definition=_AS_THEY_ARE,
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)


def _mean(measure: str, survey: str = "", factor: float = 1) -> Ratio:
    """The mean of a measure over the answers that have one."""
    where: tuple[Condition, ...] = (Is("survey", (survey,)),) if survey else ()
    return Ratio(
        Sum("answers", measure, where, factor),
        Sum("answers", "answers", (*where, Known(measure))),
    )


NPS: Final = _heard(
    id="nps",
    name=N_("Net promoter score"),
    meaning=N_("How many more customers would recommend the company than advise against it, in points of a hundred."),
    formula=N_("100 × (answers of 9 and 10 − answers of 0 to 6) ÷ answers from 0 to 10"),
    expression=_mean("recommending", "nps", 100),
    unit=Unit.SCORE,
    better=Better.HIGHER,
    definition=N_("Net promoter score (Reichheld 2003), by the day of the question."),
    lower=-100,
    upper=100,
)
CSAT: Final = _heard(
    id="csat",
    name=N_("Satisfaction"),
    meaning=N_("How content customers are, on the scale of the survey."),
    formula=N_("sum of the scores ÷ answers with a score"),
    expression=_mean("score", "csat"),
    unit=Unit.SCORE,
    better=Better.HIGHER,
)
EFFORT_SCORE: Final = _heard(
    id="effort_score",
    name=N_("Ease"),
    meaning=N_("How easy it is to get something done with the company, on the scale of the survey."),
    formula=N_("sum of the scores ÷ answers with a score"),
    expression=_mean("score", "ces"),
    unit=Unit.SCORE,
    better=Better.HIGHER,
    definition=N_(
        "Customer effort score in its second form (CEB 2013: “the company made it easy”, 1 to 7), by the day of the "
        "question."
    ),
)
EXPECTATION_GAP: Final = _heard(
    id="expectation_gap",
    name=N_("Expectations met"),
    meaning=N_("By how much what customers found exceeds what they had expected; below zero it falls short."),
    formula=N_("sum of (reality − expectation) ÷ answers with both"),
    expression=_mean("gap"),
    unit=Unit.SCORE,
    better=Better.HIGHER,
    lower=None,
)
PROMISES_KEPT_RATE: Final = _heard(
    id="promises_kept_rate",
    name=N_("Promises kept"),
    meaning=N_("How many of the customers asked say that what was promised was kept."),
    formula=N_("promises kept ÷ answers that tell of a promise"),
    expression=_mean("promises_kept"),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    upper=1,
)
RATING_BY_ROLE: Final = _heard(
    id="rating_by_role",
    name=N_("Rating of the people in contact"),
    meaning=N_("How customers rate in audits what they found; split by role it tells whose work they mean."),
    formula=N_("sum of the ratings ÷ audit answers with a rating"),
    expression=_mean("reality", "audit"),
    unit=Unit.SCORE,
    better=Better.HIGHER,
)
AUDIT_COVERAGE: Final = _coverage(
    id="audit_coverage",
    name=N_("Customers audited"),
    meaning=N_("How many of the active customers were asked in an audit within a year."),
    formula=N_("active customers asked in the last 365 days ÷ active customers, on the last day of the period"),
    expression=Ratio(Sum("customers_heard", "asked"), Sum("customers_heard", "customers")),
)
DIRECT_CONTACT_COVERAGE: Final = _coverage(
    id="direct_contact_coverage",
    name=N_("Key accounts met"),
    meaning=N_("How many of the key accounts marketing itself spoke with within half a year."),
    formula=N_("key accounts marketing spoke with in the last 180 days ÷ key accounts, on the last day of the period"),
    expression=Ratio(Sum("customers_heard", "met"), Sum("customers_heard", "key_accounts", (Known("met"),))),
)

KPIS: Final = (
    NPS,
    CSAT,
    EFFORT_SCORE,
    EXPECTATION_GAP,
    PROMISES_KEPT_RATE,
    RATING_BY_ROLE,
    AUDIT_COVERAGE,
    DIRECT_CONTACT_COVERAGE,
)
