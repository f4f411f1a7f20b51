"""What KPIs, processes and parts are called, by their ids, for whoever may not know what they are made of."""

from __future__ import annotations

from core.language import _
from metrics.catalog import CATALOGUE
from metrics.dimensions import CHANNEL_NAMES, NOT_NAMED, PLATFORM_NAMES
from metrics.processes import PROCESSES


def kpi_names() -> dict[str, str]:
    """The name of every KPI, in the language in use."""
    return {kpi.id: _(kpi.name) for kpi in CATALOGUE.values()}


def process_names() -> dict[str, str]:
    """The name of every process that ships with Kokpit, in the language in use."""
    return {process.id: _(process.name) for process in PROCESSES.values()}


def value_name(dimension: str, value: str | None) -> str:
    """What a *value* of *dimension* is called; that of rows without one, too."""
    if not value:
        return _(NOT_NAMED)
    if dimension == "channel" and value in CHANNEL_NAMES:
        return _(CHANNEL_NAMES[value])
    if dimension == "process":
        return process_names().get(value, value)
    return PLATFORM_NAMES.get(value, value) if dimension == "platform" else value
