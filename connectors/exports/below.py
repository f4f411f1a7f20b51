"""Another table below the first one of a sheet or file: found by its headings, so that none of it is read as the first.

The first table alone is read; every line from the headings of the next one on is kept out, and it is told which it is.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from connectors.exports import expressions as sql
from connectors.exports.formats import formats, own_formats
from connectors.exports.headers import skeleton
from connectors.exports.totals import FOOTER, REJECTED
from connectors.exports.vocabulary import bones, columns_of, mappable, spellings
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.contract import Type
from warehouse.schema import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from connectors.exports.staging import Staging
    from warehouse.contract import Column
    from warehouse.merge import Runner

LOOKED_AT: Final = 2000
"""Rejected lines among which headings are looked for; the first of a table is never far behind the last good row."""
NARROWEST: Final = 2
HALF: Final = 0.5
_NO_HEADING: Final = re.compile(rf"\d|{NUMBER_MARK}")


@dataclass(frozen=True)
class Line:
    """What may be no row of the table: the records above it, its place in the file, its number if it is a record."""

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
    titles = {line.place for line in lines if len(line.filled) == 1}
    for line in filter(_is_heading, lines):
        after_blank = line.place - 1 in blank
        is_repeated = _is_repeated(line, staging.table.headers)
        # Under a title of its own the same headings begin the table of something else, such as another account.
        goes_on = is_repeated and line.place - 1 not in titles
        if not (is_repeated or _starts_another(runner, staging, line, after_blank=after_blank)):
            continue
        if not _has_rows_above(runner, line):
            continue
        if goes_on:
            runner.run(f"UPDATE odd SET kind = '{FOOTER}' WHERE line = ?", [line.record])
            _take_out(runner, staging, f"rowid + 1 = {line.record}", FOOTER)
        else:
            staging.below = (line.place, tuple(line.filled.values()))
            _keep_out(runner, staging, line)
            return


def _lines(runner: Runner, staging: Staging) -> list[Line]:
    """The first lines that are rejected, blank or like headings, in the order of the file."""
    skip, mark = staging.table.skip_lines, staging.table.delimiter
    broken, odd = _told_apart(runner) if staging.has_lines_apart else ([], [])
    above = [line - skip - number for number, (line, _raw) in enumerate(broken, start=1)]
    found = [
        Line(records, line, None, tuple(next(csv.reader([raw], delimiter=mark), [])))
        for records, (line, raw) in zip(above, broken, strict=True)
    ]
    for record, raw in [*odd, *_like_headings(runner, staging)]:
        place = skip + record + sum(records < record for records in above)
        found.append(Line(record - 1, place, record, tuple(cell or "" for cell in raw)))
    return sorted(found, key=lambda line: line.place)


def _told_apart(runner: Runner) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The lines that are broken, and the first that are rejected or blank, each with what stands in it."""
    odd = f"SELECT line, raw FROM odd WHERE kind IN ('{REJECTED}', '{FOOTER}') ORDER BY line LIMIT {LOOKED_AT}"
    return runner.run("SELECT line, raw FROM broken ORDER BY line"), runner.run(odd)


def _like_headings(runner: Runner, staging: Staging) -> list[tuple[int, list[str | None]]]:
    """The first rows of data that are nothing but texts, with their cells: headings would fit there."""
    texts = {staging.table.columns[c.name]: quoted(c.name) for c in _bound(staging) if c.type is Type.TEXT}
    others = [f"{quoted(column.name)} IS NULL" for column in _bound(staging) if column.type is not Type.TEXT]
    written = f"NOT regexp_matches(concat('', {', '.join(texts.values())}), '\\d')"
    if len(texts) < NARROWEST:
        return []
    cells = ", ".join(texts.get(place, "NULL") for place in range(staging.table.width))
    where = " AND ".join(["raw IS NULL", *others, written])
    return [*runner.run(f"SELECT rowid + 1, [{cells}]::VARCHAR[] FROM records WHERE {where} LIMIT {LOOKED_AT}")]


def _bound(staging: Staging) -> list[Column]:
    """The columns of the dataset that have cells in the file."""
    return [c for c in staging.typed_columns if c.name in staging.table.columns and not staging.is_constant(c)]


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


def _starts_another(runner: Runner, staging: Staging, line: Line, *, after_blank: bool) -> bool:
    """Whether another table starts with *line*; after a blank line less is needed to say so."""
    known = _share_known(line.filled.values())
    if known >= (HALF if after_blank else 1):
        return True
    return after_blank and (_fits_badly(runner, line) or _has_other_ids(runner, staging, line))


def _share_known(texts: Collection[str]) -> float:
    """How many of *texts* are headings that Kokpit knows, of any table: words such as Source stand in cells too."""
    known = sum(bones(text) in _known_headings() for text in texts)
    return known / len(texts) if known >= NARROWEST else 0.0


def _fits_badly(runner: Runner, line: Line) -> bool:
    """Whether most of what follows cannot be read as rows of the first table."""
    last = runner.run("SELECT count(*) FROM records")[0][0]
    odd = runner.run("SELECT count(*) FROM odd WHERE line > ?", [line.above])[0][0]
    rest = runner.run("SELECT count(*) FROM broken WHERE line > ? AND raw <> ''", [line.place])[0][0]
    return bool(2 * (odd + rest) > last - line.above + rest)


def _has_other_ids(runner: Runner, staging: Staging, line: Line) -> bool:
    """Whether the rows above have numbers in their ids, and none of those from *line* on has."""
    key = staging.dataset.key[0]
    if not key.endswith("_id") or key not in staging.table.columns:
        return False
    numbered = f"regexp_matches({quoted(key)}, '\\d')"
    above, below, rows = runner.run(
        f"""SELECT bool_and({numbered}) FILTER (NOT below), bool_or({numbered}) FILTER (below), count(*) FILTER (below)
        FROM (SELECT *, rowid >= {line.above} AS below FROM records WHERE raw IS NULL)"""
    )[0]
    return bool(above) and below is False and rows >= NARROWEST


def _keep_out(runner: Runner, staging: Staging, line: Line) -> None:
    """Reject all lines from *line* on, whatever was thought of them."""
    wrong = f"problem = '-1|{sql.BELOW}', label = NULL, kind = '{REJECTED}'"
    runner.run(f"UPDATE odd SET {wrong} WHERE line > ? AND kind <> '{FOOTER}'", [line.above])
    runner.run(f"UPDATE broken SET reason = '{sql.BELOW}' WHERE line >= ? AND kind = '{REJECTED}'", [line.place])
    _take_out(runner, staging, f"rowid >= {line.above}", REJECTED, f"'-1|{sql.BELOW}'")


def _take_out(runner: Runner, staging: Staging, which: str, kind: str, problem: str = "NULL") -> None:
    """Put *which* records, plainly data so far, among the odd ones as *kind*; the same becomes of those there."""
    cells = ", ".join(f"{quoted(column.name)}::VARCHAR" for column in _bound(staging))
    # Not by UPDATE: that would change the places of the rows, which tell their lines.
    kept = f"CASE WHEN raw IS NULL AND {which} THEN [{cells}]::VARCHAR[] ELSE raw END AS raw"
    runner.run(f"CREATE OR REPLACE TEMP TABLE records AS SELECT * REPLACE ({kept}) FROM records")
    runner.run(
        f"""INSERT INTO odd SELECT rowid + 1, {problem}, raw, NULL, '{kind}' FROM records
        WHERE {which} AND rowid + 1 NOT IN (SELECT line FROM odd)"""
    )
    staging.has_odd_rows = staging.has_lines_apart = True


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
