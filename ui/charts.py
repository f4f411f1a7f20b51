"""Charts as Vega-Lite specs, authored in Altair. Pure: what is drawn comes as data; a spec depends on little.

Colours are Streamlit's own palette, so that a chart follows the theme; grey is for what stands behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt

from core import numbers
from core.language import _, current_locale
from metrics.model import Unit
from ui.theme import BLUE, CHART_HEIGHT, GREY, MIDDLE_GREY, ORANGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from metrics.model import Kpi

LARGE: Final = 10_000
_SIZES: Final = (10**3, 10**6, 10**9)
_SAMPLE: Final = 5
_TIMES: Final = {Unit.HOURS: "hour", Unit.DAYS: "day"}
_AXIS_FONT: Final = 14
EVERY_SO_MANY: Final = (
    "(length(domain('x')) - 1 - round(datum.index * (length(domain('x')) - 1)))"
    " % ceil((length(join(domain('x'), '')) / length(domain('x')) * 7 + 10) * length(domain('x')) / width)"
    " ? '' : datum.label"
)
"""Vega's words for: a label where, counted from the newest, those of a usual length have room."""
_END: Final = {"strokeWidth": 1.5, "strokeDash": [2, 4], "color": MIDDLE_GREY}
_GOAL: Final = {"strokeWidth": 2, "strokeDash": [10, 5], "color": BLUE.light, "interpolate": "step"}
_LINES: Final[dict[str, dict[str, Any]]] = {
    "lower": _END,
    "upper": _END,
    "center": {"strokeWidth": 1, "color": MIDDLE_GREY, "opacity": 0.7},
    "goal": _GOAL,
    "goal_low": _GOAL,
    "goal_high": _GOAL,
}
_LONE: Final[dict[str, Any]] = {"thickness": 3, "size": 24, "color": BLUE.light}
"""A target that held for one period only: a line needs two."""
LONE: Final = "lone"


RINGS: Final = {True: BLUE.light, False: ORANGE.light, None: GREY.light}
"""The colour of a signal that is good, bad, or neither."""
LONE_VALUE: Final = "domain('y')[0] == domain('y')[1]"
"""Whether an axis has no round steps, but stands at the only value there is."""
FLAGS: Final = "flags"
"""Named among the lines of a chart that events are drawn on."""
ANEW: Final = "anew"
"""Named among the lines of a chart whose limits begin anew somewhere."""


class Look(NamedTuple):
    """What a KPI chart's spec depends on."""

    unit: Unit
    currency: str
    name: str
    before: str
    lines: frozenset[str]
    large: bool
    flat: bool
    language: str


def look(kpi: Kpi, currency: str, before: str, drawn: Collection[float], lines: Iterable[str] = ()) -> Look:
    """The look of *kpi*'s chart, whose faint series is called *before* ("" for none), with the level *lines* named.

    Where all of *drawn* is one number, the axis begins at zero: alone it would be a tick with all its digits.
    """
    shown, large = currency if kpi.is_money else "", max(map(abs, drawn), default=0) >= LARGE
    flat = len(set(drawn)) == 1
    return Look(kpi.unit, shown, _(kpi.name), before, frozenset(lines), large, flat, str(current_locale()))


