"""How a file writes numbers and days: decided once per file, from its columns and the language of its headers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from connectors.exports.workbooks import NUMBER_MARK
from core.errors import AmbiguousFileError, UsageError
from core.language import N_
from core.remarks import _, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN_CELLS: Final = ("", "--", "-", "—", "–", "n/a", "N/A", "null", "(not set)", "<5")
SPACES: Final = "\u00a0\u202f\u2009\u2007 "
_OWN_SIGNS: Final = {"€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "₸": "KZT", "₺": "TRY", "₹": "INR", "₪": "ILS"}
CODES: Final = _OWN_SIGNS | {"zł": "PLN", "руб": "RUB", "р.": "RUB", "Kč": "CZK"}
"""Signs and short words that stand for one currency."""
SHARED_SIGNS: Final = ("$", "¥")
"""Signs that the money of several countries has."""
CURRENCY_SIGNS: Final = "".join((*SHARED_SIGNS, *_OWN_SIGNS))
CURRENCY_WORDS: Final = r"zł|руб\.?|р\.|Kč"
"""What is written beside an amount in place of a sign, as a regular expression."""


@dataclass(frozen=True)
class Conventions:
    """The decimal mark, the thousands mark beside spaces, and the order of days (a ``strptime`` pattern)."""

    decimal: str
    day: str

    @property
    def group(self) -> str:
        """The mark that may stand between thousands."""
        return "," if self.decimal == "." else "."

    def __str__(self) -> str:
        """An example of each, as the load log shows it."""
        return f"1234{self.decimal}5 · {EXAMPLES.get(self.day, self.day)}"


ISO: Final = "%Y-%m-%d"
DAY_PATTERNS: Final = {
    ISO: re.compile(r"^\d{4}-\d{2}-\d{2}$"),
    "%Y/%m/%d": re.compile(r"^\d{4}/\d{1,2}/\d{1,2}$"),
    "%Y%m%d": re.compile(r"^(19|20)\d{6}$"),
    "%d.%m.%Y": re.compile(r"^\d{1,2}\.\d{1,2}\.\d{4}$"),
    "%d/%m/%Y": re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$"),
    "%m/%d/%Y": re.compile(r"^\d{1,2}/\d{1,2}/\d{4}$"),
    "%d-%m-%Y": re.compile(r"^\d{1,2}-\d{1,2}-\d{4}$"),
    "%m-%d-%Y": re.compile(r"^\d{1,2}-\d{1,2}-\d{4}$"),
}
NAMED: Final = "named"
"""The day pattern of cells such as ``5 Jan 2026``, which are read one by one (there are as many as days)."""

EXAMPLES: Final = {
    ISO: "2026-12-31",
    "%Y/%m/%d": "2026/12/31",
    "%Y%m%d": "20261231",
    "%d.%m.%Y": "31.12.2026",
    "%d/%m/%Y": "31/12/2026",
    "%m/%d/%Y": "12/31/2026",
    "%d-%m-%Y": "31-12-2026",
    "%m-%d-%Y": "12-31-2026",
    NAMED: "31 Dec 2026",
}
LOCALES: Final = {
    "en": (".", None),
    "en-US": (".", "month first"),
    "en-GB": (".", "day first"),
    "pl": (",", "day first"),
    "ru": (",", "day first"),
    "de": (",", "day first"),
}
_SURE_DOT: Final = re.compile(
    r"^-?(\d{1,3}(,\d{3})+\.\d+|\d+\.\d{1,2}|\d+\.\d{4,}|\d{1,3}(,\d{3}){2,}|0?\.\d+|\d{4,}\.\d+)$"
)
_SURE_COMMA: Final = re.compile(
    r"^-?(\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2}|\d+,\d{4,}|\d{1,3}(\.\d{3}){2,}|0?,\d+|\d{4,},\d+)$"
)
_EITHER: Final = re.compile(r"^-?\d{1,3}([.,])\d{3}$")
_WORDS: Final = re.compile(CURRENCY_WORDS)
_CLEAN: Final = str.maketrans("", "", SPACES + CURRENCY_SIGNS + "'’%")
DAY_FIRST_FROM: Final = 12
WHICH_NUMBERS: Final = N_("Say how the file writes numbers: --locale en (1,234.5), pl (1 234,5) or de (1.234,5).")


def check_locale(locale: str | None) -> None:
    """Raise UsageError with those there are when *locale* is none of them: too few for one to be the nearest."""
    if locale is not None and locale not in LOCALES:
        message = _("The number format {name} is not known.").format(name=locale)
        known = _("Known: {names}.").format(names=", ".join(LOCALES))
        raise UsageError(message, joined([known, _(WHICH_NUMBERS)]))


def decide(name: str, columns: Columns, language: str, locale: str | None) -> Conventions:
    """The conventions of a file; *locale* is a known one. Raises AmbiguousFileError with the question to answer."""
    decimal = LOCALES[locale][0] if locale else decimal_mark(name, columns, language)
    return Conventions(decimal, day_pattern(name, columns, language, locale))


@dataclass(frozen=True)
class Columns:
    """Sampled cells by kind of column: whole numbers, decimals, days; *range_style* from the file's own title."""

    whole: list[str]
    decimals: list[str]
    days: list[str]
    month_first_title: bool | None = None


