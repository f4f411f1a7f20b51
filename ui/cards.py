"""KPI tiles and process rows as HTML. Pure: what a figure says, said by symbol, by colour and in words."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from core import numbers
from core.language import N_, _, ngettext, sentence
from metrics import importance
from metrics.cautions import Concern
from metrics.compare import Comparison
from metrics.status import Variation
from ui import links, names, sparkline, values, variation
from ui.pages import DEFINITIONS, PROCESS
from ui.theme import TONES
from warehouse.datasets import PLAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from metrics.figure import Figure, Point
    from metrics.model import Kpi
    from ui.department import Team
    from ui.screen import Screen

_NUMBER: Final = re.compile(r"(\D*?)(−?\d[\d.,]*)(.*)", re.DOTALL)
_CONCERNS: Final = {
    Concern.CURRENCY_UNKNOWN: N_("currency assumed"),
    Concern.CONTROL_DIFFERS: N_("totals differ"),
    Concern.MEASURE_UNKNOWN: N_("partial"),
    Concern.PERIODS_LEFT_OUT: N_("rows left out"),
    Concern.SITES_OVERLAP: N_("counted twice"),
    Concern.PART_UNKNOWN: N_("blank cells"),
    Concern.DAYS_BRIDGED: N_("days without rows"),
    Concern.DAYS_LOST: N_("days lost"),
}
# Exports that come by the month or quarter always cross the border of some week, a quiet account has days without
# rows, and some tools leave a cell empty where nothing happened: that is no news.
QUIET: Final = frozenset({Concern.PERIODS_LEFT_OUT, Concern.PART_UNKNOWN, Concern.DAYS_BRIDGED})
SPARK: Final = 13
"""How many periods a sparkline shows."""


def tile(screen: Screen, figure: Figure, *, current: bool = False, told: Collection[str] = ()) -> str:
    """One KPI: name, value, change, where it stands, sparkline; a link to its process's page, one to what it means.

    *told* are the filters that it does not have, and that its row tells already.
    """
    kpi, currency = figure.kpi, screen.configuration.currency
    inner = (
        f'<span class="kk-name">{escape(_(kpi.name))}</span>'
        f'<span class="kk-value" title="{escape(values.full(kpi, figure.value, currency))}">'
        f"{with_small_unit(values.short(kpi, figure.value, currency))}</span>"
        f"{change(screen, figure)}{stands(figure)}{_why(figure)}{spark(screen, figure)}"
        f"{state(screen, figure)}{unfiltered(screen, kpi, told)}"
    )
    main = links.anchor(
        address(screen, kpi),
        inner,
        css=f"kk-tile {variation.tone(figure.standing)}",
        attributes='aria-current="true"' if current else "",
    )
    return explained(screen, kpi, main)


def explained(screen: Screen, kpi: Kpi, inner: str) -> str:
    """The HTML *inner* of *kpi*, with the way to its definition in the corner."""
    return f'<div class="kk-slot">{inner}{defined(screen, kpi)}</div>'


def defined(screen: Screen, kpi: Kpi) -> str:
    """The way to the definition of *kpi*."""
    told = escape(_("Definition: {name}").format(name=_(kpi.name)))
    there = links.href(DEFINITIONS, screen.view.shared().having(kpi=kpi.id))
    return links.anchor(there, "?", css="kk-what", attributes=f'title="{told}" aria-label="{told}"')


def address(screen: Screen, kpi: Kpi) -> str:
    """Where the KPI is looked at: on its process's page, under the same choices."""
    return links.href(PROCESS, screen.view.having(process=kpi.process, kpi=kpi.id, split=""))


def stands(figure: Figure) -> str:
    """Signal or noise, and whether the target will be met; nothing where there is nothing to say it of."""
    if figure.value is None:
        return ""
    return f'<span class="kk-words">{variation.words(figure.standing)}</span>'


def _why(figure: Figure) -> str:
    """What makes it a signal, where the change beside it does not tell: nothing moved, or the other way."""
    standing, moved = figure.standing, figure.change.absolute
    unmoved = moved is not None and (moved == 0 or (moved > 0) != standing.rising)
    if not standing.is_signal or not unmoved:
        return ""
    return f'<span class="kk-state kk-why">{escape(standing.named(standing.newest[:1]))}</span>'


