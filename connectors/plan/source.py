"""The plan as a source that every home has: its folder is read, checked, and comes into force whole or not at all."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.base import LOADED, REFUSED, UNCHANGED, SourceResult
from connectors.plan.checks import check
from connectors.plan.merging import SOURCE, InForce, Origin, bring, held_by, in_force
from connectors.plan.reading import ReadPlan, fingerprint_of, plan_files, read_files
from core.config import Source
from core.errors import ConfigurationError, FileError
from core.remarks import _, ngettext
from warehouse.datasets import titles
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from connectors.plan.merging import Brought
    from connectors.plan.tables import Known, PlanProblem, PlanTable
    from core.config import Home
    from warehouse.snapshot import Snapshot
    from warehouse.writer import Writer


class PlanFolder:
    """The folder ``plan/`` of a home on its way in; a connector that needs no configuration."""

    def __init__(self, home: Home, known: Known) -> None:
        """*known* are the KPIs and processes that ship with Kokpit; nothing is read yet."""
        self.source = Source(SOURCE, SOURCE)
        self.home = home
        self.known = known
        self.plan = ReadPlan()
        self._sha256 = ""
        self._last = InForce("", frozenset())

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Read and check the files, unless they are in force as they are. Raises FileError when they cannot be read."""
        tell(str(self.home.plan), 0.0)
        try:
            self._read()
        except OSError as error:
            file = error.filename or self.home.plan
            message = _("{file} cannot be read: {error}.").format(file=file, error=error.strerror or error)
            raise FileError(message, _("Check that you may read it and that it is not open elsewhere.")) from error
        tell(str(self.home.plan), 1.0)

    def _read(self) -> None:
        files, others = plan_files(self.home.plan)
        snapshot = open_snapshot(self.home.warehouse)
        self._sha256, self._last = fingerprint_of(files), in_force(snapshot)
        if self._is_new or (others and not files):
            with tempfile.TemporaryDirectory(prefix="kokpit-") as work:
                self.plan = read_files(files, others, Path(work))
            self.plan.problems += check(self.plan.tables, completed(self.known, self.plan.tables, snapshot))

    @property
    def _is_new(self) -> bool:
        """Whether the files are others than those in force."""
        return bool(self._sha256) and self._sha256 != self._last.sha256

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Bring every table of a plan that changed; none of them while there is a mistake."""
        if any(not problem.warning for problem in self.plan.problems):
            return [refusal_of(self.source, self.plan.problems)]
        tables = self.plan.tables.values()
        results = []
        if any(table.rows or table.name in self._last.datasets for table in tables):
            results = [self._bring_one(writer, table) for table in tables]
        results = [result for result in results if result.rows_loaded or result.rows_replaced or result.notes]
        if not results and (self._sha256 or self.plan.problems):
            message = _("The plan has no rows yet.") if self._is_new else _("The plan is as it was.")
            results = [SourceResult(SOURCE, SOURCE, UNCHANGED, message=message if self._sha256 else "")]
        for result in results[:1]:
            result.notes += [*(problem.told for problem in self.plan.problems), *self._left_out()]
        return results

    def _bring_one(self, writer: Writer, table: PlanTable) -> SourceResult:
        origin = Origin(SOURCE, f"{SOURCE}/{table.place}", self._sha256)
        found = bring(writer, writer.lane(), table, origin)
        result = result_of(self.source, table, found)
        if found.removed:
            text = ngettext("{n} row is gone.", "{n} rows are gone.", found.removed)
            result.notes.append(text.format(n=found.removed))
        result.notes += two_homes(open_snapshot(writer.folder), table, SOURCE)
        return result

    def published(self) -> None:
        """Nothing was kept."""

    def _left_out(self) -> list[str]:
        """The tables that were in the plan and are not any more, which is perhaps not meant."""
        return left_out(self._last.datasets - self.plan.tables.keys()) if self._is_new else []


def left_out(datasets: Iterable[str]) -> list[str]:
    """What to say of *datasets* that were in the plan, and are not any more."""
    text = _("{table} is not in the plan any more; what it said last stays in force. To empty it, keep its headers.")
    return [text.format(table=titles.table_title(name)) for name in sorted(datasets)]


def two_homes(snapshot: Snapshot, table: PlanTable, source: str) -> list[str]:
    """What to say of a *table* that another source has brought so far: the two would take turns."""
    other = held_by(snapshot, table.name)
    if not table.rows or other in ("", "kokpit", source):
        return []
    text = _("{table} came from “{other}” so far. Keep it in one place: what was changed last is in force.")
    return [text.format(table=titles.table_title(table.name), other=other)]


def refusal_of(source: Source, problems: Sequence[PlanProblem], part: str = "") -> SourceResult:
    """All mistakes of the plan in *source* at once, the warnings after them."""
    result = SourceResult.failure(source, plan_error(problems), part, REFUSED)
    result.notes = lines_of(problems)
    return result


def lines_of(problems: Sequence[PlanProblem]) -> list[str]:
    """The mistakes, as many as are counted, and after them the warnings, which are marked as such."""
    warning = _("Only a warning: {text}")
    return [
        *(problem.told for problem in problems if not problem.warning),
        *(warning.format(text=problem.told) for problem in problems if problem.warning),
    ]


def plan_error(problems: Sequence[PlanProblem]) -> ConfigurationError:
    """The mistakes among *problems* as one error, whose last good plan stays in force."""
    count = sum(not problem.warning for problem in problems)
    text = ngettext(
        "The plan has {n} mistake, so the last good one stays in force.",
        "The plan has {n} mistakes, so the last good one stays in force.",
        count,
    )
    return ConfigurationError(text.format(n=count), _("Correct each place named, then refresh again."))


def completed(known: Known, tables: Collection[str], snapshot: Snapshot) -> Known:
    """*known* with the people, processes and KPIs in force whose tables are not among the *tables* at hand."""

    def names(dataset: str, key: str) -> dict[str, str]:
        if dataset in tables:
            return {}
        return dict(snapshot.rows(f"SELECT {key}, coalesce(name, {key}) FROM {dataset}"))

    return replace(
        known,
        kpis={**known.kpis, **names("custom_kpis", "kpi_id")},
        processes={**known.processes, **names("processes", "process_id")},
        people={**known.people, **names("people", "person_id")},
    )


def result_of(source: Source, table: PlanTable, found: Brought) -> SourceResult:
    """What became of *table*, in a sentence."""
    rows = found.loaded + found.replaced
    text = ngettext("{table}: {n} row is in force.", "{table}: {n} rows are in force.", rows)
    result = SourceResult(source.name, source.kind, LOADED, table.place, table.name, found.loaded, found.replaced)
    result.message = text.format(table=titles.table_title(table.name), n=rows)
    return result


def read_plan(home: Home, known: Known, writer: Writer) -> list[SourceResult]:
    """Read, check and bring the plan of *home* into the writer's copy: one result per table, or one refusal."""
    folder = PlanFolder(home, known)
    folder.fetch(lambda _label, _share: None)
    return folder.bring(writer)
