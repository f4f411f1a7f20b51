"""Another table below the first one of a sheet or file: found by its headings, so that none of it is read as the first.

The first table alone is read; every line from the headings of the next one on is kept out, and it is told which it is.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports.formats import formats, own_formats
from connectors.exports.headers import skeleton
from connectors.exports.totals import FOOTER, REJECTED
from connectors.exports.vocabulary import bones, columns_of, mappable, spellings
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.schema import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

LOOKED_AT: Final = 2000
"""Rejected lines among which headings are looked for; the first of a table is never far behind the last good row."""
NARROWEST: Final = 2
HALF: Final = 0.5
_NO_HEADING: Final = re.compile(rf"\d|{NUMBER_MARK}")


@dataclass(frozen=True)
class Line:
    """A line that is no row of the table: the records above it, its place in the file, its number if it is a record."""

    above: int
    place: int
    record: int | None
    cells: tuple[str, ...]

    @property
    def filled(self) -> dict[int, str]:
        """What stands in it, by column."""
        return {index: cell.strip() for index, cell in enumerate(self.cells) if cell.strip()}


def set_apart(runner: Runner, staging: Staging) -> None:
    """Keep out what stands below the first table: its lines go to ``odd`` and ``broken``, and *staging* knows where."""
    lines = _lines(runner, staging)
    blank = {line.place for line in lines if not line.filled}
    headings = [line for line in lines if _is_heading(line) and _has_rows_above(runner, line)]
    for line in headings:
        if _is_repeated(line, staging.table.headers):
            runner.run(f"UPDATE odd SET kind = '{FOOTER}' WHERE line = ?", [line.record])
        elif _starts_another(runner, line, after_blank=line.place - 1 in blank):
            staging.below = (line.place, tuple(line.filled.values()))
            _keep_out(runner, staging, line)
            return


def _lines(runner: Runner, staging: Staging) -> list[Line]:
    """The first lines that are rejected or blank, in the order of the file."""
    skip, mark = staging.table.skip_lines, staging.table.delimiter
    broken = runner.run("SELECT line, raw FROM broken ORDER BY line")
    above = [line - skip - number for number, (line, _raw) in enumerate(broken, start=1)]
    odd = runner.run(
        f"SELECT line, raw FROM odd WHERE kind IN ('{REJECTED}', '{FOOTER}') ORDER BY line LIMIT {LOOKED_AT}"
    )
    found = [
        Line(records, line, None, tuple(next(csv.reader([raw], delimiter=mark), [])))
        for records, (line, raw) in zip(above, broken, strict=True)
    ]
    for record, raw in odd:
        broken_above = sum(records < record for records in above)
        found.append(Line(record - 1, skip + record + broken_above, record, tuple(cell or "" for cell in raw)))
    return sorted(found, key=lambda line: line.place)


def _is_heading(line: Line) -> bool:
    """Whether it could be a row of headings: several texts, none of them with a digit."""
    return len(line.filled) >= NARROWEST and not any(map(_NO_HEADING.search, line.filled.values()))


def _has_rows_above(runner: Runner, line: Line) -> bool:
    """Whether rows of data stand above: a second row of headings at the top belongs to the first."""
    odd = runner.run("SELECT count(*) FROM odd WHERE line <= ?", [line.above])[0][0]
    return bool(line.above > odd)


def _is_repeated(line: Line, headers: Sequence[str]) -> bool:
    """Whether it repeats the headings above, each in its place: the table goes on."""
    known = dict(enumerate(map(skeleton, headers)))
    return line.record is not None and all(known.get(place) == skeleton(text) for place, text in line.filled.items())


def _starts_another(runner: Runner, line: Line, *, after_blank: bool) -> bool:
    """Whether another table starts with *line*; after a blank line less is needed to say so."""
    return _share_known(line) >= (HALF if after_blank else 1) or (after_blank and _fits_badly(runner, line))


def _share_known(line: Line) -> float:
    """How much of it are headings that Kokpit knows, of whatever table: words such as Source stand in cells too."""
    known = sum(bones(text) in _known_headings() for text in line.filled.values())
    return known / len(line.filled) if known >= NARROWEST else 0.0


def _fits_badly(runner: Runner, line: Line) -> bool:
    """Whether most of what follows cannot be read as rows of the first table."""
    last = runner.run("SELECT count(*) FROM records")[0][0]
    odd = runner.run("SELECT count(*) FROM odd WHERE line > ?", [line.above])[0][0]
    rest = runner.run("SELECT count(*) FROM broken WHERE line > ? AND raw <> ''", [line.place])[0][0]
    return bool(2 * (odd + rest) > last - line.above + rest)


def _keep_out(runner: Runner, staging: Staging, line: Line) -> None:
    """Reject all lines from *line* on, whatever was thought of them."""
    wrong = f"problem = '-1|{sql.BELOW}', label = NULL, kind = '{REJECTED}'"
    runner.run(f"UPDATE odd SET {wrong} WHERE line > ? AND kind <> '{FOOTER}'", [line.above])
    runner.run(f"UPDATE broken SET reason = '{sql.BELOW}' WHERE line >= ? AND kind = '{REJECTED}'", [line.place])
    bound = [c for c in staging.typed_columns if c.name in staging.table.columns and not staging.is_constant(c)]
    cells = ", ".join(f"{quoted(column.name)}::VARCHAR" for column in bound)
    # Not by UPDATE: that would change the places of the rows, which tell their lines.
    kept = f"CASE WHEN raw IS NULL AND rowid >= {line.above} THEN [{cells}]::VARCHAR[] ELSE raw END AS raw"
    runner.run(f"CREATE OR REPLACE TEMP TABLE records AS SELECT * REPLACE ({kept}) FROM records")
    runner.run(
        f"""INSERT INTO odd SELECT rowid + 1, '-1|{sql.BELOW}', raw, NULL, '{REJECTED}' FROM records
        WHERE rowid >= ? AND rowid + 1 NOT IN (SELECT line FROM odd)""",
        [line.above],
    )
    staging.has_odd_rows = True


@cache
def _known_headings() -> frozenset[str]:
    """Every heading of every table that can be loaded, in all languages."""
    of_formats = (header for declared in (*formats().values(), *own_formats()) for header in declared.by_header)
    of_datasets = (
        spelling.bones
        for dataset in mappable()
        for column in columns_of(dataset.name)
        for spelling in spellings(dataset.name, column.name)
    )
    return frozenset((*map(bones, of_formats), *of_datasets))
