"""Days as people and platforms write them in headings and file names: month names in three languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Final

from babel import Locale

from core.language import LANGUAGES
from core.period import Period

_NUMBER: Final = r"\d{1,4}"
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+")
_FIRST_YEAR: Final = 1990
_LONGEST_DAY: Final = 2
_SHORTEST_MONTH: Final = 3


@cache
def month_names() -> dict[str, int]:
    """Every name and abbreviation of a month in the three languages → its number."""
    names: dict[str, int] = {"sept": 9, "сент": 9, "нояб": 11, "мая": 5, "фев": 2, "сен": 9, "ноя": 11}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for month, name in Locale.parse(language).months[context][width].items():
                    names[unicodedata.normalize("NFKC", name).casefold().strip(".")] = month
    return names


def days_in(text: str) -> list[date]:
    """The days named in *text*, with month names or in ISO form, in order."""
    plain = unicodedata.normalize("NFKC", text)
    iso = [_day(int(y), int(m), int(d)) for y, m, d in _ISO.findall(plain)]
    return [day for day in iso if day] or _named_days(plain)


def is_month_first(text: str) -> bool | None:
    """Whether the days in *text* are written like ``January 17, 2024``; None when it names no month."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    for index, word in enumerate(words):
        month = month_names().get(word)
        if month and _from_neighbours(month, "", words[index + 1 : index + 3]):
            return True
        if month and index and _from_neighbours(month, words[index - 1], words[index + 1 : index + 2]):
            return False
    return None


def _named_days(text: str) -> list[date]:
    """Days such as ``January 17, 2024`` and ``9 авг. 2026``: a month's name, a day and a year next to each other."""
    words = _WORDS.findall(text.casefold())
    found = []
    for index, word in enumerate(words):
        month = month_names().get(word)
        if month is None:
            continue
        before = words[index - 1] if index else ""
        after = words[index + 1 : index + 3]
        day = _from_neighbours(month, before, after)
        if day:
            found.append(day)
    return found


def _from_neighbours(month: int, before: str, after: list[str]) -> date | None:
    if len(after) > 1 and after[0].isdigit() and len(after[0]) <= _LONGEST_DAY and _is_year(after[1]):
        return _day(int(after[1]), month, int(after[0]))
    if before.isdigit() and len(before) <= _LONGEST_DAY and after and _is_year(after[0]):
        return _day(int(after[0]), month, int(before))
    return None


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == 4 and int(word) >= _FIRST_YEAR  # noqa: PLR2004 - digits of a year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def period_in(text: str) -> Period | None:
    """The period named in *text*, when it names exactly its first and last day (or one day)."""
    days = days_in(text)
    if not days or len(days) > 2 or days[-1] < days[0]:  # noqa: PLR2004 - first and last
        return None
    numbers = sum(word.isdigit() for word in _WORDS.findall(_ISO.sub("1 1", text)))
    # "1-31 January 2026" names one whole day and half of another: better no period than a wrong one.
    if numbers != 2 * len(days):
        return None
    return Period(days[0], days[-1])
