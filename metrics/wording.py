"""A KPI's values and changes as text: short for tiles, in full for tables and tooltips. Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from core import numbers
from core.errors import MissingRateError
from core.language import N_, _
from metrics.compare import Outcome
from metrics.model import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.errors import KokpitError
    from metrics.compare import Change
    from metrics.model import Kpi

UP: Final = "▲"
DOWN: Final = "▼"
LEVEL: Final = "●"
_ROUND: Final = 0.1

_WORDS: Final = {
    Outcome.BETTER: N_("improved"),
    Outcome.WORSE: N_("got worse"),
    Outcome.SAME: N_("unchanged"),
    Outcome.UNKNOWN: N_("nothing to compare with"),
}
_NEUTRAL: Final = {True: N_("higher"), False: N_("lower"), None: N_("unchanged")}


def short(kpi: Kpi, value: float | None, currency: str) -> str:
    """*value* in three significant digits with its unit."""
    return _short(kpi.unit, currency)(value)


def full(kpi: Kpi, value: float | None, currency: str) -> str:
    """*value* as exact as it is worth reading."""
    writers: dict[Unit, Callable[[float | None], str]] = {
        Unit.MONEY: partial(numbers.money, currency=currency),
        Unit.FRACTION: numbers.percent,
        Unit.HOURS: partial(numbers.duration, unit="hour", short=False),
        Unit.DAYS: partial(numbers.duration, unit="day", short=False),
    }
    return writers.get(kpi.unit, numbers.number)(value)


def moved(kpi: Kpi, change: Change, currency: str) -> str:
    """How much it changed: in percent where that means something, else the difference (of shares: in points)."""
    if change.absolute is None or change.outcome is Outcome.SAME:
        return ""
    if kpi.unit is Unit.FRACTION:
        return numbers.points(change.absolute)
    if kpi.unit in (Unit.POSITION, Unit.SCORE):
        return numbers.signed(change.absolute, numbers.number)
    if change.relative is None or abs(change.relative) > numbers.TENFOLD:
        return numbers.signed(change.absolute, _short(kpi.unit, currency))
    return numbers.signed(change.relative, lambda share: numbers.percent(share, 0 if abs(share) >= _ROUND else 1))


def why_not(error: KokpitError) -> str:
    """Why there is no value, in a few words."""
    if isinstance(error, MissingRateError) and error.currencies:
        return _("no rate for {currencies}").format(currencies=", ".join(error.currencies))
    return _("cannot be computed")


def as_read(kpi: Kpi, change: Change, currency: str) -> Change:
    """*change*, or none where the reader would read that nothing changed: what rounds to zero is no news."""
    written = moved(kpi, change, currency)
    return change if not written or numbers.says_something(written) else replace(change, outcome=Outcome.SAME)


def sign(change: Change) -> str:
    """The arrow that shows which way the number moved."""
    if change.outcome is Outcome.UNKNOWN:
        return ""
    if change.outcome is Outcome.SAME or change.rising is None:
        return LEVEL
    return UP if change.rising else DOWN


def word(change: Change) -> str:
    """Whether that is good, in a word."""
    return _(_NEUTRAL[change.rising] if change.outcome is Outcome.NEUTRAL else _WORDS[change.outcome])


def _short(unit: Unit, currency: str) -> Callable[[float | None], str]:
    writers: dict[Unit, Callable[[float | None], str]] = {
        Unit.MONEY: partial(numbers.compact_money, currency=currency),
        Unit.FRACTION: numbers.compact_percent,
        Unit.HOURS: partial(numbers.duration, unit="hour"),
        Unit.DAYS: partial(numbers.duration, unit="day"),
    }
    return writers.get(unit, numbers.compact)
