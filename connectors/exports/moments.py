"""Days with a time of day: SQL that reads one cell as a moment in UTC. The only place where local time becomes UTC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.schema import literal

if TYPE_CHECKING:
    from connectors.exports.conventions import Conventions

_CLOCK_AND_AFTER: Final = re.compile(r"[T, ]*\d{1,2}:\d\d.*$")
_TIME: Final = r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?"
_CLOCK: Final = _TIME + r" *([AaPp]\.?[Mm]\.?)? *(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
_EXPORTED: Final = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"
"""A moment as Kokpit itself exports it, in UTC without saying so."""
_USUAL: Final = "____-__-__ __:__:__"
_HOUR, _MINUTE, _SECOND, _HALF, _ZONE = range(1, 6)


def day_part(cell: str) -> str:
    """What stands before the time of day in *cell*."""
    return _CLOCK_AND_AFTER.sub("", cell.strip())


def moment(cell: str, conventions: Conventions, zone: str, *, typed: bool) -> str:
    """The cell as TIMESTAMP in UTC: what names no time zone is meant in *zone*, a day alone is its first moment."""
    local, said = _local(cell, conventions, typed=typed), _part(_clock(cell), _ZONE)
    signed = f"replace({said}, ':', '')"
    minutes = f"TRY_CAST({signed}[2:3] AS BIGINT) * 60 + coalesce(TRY_CAST({signed}[4:5] AS BIGINT), 0)"
    ahead = f"CASE left({said}, 1) WHEN '+' THEN {minutes} WHEN '-' THEN -({minutes}) ELSE 0 END"
    if zone == "UTC":
        return f"({local} - to_minutes({ahead}))"
    return f"CASE WHEN {said} = '' THEN {_utc(local, zone)} ELSE {local} - to_minutes({ahead}) END"


def exported(cell: str, conventions: Conventions, zone: str, *, typed: bool) -> str:
    """The cell of Kokpit's own export as TIMESTAMP in UTC, which is meant where no time zone is named.

    A day alone is its first moment in *zone*; in a workbook that of UTC, because there midnight is shown as a day.
    """
    day_alone = ""
    if zone != "UTC" and not typed:
        day_alone = f"WHEN {_clock(cell)} = '' THEN {moment(cell, conventions, zone, typed=typed)}"
    return f"""CASE WHEN {cell} LIKE {literal(_USUAL)} THEN TRY_CAST({cell} AS TIMESTAMP)
        WHEN regexp_full_match(trim({cell}), {literal(_EXPORTED)}) THEN TRY_CAST(trim({cell}) AS TIMESTAMP)
        {day_alone} ELSE {moment(cell, conventions, "UTC", typed=typed)} END"""


def local_day(cell: str, conventions: Conventions, zone: str, *, typed: bool) -> str:
    """The cell as the DATE it is in *zone*; most say no more than a day, or none but their own time zone."""
    there = f"({moment(cell, conventions, zone, typed=typed)} AT TIME ZONE 'UTC') AT TIME ZONE {literal(zone)}"
    elsewhere = f"{_part(_clock(cell), _ZONE)} <> ''"
    return f"CAST(CASE WHEN {elsewhere} THEN {there} ELSE {_local(cell, conventions, typed=typed)} END AS DATE)"


def born(cell: str) -> str:
    """The moment in UTC that the id in the cell was made at: its first eight hexadecimal digits are Unix seconds."""
    seconds = f"TRY_CAST('0x' || left(trim({cell}), 8) AS BIGINT)"
    shaped = f"regexp_full_match(trim({cell}), '[0-9a-fA-F]{{24}}')"
    return f"CASE WHEN {shaped} THEN make_timestamp({seconds} * 1000000) END"


def later(moment_in_utc: str, minutes: str) -> str:
    """The moment so many *minutes* after another."""
    return f"{moment_in_utc} + to_seconds(({minutes})::DOUBLE * 60)"


def _utc(local: str, zone: str) -> str:
    return f"(({local}) AT TIME ZONE {literal(zone)}) AT TIME ZONE 'UTC'"


def _clock(cell: str) -> str:
    return rf"regexp_extract(trim({cell}), '\d{{1,2}}:\d\d.*$')"


def _part(clock: str, group: int) -> str:
    return f"regexp_extract({clock}, {literal(_CLOCK)}, {group})"


def _local(cell: str, conventions: Conventions, *, typed: bool) -> str:
    """The cell as TIMESTAMP, as the clock on the wall showed it; NULL when it is none."""
    clock = _clock(cell)
    day = sql.day(f"regexp_replace(trim({cell}), {literal(_CLOCK_AND_AFTER.pattern)}, '')", conventions, typed=typed)
    hour, minute, second = (f"TRY_CAST({_part(clock, group)} AS BIGINT)" for group in (_HOUR, _MINUTE, _SECOND))
    half = f"lower({_part(clock, _HALF)})"
    hours = f"CASE left({half}, 1) WHEN 'p' THEN {hour} % 12 + 12 WHEN 'a' THEN {hour} % 12 ELSE {hour} END"
    time = f"to_seconds(({hours}) * 3600 + {minute} * 60 + coalesce({second}, 0))"
    text = f"""CAST({day} AS TIMESTAMP) + CASE WHEN {clock} = '' THEN to_seconds(0)
        WHEN regexp_full_match({clock}, {literal(_CLOCK)}) THEN {time} END"""
    if not typed:
        return text
    serial = f"TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST(substr({cell}, 2) AS DOUBLE) * 86400))"
    return f"CASE WHEN starts_with({cell}, {literal(NUMBER_MARK)}) THEN {serial} ELSE {text} END"
