"""What moved a KPI, in words: by how much it changed, and the greatest parts of that. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import _
from core.language import sentence as worded
from metrics import wording
from metrics.model import Unit
from metrics.names import value_name

if TYPE_CHECKING:
    from metrics.drivers import Driver, Drivers
    from metrics.model import Kpi

FEW: Final = 2
SLIGHT: Final = 0.05
"""A rate or mix below this share of the part is not worth a word."""
NONE: Final = 0.005
"""A part below this share of the greatest would be read as 0."""


@dataclass(frozen=True)
class Moved:
    """A *change*, its greatest *parts* by one dimension, and all *other* ones together."""

    dimension: str
    change: float
    parts: tuple[Driver, ...]
    other: Driver | None = None

    @classmethod
    def by(cls, dimension: str, drivers: Drivers, count: int = FEW) -> Moved:
        """What is told of *drivers*: the *count* greatest."""
        return cls(dimension, drivers.change, *drivers.top(count))


def beside_usual(kpi: Kpi, moved: Moved, currency: str) -> str:
    """How far the newest period is from the average of those before the signal, and its greatest parts."""
    told = greatest(kpi, moved, currency)
    text = (
        _("{change} more than on average before that: {parts}.")
        if moved.change > 0
        else _("{change} less than on average before that: {parts}.")
    )
    change = amount(kpi, abs(moved.change), currency)
    return worded(text, change=change, parts=", ".join(told)) if told else ""


def greatest(kpi: Kpi, moved: Moved, currency: str) -> list[str]:
    """The greatest parts and the rest of the change, in words: they add up, but for what would be read as 0."""
    named = [(value_name(moved.dimension, part.segment), part) for part in moved.parts]
    named += [(_("other"), moved.other)] if moved.other else []
    least = NONE * max((abs(part.change) for part in moved.parts), default=0.0)
    return [_part(kpi, name, part, currency) for name, part in named if abs(part.change) > least]


def amount(kpi: Kpi, value: float, currency: str) -> str:
    """An amount of change without its sign, of shares in points."""
    if kpi.unit is Unit.FRACTION:
        return numbers.points(value).lstrip("+")
    return wording.short(kpi, value, currency)


def signed(kpi: Kpi, value: float, currency: str) -> str:
    """An amount of change with its sign."""
    told = numbers.signed(value, lambda v: amount(kpi, v, currency))
    # A minus sign must not end a line.
    return told[:1] + "\N{WORD JOINER}" + told[1:]


def _part(kpi: Kpi, name: str, part: Driver, currency: str) -> str:
    told = f"{name} {signed(kpi, part.change, currency)}"
    if part.rate is None or part.mix is None:
        return told
    rate, mix = (signed(kpi, each, currency) for each in (part.rate, part.mix))
    if min(abs(part.rate), abs(part.mix)) < SLIGHT * abs(part.change) or not numbers.says_something(rate + mix):
        return told
    return told + " " + _("(rate {rate}, mix {mix})").format(rate=rate, mix=mix)
