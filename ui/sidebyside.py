"""How channels side by side look: numbers with their changes and sparklines, the best and the worst marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from core.language import _
from core.presets import Preset
from ui import cards, channels, cockpit, empty, links, names, palette, queries, sparkline, values, variation
from ui.channels import SMALL, TOTAL
from ui.pages import CHANNELS, SOURCES
from ui.theme import TONES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.channels import Cell, Column, Grid
    from ui.screen import Screen

QUARTER: Final = 91


@dataclass(frozen=True)
class _Look:
    """What every cell of the table needs to know."""

    screen: Screen
    grid: Grid
    colours: Mapping[str, str]
    marks: Mapping[tuple[str, str], bool]
    """Of a segment and a column that are marked: whether it is the best."""


def heading(screen: Screen, found: Grid) -> str:
    """The period, and the way from channels to platforms and back."""
    items = "".join(_choice(screen, name, chosen=name == found.dimension) for name in channels.dimensions(screen))
    label = _("Side by side")
    told = _("What each cost, and what it brought.")
    way = f'<nav class="kk-others" aria-label="{escape(label)}">{items}</nav>'
    return cockpit.lead(channels.plural(found.dimension), f"{cockpit.named(screen)} · {told}") + way


def no_columns(screen: Screen) -> str:
    """There is nothing that tells what a channel cost or brought."""
    told = _(
        "What each channel and platform cost and brought will be here as soon as there is data: load an export of an "
        "ad platform, or leads and deals from your CRM."
    )
    return empty.box(screen, _("No channel has data yet"), told, (SOURCES, _("Load files")))


def html(screen: Screen, found: Grid) -> str:
    """The table; below it what its marks mean."""
    question = ("side by side as HTML", found.dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _html(screen, found))


def _html(screen: Screen, found: Grid) -> str:
    if not found.segments:
        asked = [column.wanted.asked for column in found.columns]
        return empty.no_rows() + empty.other_period(screen, asked, CHANNELS)
    marks = {
        (segment, column.name): place == 0
        for column in found.columns
        for place, segment in enumerate(found.best_and_worst(column))
    }
    look = _Look(screen, found, palette.colours(found.dimension, found.segments), marks)
    chosen = channels.chosen(screen, found)
    head = "".join(_heading(screen, column, chosen=column is chosen) for column in found.columns)
    body = "".join(_row(look, segment) for segment in (TOTAL, *found.segments))
    name = escape(names.dimension(found.dimension))
    label = escape(channels.title(found.dimension))
    return (
        f'<table class="kk-table kk-side" aria-label="{label}"><thead><tr><th scope="col">{name}</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>{_explained(screen, found)}"
    )


def _choice(screen: Screen, name: str, *, chosen: bool) -> str:
    address = links.href(CHANNELS, screen.view.having(split=name, process="", rows=""))
    state = 'aria-current="true"' if chosen else ""
    return links.anchor(address, escape(channels.plural(name)), css="kk-pill", attributes=state)


def _heading(screen: Screen, column: Column, *, chosen: bool) -> str:
    """A column's name, a link that draws it over time."""
    address = links.href(CHANNELS, screen.view.having(kpi=column.name))
    state = 'aria-current="true"' if chosen else ""
    name = links.anchor(
        address, escape(_(column.kpi.name)), attributes=f'{state} title="{escape(_(column.kpi.meaning))}"'
    )
    return f'<th scope="col">{name}</th>'


def _row(look: _Look, segment: str) -> str:
    if segment == TOTAL:
        css, name = "kk-total", escape(_("Total"))
    else:
        css, name = "", _swatch(look.colours[segment]) + escape(names.value(look.grid.dimension, segment))
    cells = "".join(_cell(look, segment, column) for column in look.grid.columns)
    return f'<tr class="{css}"><th scope="row"><span>{name}</span></th>{cells}</tr>'


def _swatch(colour: str) -> str:
    return f'<i class="kk-swatch" style="background:{colour}" aria-hidden="true"></i>'


def _cell(look: _Look, segment: str, column: Column) -> str:
    """One number: its value, its change, its mark, and its line over time."""
    cell, currency = look.grid.cells[segment, column.name], look.screen.configuration.currency
    label = escape(_(column.kpi.name))
    if cell.value is None:
        css = "" if cell.why_not else "kk-none"
        why = f'<small><b aria-hidden="true">⚠</b> {escape(cell.why_not)}</small>' if cell.why_not else ""
        return f'<td data-label="{label}" class="{css}"><span class="kk-side-cell"><b>–</b><i></i>{why}</span></td>'
    value = cards.with_small_unit(values.short(column.kpi, cell.value, currency))
    full = escape(values.full(column.kpi, cell.value, currency))
    css = "kk-few" if cell.is_small else ""
    return (
        f'<td data-label="{label}" class="{css}"><span class="kk-side-cell"><b title="{full}">{value}</b>'
        f"{_changed(look, column, cell)}{_spark(cell)}{_mark(look, segment, column, cell)}</span></td>"
    )


def _changed(look: _Look, column: Column, cell: Cell) -> str:
    """The change; of a small sample only that it is one."""
    if cell.is_small:
        told = _("small sample")
        return f'<em><b aria-hidden="true">◌</b> {escape(told)}</em>'
    moved = values.moved(column.kpi, cell.change, look.screen.configuration.currency)
    if not look.screen.view.comparison.of_periods or not moved:
        return "<em></em>"
    return f'<em><b aria-hidden="true">{values.sign(cell.change)}</b> {escape(moved)}</em>'


def _spark(cell: Cell) -> str:
    series = cell.series[-cards.SPARK :]
    known = cards.drawn(series)
    # A few dots with gaps between them are no line.
    if 2 * sum(value is not None for value in known) <= len(series):
        return "<i></i>"
    tone = "kk-same" if cell.is_small else variation.tone(cell.standing)
    source = sparkline.picture(known, TONES[tone], complete=series[-1].complete)
    return f'<img src="{source}" alt="">'


def _mark(look: _Look, segment: str, column: Column, cell: Cell) -> str:
    """A word below the number: that it is a signal, that it is the best or the worst."""
    words = variation.words(cell.standing) if cell.standing.is_signal and not cell.is_small else ""
    best = look.marks.get((segment, column.name))
    if best is not None:
        sign, told, css = ("◆", _("best"), "kk-good") if best else ("◇", _("worst"), "kk-poor")
        words += f'<span class="kk-word {css}"><b aria-hidden="true">{sign}</b> {escape(told)}</span>'
    return f"<small>{words}</small>" if words else ""


def _explained(screen: Screen, found: Grid) -> str:
    """What “small sample” means, and the way to a period with larger ones."""
    if not any(cell.is_small for cell in found.cells.values()):
        return ""
    told = _("Small sample: fewer than {n} cases, where chance alone moves a number by a third; it is not compared.")
    way = ""
    if found.mostly_small and screen.period.days < QUARTER:
        view = screen.view.having(preset=Preset.LAST_13_WEEKS, custom=None)
        link = links.anchor(links.href(CHANNELS, view), escape(_("Look at the last 13 weeks")), css="kk-button")
        way = f'<p class="kk-way">{link}</p>'
    return f'<p class="kk-say">{escape(told.format(n=SMALL))}</p>{way}'