def with_small_unit(text: str) -> str:
    """*text* as HTML, everything but its digits small: €9.45K, 93,8 тыс. €."""
    parts = _NUMBER.fullmatch(text)
    return _small(parts[1]) + escape(parts[2]) + _small(parts[3]) if parts else escape(text)


def _small(text: str) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def change(screen: Screen, figure: Figure) -> str:
    """The change: which way it moved, and by how much. Whether that is news, the limits tell, not the change."""
    if screen.view.comparison is Comparison.NONE or figure.value is None or figure.change.absolute is None:
        return ""
    moved = values.moved(figure.kpi, figure.change, screen.configuration.currency)
    sign = values.sign(figure.change)
    told = moved or values.word(figure.change)
    mark = f'<b aria-hidden="true">{sign}</b> ' if sign and moved else ""
    return f'<span class="kk-change">{mark}<span>{escape(told)}</span></span>'


def spark(screen: Screen, figure: Figure) -> str:
    """The sparkline, with what it shows in words for those who do not see it."""
    series = figure.series[-SPARK:]
    known = drawn(series)
    if not any(value is not None for value in known):
        return '<span class="kk-spark"></span>'
    lower, _center, upper = figure.standing.lines
    band = (lower, upper) if figure.standing.limits else None
    source = sparkline.picture(known, TONES[variation.tone(figure.standing)], complete=series[-1].complete, band=band)
    return f'<img class="kk-spark" src="{source}" alt="{escape(_described(screen, figure))}">'


def drawn(series: Sequence[Point]) -> list[float | None]:
    """What a sparkline of *series* shows: not a period that the data begins in the middle of, which would be a jump."""
    begun = next((place for place, point in enumerate(series) if point.complete), 0)
    return [point.value if place >= begun else None for place, point in enumerate(series)]


def _described(screen: Screen, figure: Figure) -> str:
    known = [value for value in drawn(figure.series[-SPARK:]) if value is not None]
    text = ngettext("The last period: {last}.", "The last {n} periods: from {first} to {last}.", len(known))
    first, last = (values.short(figure.kpi, value, screen.configuration.currency) for value in (known[0], known[-1]))
    return sentence(text, n=len(known), first=first, last=last)


def state(screen: Screen, figure: Figure) -> str:
    """What to know about the value: that its data is late, that days are missing, or why there is none."""
    return _state(screen, figure) + _concerns(figure) + _late(screen, figure.kpi)


def few(figure: Figure) -> str:
    """That chance alone moves the value, with what it divides by; nothing of any other."""
    if not figure.rests_on_few:
        return ""
    by = _(figure.kpi.formula).rpartition(" / ")[2]
    told = _("small sample: {what}: {n}").format(what=by, n=numbers.number(figure.cases))
    return f'<span class="kk-state"><b aria-hidden="true">◐</b> {escape(told)}</span>'


def _concerns(figure: Figure) -> str:
    """A word on each kind of reservation about the value; the sentence stands below."""
    if figure.value is None:
        return ""
    loud = {_(_CONCERNS[concern]): "⚠" for concern in figure.concerns if concern not in QUIET}
    quiet = {_(_CONCERNS[concern]): "◐" for concern in figure.concerns if concern in QUIET}
    return "".join(
        f'<span class="kk-state"><b aria-hidden="true">{mark}</b> {escape(word)}</span>'
        for word, mark in (quiet | loud).items()
    )


def _late(screen: Screen, kpi: Kpi) -> str:
    """How far the data reaches, where a source of *kpi* has fallen behind."""
    late = [source.newest for source in screen.sources if source.late and source.dataset in kpi.datasets]
    if not late:
        return ""
    return f'<span class="kk-state">⚠ {escape(_("data to {day}").format(day=screen.dated(min(late))))}</span>'


def _state(screen: Screen, figure: Figure) -> str:
    if figure.error:
        whole = escape(figure.error.message)
        return f'<span class="kk-state" title="{whole}">⚠ {escape(values.why_not(figure.error))}</span>'
    if figure.value is None:
        told = _("no data in this period")
        return f'<span class="kk-state">{escape(told)}</span>'
    if figure.complete:
        return ""
    text = _("incomplete")
    if figure.known_to:
        waits = figure.known_to < screen.period.end
        text = _("incomplete: final to {day}") if waits else _("incomplete: some days are missing")
        text = text.format(day=screen.dated(figure.known_to))
    if missing := _not_loaded(screen, figure.kpi):
        text = _("incomplete: not loaded: {what}").format(what=", ".join(missing))
    return f'<span class="kk-state"><b aria-hidden="true">○</b> {escape(text)}</span>'


