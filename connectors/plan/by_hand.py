"""A plan among files that are loaded by hand: what the template writes, checked as the plan of the home is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from connectors.exports.results import EMPTY, LOADED, REFUSED, FileResult
from connectors.exports.sample import records
from connectors.plan.checks import check, duplicate_keys, missing_values, wrong_types
from connectors.plan.merging import SOURCE, Origin, bring, in_force
from connectors.plan.reading import fingerprint_of, read_members, table_of_cells
from connectors.plan.references import unknown_names
from connectors.plan.source import completed, lines_of, plan_error
from connectors.plan.tables import TABLES
from connectors.plan.words import helping_sheets, plain, tables_by_name
from core.errors import FileError
from core.remarks import _, ngettext
from warehouse.datasets import titles
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from connectors.plan.reading import ReadPlan
    from connectors.plan.tables import Known, PlanProblem, PlanTable
    from warehouse.writer import Writer


class PlanError(FileError):
    """A plan with *mistakes*, one line each."""

    def __init__(self, problems: Sequence[PlanProblem]) -> None:
        """All of *problems* are told together."""
        super().__init__(plan_error(problems).message, _("Correct each place named, then load it again."))
        self.mistakes = lines_of(problems)


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


def examine(member: Member, table: Table, known: Known, folder: Path, locale: str | None) -> list[str]:
    """What to tell of a plan's *table* that loads like any other into *folder*. Raises PlanError for its mistakes.

    Names of people, processes and KPIs that nobody has are only told: their tables may come in the next file. What is
    wrong with single cells is found when they are loaded.
    """
    dataset = table.declared.dataset
    if dataset not in TABLES or member.text.stat().st_size > LARGEST:
        return []
    constants = table.declared.constants
    header = [[*table.columns, *constants]]
    places = list(table.columns.values())
    with member.text.open(encoding="utf-8", newline="") as file:
        rows = list(records(file, table.delimiter))[table.skip_lines :]
    cells = [[*(row[place] if place < len(row) else "" for place in places), *constants.values()] for row in rows]
    pointed = table.delimiter == "," and not member.typed
    read, _of_the_headers = table_of_cells(dataset, member.name, header + cells, pointed=pointed, locale=locale)
    if read is None:
        return []
    read.lines = [line + table.skip_lines - 1 for line in read.lines]
    read.headers = {column: table.headers[place] for column, place in table.columns.items()}
    tables = {dataset: read}
    nameable = completed(known, tables, open_snapshot(folder))
    by_row = {problem for rule in (missing_values, wrong_types, duplicate_keys) for problem in rule(read)}
    unknown = set(unknown_names(tables, nameable))
    # Where nothing is known yet that could have a name, all of it is still to come.
    left_open = by_row | {problem for problem in unknown if problem.warning}
    found = [problem for problem in check(tables, nameable) if problem not in left_open]
    problems = [replace(problem, warning=True) if problem in unknown else problem for problem in found]
    if any(not problem.warning for problem in problems):
        raise PlanError(problems)
    return lines_of(problems)


def _may_be_plan(path: Path, member: Member) -> bool:
    named = plain(member.sheet or path.stem) in tables_by_name() and not member.folder
    return named and (member.refusal is not None or member.text.stat().st_size <= LARGEST)


def _is_peoples(table: PlanTable) -> bool:
    """Whether people wrote its headers: all that are needed, and not as the dataset itself calls them."""
    needed = {column.name for column in table.dataset.columns if column.required}
    return needed <= table.headers.keys() and any(header != column for column, header in table.headers.items())
