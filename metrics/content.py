"""KPIs of content: what is published and refreshed, and whom it brings."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Kpi, Ratio, Sum, Unit

_PIECES: Final = N_("As the table of content keeps it, by the day a piece appeared.")
_REFRESHED: Final = N_("As the table of content keeps it, by the day of the last refresh of a piece.")
_GAIN: Final = N_(
    "Refreshed pages that Search Console knows by their address, by the day of the refresh; final 31 days after it. "
    "Where Search Console's rows are weeks, the four whole weeks before and after."
)
_LEADS: Final = N_("Leads of the medium or channel organic, or the channel content, by the day they came in.")

_content = partial(Kpi, process="organic_content", dimensions=("kind", "pillar", "expert", "author", "customer_job"))

CONTENT_PUBLISHED: Final = _content(
    id="content_published",
    name=N_("Content published"),
    meaning=N_("How many pieces of content appeared."),
    formula=N_("number of pieces"),
    expression=Sum("content_published", "items"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_PIECES,
)
PILLARS_PUBLISHED: Final = _content(
    id="pillars_published",
    name=N_("Pillars published"),
    meaning=N_("How many large pieces appeared that others can be derived from."),
    formula=N_("number of e-books, white papers, reports, webinars, frameworks and consultations"),
    expression=Sum("content_published", "pillars"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_PIECES,
)
DERIVATIVES_PER_PILLAR: Final = _content(
    id="derivatives_per_pillar",
    name=N_("Pieces derived from a pillar"),
    meaning=N_("How many pieces were made of each pillar; 10 to 20 make the most of it."),
    formula=N_("pieces derived from the pillars of the last 12 months / those pillars, on the last day of the period"),
    expression=Ratio(Sum("pillars_grown", "derivatives"), Sum("pillars_grown", "pillars")),
    unit=Unit.RATIO,
    better=Better.IN_RANGE,
    definition=_PIECES,
    dimensions=("kind", "expert", "author", "customer_job"),
)
REFRESHED_CONTENT: Final = _content(
    id="refreshed_content",
    name=N_("Content refreshed"),
    meaning=N_("How many pieces of content were brought up to date."),
    formula=N_("number of pieces refreshed"),
    expression=Sum("content_refreshed", "items"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_REFRESHED,
)
REFRESH_GAIN: Final = _content(
    id="refresh_gain",
    name=N_("Gain of a refresh"),
    meaning=N_("How many more clicks refreshed pages get afterwards than before."),
    formula=N_("(Σ clicks in the 28 days after − Σ clicks in the 28 days before) / Σ clicks in the 28 days before"),
    expression=Ratio(Sum("content_regained", "clicks_gained"), Sum("content_regained", "clicks_before")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    definition=_GAIN,
    lower=-1,
    lag_days=31,
)
CONTENT_LEADS: Final = _content(
    id="content_leads",
    name=N_("Leads from content"),
    meaning=N_("How many leads found us through content and search."),
    formula=N_("number of leads from organic search and content"),
    expression=Sum("content_leads", "leads"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
    definition=_LEADS,
    dimensions=("source", "medium", "campaign", "segment", "owner"),
)
COST_PER_CONTENT_LEAD: Final = _content(
    id="cost_per_content_lead",
    name=N_("Cost per lead from content"),
    meaning=N_("What the content of a period cost for each lead that content brought in it."),
    formula=N_("Σ cost of the pieces / number of leads from organic search and content"),
    expression=Ratio(Sum("content_published", "cost"), Sum("content_leads", "leads")),
    unit=Unit.MONEY,
    better=Better.LOWER,
    definition=_LEADS,
    alignment=N_("The cost of a piece counts on the day it appeared, a lead on the day it came in."),
    dimensions=(),
)

KPIS: Final = (
    CONTENT_PUBLISHED,
    PILLARS_PUBLISHED,
    DERIVATIVES_PER_PILLAR,
    REFRESHED_CONTENT,
    REFRESH_GAIN,
    CONTENT_LEADS,
    COST_PER_CONTENT_LEAD,
)