def _not_loaded(screen: Screen, kpi: Kpi) -> list[str]:
    """What *kpi* is made of beside the plan, and nothing is loaded of."""
    there = {source.dataset for source in screen.sources} | {dataset.name for dataset in PLAN}
    return [names.dataset(name) for name in kpi.datasets if name not in there]


class Room(NamedTuple):
    """How many tiles a row has room for, and how many *more* KPIs its process has."""

    columns: int
    more: int


def row(screen: Screen, team: Team, shown: Sequence[Figure], room: Room) -> str:
    """One process: its name and owner, and a tile for each KPI in equal columns."""
    there = links.href(PROCESS, screen.view.having(process=team.id, kpi="", split=""))
    owner = f'<span class="kk-owner">{escape(team.owner)}</span>' if team.owner else ""
    told = ngettext("and {n} more KPI", "and {n} more KPIs", room.more).format(n=room.more)
    rest = f'<span class="kk-state">{escape(told)}</span>' if room.more > 0 else ""
    without = _without(screen, [figure.kpi for figure in shown])
    inner = f"<h2>{escape(team.name)}</h2>{owner}{_unfiltered(screen, without)}{rest}"
    heading = links.anchor(there, inner, css="kk-process")
    tiles = "".join(tile(screen, figure, told=without) for figure in shown)
    style = f'style="--columns:{room.columns}"'
    return f'<section class="kk-row" {style}>{heading}<div class="kk-tiles">{tiles}</div></section>'


def unfiltered(screen: Screen, kpi: Kpi, told: Collection[str] = ()) -> str:
    """A word on the filters that do not touch *kpi*, but for those that were *told* of."""
    return _by(name for name in _without(screen, [kpi]) if name not in told)


def _unfiltered(screen: Screen, without: Collection[str]) -> str:
    """A word on the filters that do not touch any KPI of a row: those *without* which it is."""
    if not without or len(without) < len(screen.view.filters):
        return _by(without)
    told = _("not filtered: it has no such dimension")
    return f'<span class="kk-state">{escape(told)}</span>'


def _without(screen: Screen, kpis: Iterable[Kpi]) -> list[str]:
    """The dimensions filtered by that none of *kpis* has."""
    dimensions = {name for kpi in kpis for name in kpi.dimensions}
    return [name for name, _value in screen.view.filters if name not in dimensions]


def _by(filters: Iterable[str]) -> str:
    dimensions = ", ".join(map(names.dimension, filters)).lower()
    told = _("not filtered by {dimensions}").format(dimensions=dimensions)
    return f'<span class="kk-state">{escape(told)}</span>' if dimensions else ""


def is_empty(shown: Sequence[Figure]) -> bool:
    """Whether there is no data for any of *shown*."""
    return all(figure.value is None and not figure.error for figure in shown)


def summary(shown: Sequence[Figure]) -> str:
    """The period in one sentence: how many things call for attention."""
    if is_empty(shown):
        return _("There is no data in this period.")
    loud = importance.exceptions(shown)
    signals = sum(figure.standing.is_signal for figure in loud)
    missed = sum(figure.standing.misses for figure in loud)
    told = []
    if signals:
        told.append(ngettext("{n} KPI changed.", "{n} KPIs changed.", signals).format(n=signals))
    if missed:
        told.append(ngettext("{n} will miss its target.", "{n} will miss their targets.", missed).format(n=missed))
    if told:
        return " ".join(told)
    known = [figure.standing for figure in shown if figure.value is not None]
    if 2 * len(known) < len(shown):
        text = ngettext(
            "{n} of {all} KPIs has data in this period.", "{n} of {all} KPIs have data in this period.", len(known)
        )
        return text.format(n=len(known), all=len(shown))
    early = sum(standing.status.variation in (Variation.TOO_EARLY, Variation.NO_DATA) for standing in known)
    if 2 * early >= len(known) or all(standing.limits is None for standing in known):
        return _("There are too few points to tell signal from noise.")
    return _("Nothing out of the ordinary: every KPI does what it usually does.")
