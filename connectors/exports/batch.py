"""A batch of files: opened one by one, staged side by side, merged in their order."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from connectors.exports.attempts import (
    completed,
    described,
    hidden_copy,
    identified,
    keep,
    load_anyway,
    refused,
    set_aside,
    shown_like,
    unchanged,
    without_rows,
)
from connectors.exports.expressions import NEWER
from connectors.exports.members import Member, members_of, written_at
from connectors.exports.money import fill_in_currency, spoken
from connectors.exports.neighbours import context_of, exported_at, in_folder, rows_of, titled
from connectors.exports.notes import Outcome, kept_out, notes_of
from connectors.exports.opened import OpenFiles, failure
from connectors.exports.pace import Pace, follow
from connectors.exports.reading import AT_ONCE, prepare, read, reject_superseded, rejects_file, stage, write_rejects
from connectors.exports.recognise import recognise
from connectors.exports.results import (
    FAILED,
    LOADED,
    REFUSED,
    FileResult,
    in_words,
    loaded_sentence,
    refused_sentence,
)
from connectors.exports.staging import Context, Staging
from connectors.exports.summary import Summary, summarise
from connectors.exports.totals import FOOTER, REJECTED, TOTAL, controls
from connectors.exports.turns import Turns, threads
from connectors.plan.by_hand import PlanByHand, examine
from connectors.plan.tables import NOBODY, Known
from core.config import Configuration
from core.errors import FileError, KokpitError
from core.period import DAY
from core.remarks import _, joined
from warehouse.coverage import Incoming
from warehouse.loads import Held, Load, account_beside, earlier_load, loads_by_bytes, mistaken_loads, refused_by_bytes
from warehouse.snapshot import open_snapshot
from warehouse.writer import Lane, Writer, explained

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from connectors.exports.binding import Table
    from connectors.exports.formats import Format
    from warehouse.merge import Merge

LANES: Final = 2
ANYBODY: Final = Configuration(time_zone="UTC")
OPENING: Final = 0.3
"""The share of the work that opening and recognising files is."""


@dataclass(frozen=True)
class Options:
    """The reader's answers: a format by name, an account or site, how numbers and days are written; try only.

    *own* formats are known beside those that ship with Kokpit and those of the home; *known* is what a plan may name.
    *again* has files that were loaded before count as exports of now. *arrived* files were written when they came:
    their own times do not tell when the exports were made.
    """

    format: str | None = None
    account: str | None = None
    locale: str | None = None
    dry_run: bool = False
    again: bool = False
    arrived: bool = False
    own: tuple[Format, ...] = ()
    known: Known = NOBODY


@dataclass
class Job:
    """One recognised table on its way in. *number* is its place in the order of merging."""

    number: int
    member: Member
    staging: Staging
    load: Load
    result: FileResult
    remarks: list[str]
    pace: Pace = field(default_factory=Pace)


class Batch:
    """The files of one call, all read into the same private copy."""

    def __init__(self, writer: Writer, work: Path, options: Options, team: Configuration = ANYBODY) -> None:
        """Nothing is read yet; unpacked tables go into *work*; times and amounts that say no more are the *team*'s."""
        self.writer = writer
        self.work = work
        self.options = options
        self.outside = Context(account=options.account, zone=team.time_zone, currency=team.currency)
        self.known = {} if options.again else loads_by_bytes(open_snapshot(writer.folder))
        self._held = Held(open_snapshot(writer.folder), NEWER)
        self.refused = refused_by_bytes(open_snapshot(writer.folder))
        self._began = datetime.now(UTC)
        self.changed = False
        self._files = OpenFiles()
        self._beside = ThreadPoolExecutor(1)
        self._turns = Turns()
        self._lanes: SimpleQueue[Lane] = SimpleQueue()
        self._every_lane = [writer.lane() for _number in range(LANES)]
        for lane in self._every_lane:
            self._lanes.put(lane)

    def watch(self) -> None:
        """Have what is told on the way say how far a table is, too."""
        for lane in self._every_lane:
            lane.watch()

    def load(self, files: Sequence[Path], tell: Callable[[str, float], None]) -> list[FileResult]:
        """Load every table of *files*, in their order; a table that is refused leaves nothing behind."""
        if all(map(_is_small, files)):
            # Nothing in them to share among threads, which would only get into each other's way.
            self.writer.run("SET threads = 1")
        opened: list[Job | FileResult] = []
        with self._beside:
            for position, file in enumerate(files):
                tell(file.name, OPENING * position / len(files))
                opened += self._open(file, sum(isinstance(entry, Job) for entry in opened))
            return self._load(opened, tell)

    def load_tables(self, tables: Sequence[tuple[Member, Table]]) -> list[FileResult]:
        """Load tables that were recognised elsewhere, in their order, whether or not the same bytes came before."""
        self.known = {}
        opened: list[Job | FileResult] = []
        for member, table in tables:
            opened.append(self._prepared(member, table, [], sum(isinstance(entry, Job) for entry in opened)))
        return self._load(opened, lambda _label, _share: None)

    def _load(self, opened: Sequence[Job | FileResult], tell: Callable[[str, float], None]) -> list[FileResult]:
        """Stage and merge what was *opened*; what came to nothing is in the log too."""
        with threads(self._lanes, self._every_lane) as pool:
            # Each task sees the language that messages are to be in.
            tasks = [
                (Path(job.member.label).name, pool.submit(copy_context().run, self._run, job), job.pace)
                for job in opened
                if isinstance(job, Job)
            ]
            follow(tasks, lambda name, share: tell(name, OPENING + (1 - OPENING) * share))
        tell("", 1.0)
        results = [entry.result if isinstance(entry, Job) else entry for entry in opened]
        if not self.options.dry_run:
            keep(self.writer, results, self._began)
        return results

    def _open(self, file: Path, number: int) -> list[Job | FileResult]:
        """The tables of *file*, each recognised and prepared, or refused."""
        name = in_words(file)
        if name != str(file):
            message = _("The name of the file {file} is not valid text.").format(file=name)
            return [refused(file, FileError(message, _("Rename it, then load it again.")))]
        self._files.open(file)
        found = self._read(file, number)
        changed = self._files.changed(file)
        return [refused(file, changed)] if changed and not any(map(_is_in, found)) else found

    def _read(self, file: Path, number: int) -> list[Job | FileResult]:
        """What is in *file*, as far as it can be read."""
        try:
            members = members_of(file, Path(tempfile.mkdtemp(dir=self.work)), self._beside)
            if self.options.arrived:
                came = written_at(file)
                members = [replace(each, modified=None) if each.modified == came else each for each in members]
        except (KokpitError, OSError) as error:
            return [refused(file, failure(file, self.work, error))]
        return self._opened(file, members, number)

    def _opened(self, file: Path, members: list[Member], number: int) -> list[Job | FileResult]:
        found, members = self._plan(file, members)
        tables, entries = self._recognised(members)
        entries += found
        for member, table in tables:
            beside = [(m, t) for m, t in tables if m is not member and m.folder == member.folder]
            entry = self._prepared(member, table, beside, number)
            number += isinstance(entry, Job)
            entries.append(entry)
        return entries

    def _plan(self, file: Path, members: list[Member]) -> tuple[list[FileResult], list[Member]]:
        """What became of a plan in *file*, and the members that are none."""
        if self.options.format:
            return [], members
        with explained(self.writer.folder):
            plan = PlanByHand(file, members)
            found = plan.bring(self.writer, self.options.known)
        found = [identified(result, file) if result.status == REFUSED else result for result in found]
        self.changed = self.changed or any(result.status == LOADED for result in found)
        return found, plan.rest

    def _recognised(self, members: list[Member]) -> tuple[list[tuple[Member, Table]], list[Job | FileResult]]:
        tables: list[tuple[Member, Table]] = []
        others: list[Job | FileResult] = []
        for member in members:
            try:
                tables.append((member, recognise(member, self.options.format, self.options.own)))
            except FileError as error:
                others.append(refused(member, error))
        return tables, others

    def _prepared(
        self, member: Member, table: Table, beside: list[tuple[Member, Table]], number: int
    ) -> Job | FileResult:
        result = FileResult(member.label, format=table.declared.name, dataset=table.declared.dataset)
        if table.declared.role == "context":
            return described(result, table, rows_of(member, table))
        if table.declared.role == "aside":
            return set_aside(result, table, rows_of(member, table))
        if not table.headers:
            result.lines_preamble = table.skip_lines
            return identified(without_rows(result, member), member)
        if member.hidden and (shown := shown_like(table, beside)):
            return hidden_copy(result, table, rows_of(member, table), shown)
        locale = self.options.locale or table.declared.locale
        try:
            remarks = examine(member, table, self.options.known, self.writer.folder, locale)
            beside = beside or in_folder(member, table, Path(tempfile.mkdtemp(dir=self.work)))
            context = context_of(member, table, beside, self.outside)
            staging = prepare(member, table, context, locale)
        except FileError as error:
            return refused(member, error, table)
        load = _log_entry(member, staging)
        load.exported_at = self._began if self.options.again else load.exported_at
        result.name = member.log_name
        return Job(number, member, staging, load, result, remarks)

    def _run(self, job: Job) -> FileResult:
        """Stage the rows of *job*, wait for its turn, merge them."""
        lane = self._lanes.get()
        try:
            return self._stage_and_merge(lane, job)
        finally:
            self._lanes.put(lane)

    def _stage_and_merge(self, lane: Lane, job: Job) -> FileResult:
        job.pace.reading(lane)
        with self._turns.reserved(job.number) as wait:
            try:
                with self._files.unchanged(job.member.text), explained(self.writer.folder):
                    # Where nothing is there yet, nobody has to wait for the fingerprint.
                    if not self.known or not self._earlier(job):
                        stage(lane, job.staging, repeated=read(lane, job.member, job.staging))
            except KokpitError as error:
                job.result = refused(job.member, error, job.staging.table)
            wait()
            return self._take_turn(lane, job)

    def _take_turn(self, lane: Lane, job: Job) -> FileResult:
        if job.result.status in (REFUSED, FAILED):
            return job.result
        try:
            with self._files.unchanged(job.member.text):
                known = self._earlier(job)
            with explained(self.writer.folder):
                job.result = unchanged(job.result, known, self._held) if known else self._merge(lane, job)
        except KokpitError as error:
            job.result = refused(job.member, error, job.staging.table)
        return job.result

    def _earlier(self, job: Job) -> Load | None:
        """The load that brought the same bytes before, if there is one; waits for their fingerprint."""
        job.load.sha256 = job.result.sha256 = job.member.sha256
        return earlier_load(self.known, job.load)

    def _merge(self, lane: Lane, job: Job) -> FileResult:
        result, staging, load = job.result, job.staging, job.load
        job.pace.merging()
        summary = summarise(lane, staging)
        if summary.names_currency and (told := fill_in_currency(lane, staging)):
            job.remarks += told
            summary = summarise(lane, staging)
        _fill_in(result, staging, summary)
        if not summary.rows and result.rows_rejected:
            return self._reject(lane, job)
        result.control = controls(lane, staging, summary.rows)
        if not summary.rows:
            return without_rows(result, job.member)
        if self.options.arrived and not load.exported_at:
            load.exported_at = self._made(job, summary)
        self._number(job)
        incoming = Incoming(summary.spans, staging.constants(), mistaken_loads(self.known, load))
        incoming = replace(incoming, kept_out=spoken(lane, staging) if result.rows_rejected else ())
        doubtful = not staging.table.declared.exact and self.writer.may_be_there_already(staging.dataset, incoming)
        merged = self.writer.merge(lane, load, incoming, lambda merged: _keep_rejects(lane, job, merged))
        result.rows_loaded, result.rows_replaced, result.gave_way = merged.loaded, merged.replaced, merged.superseded
        asked = staging.context.account if self.options.account else None
        beside = account_beside(self.known, load, result.account)
        outcome = Outcome(result.control, merged, doubtful, asked, beside)
        result.notes = notes_of(lane, staging, summary, outcome) + job.remarks
        result.message = joined([loaded_sentence(result), *result.notes])
        result.next_step = load_anyway() if result.gave_way else ""
        self.writer.log(completed(load, result))
        self.known.setdefault(load.sha256, []).append(load)
        self.changed = True
        return result

    def _made(self, job: Job, summary: Summary) -> datetime:
        """When an export was made that does not say so: now, unless it ends before what is there of its accounts."""
        dataset, stated = job.staging.dataset, titled(job.staging.table)
        newest = self.writer.newest_day(dataset, summary.spans) if dataset.scope else None
        ends = [day for day in (summary.last_day, stated.end if stated else None) if day]
        if not newest or not ends or max(ends) >= newest:
            return self._began
        return datetime.combine(max(ends) + DAY, time(), UTC)

    def _number(self, job: Job) -> None:
        """Give the load its number; attempts at the same bytes that an older Kokpit kept are forgotten."""
        job.load.load_id = job.result.load_id = self.writer.next_load_id()
        self.writer.forget(self.refused.pop(job.load.sha256, []))

    def _reject(self, lane: Lane, job: Job) -> FileResult:
        """Refuse a table of which no row can be loaded; the rows and what is wrong with them are kept."""
        result = job.result
        result.load_id = self.writer.next_attempt_id()
        result.rejects = rejects_file(lane, job.staging, result.load_id, self.work)
        result.status, result.kind, result.notes = REFUSED, FileError.kind, kept_out(lane)
        result.message = joined([refused_sentence(job.member.name), *result.notes])
        result.next_step = _(
            "Correct the file, or download it again, and load it once more. The Sources page keeps every row with its "
            "reason, among the rejected rows."
        )
        # The message says it all.
        result.notes = []
        return result


