"""The chosen KPI split by a dimension: one row a segment, totals from the unsplit question, the rest summed as sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.language import _, ngettext
from core.period import Grain
from metrics.compare import change
from ui import drill, names, queries
from ui.figures import ask, base_of, number
from ui.tables import Column, Kind, Row, Table, kpi_column

if TYPE_CHECKING:
    import pandas as pd

    from core.period import Period
    from metrics.evaluate import Evaluation
    from metrics.model import Kpi
    from ui.department import Team
    from ui.screen import Screen

SHOWN: Final = 25
_FEW: Final = 1


@dataclass(frozen=True)
class Sums:
    """A segment's KPI as the sums it is made of."""

    numerator: float
    denominator: float | None

    def value(self) -> float | None:
        """The KPI's value."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


def options(screen: Screen, kpi: Kpi) -> tuple[str, ...]:
    """What *kpi* can be split by here: dimensions with more than one value under the filters."""
    question = ("splits", kpi.id, screen.key)
    return queries.remember(screen.shown, question, lambda: _options(screen, kpi))


def split_by(screen: Screen, found: tuple[str, ...]) -> str:
    """The dimension that the address names, where it can be; else the first."""
    return screen.view.split if screen.view.split in found else (found or ("",))[0]


def table(screen: Screen, team: Team, kpi: Kpi, dimension: str) -> Table:
    """Every segment of *dimension*: the KPI and its change, and the process's other KPIs."""
    question = ("parts", kpi.id, team.id, dimension, screen.key)
    return queries.remember(screen.shown, question, lambda: _table(screen, team, kpi, dimension))


def shortened(whole: Table) -> Table:
    """*whole* as it is shown: the largest segments. The download has all."""
    return Table(whole.title, whole.columns, whole.rows[:SHOWN], whole.total)


def left_out(whole: Table) -> str:
    """A sentence on the segments that are not shown."""
    rest = len(whole.rows) - SHOWN
    if rest <= 0:
        return ""
    text = ngettext("{n} more row is in the download.", "{n} more rows are in the download.", rest)
    return text.format(n=rest)


def _options(screen: Screen, kpi: Kpi) -> tuple[str, ...]:
    chosen = dict(screen.view.filters)
    return tuple(name for name in drill.splits(kpi) if name not in chosen and _has_parts(screen, kpi, name))


def _has_parts(screen: Screen, kpi: Kpi, dimension: str) -> bool:
    detail = drill.in_detail(kpi, dimension)
    if detail is None:
        return False
    answer = ask(screen, [detail.id], screen.period, Grain.TOTAL, (dimension,))
    values = answer.table[dimension]
    return len(values) > _FEW or any(value is not None for value in values)


def _table(screen: Screen, team: Team, kpi: Kpi, dimension: str) -> Table:
    detail = drill.in_detail(kpi, dimension) or kpi
    others = [each for each in (drill.in_detail(other, dimension) for other in _beside(team, kpi)) if each]
    shown = [detail, *(other for other in dict.fromkeys(others) if other != detail)]
    columns = _columns(screen, dimension, shown)
    now = ask(screen, [each.id for each in shown], screen.period, Grain.TOTAL, (dimension,))
    whole = ask(screen, [each.id for each in shown], screen.period, Grain.TOTAL)
    before = _before(screen, detail, dimension)
    segments = _by_segment(now, shown, dimension)
    rows = [
        _row(screen, shown, segments[value], (value, dimension, before.get(value)))
        for value in sorted(segments, key=lambda value: _size(segments[value], detail), reverse=True)
    ]
    total = _row(screen, shown, _sums(whole, shown), (None, "", before.get("")))
    title = _("{kpi} by {dimension}").format(kpi=_(detail.name), dimension=names.dimension(dimension))
    return Table(title, columns, tuple(rows), total)


def _beside(team: Team, kpi: Kpi) -> list[Kpi]:
    return [other for other in (*team.headline, *team.kpis) if other != kpi and not drill.is_detail(other)]


def _columns(screen: Screen, dimension: str, shown: list[Kpi]) -> tuple[Column, ...]:
    currency = screen.configuration.currency
    first, *rest = (kpi_column(kpi, _(kpi.name), currency, chosen=place == 0) for place, kpi in enumerate(shown))
    return (Column(names.dimension(dimension)), first, Column(_("Change"), Kind.PERCENT), *rest)
