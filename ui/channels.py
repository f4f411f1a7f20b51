"""Channels or platforms side by side: what each cost and brought, how that changed, which is best and worst.

A number that rests on few cases is greyed and named so: with fewer than `SMALL` of them chance alone moves a count by
about a third from one period to the next (one over the square root of ten), more than most real differences.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.language import N_, _
from core.period import Grain
from core.tables import Kind, Row, Table
from metrics.catalog import CATALOGUE
from metrics.compare import change
from metrics.figure import FEW, Point, number, points
from metrics.model import Better, Ratio, Unit
from ui import cards, history, names, queries, values, variation
from ui.figures import ask, base_of, carried, cautions, known_to, loaded
from ui.tables import Column as TableColumn
from ui.tables import kpi_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from core.period import Period
    from metrics.compare import Change
    from metrics.model import Kpi
    from ui.screen import Screen
    from ui.variation import Shown

SMALL: Final = FEW
DIMENSIONS: Final = ("channel", "platform")
TOTAL: Final = "\N{ASTERISK}"
"""Stands for all segments together."""


@dataclass(frozen=True)
class Wanted:
    """One way to fill a column: a *part* (value, numerator or denominator) of the KPI *asked*.

    *cases* is what its numbers rest on: the value itself, its denominator, or the column of that name.
    """

    asked: str
    part: str = "value"
    cases: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the page: *kpi* as it is written and judged, and where its numbers come from."""

    name: str
    kpi: Kpi
    wanted: Wanted


@dataclass(frozen=True)
class Cell:
    """One number: its *value*, what it rests on, its change, its series, whether that is a signal.

    *why_not* is why there is no value, where it cannot be computed.
    """

    value: float | None
    cases: float | None
    change: Change
    series: tuple[Point, ...]
    standing: Shown
    why_not: str = ""

    @property
    def is_small(self) -> bool:
        """Whether it rests on too few cases to be compared."""
        return self.value is not None and self.cases is not None and self.cases < SMALL


@dataclass(frozen=True)
class Grid:
    """The page's numbers: *cells* by segment (`TOTAL` for all together) and column; segments in the order of rows."""

    dimension: str
    columns: tuple[Column, ...]
    segments: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def best_and_worst(self, column: Column) -> tuple[str, ...]:
        """The segments with the best and the worst value of those with cases enough; none where nothing is better.

        How much there is of a thing does not make a channel better: only ratios are judged.
        """
        if column.kpi.better not in (Better.HIGHER, Better.LOWER) or not isinstance(column.kpi.expression, Ratio):
            return ()
        known = {name: self.cells[name, column.name] for name in self.segments}
        fit = {name: cell.value for name, cell in known.items() if cell.value is not None and not cell.is_small}
        if len(set(fit.values())) < len(("best", "worst")):
            return ()
        order = sorted(fit, key=lambda name: fit[name], reverse=column.kpi.better is Better.HIGHER)
        return order[0], order[-1]

    @property
    def mostly_small(self) -> bool:
        """Whether most numbers that rest on cases rest on too few."""
        judged = [self.cells[name, column.name] for column in self.columns for name in self.segments]
        judged = [cell for cell in judged if cell.value is not None and cell.cases is not None]
        return 2 * sum(cell.is_small for cell in judged) > len(judged)


COLUMNS: Final[Mapping[str, tuple[Wanted, ...]]] = {
    "cost": (Wanted("spend"), Wanted("cost_per_lead", "numerator")),
    "leads": (Wanted("leads", cases="value"), Wanted("conversions", cases="value")),
    "cost_per_lead": (Wanted("cost_per_lead", cases="denominator"), Wanted("cost_per_conversion", cases="denominator")),
    "customers": (
        Wanted("referral_share", "denominator", cases="value"),
        Wanted("customer_acquisition_cost", "denominator", cases="value"),
    ),
    "cost_per_customer": (Wanted("customer_acquisition_cost", cases="denominator"),),
    "return": (Wanted("closed_loop_roas", cases="customers"), Wanted("roas", cases="leads")),
}
"""Each column with the ways to fill it, the better one first: what the CRM says before what platforms claim."""
_PARTS: Final = {
    ("cost", "numerator"): (N_("Ad cost"), Unit.MONEY, Better.NEITHER),
    ("customers", "denominator"): (N_("New customers"), Unit.COUNT, Better.HIGHER),
}


def dimensions(screen: Screen) -> tuple[str, ...]:
    """What can be set side by side here: channels where leads tell theirs, platforms where ads are loaded."""
    question = ("side by side", screen.key)
    return queries.remember(screen.shown, question, lambda: tuple(d for d in DIMENSIONS if columns(screen, d)))