def _is_small(file: Path) -> bool:
    """Whether the database reads *file* in one piece."""
    return not file.is_file() or file.stat().st_size <= AT_ONCE


def _is_in(found: Job | FileResult) -> bool:
    """Whether rows of it, those of a plan, are in already."""
    return isinstance(found, FileResult) and found.status == LOADED


def _keep_rejects(lane: Lane, job: Job, merged: Merge) -> None:
    """Write the rejected rows of *job*, those that a newer export already has among them."""
    if merged.superseded:
        reject_superseded(lane, job.staging)
    job.result.rows_rejected += merged.superseded
    if job.result.rows_rejected:
        write_rejects(lane, job.staging, job.load.load_id)


def _log_entry(member: Member, staging: Staging) -> Load:
    context = staging.context
    return Load(
        source=staging.table.declared.source,
        name=member.log_name,
        format=staging.table.declared.name,
        dataset=staging.dataset.name,
        asked=context.asked,
        locale=staging.reading,
        exported_at=exported_at(member, staging.table),
        started_at=datetime.now(UTC),
    )


def _fill_in(result: FileResult, staging: Staging, summary: Summary) -> None:
    """The lines of the file by what they are; every one is counted exactly once."""
    result.rows_total = summary.kinds.get(TOTAL, 0)
    result.rows_rejected = summary.kinds.get(REJECTED, 0)
    result.lines_footer = summary.kinds.get(FOOTER, 0)
    result.lines_preamble = staging.table.skip_lines
    result.rows_read = summary.rows + result.rows_total + result.rows_rejected
    result.first_day, result.last_day, result.account = summary.first_day, summary.last_day, summary.account
