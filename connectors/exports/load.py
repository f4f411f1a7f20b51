"""Loading files: every file is recognised, read and merged; what was refused is told; the rest is published at once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.exports.members import Member, members_of
from connectors.exports.neighbours import context_of, exported_at, rows_of
from connectors.exports.notes import notes_of
from connectors.exports.reading import prepare, read, reject_superseded, stage, write_rejects
from connectors.exports.recognise import Table, recognise
from connectors.exports.results import EMPTY, FAILED, LOADED, REFUSED, FileResult, loaded_sentence
from connectors.exports.staging import Context, Staging
from connectors.exports.summary import Summary, summarise
from connectors.exports.totals import FOOTER, REJECTED, TOTAL, controls
from core.errors import BrokenWarehouseError, FileError, KokpitError, TemporaryError
from core.language import _
from warehouse.generations import current_generation
from warehouse.loads import Load, earlier_load, loads_by_bytes
from warehouse.snapshot import open_snapshot
from warehouse.writer import Writer, explained, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.config import Home

    Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Options:
    """The reader's answers: a format by name, an account or site, how numbers and days are written; try only."""

    format: str | None = None
    account: str | None = None
    locale: str | None = None
    dry_run: bool = False


def load_files(
    home: Home, paths: Sequence[Path], options: Options = Options(), progress: Progress | None = None
) -> list[FileResult]:
    """Load *paths* (files or folders) into the warehouse of *home*; one result per table, refused ones among them.

    Everything loadable is published as one snapshot at the end; nothing is published when nothing changed.
    *progress* is told the file at hand and the share done. Raises TemporaryError when another load is running.
    """
    files = [file for path in paths for file in files_in(path)]
    tell = progress or (lambda _label, _share: None)
    with tempfile.TemporaryDirectory(prefix="kokpit-") as work, writing(home.warehouse) as writer:
        batch = Batch(writer, Path(work), options)
        for position, file in enumerate(files):
            tell(file.name, position / len(files))
            batch.load(file)
        if writer.changed and batch.changed and not options.dry_run:
            writer.publish()
    tell("", 1.0)
    return batch.results


