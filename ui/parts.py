"""The chosen KPI split by a dimension: a row a segment; totals come from the unsplit question, never from the rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Final

from core.language import _, ngettext
from core.period import Grain
from core.tables import Column, Kind, Row, Table
from metrics.cautions import Concern
from metrics.compare import change
from metrics.figure import number
from metrics.model import COMPANY, Better, Ratio, Unit
from metrics.own import find
from ui import drill, empty, links, names, queries, tables, values
from ui.figures import ask, base_of, known_to
from ui.pages import PROCESS
from ui.tables import kpi_column
from ui.view import ALL_ROWS
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.errors import KokpitError
    from core.period import Period
    from metrics.evaluate import Evaluation
    from metrics.model import Kpi
    from ui.department import Team
    from ui.screen import Screen

_TYPED_PARTS: Final = "SELECT 1 FROM kpi_values WHERE kpi = ? AND dimension_value IS NOT NULL LIMIT 1"
SHOWN: Final = 12
_CHANGE: Final = 2
"""Where the change stands in a row."""
MOST: Final = 500


@dataclass(frozen=True)
class Sums:
    """A KPI as the sums it is made of; only what *is_ratio* has a *denominator*."""

    numerator: float | None
    denominator: float | None
    is_ratio: bool = False

    @property
    def value(self) -> float | None:
        """The KPI's value; a ratio has none where either half is unknown, or where it would divide by nothing."""
        if self.numerator is None or not self.is_ratio:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @property
    def size(self) -> float:
        """How much there is of it: what segments are ordered by."""
        return (self.denominator if self.is_ratio else self.numerator) or 0.0


_NONE: Final = Sums(None, None)
Segments = dict[str | None, dict[str, Sums]]


@dataclass(frozen=True)
class Split:
    """What a table of parts is made from: the KPIs shown (the first is the one looked at) and their dimension."""

    screen: Screen
    kpis: tuple[Kpi, ...]
    dimension: str

    @property
    def first(self) -> Kpi:
        """The KPI looked at."""
        return self.kpis[0]

    def segments(self, period: Period, kpis: Sequence[Kpi], *, split: bool = True, whole: bool = False) -> Segments:
        """The sums of *kpis* over *period* for each segment (for None, where not *split*); of *whole* ones only."""
        dimensions = (self.dimension,) if split else ()
        table = ask(self.screen, [kpi.id for kpi in kpis], period, Grain.TOTAL, dimensions).table
        labels = table[self.dimension] if split else [None] * len(table)
        ratios = {kpi.id for kpi in kpis if isinstance(kpi.expression, Ratio)}
        found: Segments = {}
        columns = (labels, table["kpi"], table["numerator"], table["denominator"], table["complete"])
        for label, kpi, numerator, denominator, complete in zip(*columns, strict=True):
            # A half without the other has no value, but counts where segments are taken together.
            sums = Sums(number(numerator), number(denominator), kpi in ratios)
            found.setdefault(label, {})[kpi] = sums if complete or not whole else _NONE
        return found

    @cached_property
    def answer(self) -> Evaluation:
        """The KPIs over the screen's period for each segment."""
        return ask(self.screen, [kpi.id for kpi in self.kpis], self.screen.period, Grain.TOTAL, (self.dimension,))

    @cached_property
    def unfinished(self) -> frozenset[str]:
        """The KPIs whose values over the screen's period may still change."""
        table = self.answer.table
        return frozenset(kpi for kpi, complete in zip(table["kpi"], table["complete"], strict=True) if not complete)

    def lost(self, labels: Iterable[str | None]) -> dict[str, KokpitError]:
        """The KPIs that lack an exchange rate in some of the segments *labels*, and the reason."""
        asked = {(label,) for label in labels}
        return {kpi: error for kpi, error in self.answer.failed.items() if asked & self.answer.lost.get(kpi, set())}


def options(screen: Screen, kpi: Kpi) -> tuple[str, ...]:
    """What *kpi* can be split by here: dimensions that the data names, without the ones already chosen."""
    question = ("splits", kpi.id, tuple(screen.view.where()))
    return queries.remember(screen.shown, question, lambda: _options(screen, kpi))


def split_by(screen: Screen, found: tuple[str, ...]) -> str:
    """The dimension that the address names, where it can be; else the first."""
    return screen.view.split if screen.view.split in found else (found or ("",))[0]


