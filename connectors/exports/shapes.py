"""What the cells of a column look like: days, moments, numbers, currencies, addresses, numbers of things. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import (
    CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    DAY_PATTERNS,
    SPACES,
    UNKNOWN_CELLS,
)
from connectors.exports.dates import month_names
from connectors.exports.expressions import NO_WORDS, YES_WORDS
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.contract import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from warehouse.contract import Column

_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_ADDRESS: Final = re.compile(r"(https?://|www\.)\S+|/\S*|([\w-]+\.)+[a-z]{2,}(/\S*)?", re.IGNORECASE)
_CLOCK: Final = re.compile(r"[T, ]+\d{1,2}:\d{2}.*$")
_WORDS: Final = re.compile(CURRENCY_WORDS)
_DROPPED: Final = str.maketrans("", "", SPACES + CURRENCY_SIGNS + "'’")
_NUMBER: Final = re.compile(r"[-−]?(\d+([.,]\d+)*|[.,]\d+)")
_WHOLE: Final = re.compile(r"[-−]?\d{1,3}([.,]?\d{3})*")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_CODED: Final = re.compile(r"(?=.*\d)[\w./ #№-]{1,40}")


def share(cells: Sequence[str], column: Column) -> float:
    """The share of the filled *cells* that could be values of *column*; 1 when there are none."""
    test = _test(column)
    filled = [cell.strip() for cell in cells if cell.strip() not in UNKNOWN_CELLS]
    return sum(map(test, filled)) / len(filled) if filled else 1.0


def _test(column: Column) -> Callable[[str], bool]:
    if column.name == "currency":
        return lambda cell: bool(_CURRENCY.fullmatch(cell))
    if column.name == "url" or column.name.endswith("_url"):
        return lambda cell: bool(_ADDRESS.fullmatch(cell))
    return {
        Type.DAY: is_day,
        Type.MOMENT: is_day,
        Type.WHOLE: is_whole,
        Type.DECIMAL: is_number,
        Type.YES_NO: is_yes_no,
    }.get(column.type, lambda _cell: True)


def is_day(cell: str) -> bool:
    """Whether *cell* is a day, with or without a time of day."""
    day = _CLOCK.sub("", cell)
    if any(shape.match(day) for shape in DAY_PATTERNS.values()):
        return True
    words = [word.casefold() for word in _WORD.findall(day)]
    return any(word in month_names() for word in words) and bool(re.search(r"\d", day))


def is_number(cell: str) -> bool:
    """Whether *cell* is a number, however it is written."""
    return cell.startswith(NUMBER_MARK) or bool(_NUMBER.fullmatch(_bare(cell)))


def is_whole(cell: str) -> bool:
    """Whether *cell* is a number without decimals."""
    if cell.startswith(NUMBER_MARK):
        return "." not in cell
    return bool(_WHOLE.fullmatch(_bare(cell)))


def _bare(cell: str) -> str:
    """The digits and marks of a number, without spaces and the sign or word of its currency."""
    return _WORDS.sub("", cell).translate(_DROPPED)


def is_yes_no(cell: str) -> bool:
    """Whether *cell* says yes or no."""
    return cell.removeprefix(NUMBER_MARK).casefold() in {*YES_WORDS, *NO_WORDS}


def tells_apart(cells: Sequence[str]) -> bool:
    """Whether *cells* look like numbers of things: each filled, none twice, with a digit in each."""
    texts = [cell.removeprefix(NUMBER_MARK).strip() for cell in cells]
    return (
        len(texts) > 1 and len(set(texts)) == len(texts) and all(map(_CODED.fullmatch, texts)) and not _are_days(cells)
    )


def _are_days(cells: Sequence[str]) -> bool:
    return all(map(is_day, cells))


def currency_in(cells: Sequence[str]) -> str | None:
    """The currency whose sign stands in the *cells*, when there is exactly one."""
    found = {code for cell in cells for sign, code in CODES.items() if sign in cell}
    return found.pop() if len(found) == 1 else None
