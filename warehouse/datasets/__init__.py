"""The contract of every canonical table. One more dataset is one more declaration in one of these modules."""

from __future__ import annotations

from typing import Final

from warehouse.datasets.advertising import AD_PERFORMANCE, SEARCH_TERMS
from warehouse.datasets.content import CONTENT_ITEMS, MAILINGS, NEWS_RELEASES, SURVEY_ANSWERS
from warehouse.datasets.directory import (
    ACCESSES,
    HOLIDAYS,
    LINKS,
    ONBOARDING,
    PARTNERS,
    PROCEDURES,
    WORKING_HOURS,
)
from warehouse.datasets.log import LOADS, REJECTS
from warehouse.datasets.plan import (
    BRAND_TERMS,
    BUDGET_LINES,
    CUSTOM_KPIS,
    EXCHANGE_RATES,
    PEOPLE,
    PROCESSES,
    PROJECTS,
    SCORECARDS,
    TARGETS,
)
from warehouse.datasets.sales import CUSTOMERS, DEALS, LEADS, ORDERS
from warehouse.datasets.search import KEYWORD_RANKS, SEARCH_PERFORMANCE, SEARCH_TOTALS, WEB_TRAFFIC
from warehouse.datasets.work import EXPENSES, KPI_VALUES, REQUESTS, TASKS

FACTS: Final = (
    AD_PERFORMANCE,
    SEARCH_TERMS,
    SEARCH_TOTALS,
    SEARCH_PERFORMANCE,
    KEYWORD_RANKS,
    WEB_TRAFFIC,
    LEADS,
    DEALS,
    CUSTOMERS,
    ORDERS,
    CONTENT_ITEMS,
    NEWS_RELEASES,
    SURVEY_ANSWERS,
    REQUESTS,
    TASKS,
    EXPENSES,
    MAILINGS,
    KPI_VALUES,
)
PLAN: Final = (
    PROCESSES,
    PEOPLE,
    TARGETS,
    CUSTOM_KPIS,
    PROJECTS,
    BUDGET_LINES,
    EXCHANGE_RATES,
    SCORECARDS,
    BRAND_TERMS,
    LINKS,
    ACCESSES,
    PARTNERS,
    PROCEDURES,
    ONBOARDING,
    HOLIDAYS,
    WORKING_HOURS,
)
LOG: Final = (LOADS, REJECTS)
DATASETS: Final = {dataset.name: dataset for dataset in (*FACTS, *PLAN, *LOG)}

__all__ = [
    "AD_PERFORMANCE",
    "DATASETS",
    "EXCHANGE_RATES",
    "FACTS",
    "LOADS",
    "LOG",
    "PEOPLE",
    "PLAN",
    "PROCESSES",
    "REJECTS",
    "SEARCH_PERFORMANCE",
    "SEARCH_TERMS",
    "SEARCH_TOTALS",
]