def html(screen: Screen, team: Team, kpi: Kpi, dimension: str) -> str:
    """The table as the screen shows it: its largest segments, the others together."""
    question = ("parts", kpi.id, team.id, dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _html(_split(screen, team, kpi, dimension), kpi))


def _html(split: Split, kpi: Kpi) -> str:
    whole = _table(split, kpi)
    return (
        tables.html(whole, limit=shown(split.screen)) + _unmoved(split, whole) if whole.rows else _nothing(split, kpi)
    )


def _unmoved(split: Split, whole: Table) -> str:
    """Why no row has a change, where the reader asked for one."""
    if not _change_column(split) or any(row.cells[_CHANGE] is not None for row in whole.rows):
        return ""
    told = _(
        "No change can be shown: of some days in these two periods nothing is known, or it may still change. Rows for "
        "several days, such as those of a week, count only in periods that hold all of them."
    )
    return f'<p class="kk-say">{escape(told)}</p>'


def _nothing(split: Split, kpi: Kpi) -> str:
    """Why there is no row, where an export tells of more days at once; the way to a period that has some.

    Where *kpi* itself has no value, that way stands beside it already.
    """
    concerning = [caution for caution in split.answer.warnings if split.first.id in caution.kpis]
    why = [caution.text for caution in concerning if caution.concern is Concern.PERIODS_LEFT_OUT]
    way = empty.other_period(split.screen, [split.first.id], PROCESS) if split.first.id != kpi.id else ""
    return empty.no_rows(*why) + way


def title(kpi: Kpi, dimension: str) -> str:
    """What the table is called."""
    return _("{kpi} by {dimension}").format(kpi=_(kpi.name), dimension=names.dimension(dimension).lower())


def table(screen: Screen, team: Team, kpi: Kpi, dimension: str) -> Table:
    """Every segment of *dimension*: the KPI and its change, and the process's other KPIs."""
    return _table(_split(screen, team, kpi, dimension), kpi)


def _options(screen: Screen, kpi: Kpi) -> tuple[str, ...]:
    chosen = dict(screen.view.filters)
    found = tuple(name for name in drill.splits(kpi) if name not in chosen and _has_parts(screen, kpi, name))
    # Of values typed by hand, one KPI may have parts and another none.
    typed = kpi.datasets == ("kpi_values",) and not screen.shown.snapshot.rows(_TYPED_PARTS, [kpi.id])
    return () if typed else found


def _has_parts(screen: Screen, kpi: Kpi, dimension: str) -> bool:
    detail = drill.in_detail(kpi, dimension) or kpi
    return all(
        dimension not in DATASETS[dataset].by_name or dimension in queries.columns_with_values(screen.shown, dataset)
        for dataset in detail.datasets
    )


def _split(screen: Screen, team: Team, kpi: Kpi, dimension: str) -> Split:
    beside = [find(screen.shown.snapshot, name) for name in drill.family(kpi)] or team.headline
    details = [drill.in_detail(each, dimension) for each in (kpi, *beside)]
    filters = {name for name, _value in screen.view.filters if name in kpi.dimensions}
    # Beside filtered numbers, a column that the filter does not touch would mislead.
    kept = [each for each in details if each and filters <= {*each.dimensions}]
    return Split(screen, tuple(dict.fromkeys(kept)), dimension)


def _table(split: Split, kpi: Kpi) -> Table:
    screen, dimension = split.screen, split.dimension
    now = split.segments(screen.period, split.kpis)
    moved = _moved(split)
    order = sorted(now, key=lambda label: _urgency(split.first, now[label].get(split.first.id, _NONE)), reverse=True)
    rows = [
        _noted(_row(split, now[label], moved.get(label), (names.value(dimension, label), place)), split.lost([label]))
        for label, place in ((label, _below(split, kpi, label)) for label in order)
    ]
    whole = split.segments(screen.period, split.kpis, split=False).get(None, {})
    total = _row(split, whole, _moved(split, whole=True).get(None), (_("Total"), ""))
    return Table(
        title=title(kpi, dimension),
        columns=_columns(split),
        rows=tuple(rows),
        # Companies are compared; the whole is one of them, not their sum.
        total=None if kpi.ours and dimension == COMPANY else _noted(total, split.lost(order)),
        rest=_rest(split, {label: now[label] for label in order[shown(screen) :]}),
    )