def dimension(screen: Screen) -> str:
    """The dimension that the address names, where it can be; else the first."""
    found = dimensions(screen)
    return screen.view.split if screen.view.split in found else (found or ("",))[0]


def columns(screen: Screen, split: str) -> tuple[Column, ...]:
    """The columns that there is data for, split by *split*."""
    found = (_column(screen, name, split) for name in COLUMNS)
    return tuple(column for column in found if column)


def chosen(screen: Screen, found: Grid) -> Column:
    """The column that the address names, drawn over time; else what a lead costs, or the last there is."""
    by_name = {column.name: column for column in found.columns}
    return by_name.get(screen.view.kpi) or by_name.get("cost_per_lead") or found.columns[-1]


def notes(screen: Screen, found: Grid) -> tuple[str, ...]:
    """A sentence on each choice in the address that there is no such thing for."""
    view, told = screen.view, []
    if view.split and view.split != found.dimension:
        text = _("“{name}” cannot be set side by side here; {shown} is shown.")
        told.append(text.format(name=view.split, shown=names.dimension(found.dimension).lower()))
    if view.kpi and view.kpi not in {column.name for column in found.columns}:
        told.append(_("“{name}” is not a column of this page; another one is drawn.").format(name=view.kpi))
    return tuple(told)


def grid(screen: Screen, split: str) -> Grid:
    """Everything the page shows, *split* by channel or platform."""
    return queries.remember(screen.shown, ("channels", split, screen.key), lambda: _Asking(screen, split).grid())


def warnings(screen: Screen, found: Grid) -> tuple[str, ...]:
    """What to know before trusting the numbers on the page, each sentence once."""
    told = cautions(screen, [column.wanted.asked for column in found.columns])
    return tuple(dict.fromkeys(caution.text for caution in told if caution.concern not in cards.QUIET))


def title(split: str) -> str:
    """What the table is called."""
    return _("Channels side by side") if split == "channel" else _("Platforms side by side")


def plural(split: str) -> str:
    """What is set side by side."""
    return _("Channels") if split == "channel" else _("Platforms")


def table(screen: Screen, split: str) -> Table:
    """A row for each segment: every number with its change, and which of them rest on few cases."""
    found = grid(screen, split)
    made: list[TableColumn] = [TableColumn(names.dimension(split))]
    for column in found.columns:
        name = _(column.kpi.name)
        made.append(kpi_column(column.kpi, name, screen.configuration.currency))
        made.append(TableColumn(_("{kpi}: change").format(kpi=name), _change_kind(column.kpi)))
    made.append(TableColumn(_("Small sample")))
    rows = tuple(_row(found, name, names.value(split, name)) for name in found.segments)
    return Table(title(split), tuple(made), rows, total=_row(found, TOTAL, _("Total")))


def _row(found: Grid, segment: str, name: str) -> Row:
    cells: list[str | float | None] = [name]
    small = []
    for column in found.columns:
        cell = found.cells[segment, column.name]
        cells += [cell.value, cell.change.relative if column.kpi.unit.relative else cell.change.absolute]
        small += [_(column.kpi.name)] if cell.is_small else []
    return Row((*cells, ", ".join(small) or None))


def _change_kind(kpi: Kpi) -> Kind:
    if kpi.unit is Unit.FRACTION:
        return Kind.POINTS
    return Kind.RELATIVE if kpi.unit.relative else Kind.DIFFERENCE


def _column(screen: Screen, name: str, split: str) -> Column | None:
    """The column *name*, filled in the first way that there is data for."""
    for wanted in COLUMNS[name]:
        kpi = CATALOGUE.get(wanted.asked)
        if kpi and split in kpi.dimensions and carried(loaded(screen), [kpi]):
            return Column(name, _looks(name, kpi, wanted), wanted)
    return None


def _looks(name: str, kpi: Kpi, wanted: Wanted) -> Kpi:
    """*kpi*, or the part of it that is asked for, as a KPI with a name, unit and direction of its own."""
    if (name, wanted.part) not in _PARTS or not isinstance(kpi.expression, Ratio):
        return kpi
    title, unit, better = _PARTS[name, wanted.part]
    expression = kpi.expression.numerator if wanted.part == "numerator" else kpi.expression.denominator
    return replace(kpi, id=name, name=title, unit=unit, better=better, expression=expression, upper=None)


Numbers = dict[tuple[str, str], tuple[float | None, float | None]]
"""For each segment and column: the value, and the denominator it has."""
Series = dict[tuple[str, str], tuple[Point, ...]]
"""For each segment and column: its course."""


