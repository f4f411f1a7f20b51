"""SQL expressions that read one text cell as a number, a day or a name, strictly as the file's conventions say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import (
    CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    ISO,
    NAMED,
    SHARED_SIGNS,
    SPACES,
    UNKNOWN_CELLS,
)
from connectors.exports.dates import month_names
from connectors.exports.workbooks import NUMBER_MARK
from core.language import N_
from core.money import CURRENCIES
from warehouse.schema import literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from connectors.exports.conventions import Conventions

NOT_A_DAY: Final = N_("not a day")
SHORT_YEAR: Final = N_("the year has two digits and needs four")
DAY_OUT_OF_RANGE: Final = N_("the day is out of range")
DAY_TO_COME: Final = N_("the day has not come yet")
SEVERAL_DAYS: Final = N_("covers several days")
NOT_A_NUMBER: Final = N_("not a number")
NOT_WHOLE: Final = N_("not a whole number")
NEGATIVE: Final = N_("negative")
NOT_YES_NO: Final = N_("neither yes nor no")
NOT_A_CURRENCY: Final = N_("no code of a currency, like EUR")
NOT_A_MOMENT: Final = N_("not a date with a time")
MISSING: Final = N_("a required value is missing")
TWICE: Final = N_("appears twice in the file")
NEWER: Final = N_("a newer export already has this row")
TOO_FEW: Final = N_("too few cells")
TOO_MANY: Final = N_("too many cells")
TOO_LONG: Final = N_("too long a line")
BROKEN_QUOTES: Final = N_("broken quotation marks")
BELOW: Final = N_("another table below the first one")
OTHER_CURRENCY: Final = N_("not the currency of the heading")
OTHER_SIGN: Final = N_("has the sign of another currency")
FAULTY_FORMULA: Final = N_("the sheet shows an error instead of a value")

YES_WORDS: Final = ("yes", "true", "y", "t", "1", "tak", "prawda", "да", "истина", "+", "x", "✓")
NO_WORDS: Final = ("no", "false", "n", "f", "0", "nie", "fałsz", "нет", "ложь")

_BETWEEN: Final = literal("\x1f")
_UNKNOWN: Final = literal("\x1f".join(["", *UNKNOWN_CELLS, ""]))
_PLAIN: Final = re.compile(r"-?\d+(\.\d+)?")
_FAULTS: Final = literal(r"#(REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!|ERROR!)")
_CURRENCIES: Final = literal(" ".join(sorted(CURRENCIES)))
_NO_LETTER: Final = 0x1FFFFF
"""The code of an empty text's first letter: DuckDB says −1, of which these bits count."""
_DIGITS: Final = frozenset(map(ord, "0123456789"))
_DROPPED: Final = literal(SPACES + CURRENCY_SIGNS + "'’")


# No IN throughout: DuckDB makes a join of every one, which moves all columns each time. Nor a regular expression where
# something else does: making one takes a third of a millisecond, which for most files is longer than using it.
def is_unknown(cell: str) -> str:
    """Whether the cell is one of the ways platforms write 'no value'."""
    return f"{cell} IS NULL OR {_says_nothing(cell)}"


def _says_nothing(cell: str) -> str:
    return f"contains({_UNKNOWN}, {_BETWEEN} || trim({cell}) || {_BETWEEN})"


def is_faulty(cell: str) -> str:
    """Whether the cell of a workbook shows that its formula failed, or has not been computed."""
    return f"({cell} BETWEEN '#' AND '$' AND {_shaped(cell, _FAULTS)} OR {cell} = 'Loading...')"


def is_currency(code: str) -> str:
    """Whether the text is the code of a currency."""
    return f"({_shaped(code, literal('[A-Z]{3}'))} AND contains({_CURRENCIES}, {code}))"


def has_other_sign(cell: str, currency: str) -> str:
    """Whether an amount has the sign of another currency; that of a dollar or yen may be of many countries."""
    signs = literal("|".join(map(re.escape, (*CODES, *SHARED_SIGNS))))
    differs = [rf"{re.escape(sign)}({_other_than(code)})" for sign, code in CODES.items()]
    differs.append(f"[{''.join(SHARED_SIGNS)}]({'|'.join(sorted({*CODES.values()}))})")
    return f"({_shaped(f'(regexp_extract({cell}, {signs}) || {currency})', literal('|'.join(differs)))} IS TRUE)"


