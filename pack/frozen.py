"""A figure as the journal keeps it when a review closes, and back: all that it takes to show it again. Pure.

Texts of a KPI are kept in English, as the catalogue has them, so that each reader is told in their own language.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.errors import KokpitError
from core.numbers import CALENDAR
from core.period import Calendar, Grain, Period
from journal.operations.reviews import Shown
from metrics.cautions import Concern
from metrics.compare import Change, Outcome, change
from metrics.drivers import Driver
from metrics.figure import Figure, Point
from metrics.model import Better, Is, Kpi, Sum, Unit
from metrics.signals import Limits, Rules
from metrics.standing import Standing, lasts
from metrics.status import Assurance, Goal, Status, Variation
from pack.moved import Moved

if TYPE_CHECKING:
    from collections.abc import Mapping


_LIMITS: Final = {field.name for field in fields(Limits)}
_TEXTS: Final = ("name", "meaning", "process", "formula")


@dataclass(frozen=True)
class Seen:
    """A figure as the review saw it: over *period*, its series by *grain*, of the whole or of one part.

    *late* are the sources that its numbers were late from, *calendar* says when years start, *owner* who answered for
    it and *moved* what it changed by, where those were kept.
    """

    figure: Figure
    period: Period | None = None
    grain: Grain = Grain.WEEK
    currency: str = "EUR"
    dimension: str = ""
    dimension_value: str = ""
    late: tuple[str, ...] = ()
    calendar: Calendar = CALENDAR
    owner: str | None = None
    moved: Moved | None = None


def frozen(seen: Seen) -> Shown:
    """What closing a review keeps of *seen*."""
    figure, kpi, standing = seen.figure, seen.figure.kpi, seen.figure.standing
    return Shown(
        kpi=kpi.id,
        dimension=seen.dimension,
        dimension_value=seen.dimension_value,
        values=[
            {
                **_days(point.period),
                "value": point.value,
                "complete": point.complete,
                "flags": list(flags),
                "target": asdict(goal) if goal else {},
            }
            for point, flags, goal in zip(figure.series, standing.flags, standing.goals, strict=True)
        ],
        limits={**asdict(standing.limits), "held_from": standing.held_from} if standing.limits else {},
        definition=kpi.definition,
        facts={
            **{name: getattr(kpi, name) for name in _TEXTS},
            "unit": kpi.unit.value,
            "better": kpi.better.value,
            "lower": kpi.lower,
            "upper": kpi.upper,
            "grain": seen.grain.value,
            "currency": seen.currency,
            "calendar": asdict(seen.calendar),
            "owner": seen.owner,
        },
        target=asdict(standing.goal) if standing.goal else {},
        freshness={
            "known_to": figure.known_to.isoformat() if figure.known_to else None,
            "late": list(seen.late),
            "concerns": [concern.value for concern in figure.concerns],
        },
        status={**_status(figure, seen.period), "parts": asdict(seen.moved) if seen.moved else None},
    )


def _status(figure: Figure, period: Period | None) -> dict[str, Any]:
    standing = figure.standing
    return {
        "variation": standing.status.variation.value,
        "assurance": standing.status.assurance.value,
        "met": standing.status.met,
        "periods": standing.status.periods,
        "judged": standing.status.judged,
        "moved": standing.moved,
        "rules": standing.rules.value,
        "rising": standing.rising,
        "since": _days(standing.since) if standing.since else None,
        **(_days(period) if period else {}),
        "value": figure.value,
        "complete": figure.complete,
        "base": figure.base,
        "change": {**asdict(figure.change), "outcome": figure.change.outcome.value},
        "compared": [_days(each) for each in figure.compared] if figure.compared else None,
        "error": figure.error.message if figure.error else "",
        "cases": figure.cases,
    }


def thawed(kpi: str, shown: Mapping[str, Any], dimension: str = "", dimension_value: str = "") -> Seen:
    """The figure of *kpi* as a closed review *shown* it; what was not kept is left out."""
    facts, status, freshness = (shown.get(name) or {} for name in ("facts", "status", "freshness"))
    measured = _kpi(kpi, shown.get("definition") or "", facts)
    series = tuple(Point(_period(each), each.get("value"), each.get("complete", True)) for each in _values(shown))
    last = series[-1] if series else None
    value = status.get("value", last.value if last else None)
    error, compared = status.get("error"), status.get("compared")
    figure = Figure(
        kpi=measured,
        value=value,
        complete=status.get("complete", True),
        known_to=_day(freshness.get("known_to")),
        change=_change(measured, value, status),
        base=status.get("base"),
        compared=(_period(compared[0]), _period(compared[1])) if compared else None,
        series=series,
        standing=replace(_standing(measured, shown, status), ended=not lasts(series)),
        error=KokpitError(error) if error else None,
        concerns=tuple(Concern(each) for each in freshness.get("concerns", ())),
        cases=status.get("cases"),
    )
    return Seen(
        figure,
        period=_period(status) if "period_start" in status else (last.period if last else None),
        grain=Grain(facts.get("grain", Grain.WEEK)),
        currency=facts.get("currency", "EUR"),
        dimension=dimension,
        dimension_value=dimension_value,
        late=tuple(freshness.get("late", ())),
        calendar=Calendar(**facts.get("calendar", {})),
        owner=facts.get("owner"),
        moved=_moved(status.get("parts")),
    )


def _change(kpi: Kpi, value: float | None, status: Mapping[str, Any]) -> Change:
    """The change that was shown. Before it was kept, it can be told only where all of the period was compared."""
    kept = status.get("change")
    if kept:
        return Change(kept["absolute"], kept["relative"], Outcome(kept["outcome"]))
    return change(kpi, value, None if status.get("compared") else status.get("base"))


def _moved(kept: Mapping[str, Any] | None) -> Moved | None:
    if not kept:
        return None
    parts, other = tuple(Driver(**each) for each in kept["parts"]), kept["other"]
    return Moved(kept["dimension"], kept["change"], parts, Driver(**other) if other else None)


def _kpi(name: str, definition: str, facts: Mapping[str, Any]) -> Kpi:
    return Kpi(
        id=name,
        name=facts.get("name") or name,
        meaning=facts.get("meaning", ""),
        process=facts.get("process", ""),
        formula=facts.get("formula", ""),
        # What was frozen is shown, never computed again.
        expression=Sum("own_values", "numerator", (Is("kpi", (name,)),)),
        unit=Unit(facts.get("unit", Unit.COUNT)),
        better=Better(facts.get("better", Better.NEITHER)),
        dimensions=(),
        definition=definition,
        lower=facts.get("lower"),
        upper=facts.get("upper"),
    )


def _standing(kpi: Kpi, shown: Mapping[str, Any], status: Mapping[str, Any]) -> Standing:
    held = dict(shown.get("limits") or {})
    held_from = held.pop("held_from", 0)
    assurance = status.get("assurance", Assurance.NO_TARGET)
    variation = status.get("variation", Variation.NO_DATA)
    periods = status.get("periods", 0)
    # What was kept before each period had a target of its own was judged by the newest.
    judged = status.get("judged", periods)
    return Standing(
        kpi,
        limits=Limits(**held) if held.keys() >= _LIMITS else None,
        flags=tuple(tuple(each.get("flags", ())) for each in _values(shown)),
        status=Status(Variation(variation), Assurance(assurance), status.get("met", 0), periods, judged),
        goal=_goal(shown),
        since=_period(status["since"]) if status.get("since") else None,
        rising=status.get("rising"),
        held_from=held_from,
        grain=Grain((shown.get("facts") or {}).get("grain", Grain.WEEK)),
        goals=tuple(_goal(each if "target" in each else shown) for each in _values(shown)),
        moved=status.get("moved", False),
        rules=Rules(status.get("rules", Rules.WHEELER)),
    )


def _goal(kept: Mapping[str, Any]) -> Goal | None:
    return Goal(**kept["target"]) if kept.get("target") else None


def _values(shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    return shown.get("values") or []


def _days(period: Period) -> dict[str, Any]:
    return {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}


def _period(days: Mapping[str, Any]) -> Period:
    return Period(date.fromisoformat(days["period_start"]), date.fromisoformat(days["period_end"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
