"""Files that brought no row: how a refusal is told, and what the load log keeps of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.exports.fingerprints import fingerprint
from connectors.exports.formats import formats
from connectors.exports.notes import passed_over
from connectors.exports.results import EMPTY, FAILED, REFUSED, FileResult, in_words
from connectors.plan.by_hand import PlanError
from core.errors import FileError
from core.remarks import joined, written
from warehouse import attempts
from warehouse.loads import Load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from core.errors import KokpitError
    from warehouse.writer import Writer


def refused(place: Member | Path, error: KokpitError, table: Table | None = None) -> FileResult:
    """That nothing of *place*, a file or a *table* in one, is in, and why."""
    status = REFUSED if isinstance(error, FileError) else FAILED
    label = in_words(place) if isinstance(place, Path) else place.label
    result = FileResult(label, status, message=error.message, next_step=error.next_step, kind=error.kind)
    result.notes = error.mistakes if isinstance(error, PlanError) else []
    if table:
        result.format, result.dataset = table.declared.name, table.declared.dataset
        result.next_step = joined([error.next_step, *passed_over(table)])
    return identified(result, place)


def identified(result: FileResult, place: Member | Path) -> FileResult:
    """*result* with the name and the bytes of *place*, by which the load log knows it."""
    if not isinstance(place, Path):
        result.name, result.sha256 = place.log_name, place.sha256
    elif place.exists():
        result.name, result.sha256 = in_words(Path(place.name)), _fingerprint(place)
    return result


def _fingerprint(file: Path) -> str:
    """The fingerprint of *file*; "" where it cannot be read to its end."""
    try:
        return fingerprint(file) if file.is_file() else ""
    except OSError:
        return ""


def keep(writer: Writer, results: Iterable[FileResult], began: datetime) -> None:
    """Have the load log tell those of *results* that are refused or empty, and have no number of their own."""
    tried = [
        _entry(result, began)
        for result in results
        if result.name and result.load_id is None and result.status in (REFUSED, EMPTY)
    ]
    if tried:
        attempts.keep(writer.folder, tried, writer.last_load_id())


def _entry(result: FileResult, began: datetime) -> Load:
    declared = formats().get(result.format or "")
    return Load(
        source=declared.source if declared else None,
        name=result.name,
        sha256=result.sha256,
        format=result.format,
        dataset=result.dataset,
        status=result.status,
        lines_preamble=result.lines_preamble,
        started_at=began,
        finished_at=datetime.now(UTC),
        message=result.message,
        # An empty load has its state to say so.
        remarks=written([result.message, *result.notes] if result.status == REFUSED else []),
    )
