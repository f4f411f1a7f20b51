"""What a table's file name and the tables beside it say: site, date of export, period, filters."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports.dates import days_in, period_in
from connectors.exports.staging import Context
from core.period import Period

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.members import Member
    from connectors.exports.recognise import Table

_SEARCH_TYPES: Final = {
    "web": "web", "sieć": "web", "internet": "web", "witryny": "web", "веб": "web", "интернет": "web", "веб-поиск": "web",
    "image": "image", "images": "image", "obrazy": "image", "grafika": "image", "obraz": "image", "изображения": "image",
    "картинки": "image", "video": "video", "wideo": "video", "filmy": "video", "видео": "video",
    "news": "news", "wiadomości": "news", "aktualności": "news", "новости": "news", "discover": "discover",
}  # fmt: skip
_DATE_KEYS: Final = ("date", "data", "zakres dat", "date range", "дата", "диапазон дат", "период", "okres")


def context_of(member: Member, table: Table, beside: list[tuple[Member, Table]], given: Context) -> Context:
    """Everything known about *table* from outside its rows; what the reader said comes first."""
    context = given
    named = _from_name(member, table)
    if named and not context.account:
        context = replace(context, account=site_property(named["site"]))
    if named and "discover" in named["report"].casefold():
        context = replace(context, search_type="discover")
    filters = [rows_of(m, t) for m, t in beside if t.declared.role == "context"]
    for rows in filters:
        context = with_filters(context, rows)
    return replace(context, period=_period(member, table, beside, context))


def exported_at(member: Member, table: Table) -> datetime | None:
    """When the export was made: as its name says, otherwise when the file was written."""
    named = _from_name(member, table)
    if named:
        return datetime.combine(date.fromisoformat(named["exported"]), datetime.min.time(), UTC)
    return member.modified


def _from_name(member: Member, table: Table) -> dict[str, str] | None:
    names = (member.container.name, member.folder, member.name, member.container.parent.name)
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


def rows_of(member: Member, table: Table) -> list[list[str]]:
    """The rows below the header: for small tables only."""
    with member.text.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=table.delimiter))
    return [row for row in rows[len(table.preamble) + 1 :] if row]


def with_filters(context: Context, rows: list[list[str]]) -> Context:
    """The context with the filters that the list of filters names; search type and dates are not filters."""
    filters = []
    for row in rows:
        key, value = row[0].strip(), (row[1].strip() if len(row) > 1 else "")
        kind = _SEARCH_TYPES.get(value.casefold())
        if kind:
            context = replace(context, search_type=kind)
        elif key.casefold() in _DATE_KEYS:
            context = replace(context, period=context.period or period_in(value))
        else:
            filters.append(f"{key}: {value}")
    return replace(context, filters="; ".join(filters))


def _period(member: Member, table: Table, beside: list[tuple[Member, Table]], context: Context) -> Period | None:
    """The days a table without days covers: its neighbour's chart, its compared period, its title, the filters."""
    if {"day", "range"} & table.columns.keys():
        return None
    if table.current_period:
        return period_in(table.current_period) or context.period
    charts = [_days(m.text, t) for m, t in beside if {"day", "range"} & t.columns.keys()]
    found = [period for period in charts if period]
    if found:
        return Period(min(p.start for p in found), max(p.end for p in found))
    titles = [period_in(delimited) for line in table.preamble for delimited in (", ".join(line),)]
    return next((period for period in titles if period), context.period)


def _days(text: Path, table: Table) -> Period | None:
    with text.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=table.delimiter))[len(table.preamble) + 1 :]
    index = table.columns.get("day", table.columns.get("range", 0))
    days = [day for row in rows if len(row) > index for day in days_in(row[index])]
    return Period(min(days), max(days)) if days else None
