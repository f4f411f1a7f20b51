"""The plan's tabs of a spreadsheet: checked together, and in force together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.base import UNCHANGED, SourceResult
from connectors.google_sheets.names import columns_said
from connectors.plan.checks import check
from connectors.plan.merging import Origin, bring, in_force
from connectors.plan.reading import table_of_cells
from connectors.plan.source import completed, left_out, refusal_of, result_of, two_homes
from connectors.plan.tables import TABLES
from core.remarks import _
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from connectors.google_sheets.rows import Sheet
    from connectors.plan.tables import Known, PlanProblem, PlanTable
    from core.config import Source
    from warehouse.contract import Dataset
    from warehouse.writer import Writer


@dataclass(frozen=True)
class PlanTab:
    """A tab as a table of the plan, and what is wrong with it so far; no table where it cannot be read as one."""

    title: str
    table: PlanTable | None
    problems: list[PlanProblem] = field(default_factory=list)


def plan_tab(title: str, dataset: Dataset, sheet: Sheet, locale: str) -> PlanTab:
    """The rows of *sheet* as the plan reads them; texts are written as in *locale*."""
    top = sheet.table.skip_lines - 1
    meant = columns_said(dataset, [column[top] for column in sheet.columns])
    columns = list(sheet.columns)
    for index, name in enumerate(meant):
        if name and index not in {*sheet.table.repeated.get(name, ()), *sheet.table.apart()}:
            # A header over nothing that stands there a second time.
            columns[index] = [*columns[index][:top], "", *columns[index][top + 1 :]]
    rows = list(zip(*columns, strict=True))
    return PlanTab(title, *table_of_cells(dataset.name, title, rows, locale=locale))


class PlanTabs:
    """All plan tabs of one *source*; *known* is what they may name beside each other."""

    def __init__(self, source: Source, known: Known, tabs: Sequence[PlanTab]) -> None:
        """Nothing is checked yet."""
        self.source = source
        self._known = known
        self._tabs = tabs
        self._tables = {tab.table.name: tab.table for tab in tabs if tab.table}

    def bring(self, writer: Writer, changed: dict[str, Origin], refused: Collection[str]) -> list[SourceResult]:
        """Bring the tabs that *changed*, by title; one refusal while anything in any tab is wrong.

        *refused* are the datasets of tabs that could not be read at all: what they said last stays in force.
        """
        if not changed:
            return []
        snapshot = open_snapshot(writer.folder)
        problems = [problem for tab in self._tabs for problem in tab.problems]
        problems += check(self._tables, completed(self._known, self._tables, snapshot))
        mistaken = dict.fromkeys(problem.place for problem in problems if not problem.warning)
        if mistaken:
            return [refusal_of(self.source, problems, ", ".join(mistaken))]
        last = in_force(snapshot, self.source.name).datasets
        tables = [table for table in self._tables.values() if table.place in changed]
        results = [self._bring_one(writer, table, changed[table.place], last) for table in tables]
        gone = (last & TABLES.keys()) - self._tables.keys() - set(refused)
        for result in results[:1]:
            result.notes += [*(problem.told for problem in problems), *left_out(gone)]
        return results

    def _bring_one(self, writer: Writer, table: PlanTable, origin: Origin, last: Collection[str]) -> SourceResult:
        if not table.rows and table.name not in last:
            nothing = SourceResult(self.source.name, self.source.kind, UNCHANGED, table.place, table.name)
            nothing.message = _("The plan has no rows yet.")
            return nothing
        result = result_of(self.source, table, bring(writer, writer.lane(), table, origin))
        result.notes += two_homes(open_snapshot(writer.folder), table, self.source.name)
        return result
