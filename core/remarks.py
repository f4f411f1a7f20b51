"""Sentences that are kept and said again later, each time in the language of whoever reads them.

`_` and `ngettext` mark and translate as those of `core.language` do; what they give is a text like any other, which
also remembers its English and the values in it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from core import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXT, NUMBER, VALUES = "text", "n", "values"
DECIMALS: Final = 10
COUNTS: Final = frozenset({"n", "m", "stated", "found", "there"})
"""What counts are called in a text; other whole numbers, such as years and lines of a file, are names."""
GROUPED: Final = 1000
"""From which number on thousands are set apart."""


class Remark(str):
    """A text in the language in use, and what it takes to say it in another one."""

    __slots__ = ("english", "number", "values")

    english: tuple[str, ...]
    number: int
    values: Mapping[str, object]

    @classmethod
    def of(cls, english: tuple[str, ...], number: int, values: Mapping[str, object]) -> Self:
        """The remark whose *english* is one text, or a singular and a plural for *number* things; *values* go into it.

        Among the values may be remarks, and lists of them.
        """
        text = language._(english[0]) if len(english) == 1 else language.ngettext(english[0], english[1], number)
        told = {name: _told(name, value) for name, value in values.items()}
        remark = cls(text.format(**told) if told else text)
        remark.english, remark.number, remark.values = english, number, values
        return remark

    def format(self, *_places: object, **values: object) -> Self:
        """The remark with *values* put in."""
        return self.of(self.english, self.number, values)


def _told(name: str, value: object) -> object:
    """*value* as it stands in a sentence: numbers as the language in use writes them, of whole ones the counts only."""
    if isinstance(value, float | Decimal) or (name in COUNTS and isinstance(value, int) and value >= GROUPED):
        from core.numbers import number  # noqa: PLC0415 - Babel's formats take a moment to load

        return number(float(value), DECIMALS)
    return ", ".join(value) if isinstance(value, list) else value


def _(text: str) -> str:
    """*text* (English) as a remark."""
    return Remark.of((text,), 1, {})


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form that fits *count*, as a remark."""
    return Remark.of((singular, plural), count, {})


def joined(texts: Iterable[str], mark: str = " ") -> str:
    """Those of *texts* that say something as one remark, with *mark* between them."""
    told = {f"part{place}": text for place, text in enumerate(texts) if text}
    return Remark.of((mark.join(f"{{{name}}}" for name in told),), 1, told)


def renamed(text: str, old: str, new: str) -> str:
    """*text* with *new* for *old* in the values of it; it stays a remark."""
    if not isinstance(text, Remark):
        return text.replace(old, new)
    values = {
        name: renamed(value, old, new) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return Remark.of(text.english, text.number, values)


def written(remarks: Iterable[str]) -> str:
    """*remarks* as JSON; a text that is no remark stays as it is."""
    return json.dumps(as_data([*remarks]), ensure_ascii=False)


def said_again(text: str) -> list[str]:
    """What was `written`, in the language in use now."""
    return list(map(str, from_data(json.loads(text))))


def as_data(value: object) -> object:
    """*value* as JSON can hold it: remarks anywhere in it are kept with what it takes to say them again."""
    if isinstance(value, Remark):
        return {TEXT: value.english, NUMBER: value.number, VALUES: as_data(value.values)}
    if isinstance(value, dict):
        return {name: as_data(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_data(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, int | float) else str(value)


def from_data(value: Any) -> Any:  # noqa: ANN401 - as many types as JSON has
    """What `as_data` gave, its remarks in the language in use now."""
    if isinstance(value, list):
        return [from_data(each) for each in value]
    if not isinstance(value, dict):
        return value
    read = {name: from_data(each) for name, each in value.items()}
    is_remark = read.keys() == {TEXT, NUMBER, VALUES}
    return Remark.of(tuple(read[TEXT]), read[NUMBER], read[VALUES]) if is_remark else read
