"""One cell of the plan as a typed value. What cannot be read stays text, for the checks to name."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import CURRENCY_SIGNS, ISO, NAMED, SPACES, UNKNOWN_CELLS
from connectors.exports.dates import days_in
from connectors.exports.workbooks import NUMBER_MARK
from connectors.plan.words import LINK, choices_by_name, dimensions_by_name, plain, yes_or_no
from warehouse.contract import Type

if TYPE_CHECKING:
    from connectors.exports.conventions import Conventions
    from warehouse.contract import Column

IN_PERCENT: Final = frozenset({"weight", "floor", "cap", "commission_rate"})
"""Columns that hold percents as such: 40 % is 40; elsewhere it is 0.4."""
LARGEST: Final = 10**12
"""Numbers from here on do not fit into the warehouse."""
_NOISE: Final = str.maketrans("", "", SPACES + CURRENCY_SIGNS + "'’")
_FIRST_SERIAL: Final = date(1899, 12, 30)
_MONTH: Final = re.compile(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})|(?P<m>\d{1,2})[-./](?P<y>\d{4})")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(:00)?")
_HUNDRED: Final = 100
_CLOCKS: Final = frozenset({"starts", "ends"})


def value_of(table: str, column: Column, cell: str, conventions: Conventions) -> object:
    """The value of *cell*; None when it is empty, its text when it cannot be read."""
    text = cell.strip()
    if not text or (column.type is not Type.TEXT and text in UNKNOWN_CELLS):
        return None
    found: object
    if column.type is Type.DAY:
        found = day(text, conventions.day) or (month(text) if column.name == "month" else None)
    elif column.type is Type.YES_NO:
        found = yes_or_no().get(plain(text.removeprefix(NUMBER_MARK)))
    elif column.type is Type.TEXT:
        found = _text(table, column.name, text.replace(NUMBER_MARK, ""))
    else:
        found = number(text, conventions, whole=column.type is Type.WHOLE, percent=column.name in IN_PERCENT)
    return text.replace(NUMBER_MARK, "") if found is None else found


def day(text: str, pattern: str) -> date | None:
    """The day that *text* says, by the table's one *pattern*, in ISO form, or as a workbook's serial number."""
    if text.startswith(NUMBER_MARK):
        serial = text[1:]
        return _FIRST_SERIAL + timedelta(days=int(serial)) if serial.isdigit() and len(serial) <= len("99999") else None
    if pattern == NAMED:
        found = days_in(text)
        return found[0] if len(found) == 1 else None
    for each in (ISO, f"{ISO} %H:%M:%S", pattern):
        try:
            return datetime.strptime(text, each).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def month(text: str) -> date | None:
    """The first day of a month written like 2026-03 or 03.2026."""
    match = _MONTH.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match["year"] or match["y"]), int(match["month"] or match["m"]), 1)
    except ValueError:
        return None


def number(text: str, conventions: Conventions, *, whole: bool, percent: bool) -> Decimal | int | None:
    """The number that *text* writes exactly as *conventions* say."""
    if text.startswith(NUMBER_MARK):
        value = Decimal(text[1:])
    else:
        bare = text.translate(_NOISE).replace("−", "-")
        share = bare.endswith("%")
        mark, group = re.escape(conventions.decimal), re.escape(conventions.group)
        wholes = rf"(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)"
        match = re.fullmatch(rf"(-?(?:{wholes}(?:{mark}\d+)?|{mark}\d+))", bare.rstrip("%"))
        if not match:
            return None
        value = Decimal(match[1].replace(conventions.group, "").replace(conventions.decimal, "."))
        value = value / _HUNDRED if share and not percent else value
    if not value.is_finite() or abs(value) >= LARGEST:
        return None
    if whole:
        return int(value) if value == value.to_integral_value() else None
    return value.quantize(Decimal("0.000001")).normalize() + 0


def _text(table: str, column: str, text: str) -> str:
    """The text without what spreadsheets and lists add; a choice by its own name."""
    bare = re.sub(r"^'('*[=+@\t\r-])", r"\1", text)
    choices = choices_by_name(table, column)
    if choices:
        return choices.get(plain(bare), bare)
    if column == "dimension":
        return dimensions_by_name().get(plain(bare), bare)
    if column == "currency":
        return bare.upper()
    if column in _CLOCKS:
        clock = _TIME.fullmatch(bare)
        return f"{int(clock[1]):02d}:{clock[2]}" if clock else bare
    return bare.partition(LINK)[0].strip() if column in LINKED else bare


LINKED: Final = frozenset({"kpi", "process", "process_id", "parent", "owner", "set_by", "person"})
"""Columns that name a KPI, a process or a person, chosen from a list that shows ids with names."""
