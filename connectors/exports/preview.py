"""What a file gives when it is read in a certain way: typed rows, and those that would be rejected. Loads nothing."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.exports.batch import ANYBODY, Batch, Options
from connectors.exports.results import LOADED
from connectors.exports.vocabulary import DERIVED, POSITION
from core.language import _
from warehouse.datasets import DATASETS
from warehouse.schema import listed, literal
from warehouse.writer import trying

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from connectors.exports.formats import Format
    from connectors.exports.results import FileResult
    from core.config import Configuration
    from warehouse.writer import Writer

SHOWN: Final = 50
DEFAULTS: Final = Options()


@dataclass(frozen=True)
class Reject:
    """A row that would be rejected: its line, the header of the cell that is wrong, the reason, the row as it stood."""

    line: int
    column: str | None
    reason: str
    raw: str


@dataclass(frozen=True)
class Preview:
    """The first *rows*, in the *columns* of the dataset that the file fills, and the first rejected ones.

    *result* counts all of them; of a file with several tables it is about the first that fits.
    """

    result: FileResult
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    rejected: tuple[Reject, ...] = ()


def preview(file: Path, declared: Format, options: Options = DEFAULTS, team: Configuration = ANYBODY) -> Preview:
    """What *file* gives when it is read as *declared*, times and amounts that say no more being the *team*'s.

    Nothing that is loaded already is looked at.
    """
    asked = replace(options, format=declared.name, own=(declared,), dry_run=True)
    with tempfile.TemporaryDirectory(prefix="kokpit-") as place:
        work = Path(place) / "work"
        work.mkdir()
        with trying(Path(place) / "warehouse") as writer:
            results = Batch(writer, work, asked, team).load([file], lambda _label, _share: None)
            best = next((result for result in results if result.status == LOADED), results[0])
            if best.load_id is None:
                return Preview(best)
            if best.rejects:
                return Preview(best, _columns(declared), rejected=_rejected(writer, best))
            return _read(writer, best, declared, team.zone)


def _read(writer: Writer, result: FileResult, declared: Format, zone: ZoneInfo) -> Preview:
    dataset, columns = DATASETS[declared.dataset], _columns(declared)
    rows = writer.run(
        f"SELECT {listed(columns)} FROM ({writer.held(dataset)}) WHERE load_id = ? ORDER BY rid LIMIT {SHOWN}",
        [result.load_id],
    )
    shown = (tuple(_in_zone(value, zone) for value in row) for row in rows)
    return Preview(result, columns, tuple(shown), _rejected(writer, result))


def _columns(declared: Format) -> tuple[str, ...]:
    """The columns of the dataset that a file fills."""
    said = {*declared.columns, *declared.constants} - DERIVED
    said |= {"position_sum"} if POSITION in declared.columns else set()
    return tuple(column.name for column in DATASETS[declared.dataset].columns if column.name in said)


def _rejected(writer: Writer, result: FileResult) -> tuple[Reject, ...]:
    place = f"read_parquet({literal(str(result.rejects))})" if result.rejects else "target.rejects"
    found = writer.run(
        f'SELECT line, "column", reason, raw FROM {place} WHERE load_id = ? ORDER BY line LIMIT {SHOWN}',
        [result.load_id],
    )
    return tuple(Reject(line, column, _(str(reason)), raw) for line, column, reason, raw in found)


def _in_zone(value: object, zone: ZoneInfo) -> object:
    """A moment as the clocks of *zone* show it, which is how the file was meant; any other value as it is."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    return value