def decimal_mark(name: str, columns: Columns, language: str) -> str:
    """``.`` or ``,``. What only one reading explains decides; then whole numbers; then the headers' language."""
    decimals = _numbers(columns.decimals)
    dots = sum(1 for cell in decimals if _SURE_DOT.match(cell))
    commas = sum(1 for cell in decimals if _SURE_COMMA.match(cell))
    for cell in _numbers(columns.whole):
        # A count has no decimals, so a mark before three digits separates thousands there.
        either = _EITHER.match(cell) or re.match(r"^\d{1,3}([.,])\d{3}([.,]\d{3})+$", cell)
        if either:
            dots, commas = (dots + 1, commas) if either[1] == "," else (dots, commas + 1)
    if dots and commas:
        message = _("{file} writes numbers in two ways: some cells with a decimal point, some with a decimal comma.")
        raise AmbiguousFileError(message.format(file=name), _(WHICH_NUMBERS))
    if dots or commas:
        return "." if dots else ","
    return _by_language(name, [cell for cell in decimals if _EITHER.match(cell)], language)


def _by_language(name: str, either: list[str], language: str) -> str:
    """English headers: comma for thousands, dot for decimals; Polish and Russian: comma for decimals, no dot at all."""
    if not either:
        return "," if language in {"pl", "ru"} else "."
    marks = {"," if "," in cell else "." for cell in either}
    if language == "en" and len(marks) == 1:
        return "."
    if language in {"pl", "ru"} and marks == {","}:
        return ","
    message = _("{file}: {cell} can be read as a number over a thousand or as a decimal number.")
    raise AmbiguousFileError(message.format(file=name, cell=either[0]), _(WHICH_NUMBERS))


def _numbers(cells: Iterable[str]) -> list[str]:
    plain = {cell.strip(): None for cell in cells}
    return [
        _WORDS.sub("", cell.replace("−", "-")).translate(_CLEAN)
        for cell in plain
        if cell not in UNKNOWN_CELLS and not cell.startswith(NUMBER_MARK)
    ]


def day_pattern(name: str, columns: Columns, language: str, locale: str | None) -> str:
    """The ``strptime`` pattern most day cells have. Raises AmbiguousFileError when day and month can be swapped."""
    cells = [cell for cell in {cell.strip(): None for cell in columns.days} if cell not in UNKNOWN_CELLS]
    votes = Counter(pattern for cell in cells for pattern, shape in DAY_PATTERNS.items() if shape.match(cell))
    if not votes:
        return NAMED if any(re.search(r"[^\W\d_]{3,}", cell) for cell in cells) else ISO
    best = votes.most_common(1)[0][0]
    for mark in "/-":
        if best in {f"%d{mark}%m{mark}%Y", f"%m{mark}%d{mark}%Y"}:
            month_first = _month_first(name, cells, mark, columns, (language, locale))
            return f"%m{mark}%d{mark}%Y" if month_first else f"%d{mark}%m{mark}%Y"
    return best


def _month_first(name: str, cells: list[str], mark: str, columns: Columns, hints: tuple[str, str | None]) -> bool:
    language, locale = hints
    parts = [cell.split(mark) for cell in cells if cell.count(mark) == 2]  # noqa: PLR2004 - day, month, year
    pairs = [(int(first), int(second)) for first, second, _ in parts if first.isdigit() and second.isdigit()]
    day_first = any(first > DAY_FIRST_FROM for first, _ in pairs)
    month_first = any(second > DAY_FIRST_FROM for _, second in pairs)
    if day_first and month_first:
        message = _("{file} writes days in two ways: some with the day first, some with the month first.")
        raise AmbiguousFileError(message.format(file=name), _("Export it again with days like 2026-12-31."))
    if day_first or month_first:
        return month_first
    if locale and LOCALES[locale][1]:
        return LOCALES[locale][1] == "month first"
    if columns.month_first_title is not None:
        return columns.month_first_title
    if language in {"pl", "ru"}:
        return False
    first, second, year = parts[0]
    message = _("{file}: is {cell} the day {first} of month {second} {year}, or the day {second} of month {first}?")
    question = message.format(file=name, cell=mark.join(parts[0]), first=first, second=second, year=year)
    raise AmbiguousFileError(question, _("Answer with --locale en-GB (day first) or --locale en-US (month first)."))