def files_in(path: Path) -> list[Path]:
    """The file itself, or all files below a folder except hidden ones, the oldest first."""
    if not path.is_dir():
        return [path]
    found = [file for file in path.rglob("*") if file.is_file() and not _is_hidden(file.relative_to(path))]
    return sorted(found, key=lambda file: (file.stat().st_mtime, str(file)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts)


class Batch:
    """The files of one call: read one after the other into the same private copy."""

    def __init__(self, writer: Writer, work: Path, options: Options) -> None:
        """Nothing is read yet; unpacked tables go into *work*."""
        self.writer = writer
        self.work = work
        self.options = options
        self.known = loads_by_bytes(open_snapshot(writer.folder))
        self.results: list[FileResult] = []
        self.changed = False

    def load(self, file: Path) -> None:
        """Load every table of *file*; a table that is refused leaves nothing behind."""
        folder = Path(tempfile.mkdtemp(dir=self.work))
        try:
            members = members_of(file, folder)
            tables, refused = self._recognised(members)
        except (KokpitError, OSError) as error:
            self.results.append(_refusal(str(file), _explained(file, error)))
            return
        self.results += refused
        for member, table in tables:
            beside = [(m, t) for m, t in tables if m is not member and m.folder == member.folder]
            if not beside:
                beside = _neighbours_in_folder(file)
            self.results.append(self._load_or_refuse(member, table, beside))

    def _recognised(self, members: list[Member]) -> tuple[list[tuple[Member, Table]], list[FileResult]]:
        tables, refused = [], []
        for member in members:
            try:
                tables.append((member, recognise(member, self.options.format)))
            except FileError as error:
                refused.append(_refusal(member.label, error))
        return tables, refused

    def _load_or_refuse(self, member: Member, table: Table, beside: list[tuple[Member, Table]]) -> FileResult:
        try:
            with explained(self.writer.folder):
                return self._load(member, table, beside)
        except KokpitError as error:
            return _refusal(member.label, error, table)

    def _load(self, member: Member, table: Table, beside: list[tuple[Member, Table]]) -> FileResult:
        result = FileResult(member.label, format=table.declared.name, dataset=table.declared.dataset)
        if table.declared.role == "context":
            return _described(result, rows_of(member, table))
        context = context_of(member, table, beside, Context(account=self.options.account))
        staging = prepare(member, table, context, self.options.locale)
        load = self._log_entry(member, staging)
        known = earlier_load(self.known, load)
        if known:
            return _unchanged(result, known)
        read(self.writer, member, staging)
        stage(self.writer, staging)
        return self._merge(result, staging, load)

    def _log_entry(self, member: Member, staging: Staging) -> Load:
        context = staging.context
        return Load(
            source=staging.table.declared.source,
            name=member.label if member.label != str(member.container) else member.container.name,
            sha256=member.sha256,
            format=staging.table.declared.name,
            dataset=staging.dataset.name,
            asked=" · ".join(part for part in (context.account, context.filters) if part) or None,
            locale=str(staging.conventions),
            exported_at=exported_at(member, staging.table),
            started_at=datetime.now(UTC),
        )

    def _merge(self, result: FileResult, staging: Staging, load: Load) -> FileResult:
        summary = summarise(self.writer, staging)
        _fill_in(result, staging, summary)
        if not summary.rows and not result.rows_rejected:
            result.status = EMPTY
            result.message = loaded_sentence(result)
            return result
        result.control = controls(self.writer, staging, summary.rows)
        load.load_id = result.load_id = self.writer.next_load_id()
        merged = self.writer.merge(staging.dataset, load, summary.rows)
        if merged.superseded:
            reject_superseded(self.writer, staging)
        result.rows_loaded, result.rows_replaced = merged.loaded, merged.replaced
        result.rows_rejected += merged.superseded
        result.notes = notes_of(staging, summary, result, merged)
        result.message = " ".join([loaded_sentence(result), *result.notes])
        if result.rows_rejected:
            write_rejects(self.writer, staging, load.load_id)
        self.writer.log(_completed(load, result))
        self.known.setdefault(load.sha256, []).append(load)
        self.changed = True
        return result


def _fill_in(result: FileResult, staging: Staging, summary: Summary) -> None:
    """The lines of the file by what they are; every one is counted exactly once."""
    result.rows_total = summary.kinds.get(TOTAL, 0)
    result.rows_rejected = summary.kinds.get(REJECTED, 0)
    result.lines_footer = summary.kinds.get(FOOTER, 0)
    result.lines_preamble = staging.table.skip_lines
    result.rows_read = summary.rows + result.rows_total + result.rows_rejected
    result.first_day, result.last_day, result.account = summary.first_day, summary.last_day, summary.account


def _completed(load: Load, result: FileResult) -> Load:
    for name in ("rows_read", "rows_loaded", "rows_replaced", "rows_rejected", "rows_total", "lines_preamble"):
        setattr(load, name, getattr(result, name))
    load.lines_footer, load.first_day, load.last_day = result.lines_footer, result.first_day, result.last_day
    load.lines_read = result.rows_read + result.lines_preamble + result.lines_footer
    load.control, load.control_differs = result.control_json(), result.control_differs
    load.account = result.account
    load.status, load.message, load.finished_at = LOADED, result.message, datetime.now(UTC)
    return load


def _unchanged(result: FileResult, known: Load) -> FileResult:
    """The same bytes were loaded before: every row is there already, and nothing changes."""
    result.account = known.account
    result.rows_read, result.rows_total, result.rows_rejected = known.rows_read, known.rows_total, known.rows_rejected
    result.rows_replaced = known.rows_loaded + known.rows_replaced
    result.first_day, result.last_day = known.first_day, known.last_day
    result.lines_preamble, result.lines_footer = known.lines_preamble, known.lines_footer
    result.message = _("This file was loaded before, as {name}; nothing changed.").format(name=known.name)
    return result


def _described(result: FileResult, rows: list[list[str]]) -> FileResult:
    text = "; ".join(": ".join(cell for cell in row[:2] if cell) for row in rows)
    result.status = EMPTY
    result.message = _("It says how the tables beside it were made: {text}.").format(text=text)
    return result


def _refusal(label: str, error: KokpitError, table: Table | None = None) -> FileResult:
    status = REFUSED if isinstance(error, FileError) else FAILED
    result = FileResult(label, status, message=error.message, next_step=error.next_step, kind=error.kind)
    if table:
        result.format, result.dataset = table.declared.name, table.declared.dataset
    return result


def _explained(file: Path, error: KokpitError | OSError) -> KokpitError:
    if isinstance(error, KokpitError):
        return error
    if isinstance(error, FileNotFoundError):
        return FileError(_("There is no file {file}.").format(file=file), _("Check the path and its spelling."))
    message = _("{file} cannot be read: {error}.").format(file=file, error=error.strerror or error)
    return FileError(message, _("Check that you may read it and that it is not open elsewhere."))


def _neighbours_in_folder(file: Path) -> list[tuple[Member, Table]]:
    """Tables of an unpacked archive: small text files beside *file* that Search Console writes together."""
    return []


def generation_of(home: Home) -> int:
    """The current generation of the warehouse of *home*."""
    return current_generation(home.warehouse)


__all__ = ["BrokenWarehouseError", "FileResult", "Options", "TemporaryError", "load_files"]