class _Asking:
    """The questions behind a grid, each for all columns at once."""

    def __init__(self, screen: Screen, split: str) -> None:
        self.screen, self.split = screen, split
        self.columns = columns(screen, split)
        self.asked = tuple(dict.fromkeys(column.wanted.asked for column in self.columns))

    def grid(self) -> Grid:
        """The numbers, put together."""
        now = self._numbers(self.screen.period, self.asked)
        series = self._series()
        pairs = self._pairs()
        segments = {name for (name, _column), pair in now.items() if name != TOTAL and pair[0]}
        cells = {
            (segment, column.name): self._cell((segment, column), now, pairs, series)
            for segment in (*segments, TOTAL)
            for column in self.columns
        }
        order = sorted(sorted(segments), key=lambda name: self._size(name, now), reverse=True)
        return Grid(self.split, self.columns, tuple(order), cells)

    def _size(self, segment: str, now: Numbers) -> tuple[float, ...]:
        """What segments are ordered by: their leads, then their cost."""
        asked = ("leads", "cost", *(column.name for column in self.columns))
        return tuple(now.get((segment, name), (None, None))[0] or 0.0 for name in asked)

    def _cell(
        self,
        place: tuple[str, Column],
        now: Numbers,
        pairs: Mapping[str, tuple[Numbers, Numbers]],
        series: Series,
    ) -> Cell:
        segment, column = place
        key = (segment, column.name)
        value, denominator = now.get(key, (None, None))
        counted = {"value": value, "denominator": denominator or 0.0, "": None}
        of = column.wanted.cases
        cases = counted[of] if of in counted else now.get((segment, of), (None, None))[0]
        newer, older = (numbers.get(key, (None, None))[0] for numbers in pairs.get(column.wanted.asked, ({}, {})))
        changed = values.as_read(column.kpi, change(column.kpi, newer, older), self.screen.configuration.currency)
        line = series.get(key, ())
        why_not = self._why_not(segment, column) if value is None else ""
        return Cell(value, cases, changed, line, variation.of(column.kpi, line), why_not)

    def _why_not(self, segment: str, column: Column) -> str:
        split = () if segment == TOTAL else (self.split,)
        answer = ask(self.screen, self.asked, self.screen.period, Grain.TOTAL, split)
        error = answer.failed.get(column.wanted.asked)
        if error is None or (split and (segment or None,) not in answer.lost.get(column.wanted.asked, ())):
            return ""
        return values.why_not(error)

    def _pairs(self) -> dict[str, tuple[Numbers, Numbers]]:
        """For each KPI asked for, the numbers of the days that are compared, and of those they are compared with."""
        known = known_to(self.screen, self.asked)
        together: dict[tuple[Period, Period], list[str]] = defaultdict(list)
        for name in self.asked:
            if span := base_of(self.screen, known[name]):
                together[span].append(name)
        found: dict[str, tuple[Numbers, Numbers]] = {}
        for (first, second), each in together.items():
            pair = self._numbers(first, each, whole=True), self._numbers(second, each, whole=True)
            found |= dict.fromkeys(each, pair)
        return found

    def _numbers(self, period: Period, asked: Sequence[str], *, whole: bool = False) -> Numbers:
        """The numbers of *period*, of each segment and of all together; of *whole* ones only."""
        found: Numbers = {}
        for split in ((self.split,), ()):
            answer = ask(self.screen, asked, period, Grain.TOTAL, split).table
            for column in self.columns:
                rows = answer[(answer["kpi"] == column.wanted.asked) & (answer["complete"] | (not whole))]
                labels = self._labels(rows) if split else [TOTAL] * len(rows)
                pairs = zip(rows[column.wanted.part], rows["denominator"], strict=True)
                for label, (value, denominator) in zip(labels, pairs, strict=True):
                    found[label, column.name] = number(value), number(denominator)
        return found

    def _series(self) -> Series:
        """Each column over time, for each segment and for all together."""
        found: Series = {}
        for split in ((self.split,), ()):
            days, grain = history.stretch(self.screen), self.screen.view.grain
            answer = ask(self.screen, self.asked, days, grain, split).table
            for column in self.columns:
                rows = answer[answer["kpi"] == column.wanted.asked]
                rows = rows.assign(value=rows[column.wanted.part], label=self._labels(rows) if split else TOTAL)
                for label, part in rows.groupby("label"):
                    found[str(label), column.name] = points(part)
        return self._begun(found)

    def _begun(self, found: Series) -> Series:
        """*found* without the periods before anything was known of any segment."""
        begun: Series = {}
        for column in self.columns:
            several = {key: series for key, series in found.items() if key[1] == column.name}
            together = list(zip(*several.values(), strict=False))
            known = [any(point.value is not None for point in each) for each in together]
            first = history.beginning(self.screen, [each[0].period for each in together], known)
            begun |= {key: series[first:] for key, series in several.items()}
        return begun

    def _labels(self, rows: pd.DataFrame) -> list[str]:
        return [label or "" for label in rows[self.split]]
