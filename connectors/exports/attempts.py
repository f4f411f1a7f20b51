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


class Attempts:
    """The files that brought no row so far: each is in the load log as it was last tried.

    Known again by their bytes; those that cannot be read, by their names.
    """

    def __init__(self, writer: Writer, earlier: dict[str, list[Load]]) -> None:
        """The *earlier* ones are in the log of the *writer*'s copy."""
        self._writer = writer
        self._earlier = earlier
        self._began = datetime.now(UTC)

    def forget(self, load: Load) -> None:
        """The file of *load* is tried again: what was said of it holds no longer."""
        self._writer.forget([earlier.load_id for earlier in self._earlier.pop(_mark(load), [])])

    def add(self, load: Load) -> None:
        """*load*, which has its number, brought no row."""
        self._earlier[_mark(load)] = [load]
        self._writer.log(load)

    def keep(self, results: Iterable[FileResult]) -> None:
        """Log those of *results* that are refused or empty, but for what the log says already."""
        for result in results:
            if result.name and result.load_id is None and result.status in (REFUSED, EMPTY):
                load = _entry(result, self._began)
                if not any(_says_the_same(earlier, load) for earlier in self._earlier.get(_mark(load), [])):
                    self.forget(load)
                    load.load_id = self._writer.next_load_id()
                    self.add(load)


def _mark(load: Load) -> str:
    return load.sha256 or load.name


def _says_the_same(one: Load, other: Load) -> bool:
    return (one.status, one.remarks) == (other.status, other.remarks)


def _entry(result: FileResult, started_at: datetime) -> Load:
    declared = formats().get(result.format or "")
    return Load(
        source=declared.source if declared else None,
        name=result.name,
        sha256=result.sha256,
        format=result.format,
        dataset=result.dataset,
        status=result.status,
        lines_preamble=result.lines_preamble,
        started_at=started_at,
        finished_at=datetime.now(UTC),
        message=result.message,
        # An empty load has its state to say so.
        remarks=written([result.message, *result.notes] if result.status == REFUSED else []),
    )