def _urgency(kpi: Kpi, sums: Sums) -> tuple[float, float]:
    """What rows are ordered by: how much there is of each; of as much, what is worst for *kpi* first."""
    value = sums.value or 0.0
    return sums.size, -value if kpi.better is Better.HIGHER else value


def _rest(split: Split, segments: Segments) -> Row | None:
    """One row that stands for all *segments*; nothing where there are none."""
    if not segments:
        return None
    lost = split.lost(segments)
    # What is counted once or ranked does not add up from segments.
    apart = [kpi.id for kpi in split.kpis if not kpi.decomposes]
    sums = _added(segments.values()) | dict.fromkeys((*lost, *apart), _NONE)
    return _noted(_row(split, sums, None, (_others(len(segments)), _all_rows(split))), lost)


def _below(split: Split, kpi: Kpi, label: str | None) -> str:
    return drill.below(split.screen.view, kpi, split.dimension, label or "")


def _columns(split: Split) -> tuple[Column, ...]:
    currency = split.screen.configuration.currency
    named = ((kpi, place == 0, _(kpi.name)) for place, kpi in enumerate(split.kpis))
    unfinished = split.unfinished
    first, *rest = (
        kpi_column(kpi, f"{name} ({_('incomplete')})" if kpi.id in unfinished else name, currency, chosen=chosen)
        for kpi, chosen, name in named
    )
    return (Column(names.dimension(split.dimension)), first, *_change_column(split), *rest)


def _change_column(split: Split) -> tuple[Column, ...]:
    if not split.screen.view.comparison.of_periods:
        return ()
    kinds = {Unit.FRACTION: Kind.POINTS, Unit.POSITION: Kind.DIFFERENCE, Unit.SCORE: Kind.DIFFERENCE}
    return (Column(_("Change"), kinds.get(split.first.unit, Kind.RELATIVE)),)


def _row(split: Split, sums: Mapping[str, Sums], moved: float | None, name: tuple[str, str]) -> Row:
    first, *rest = (sums.get(kpi.id, _NONE).value for kpi in split.kpis)
    change_cells = (moved,) if _change_column(split) else ()
    return Row((name[0], first, *change_cells, *rest), href=name[1])


def _noted(row: Row, lost: Mapping[str, KokpitError]) -> Row:
    """*row* with the reason why values are missing in it."""
    return replace(row, note=values.why_not(next(iter(lost.values())))) if lost else row


def _moved(split: Split, *, whole: bool = False) -> dict[str | None, float | None]:
    """How the KPI looked at changed in each segment, like for like. Whether that is news, only limits could tell."""
    kpi = split.first
    span = base_of(split.screen, known_to(split.screen, [kpi.id])[kpi.id])
    if span is None:
        return {}
    now, then = (split.segments(period, [kpi], split=not whole, whole=True) for period in span)
    found: dict[str | None, float | None] = {}
    for label, sums in now.items():
        changed = change(kpi, sums[kpi.id].value, then.get(label, {}).get(kpi.id, _NONE).value)
        changed = values.as_read(kpi, changed, split.screen.configuration.currency)
        found[label] = changed.relative if kpi.unit.relative else changed.absolute
    return found


def _added(segments: Iterable[Mapping[str, Sums]]) -> dict[str, Sums]:
    """The sums of several segments together: numerators and denominators add up where values do not."""
    together: dict[str, Sums] = {}
    for segment in segments:
        for kpi, sums in segment.items():
            kept = together.get(kpi, _NONE)
            numerator, denominator = _plus(kept.numerator, sums.numerator), _plus(kept.denominator, sums.denominator)
            together[kpi] = Sums(numerator, denominator, sums.is_ratio)
    return together


def _plus(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else one + other


def shown(screen: Screen) -> int:
    """How many segments the screen shows."""
    return MOST if screen.view.rows == ALL_ROWS else SHOWN


def _all_rows(split: Split) -> str:
    view = split.screen.view.having(split=split.dimension, rows=ALL_ROWS)
    return "" if split.screen.view.rows == ALL_ROWS else links.href(PROCESS, view)


def _others(count: int) -> str:
    return ngettext("{n} other", "{n} others", count).format(n=count)
