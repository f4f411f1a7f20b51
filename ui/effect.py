"""Did it work? What became of the KPI that each decision wanted to move, on screen: in words and as a picture."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from core.language import _
from core.numbers import day
from metrics.own import find
from metrics.signals import within
from pack import effect
from pack.effect import Asked, Outcome, Whose, sentence, symbol, word
from ui import queries, sparkline
from ui.theme import TONES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from journal.models import Decision
    from metrics.figure import Point
    from ui.screen import Screen

__all__ = ["Outcome", "html", "outcomes", "sentence", "symbol", "word"]

_GOOD = {True: "kk-good", False: "kk-poor", None: ""}
_TONES = {True: "kk-better", False: "kk-worse", None: "kk-same"}


def outcomes(
    screen: Screen,
    decisions: Sequence[Decision],
    newest: date | None = None,
    presented: Mapping[Whose, Sequence[Point]] | None = None,
) -> Mapping[int, Outcome]:
    """What became of each of *decisions* up to the day *newest*, by its id, as a review *presented* it."""
    shown, reporting = screen.shown, screen.configuration
    starts: dict[Whose, list[date]] = defaultdict(list)
    for each in screen.starts:
        starts[Whose(each.kpi, each.dimension, each.dimension_value)].append(each.day)
    asked = Asked(
        find=partial(find, shown.snapshot) if shown.generation else None,
        ask=lambda query: queries.evaluation(shown, query, reporting),
        reporting=reporting,
        grain=screen.view.grain,
        newest=newest or screen.last_day,
        starts=starts,
        presented=presented or {},
    )
    return effect.outcomes(asked, decisions)


def html(screen: Screen, outcome: Outcome) -> str:
    """The outcome: KPI, verdict by symbol, word and colour, what it rests on, and the points around the decision."""
    name = f"<b>{escape(_(outcome.kpi.name))}</b>" if outcome.kpi else ""
    since = escape(_("since {day}").format(day=day(outcome.since, year=True)))
    verdict = (
        f'<span class="kk-word {_GOOD[outcome.good]}"><b aria-hidden="true">{symbol(outcome)}</b> '
        f"{escape(word(outcome))}</span>"
    )
    told = f'<span class="kk-state">{escape(sentence(outcome, screen.configuration.currency))}</span>'
    return (
        f'<div class="kk-effect {_TONES[outcome.good]}">{_picture(outcome)}'
        f'<p>{name} <span class="kk-state">{since}</span><br>{verdict}<br>{told}</p></div>'
    )


def _picture(outcome: Outcome) -> str:
    told, kpi = outcome.effect, outcome.kpi
    series = [point.value for point in outcome.series]
    if told is None or kpi is None or not any(value is not None for value in series):
        return ""
    source = sparkline.picture(
        series,
        TONES[_TONES[outcome.good]],
        complete=outcome.series[-1].complete,
        band=within(told.before, kpi.lower, kpi.upper) if told.before else None,
        mark=outcome.mark,
    )
    return f'<img class="kk-spark" src="{source}" alt="{escape(word(outcome))}">'
