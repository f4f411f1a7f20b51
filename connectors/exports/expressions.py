"""SQL expressions that read one text cell as a number, a day or a name, strictly as the file's conventions say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import CURRENCY_SIGNS, ISO, NAMED, SPACES, UNKNOWN_CELLS
from connectors.exports.members import NUMBER_MARK
from core.language import N_
from warehouse.schema import literal

if TYPE_CHECKING:
    from datetime import date

    from connectors.exports.conventions import Conventions

NOT_A_DAY: Final = N_("not a day")
DAY_OUT_OF_RANGE: Final = N_("the day is out of range")
SEVERAL_DAYS: Final = N_("covers several days")
NOT_A_NUMBER: Final = N_("not a number")
NOT_WHOLE: Final = N_("not a whole number")
NEGATIVE: Final = N_("negative")
MISSING: Final = N_("a required value is missing")
TWICE: Final = N_("appears twice in the file")
NEWER: Final = N_("a newer export already has this row")
TOO_FEW: Final = N_("too few cells")
TOO_MANY: Final = N_("too many cells")
BROKEN_QUOTES: Final = N_("broken quotation marks")

_UNKNOWN: Final = ", ".join(literal(cell) for cell in UNKNOWN_CELLS)
_DROPPED: Final = literal(SPACES + CURRENCY_SIGNS + "'")


def is_unknown(cell: str) -> str:
    """Whether the cell is one of the ways platforms write 'no value'."""
    return f"trim({cell}) IN ({_UNKNOWN}) OR {cell} IS NULL"


def name(cell: str, *, typed: bool) -> str:
    """The cell as a name: trimmed, unknown as NULL."""
    text = f"replace({cell}, {literal(NUMBER_MARK)}, '')" if typed else cell
    return f"CASE WHEN trim({cell}) NOT IN ({_UNKNOWN}) THEN trim({text}) END"


def decimal(cell: str, conventions: Conventions, *, typed: bool) -> str:
    """The cell as DECIMAL(18,6), NULL when it is not a number exactly as *conventions* write it.

    The common shape is cast at once; only what does not fit takes the slow way.
    """
    slow = _grouped(cell, conventions)
    if conventions.decimal == ".":
        text = f"coalesce({_cast(cell)}, {slow})"
    else:
        text = f"CASE WHEN contains({cell}, '.') THEN {slow} ELSE coalesce({_cast(_pointed(cell))}, {slow}) END"
    return _marked(cell, text) if typed else text


def _cast(text: str) -> str:
    return f"TRY_CAST({text} AS DECIMAL(18,6))"


def _pointed(text: str) -> str:
    return f"replace({text}, ',', '.')"


def _grouped(cell: str, conventions: Conventions) -> str:
    """A number with spaces, currency signs or thousands marks; marks count only where thousands end."""
    plain = f"replace(translate({cell}, {_DROPPED}, ''), '−', '-')"  # noqa: RUF001 - the typographic minus
    group = conventions.group
    shape = literal(rf"^-?\d{{1,3}}(\{group}\d{{3}})+(\{conventions.decimal}\d+)?$")
    joined = f"replace({plain}, {literal(group)}, '')"
    number = joined if conventions.decimal == "." else _pointed(joined)
    return f"CASE WHEN NOT contains({cell}, {literal(group)}) OR regexp_matches({plain}, {shape}) THEN {_cast(number)} END"


def _marked(cell: str, text: str) -> str:
    """Numbers that a workbook holds as numbers are read as such, whatever the conventions of its texts."""
    mark = literal(NUMBER_MARK)
    return f"CASE WHEN starts_with({cell}, {mark}) THEN {_cast(f'CAST(TRY_CAST(substr({cell}, 2) AS DOUBLE) AS DECIMAL(38,9))')} ELSE {text} END"


def whole(number: str) -> str:
    """The decimal *number* as BIGINT; NULL when it is not a whole one."""
    return f"CASE WHEN {number} % 1 = 0 THEN CAST({number} AS BIGINT) END"


def day(cell: str, conventions: Conventions, named: dict[str, date]) -> str:
    """The cell as DATE, by the file's one day pattern; a workbook's serial number as what it stands for."""
    iso = f"TRY_CAST(trim({cell}) AS DATE)"
    serial = f"DATE '1899-12-30' + TRY_CAST(substr({cell}, 2) AS INTEGER)"
    typed = f"WHEN starts_with({cell}, {literal(NUMBER_MARK)}) THEN {serial} "
    if conventions.day == ISO:
        return f"CASE {typed}ELSE {iso} END"
    if conventions.day == NAMED:
        return f"CASE {typed}ELSE coalesce({_looked_up(cell, named)}, {iso}) END"
    by_pattern = f"CAST(TRY_STRPTIME(trim({cell}), {literal(conventions.day)}) AS DATE)"
    # Workbooks write true days in ISO form even where the texts beside them do not.
    return f"CASE {typed}WHEN {cell} LIKE '____-__-__%' THEN {iso} ELSE {by_pattern} END"


def _looked_up(cell: str, named: dict[str, date]) -> str:
    if not named:
        return "NULL::DATE"
    pairs = ", ".join(f"{literal(text)}: DATE '{found}'" for text, found in named.items())
    return f"(MAP {{{pairs}}})[{cell}]"


def chosen(cell: str, values: dict[str, str]) -> str:
    """The cell's value in the project's own words, where the format declares one; otherwise as it stands."""
    if not values:
        return cell
    cases = " ".join(f"WHEN {literal(said)} THEN {literal(meant)}" for said, meant in values.items())
    return f"CASE lower(trim({cell})) {cases} ELSE {cell} END"