def spec(wanted: Look) -> dict[str, Any]:
    """The chart of one KPI: its line, what is incomplete dashed and hollow, the comparison faint behind it.

    Data: a row for each period with *period* (its label), *value* (complete ones), *open* (the line to the incomplete
    ones), *hollow* (the incomplete ones), *before*, *lower*, *center* and *upper* (the limits), *goal*, *goal_low* and
    *goal_high* (the target; *lone_goal* … one between periods without), *signal* (the values that are signals) with
    *ring* (their colour), *flag* (the numbers of events), *anew* (a word where limits begin anew), and the texts of
    the tooltip.
    """
    reverse = wanted.unit is Unit.POSITION
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=wanted.flat, nice=True, reverse=reverse))
    base = alt.Chart().encode(x=_periods())
    layers = _before(base) if wanted.before else []
    layers += _levels(base, wanted.lines)
    layers += [
        base.mark_line(strokeWidth=3).encode(y=y),
        base.mark_line(strokeWidth=3, strokeDash=[5, 4]).encode(y="open:Q"),
    ]
    # These are about some periods only, which would come first: they stand in the order in which layers name them.
    layers += _lone(base, wanted.lines)
    layers += _flags(base) if FLAGS in wanted.lines else []
    layers += _anew(base) if ANEW in wanted.lines else []
    layers += [
        base.mark_point(size=60, filled=True, opacity=1).encode(y="value:Q"),
        base.mark_point(size=110, filled=False, strokeWidth=2.5, opacity=1).encode(y="hollow:Q"),
        base.mark_bar(opacity=0).encode(y=alt.value(0), y2=alt.value("height"), tooltip=_tooltip(wanted)),
    ]
    chart = alt.layer(*layers).properties(height=CHART_HEIGHT)
    chart = chart.configure_axisY(title=None, **_labels(wanted), tickCount=5, grid=True)
    return _finished(chart)


class Lines(NamedTuple):
    """What the spec of a chart of several lines depends on, with the name and colour of each line."""

    unit: Unit
    currency: str
    title: str
    colours: tuple[tuple[str, str], ...]
    large: bool
    language: str


def lines_spec(wanted: Lines) -> dict[str, Any]:
    """The chart of one KPI with a line for each of a few values, in its own colour; what is incomplete is dashed.

    Data: a row for each period and line with *period*, *line* (its name), *value*, *open* and *hollow* as in `spec`,
    and the texts of the tooltip.
    """
    colour = alt.Color(
        "line:N",
        legend=None,
        scale=alt.Scale(domain=[name for name, _c in wanted.colours], range=[c for _name, c in wanted.colours]),
    )
    reverse = wanted.unit is Unit.POSITION
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=not reverse, nice=True, reverse=reverse))
    base = alt.Chart().encode(x=_periods(), color=colour)
    tooltip = [
        alt.Tooltip("named:N", title=_("Period")),
        alt.Tooltip("line:N", title=" "),
        alt.Tooltip("told:N", title=wanted.title),
    ]
    layers = [
        base.mark_line(strokeWidth=3).encode(y=y),
        base.mark_line(strokeWidth=3, strokeDash=[5, 4]).encode(y="open:Q"),
        base.mark_point(size=45, filled=True, opacity=1).encode(y="value:Q", tooltip=tooltip),
        base.mark_point(size=90, filled=False, strokeWidth=2.5, opacity=1).encode(y="hollow:Q", tooltip=tooltip),
    ]
    chart = alt.layer(*layers).properties(height=CHART_HEIGHT)
    chart = chart.configure_axisY(title=None, **_labels(wanted), tickCount=5, grid=True)
    return _finished(chart)


def _periods() -> alt.X:
    """The periods from left to right; as many of them named as can be told apart, the newest and every so many."""
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelExpr=EVERY_SO_MANY, labelFlush=False, labelPadding=8)
    return alt.X("period:N", sort=None, title=None, axis=axis)


def _finished(chart: alt.LayerChart) -> dict[str, Any]:
    """*chart* as a spec in the look of all charts."""
    chart = chart.configure_axis(labelFontSize=_AXIS_FONT, titleFontSize=_AXIS_FONT, domain=False, ticks=False)
    made: dict[str, Any] = _without_data(chart.configure_view(stroke=None).to_dict())
    # In the embedding's options, Streamlit passes a number format over.
    made["config"]["locale"] = {"number": _format_locale()}
    made["usermeta"] = {"embedOptions": {"actions": False}}
    return made


def _without_data(part: Any) -> Any:  # noqa: ANN401 - any piece of JSON
    """*part* of a spec without the data that Altair puts in where none was given: Streamlit brings the rows."""
    if isinstance(part, dict):
        return {name: _without_data(value) for name, value in part.items() if name not in {"data", "datasets"}}
    return [_without_data(value) for value in part] if isinstance(part, list) else part