def currency_by_sign(cells: Iterable[str]) -> str:
    """The currency whose sign stands beside one of the amounts *cells*; NULL for none, and for a sign of several."""
    signs = literal("|".join(map(re.escape, CODES)))
    codes = " ".join(f"WHEN {literal(sign)} THEN {literal(code)}" for sign, code in CODES.items())
    told = [f"CASE regexp_extract({cell}, {signs}) {codes} END" for cell in cells]
    return f"coalesce({', '.join(told)})" if told else "NULL"


def _other_than(code: str) -> str:
    """The regular expression of every text that does not begin as *code* does."""
    return "|".join(f"{re.escape(code[:place])}[^{code[place]}].*" for place in range(len(code)))


def may_start_with(cell: str, starts: Iterable[str]) -> str:
    """Whether the first letter of the cell may be that of one of *starts*; sure when it says no.

    One of 64 bits stands for all letters whose codes leave the same, which makes this the cheapest look at a text.
    """
    codes = {ord(start[0]) if start else _NO_LETTER for start in starts}
    # Days and ids begin with digits: where no digit shares its bit with a start, they need no closer look.
    divisors = range(64, 1024)
    divisor = next((d for d in divisors if not _places(codes - _DIGITS, d) & _places(_DIGITS, d)), divisors[0])
    bits = sum(1 << place for place in _places(codes, divisor))
    return f"({bits}::UBIGINT >> (((unicode({cell}) & {_NO_LETTER}) % {divisor}) & 63)::UBIGINT) & 1 = 1"


def _places(codes: Iterable[int], divisor: int) -> set[int]:
    return {code % divisor & 63 for code in codes}


def name(cell: str, *, typed: bool) -> str:
    """The cell as a name: trimmed, unknown as NULL; most names need no closer look."""
    text = f"replace({cell}, {literal(NUMBER_MARK)}, '')" if typed else cell
    return f"""CASE WHEN {may_start_with(cell, [*UNKNOWN_CELLS, " "])} OR ends_with({cell}, ' ')
        THEN CASE WHEN NOT {_says_nothing(cell)} THEN nullif(trim({text}), '') END ELSE {text} END"""


def verbatim(cell: str, *, typed: bool) -> str:
    """The cell as text, whatever it says; NULL only when it is empty."""
    return _looked_at(cell, "!", "nullif(trim({text}), '')", typed=typed)


def exported(cell: str, *, typed: bool) -> str:
    """The cell of Kokpit's own export as text, without the apostrophe that keeps spreadsheets from running it."""
    return _looked_at(cell, "(", r"regexp_replace(nullif(trim({text}), ''), '^''(''*[=+@\t\r-])', '\1')", typed=typed)


def _looked_at(cell: str, after: str, read: str, *, typed: bool) -> str:
    """The cell as *read* says where it ends blank, is marked or begins before *after*; most need no closer look."""
    marked = f" OR {cell} >= {literal(NUMBER_MARK)}" if typed else ""
    text = f"replace({cell}, {literal(NUMBER_MARK)}, '')" if typed else cell
    look = f"{cell} < {literal(after)}{marked} OR ends_with({cell}, ' ')"
    return f"CASE WHEN {look} THEN {read.format(text=text)} ELSE {cell} END"


def yes_no(cell: str, *, typed: bool) -> str:
    """The cell as text, with yes and no in any of the three languages as true and false."""
    words = {**dict.fromkeys(YES_WORDS, "true"), **dict.fromkeys(NO_WORDS, "false")}
    return chosen(verbatim(cell, typed=typed), words)


def decimal(cell: str, conventions: Conventions, *, typed: bool, plain: bool = False, unless: str = "false") -> str:
    """The cell as DECIMAL(18,6), NULL when it is not a number exactly as *conventions* write it.

    The shape is tested before the cast, because a cast that fails costs ten times one that succeeds; where nearly all
    cells are *plain* numbers, the cast comes first. *unless* says which of those with something beside the number are
    none; the others are not asked.
    """
    cleaned = f"replace(regexp_replace(translate({cell}, {_DROPPED}, ''), '{CURRENCY_WORDS}', ''), '−', '-')"
    mark, group = conventions.decimal, conventions.group
    shape = literal(rf"-?(\d{{1,3}}(\{group}\d{{3}})+|\d+)(\{mark}\d+)?|-?\{mark}\d+")
    text = f"""CASE WHEN {_shaped(cell, shape)} THEN {_cast(f"replace({cell}, '{group}', '')", mark)}
        WHEN {_says_nothing(cell)} THEN NULL
        WHEN {_shaped(cleaned, shape)} AND NOT {unless} THEN {_cast(f"replace({cleaned}, '{group}', '')", mark)} END"""
    if plain and mark == "." and not typed:
        return f"coalesce({_cast(cell)}, {text})"
    return _marked(cell, text) if typed else text


