"""Sentences that are kept and said again later, each time in the language of whoever reads them.

`_` and `ngettext` mark and translate as those of `core.language` do; what they give is a text like any other, which
also remembers its English and the values in it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Self

from core import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXT: Final = "text"


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
        told = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
        remark = cls(text.format(**told) if told else text)
        remark.english, remark.number, remark.values = english, number, values
        return remark

    def format(self, *_places: object, **values: object) -> Self:
        """The remark with *values* put in."""
        return self.of(self.english, self.number, values)


def _(text: str) -> str:
    """*text* (English) as a remark."""
    return Remark.of((text,), 1, {})


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form that fits *count*, as a remark."""
    return Remark.of((singular, plural), count, {})


def written(remarks: Iterable[str]) -> str:
    """*remarks* as JSON; a text that is no remark stays as it is."""
    return json.dumps([_as_data(remark) for remark in remarks], ensure_ascii=False)


def said_again(text: str) -> list[str]:
    """What was `written`, in the language in use now."""
    return [str(_from_data(each)) for each in json.loads(text)]


def _as_data(value: object) -> object:
    if isinstance(value, Remark):
        values = {name: _as_data(each) for name, each in value.values.items()}
        return {TEXT: value.english, "n": value.number, "values": values}
    if isinstance(value, list):
        return [_as_data(each) for each in value]
    return value if isinstance(value, int | float) else str(value)


def _from_data(value: object) -> object:
    if isinstance(value, dict):
        values = {name: _from_data(each) for name, each in value["values"].items()}
        return Remark.of(tuple(value[TEXT]), value["n"], values)
    return [_from_data(each) for each in value] if isinstance(value, list) else value
