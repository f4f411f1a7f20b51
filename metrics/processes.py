"""The processes that KPIs belong to. The plan's table ``processes`` renames, owns and orders them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.language import N_


@dataclass(frozen=True)
class Process:
    """Repeatable work with a customer and a result. *headline* are the handful of KPIs shown first."""

    id: str
    name: str
    purpose: str
    headline: tuple[str, ...]
    parent: str | None = None


PAID_ACQUISITION: Final = Process(
    id="paid_acquisition",
    name=N_("Paid acquisition"),
    purpose=N_("Win customers through paid advertising, for less than they are worth."),
    headline=("spend", "clicks", "conversions", "cost_per_conversion", "conversion_rate", "roas"),
)
ORGANIC_CONTENT: Final = Process(
    id="organic_content",
    name=N_("Content and search"),
    purpose=N_("Be found by people who search for what we know and do."),
    headline=("organic_clicks", "organic_impressions", "organic_ctr", "average_position", "query_coverage"),
)

PROCESSES: Final = {process.id: process for process in (PAID_ACQUISITION, ORGANIC_CONTENT)}
