"""Named periods ("last week", "quarter to date"), counted from the last day there is data for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.language import N_
from core.period import DAY, Calendar, Grain, Period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Preset(StrEnum):
    """The periods that have a name, and the one the reader sets."""

    LAST_WEEK = "last_week"
    WEEK_TO_DATE = "week_to_date"
    LAST_4_WEEKS = "last_4_weeks"
    LAST_13_WEEKS = "last_13_weeks"
    MONTH_TO_DATE = "month_to_date"
    LAST_MONTH = "last_month"
    QUARTER_TO_DATE = "quarter_to_date"
    YEAR_TO_DATE = "year_to_date"
    LAST_12_MONTHS = "last_12_months"
    CUSTOM = "custom"


NAMES: Final[Mapping[Preset, str]] = {
    Preset.LAST_WEEK: N_("Last week"),
    Preset.WEEK_TO_DATE: N_("This week to date"),
    Preset.LAST_4_WEEKS: N_("Last 4 weeks"),
    Preset.LAST_13_WEEKS: N_("Last 13 weeks"),
    Preset.MONTH_TO_DATE: N_("This month to date"),
    Preset.LAST_MONTH: N_("Last month"),
    Preset.QUARTER_TO_DATE: N_("Quarter to date"),
    Preset.YEAR_TO_DATE: N_("Year to date"),
    Preset.LAST_12_MONTHS: N_("Last 12 months"),
    Preset.CUSTOM: N_("From – to"),
}


@dataclass(frozen=True)
class _Rule:
    """So many periods of a grain: whole ones up to the last that is over, or the one running."""

    grain: Grain
    count: int = 1
    running: bool = False


_RULES: Final[Mapping[Preset, _Rule]] = {
    Preset.LAST_WEEK: _Rule(Grain.WEEK),
    Preset.WEEK_TO_DATE: _Rule(Grain.WEEK, running=True),
    Preset.LAST_4_WEEKS: _Rule(Grain.WEEK, 4),
    Preset.LAST_13_WEEKS: _Rule(Grain.WEEK, 13),
    Preset.MONTH_TO_DATE: _Rule(Grain.MONTH, running=True),
    Preset.LAST_MONTH: _Rule(Grain.MONTH),
    Preset.QUARTER_TO_DATE: _Rule(Grain.QUARTER, running=True),
    Preset.YEAR_TO_DATE: _Rule(Grain.YEAR, running=True),
    Preset.LAST_12_MONTHS: _Rule(Grain.MONTH, 12),
}


def resolve(preset: Preset, last_day: date, calendar: Calendar) -> Period:
    """The days *preset* stands for when *last_day* is the last day of data (``custom`` gives the last week)."""
    rule = _RULES.get(preset, _RULES[Preset.LAST_WEEK])
    if rule.running:
        return Period(calendar.first_day(last_day, rule.grain), last_day)
    end = last_whole(last_day, rule.grain, calendar).end
    return back(Period(end, end), rule.grain, rule.count, calendar)


def last_whole(last_day: date, grain: Grain, calendar: Calendar) -> Period:
    """The last period of *grain* that is over on *last_day*."""
    around = calendar.around(last_day, grain)
    return around if around.end <= last_day else calendar.around(around.start - DAY, grain)


def back(period: Period, grain: Grain, count: int, calendar: Calendar) -> Period:
    """From the start of the *count*-th period of *grain* before the end of *period* (itself included) to that end."""
    start = calendar.first_day(period.end, grain)
    for _step in range(count - 1):
        start = calendar.first_day(start - DAY, grain)
    return Period(start, period.end)


def natural_grain(preset: Preset) -> Grain:
    """The grain that *preset* is counted in: one whole period of it has a name of its own."""
    return _RULES[preset].grain if preset in _RULES else Grain.DAY