def is_plain(cells: Iterable[str]) -> bool:
    """Whether all of the sampled *cells* are numbers that need no cleaning."""
    return all(_PLAIN.fullmatch(cell) for cell in cells)


def _shaped(cell: str, pattern: str) -> str:
    return f"regexp_full_match({cell}, {pattern})"


def _cast(text: str, mark: str = ".") -> str:
    pointed = text if mark == "." else f"replace({text}, ',', '.')"
    return f"TRY_CAST({pointed} AS DECIMAL(18,6))"


def _marked(cell: str, text: str) -> str:
    """Numbers that a workbook holds as numbers are read as such, whatever the conventions of its texts."""
    number = _cast(f"TRY_CAST(TRY_CAST(substr({cell}, 2) AS DOUBLE) AS DECIMAL(38,9))")
    return f"CASE WHEN starts_with({cell}, {literal(NUMBER_MARK)}) THEN {number} ELSE {text} END"


def whole(number: str) -> str:
    """The decimal *number* as BIGINT; NULL when it is not a whole one."""
    return f"CASE WHEN {number} % 1 = 0 THEN CAST({number} AS BIGINT) END"


def day(cell: str, conventions: Conventions, *, typed: bool) -> str:
    """The cell as DATE, by the file's one day pattern; a workbook's serial number as what it stands for."""
    iso = f"TRY_CAST({cell} AS DATE)"
    if conventions.day == ISO:
        text = iso
    elif conventions.day == NAMED:
        text = f"coalesce({_named(cell)}, {iso})"
    else:
        by_pattern = f"CAST(TRY_STRPTIME(trim({cell}), {literal(conventions.day)}) AS DATE)"
        # Workbooks write true days in ISO form even where the texts beside them do not.
        text = f"CASE WHEN {cell} LIKE '____-__-__%' THEN {iso} ELSE {by_pattern} END"
    if not typed:
        return text
    serial = f"DATE '1899-12-30' + TRY_CAST(substr({cell}, 2) AS INTEGER)"
    return f"CASE WHEN starts_with({cell}, {literal(NUMBER_MARK)}) THEN {serial} ELSE {text} END"


def has_short_year(cell: str) -> str:
    """Whether the cell is a day in numbers whose year has two digits, so that nobody knows which of them it is."""
    return _shaped(f"trim({cell})", literal(r"\d{1,2}([/.-]\d{1,2}){2}"))


def nth_day(first: date, cell: str) -> str:
    """The day so many after the *first* one as the cell counts: 0000 is the first."""
    return f"CAST(DATE '{first}' + TRY_CAST(trim({cell}) AS INTEGER) AS DATE)"


def _named(cell: str) -> str:
    """A day with the name of its month: one name, a year of four digits, a day of one or two."""
    names = ", ".join(f"{literal(name)}: '{month:02d}'" for name, month in month_names().items())
    words = f"regexp_extract_all(lower({cell}), '\\pL{{3,}}')"
    month = f"list_filter(list_transform({words}, lambda w: (MAP {{{names}}})[w]), lambda m: m IS NOT NULL)"
    numbers = f"regexp_extract_all({cell}, '\\d+')"
    year, day_ = (f"list_filter({numbers}, lambda n: length(n) {test})[1]" for test in ("= 4", "< 3"))
    text = f"{year} || '-' || ({month})[1] || '-' || lpad({day_}, 2, '0')"
    # Where the year has two digits, as in 27/Feb/23, it stands last.
    short = f"'20' || {numbers}[2] || '-' || ({month})[1] || '-' || lpad({numbers}[1], 2, '0')"
    return f"""CASE WHEN len({numbers}) = 2 AND len({month}) = 1 THEN CASE
        WHEN regexp_full_match(trim({cell}), '\\d{{1,2}}[/. -]\\pL+\\.?[/. -]\\d\\d') THEN TRY_CAST({short} AS DATE)
        ELSE TRY_CAST({text} AS DATE) END END"""


def chosen(cell: str, values: dict[str, str]) -> str:
    """The cell's value in the project's own words, where the format declares one; otherwise as it stands."""
    if not values:
        return cell
    cases = " ".join(f"WHEN {literal(said)} THEN {literal(meant)}" for said, meant in values.items())
    return f"CASE lower(trim({cell})) {cases} ELSE {cell} END"
