"""What a table's file name and the tables beside it say: site, date of export, period, filters."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import UNKNOWN_CELLS
from connectors.exports.dates import days_in, period_in
from connectors.exports.members import members_of
from connectors.exports.owners import as_rows_name
from connectors.exports.preamble import account_of, period_of
from connectors.exports.recognise import recognise
from core.errors import FileError
from core.period import Period
from core.remarks import _

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from connectors.exports.staging import Context

    Tables = list[tuple[Member, Table]]

_SEARCH_TYPES: Final = {
    written: search_type
    for search_type, spellings in {
        "web": ("web", "sieć", "internet", "witryny", "веб", "интернет", "веб-поиск"),
        "image": ("image", "images", "obrazy", "grafika", "obraz", "изображения", "картинки"),
        "video": ("video", "wideo", "filmy", "видео"),
        "news": ("news", "wiadomości", "aktualności", "новости"),
        "discover": ("discover",),
    }.items()
    for written in spellings
}
_TYPE_KEY: Final = re.compile(r"\b(type|typ|rodzaj|тип)\b", re.IGNORECASE)
_DATE_KEYS: Final = ("date", "data", "zakres dat", "date range", "дата", "диапазон дат", "период", "period", "okres")
_REPORTS: Final = ("discover", "news")
"""Reports beside web search that their file's name tells."""
LARGEST_NEIGHBOUR: Final = 4 << 20
MOST_NEIGHBOURS: Final = 50


def context_of(member: Member, table: Table, beside: Tables, given: Context) -> Context:
    """Everything known about *table* from outside its rows; what the reader said comes first."""
    context = replace(given, account=as_rows_name(given.account, table.declared))
    named = _from_name(member, table)
    if named and not context.account:
        account = site_property(named["site"]) if "site" in named else named.get("account")
        context = replace(context, account=as_rows_name(account, table.declared))
    if not context.account:
        context = replace(context, account=as_rows_name(account_of(table), table.declared))
    for report in _REPORTS if named else ():
        if named and report in named.get("report", "").casefold():
            context = replace(context, search_type=report)
    for other, described in beside:
        if described.declared.role == "context":
            context = with_filters(context, rows_of(other, described))
    return replace(context, period=_period(table, beside, context))


def exported_at(member: Member, table: Table) -> datetime | None:
    """When the export was made: on the day its name says, at the time it was written if that is the same day."""
    named = _from_name(member, table)
    days = days_in(named.get("exported", "")) if named else []
    if not days or (member.modified and member.modified.date() == days[0]):
        return member.modified
    return datetime.combine(days[0], time(), UTC)


def _from_name(member: Member, table: Table) -> dict[str, str] | None:
    inside = (member.folder, PurePosixPath(member.folder).name, member.name)
    names = (member.container.name, *inside, member.container.resolve().parent.name)
    for pattern in table.declared.file_name:
        for name in names:
            match = pattern.match(name)
            if match:
                return match.groupdict()
    return None


def site_property(written: str) -> str:
    """A property as Search Console names it, from how it writes it in file names (``https___www.example.com_``)."""
    match = re.match(r"(https?)___(.*)", written)
    return f"{match[1]}://{match[2].replace('_', '/')}" if match else f"sc-domain:{written}"


def in_folder(member: Member, table: Table, work: Path) -> Tables:
    """What lies beside a table that is a file of its own, as in an unpacked archive: days and filters.

    Raises FileError when tables of several exports lie there, so that nobody can know which belong together.
    """
    if "search_type" not in table.declared.contract.by_name or member.label != str(member.container) or member.typed:
        return []
    found = [entry for path in _small_texts_beside(member.container) for entry in _described(path, table, work)]
    filters = [entry for entry in found if entry[1].declared.role == "context"]
    charts = [entry for entry in found if _has_days(entry[1])] if not _has_days(table) else []
    if len(filters) > 1 or len(charts) > 1:
        names = ", ".join(other.name for other, _table in (filters if len(filters) > 1 else charts))
        message = _(
            "{file}: tables of several exports lie in its folder ({names}), so its days and filters are not certain."
        )
        raise FileError(
            message.format(file=member.name, names=names),
            _("Load the zip as it was downloaded, or keep each export in a folder of its own."),
        )
    return filters + charts


def _small_texts_beside(path: Path) -> list[Path]:
    found = [
        other
        for other in sorted(path.resolve().parent.glob("*.[cC][sS][vV]"))
        if other.name != path.name and _is_small(other)
    ]
    return found[:MOST_NEIGHBOURS]


def _is_small(file: Path) -> bool:
    """Whether *file* is a small file: no pipe, and no link that leads to nothing."""
    with suppress(OSError):
        return file.is_file() and file.stat().st_size <= LARGEST_NEIGHBOUR
    return False


def _described(path: Path, table: Table, work: Path) -> Tables:
    """The file as a table of the same source, if it is one."""
    try:
        found = [(member, recognise(member)) for member in members_of(path, work)]
    except (FileError, OSError):
        return []
    return [(member, other) for member, other in found if other.declared.source == table.declared.source]


def rows_of(member: Member, table: Table) -> list[list[str]]:
    """The rows below the header: for small tables only."""
    with member.text.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=table.delimiter))
    return [row for row in rows[table.skip_lines :] if row]


def with_filters(context: Context, rows: list[list[str]]) -> Context:
    """The context with the filters that the list of filters names; search type and dates are not filters."""
    filters = []
    for row in rows:
        key, value = row[0].strip(), (row[1].strip() if len(row) > 1 else "")
        kind = _SEARCH_TYPES.get(value.casefold()) if _TYPE_KEY.search(key) else None
        if kind:
            context = replace(context, search_type=kind)
        elif key.casefold() in _DATE_KEYS:
            context = replace(context, period=context.period or period_in(value))
        else:
            filters.append(f"{key}: {value}")
    return replace(context, filters="; ".join(filters))


def _has_days(table: Table) -> bool:
    return bool({"day", "range"} & table.columns.keys())


def _period(table: Table, beside: Tables, context: Context) -> Period | None:
    """The days a table without days covers: its compared period, its neighbour's chart, its title, the filters."""
    if _has_days(table):
        return None
    stated = period_of(table)
    if stated:
        return stated
    compared = period_in(table.current_period) if table.current_period else None
    charts = [_days(other, chart) for other, chart in beside if _has_days(chart)]
    found = [compared] if compared else [period for period in charts if period]
    if found:
        return Period(min(p.start for p in found), max(p.end for p in found))
    return titled(table) or context.period


def titled(table: Table) -> Period | None:
    """The days that the lines above *table* say it is of."""
    titles = (period_in(", ".join(cells)) for cells in table.preamble)
    return period_of(table) or next((period for period in titles if period), None)


def _days(member: Member, table: Table) -> Period | None:
    """The days of a chart that have a value: when periods are compared, the earlier one's have none."""
    index = table.columns.get("day", table.columns.get("range", 0))
    value = table.columns["clicks"]
    rows = [row for row in rows_of(member, table) if len(row) > max(index, value)]
    days = [day for row in rows if row[value] not in UNKNOWN_CELLS for day in days_in(row[index])]
    return Period(min(days), max(days)) if days else None
