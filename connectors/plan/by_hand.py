"""A plan among files that are loaded by hand: what the template writes, checked as the plan of the home is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.exports.results import EMPTY, LOADED, REFUSED, FileResult
from connectors.plan.checks import check
from connectors.plan.merging import SOURCE, Origin, bring, in_force
from connectors.plan.reading import fingerprint_of, read_members
from connectors.plan.source import completed, lines_of, plan_error
from connectors.plan.words import helping_sheets, plain, tables_by_name
from core.remarks import _, ngettext
from warehouse.datasets import titles
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from connectors.exports.members import Member
    from connectors.plan.reading import ReadPlan
    from connectors.plan.tables import Known, PlanTable
    from warehouse.writer import Writer

LARGEST: Final = 8 << 20
"""Nobody writes more of a plan; what is larger was written by a program."""


class PlanByHand:
    """What is a plan of the *members* of the file *path*; *rest* are those that are not.

    Tables under the datasets' own names load as every dataset does that Kokpit wrote; a plan is what people fill in,
    under the names they know.
    """

    def __init__(self, path: Path, members: Sequence[Member]) -> None:
        """Nothing is checked yet."""
        named = [member for member in members if _may_be_plan(path, member)]
        self.path = path
        self.plan: ReadPlan | None = read_members(path, named) if named else None
        if self.plan and not any(map(_is_peoples, self.plan.tables.values())):
            self.plan = None
        self._labels = {f"{path.name} / {m.sheet}" if m.sheet else path.name: m.label for m in members}
        aside = {id(member) for member in named} if self.plan else set()
        helping = helping_sheets() if self.plan else frozenset()
        self.rest = [m for m in members if id(m) not in aside and plain(m.sheet) not in helping]

    def bring(self, writer: Writer, known: Known) -> list[FileResult]:
        """Bring every table that has rows, or none of them while there is a mistake."""
        if self.plan is None:
            return []
        tables = {name: table for name, table in self.plan.tables.items() if table.rows}
        snapshot = open_snapshot(writer.folder)
        problems = [*self.plan.problems, *check(tables, completed(known, tables, snapshot))]
        notes = lines_of(problems)
        if any(not problem.warning for problem in problems):
            error, step = plan_error(problems), _("Correct each place named, then load it again.")
            return [self._told(REFUSED, error.message, notes, next_step=step, kind=error.kind)]
        sha256 = fingerprint_of([self.path])
        if not tables or in_force(snapshot).sha256 == sha256:
            return [self._told(EMPTY, _("The plan is as it was.") if tables else _("The plan has no rows yet."), notes)]
        results = [self._brought(writer, table, sha256) for table in tables.values()]
        step = _("To keep it in force, put it as plan.xlsx into the folder plan of the home.")
        results[0].notes += [*notes, step]
        return results

    def _told(self, status: str, message: str, notes: list[str], next_step: str = "", kind: str = "") -> FileResult:
        return FileResult(
            str(self.path), status, "kokpit", message=message, next_step=next_step, kind=kind, notes=notes
        )

    def _brought(self, writer: Writer, table: PlanTable, sha256: str) -> FileResult:
        found = bring(writer, writer.lane(), table, Origin(SOURCE, f"{SOURCE}/{table.place}", sha256))
        rows = found.loaded + found.replaced
        text = ngettext("{table}: {n} row is in force.", "{table}: {n} rows are in force.", rows)
        message = text.format(table=titles.table_title(table.name), n=rows)
        result = FileResult(self._labels[table.place], LOADED, "kokpit", table.name, message=message, sha256=sha256)
        result.rows_read, result.rows_loaded, result.rows_replaced = len(table.rows), found.loaded, found.replaced
        result.load_id = found.load_id
        if found.removed:
            result.notes = [ngettext("{n} row is gone.", "{n} rows are gone.", found.removed).format(n=found.removed)]
        return result


def _may_be_plan(path: Path, member: Member) -> bool:
    named = plain(member.sheet or path.stem) in tables_by_name() and not member.folder
    return named and (member.refusal is not None or member.text.stat().st_size <= LARGEST)


def _is_peoples(table: PlanTable) -> bool:
    """Whether people wrote its headers: all that are needed, and not as the dataset itself calls them."""
    needed = {column.name for column in table.dataset.columns if column.required}
    return needed <= table.headers.keys() and any(header != column for column, header in table.headers.items())
