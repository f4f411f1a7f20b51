"""What KPIs, processes and parts are called, by their ids, for whoever may not know what they are made of."""

from __future__ import annotations

from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.language import _
from metrics.catalog import CATALOGUE
from metrics.dimensions import CHANNEL_NAMES, NAMED_VALUES, NOT_FROM_ADS, NOT_NAMED, PLATFORM_NAMES, VALUE_NAMES
from metrics.model import Unit
from metrics.processes import PROCESSES

if TYPE_CHECKING:
    from collections.abc import Mapping

_planned: ContextVar[Mapping[str, str]] = ContextVar("planned", default=MappingProxyType({}))


def kpi_names() -> dict[str, str]:
    """The name of every KPI, in the language in use."""
    return {kpi.id: _(kpi.name) for kpi in CATALOGUE.values()}


def never_negative() -> frozenset[str]:
    """The KPIs that are 0 or more by their nature."""
    return frozenset(kpi.id for kpi in CATALOGUE.values() if kpi.lower is not None and kpi.lower >= 0)


def shares() -> frozenset[str]:
    """The KPIs that tell a part of a whole."""
    return frozenset(k.id for k in CATALOGUE.values() if k.unit is Unit.FRACTION and k.lower == 0)


def process_names() -> dict[str, str]:
    """The name of every process that ships with Kokpit, in the language in use."""
    return {process.id: _(process.name) for process in PROCESSES.values()}


def use_processes(planned: Mapping[str, str]) -> None:
    """From here on, processes are called as the *planned* names of whoever reads say."""
    _planned.set(planned)


def value_name(dimension: str, value: str | None) -> str:
    """What a *value* of *dimension* is called; that of rows without one, too."""
    if not value:
        return _(NOT_FROM_ADS if dimension == "platform" else NOT_NAMED)
    if dimension == "channel":
        return _(CHANNEL_NAMES[value]) if value in CHANNEL_NAMES else _written_out(value)
    if dimension == "process":
        return _planned.get().get(value) or process_names().get(value, value)
    if dimension in NAMED_VALUES and value in VALUE_NAMES:
        return _(VALUE_NAMES[value])
    return PLATFORM_NAMES.get(value, value) if dimension == "platform" else value


def _written_out(word: str) -> str:
    """A team's own *word* as it wrote it; one that a machine wrote (``account_management``) as people would."""
    if "_" not in word or " " in word or not word.islower():
        return word
    plain = word.replace("_", " ")
    return plain[:1].upper() + plain[1:]