def _before(base: alt.Chart) -> list[alt.Chart]:
    return [base.mark_line(strokeWidth=2, color=MIDDLE_GREY, opacity=0.55).encode(y="before:Q")]


def _levels(base: alt.Chart, lines: frozenset[str]) -> list[alt.Chart]:
    """The limits dotted, the centre thin, the target in long dashes, a ring around each signal."""
    layers = [base.mark_line(**_LINES[name]).encode(y=f"{name}:Q") for name in _LINES if name in lines]
    if "center" in lines:
        ring = base.mark_point(size=330, filled=False, strokeWidth=3, opacity=1)
        layers.append(ring.encode(y="signal:Q", color=alt.Color("ring:N", scale=None, legend=None)))
    return layers


def _lone(base: alt.Chart, lines: frozenset[str]) -> list[alt.Chart]:
    """A dash for a target of one period, since a line needs two."""
    return [base.mark_tick(**_LONE).encode(y=f"{name}:Q") for name in sorted(lines) if name.startswith(LONE)]


def _flags(base: alt.Chart) -> list[alt.Chart]:
    """A thin line where something happened, its number at the top."""
    there = base.transform_filter("isValid(datum.flag)")
    number = there.mark_text(fontSize=_AXIS_FONT, fontWeight="bold", color=MIDDLE_GREY, dx=4, align="left")
    return [
        there.mark_rule(strokeWidth=1.5, strokeDash=[3, 3], color=MIDDLE_GREY),
        number.encode(text="flag:N", y=alt.value(4)),
    ]


def _anew(base: alt.Chart) -> list[alt.Chart]:
    """A line where the limits begin anew, and the word for it at its foot."""
    there = base.transform_filter("isValid(datum.anew)")
    word = there.mark_text(fontSize=_AXIS_FONT, color=MIDDLE_GREY, dx=-6, dy=-8, align="right")
    return [
        there.mark_rule(strokeWidth=2, color=MIDDLE_GREY),
        word.encode(text="anew:N", y=alt.value("height")),
    ]


def _tooltip(wanted: Look) -> list[alt.Tooltip]:
    rows = [alt.Tooltip("named:N", title=_("Period")), alt.Tooltip("told:N", title=wanted.name)]
    if wanted.before:
        rows.append(alt.Tooltip("told_before:N", title=wanted.before))
    return [*rows, alt.Tooltip("note:N", title=_("Note"))]


def _labels(wanted: Look | Lines) -> dict[str, Any]:
    """How the axis writes its values: as the tiles do, with the unit, in the reader's language."""
    if wanted.unit is Unit.FRACTION:
        return {"labelExpr": f"format(datum.value, {LONE_VALUE} ? '.3~p' : '~%')"}
    whole = {"tickMinStep": 1} if wanted.unit is Unit.COUNT else {}
    told = _label(1, wanted)
    if unit := _TIMES.get(wanted.unit):
        told = f"abs(datum.value) == 1 ? '{numbers.duration(1, unit)}' : {told}"
    for size in _SIZES if wanted.large else ():
        told = f"abs(datum.value) >= {size} ? {_label(size, wanted)} : {told}"
    return whole | {"labelExpr": f"(datum.value < 0 ? '{numbers.MINUS}' : '') + ({told})"}


def _label(size: int, wanted: Look | Lines) -> str:
    """An expression for the value in units of *size*: what stands around one digit stands around every number."""
    sample = _SAMPLE * size
    if unit := _TIMES.get(wanted.unit):
        written = numbers.duration(sample, unit)
    elif wanted.unit is Unit.MONEY:
        written = numbers.compact_money(sample, wanted.currency, pad=False)
    else:
        written = numbers.compact(sample)
    before, _digit, after = written.partition(str(_SAMPLE))
    return f"'{before}' + format(abs(datum.value) / {size}, {LONE_VALUE} ? ',.3~r' : ',~r') + '{after}'"


def _format_locale() -> dict[str, Any]:
    symbols = current_locale().number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
        "percent": current_locale().percent_formats[None].pattern.replace("#,##0", ""),
    }
