"""What KPIs and processes are called, by their ids, for whoever may not know what they are made of."""

from __future__ import annotations

from core.language import _
from metrics.catalog import CATALOGUE
from metrics.processes import PROCESSES


def kpi_names() -> dict[str, str]:
    """The name of every KPI, in the language in use."""
    return {kpi.id: _(kpi.name) for kpi in CATALOGUE.values()}


def process_names() -> dict[str, str]:
    """The name of every process that ships with Kokpit, in the language in use."""
    return {process.id: _(process.name) for process in PROCESSES.values()}
