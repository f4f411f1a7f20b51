"""KPIs in the pack: a card for each that was talked about, a line for every one, its chart with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import _
from core.period import Period
from metrics import verdict, wording
from metrics.dimensions import DIMENSION_NAMES
from metrics.names import value_name
from metrics.status import Assurance, Variation
from pack import charts
from pack.document import Card, Chart, Listing, Mark, Marks, Picture, Text, without_blanks
from pack.moved import beside_usual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metrics.figure import Point
    from pack.document import Block, Cell
    from pack.frozen import Seen
    from pack.material import Material

# Both are in every usual font, so that lines with them are as high as the others.
SIGNAL: Final = "●"
INCOMPLETE: Final = "○"
_LONGEST: Final = 80


def name(seen: Seen) -> str:
    """What the KPI is called, and the part of it that is shown."""
    return " · ".join(filter(None, (_(seen.figure.kpi.name), part(seen))))


def part(seen: Seen) -> str:
    """The part of the KPI that is shown."""
    return part_name(seen.dimension, seen.dimension_value)


def part_name(dimension: str, value: str) -> str:
    """What the part with one *value* of a *dimension* is called; nothing for the whole."""
    return f"{_(DIMENSION_NAMES.get(dimension, dimension))}: {value_name(dimension, value)}" if dimension else ""


def value(seen: Seen) -> str:
    """The value over the period."""
    if seen.figure.value is None and seen.figure.error:
        return wording.why_not(seen.figure.error)
    told = wording.short(seen.figure.kpi, seen.figure.value, seen.currency)
    return told if seen.figure.complete or seen.figure.value is None else f"{told} {INCOMPLETE}"


def moved(seen: Seen) -> str:
    """How much it changed against the period before."""
    change = wording.as_read(seen.figure.kpi, seen.figure.change, seen.currency)
    told = wording.moved(seen.figure.kpi, change, seen.currency)
    return f"{wording.sign(change)}\N{NO-BREAK SPACE}{told}" if told else ""


def marks(seen: Seen) -> Marks:
    """Where it stands, on both axes; of targets only where there is one."""
    standing = seen.figure.standing
    if seen.figure.value is None:
        # The standing is that of the newest point there is.
        return Marks((Mark("◌", _("no data in this period"), None),))
    variation, assurance = standing.status.variation, standing.status.assurance
    good = {Variation.IMPROVING: True, Variation.WORSE: False}.get(variation)
    found = [Mark(verdict.symbol(standing), _(verdict.VARIATION[variation]), good)]
    if assurance is not Assurance.NO_TARGET:
        sign, word = verdict.ASSURANCE[assurance]
        found.append(Mark(sign, _(word), {Assurance.HIT: True, Assurance.MISS: False}.get(assurance)))
    return Marks(tuple(found))


def usual(seen: Seen) -> str:
    """The limits: what the process usually does."""
    lower, _center, upper = seen.figure.standing.lines
    ends = [wording.short(seen.figure.kpi, end, seen.currency) for end in (lower, upper) if end is not None]
    if len(ends) == len((lower, upper)):
        return " – ".join(ends)
    return ("≥ " if upper is None else "≤ ") + ends[0] if ends else ""


def target(seen: Seen) -> str:
    """The target in force."""
    return verdict.target(seen.figure.standing, seen.currency)


def chart(material: Material, seen: Seen, *, wide: bool) -> Chart:
    """The chart of *seen*, with every number on it."""
    concerned = [Period(event.starts_on, event.ends_on) for event in material.concerning(seen)]
    series = seen.figure.series
    names = numbers.ticks([point.period for point in series], seen.grain, seen.calendar)
    rows = tuple(
        (label, _written(seen, point, rules))
        for label, point, rules in zip(names, series, seen.figure.standing.flags, strict=True)
    )
    listing = Listing((_("Period"), _("Value")), rows, (0, 0), right=(1,))
    return Chart(Picture(charts.chart(seen, concerned, charts.WIDE if wide else charts.HALF), _told(seen)), listing)


def _written(seen: Seen, point: Point, rules: tuple[str, ...]) -> str:
    told = wording.full(seen.figure.kpi, point.value, seen.currency)
    mark = SIGNAL if rules else "" if point.complete or point.value is None else INCOMPLETE
    return f"{told} {mark}".rstrip()


def _told(seen: Seen) -> str:
    """What the chart shows, for those who do not see it."""
    known = [point for point in seen.figure.series if point.value is not None]
    if not known:
        return _("{kpi}: {reason}").format(kpi=name(seen), reason=_("no data"))
    first, last = known[0], known[-1]
    return _("{kpi}: {first} in {start}, {last} in {end}").format(
        kpi=name(seen),
        first=wording.short(seen.figure.kpi, first.value, seen.currency),
        start=numbers.days(first.period),
        last=wording.short(seen.figure.kpi, last.value, seen.currency),
        end=numbers.days(last.period),
    )


def legend(seen: Seen) -> str:
    """The chart's lines and signs in words."""
    told = [_("usual range: {ends}").format(ends=usual(seen))] if usual(seen) else []
    if target(seen):
        told.append(_("target: {target}").format(target=target(seen)))
    if any(seen.figure.standing.flags):
        told.append(f"{SIGNAL} {_('signal')}")
    if any(not point.complete and point.value is not None for point in seen.figure.series):
        told.append(f"{INCOMPLETE} {_('incomplete')}")
    return " · ".join(told)


def flags(material: Material, seen: Seen) -> str:
    """The events on the chart by their numbers there; long names stand whole in the list of all events."""
    told = []
    for number, event in enumerate(material.concerning(seen), 1):
        called = event.name if len(event.name) <= _LONGEST else event.name[:_LONGEST].rstrip() + " …"
        when = numbers.days(Period(event.starts_on, event.ends_on), year=False)
        told.append(f"{number}\N{NO-BREAK SPACE}{called} ({when})")
    return " · ".join(told)


def said(seen: Seen) -> tuple[Text, ...]:
    """What the series says: signal or noise, what moved it, and whether the target will be met."""
    standing = seen.figure.standing
    by = beside_usual(seen.figure.kpi, seen.moved, seen.currency) if seen.moved else ""
    told = (verdict.sentence(standing), by, verdict.promise(standing, seen.currency, seen.grain))
    return tuple(Text(each) for each in told if each)


def card(material: Material, seen: Seen, blocks: Iterable[Block] = (), *, wide: bool = False) -> Card:
    """The card of *seen*: its chart and numbers, then *blocks*."""
    process = seen.figure.kpi.process
    about = " · ".join(filter(None, (material.process(process), material.owner(process))))
    below = filter(None, (flags(material, seen), legend(seen)))
    return Card(
        title=name(seen),
        about=about if wide else "",
        value=value(seen),
        change=moved(seen),
        marks=marks(seen),
        good=seen.figure.standing.good,
        blocks=(
            *(said(seen) if wide else ()),
            chart(material, seen, wide=wide),
            *(Text(told, quiet=True) for told in below),
            *blocks,
        ),
        wide=wide,
    )


def listing(seen: Iterable[Seen]) -> Listing:
    """A line for each KPI."""
    headings = (_("KPI"), _("Value"), _("Change"), _("Course"), _("Status"), _("Target"), _("Usual range"))
    rows = tuple(_line(each) for each in seen)
    return without_blanks(Listing(headings, rows, (2.25, 0.95, 1.2, 1.1, 1.6, 0.9, 1.6), right=(1, 2, 5, 6)))


def _line(seen: Seen) -> tuple[Cell, ...]:
    course = Picture(charts.sparkline(seen))
    return name(seen), value(seen), moved(seen), course, marks(seen), target(seen), usual(seen)


def definitions(material: Material) -> Listing:
    """What every KPI means, how it is computed, and how far its data is final."""
    rows: dict[str, tuple[Cell, ...]] = {}
    for each in material.seen:
        kpi = each.figure.kpi
        known = numbers.day(each.figure.known_to, year=True)
        meaning = " ".join(filter(None, (_(kpi.meaning), _(kpi.definition))))
        rows.setdefault(kpi.id, (_(kpi.name), meaning, _(kpi.formula), known))
    headings = (_("KPI"), _("Meaning"), _("Formula"), _("Final to"))
    return Listing(headings, tuple(rows.values()), (1.5, 3.6, 1.7, 0.9))
