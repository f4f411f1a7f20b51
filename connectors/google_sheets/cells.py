"""One column of a tab as text that the reading of exports understands: numbers marked, days in ISO form. Pure.

What a cell holds says its value; what it shows says whether a number is a day, a time or a percentage.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from connectors.exports.dates import month_names
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.contract import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from warehouse.contract import Column

ZERO_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the sheet, in its own time
LAST_SERIAL: Final = 2_958_465
"""31 December 9999."""
SECONDS: Final = 86_400
LENGTH_OF_A_DAY: Final = len("2026-12-31")
ZERO_BEFORE_1970: Final = 25_569 * SECONDS
_UNLIKE_NUMBERS: Final = r"[%:]|\p{Nd}[./-]\p{Nd}{1,2}[./-]\p{Nd}|\pL{3}"
"""What stands in a column that may show days, times, percentages; three letters may be a month, or a currency."""
_DATE: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_TIME: Final = re.compile(r"\d{1,3}:\d{2}")
_LEADING_ZEROS: Final = re.compile(r"0\d+")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_DECIMALS: Final = re.compile(r"[.,](\d+)\D*$")


def column_text(column: Column | None, values: Sequence[Any], shown: Sequence[Any], clock: Clock) -> list[str]:
    """The cells of one column as text, for the dataset's *column*; None for one that is in no dataset."""
    if column is None:
        return [_seen(value, text) for value, text in zip(values, shown, strict=True)]
    if column.type in (Type.WHOLE, Type.DECIMAL):
        return _numbers(column, values, shown)
    if column.type is Type.TEXT and set(map(type, values)) <= {str}:
        return list(values)
    if column.type is Type.MOMENT and set(map(type, values)) == {float} and all(":" in text for text in shown):
        return clock.moments(values)
    one: dict[Type, Callable[[Any, str], str]] = {
        Type.DAY: _day,
        Type.MOMENT: clock.moment,
        Type.YES_NO: _seen,
        Type.TEXT: _text,
    }
    read = one[column.type]
    return [read(value, str(text)) for value, text in zip(values, shown, strict=True)]


def _plain(value: object) -> str:
    """A cell as it is: texts, numbers marked and in full, yes and no."""
    if value.__class__ is str:
        return str(value)
    return f"{NUMBER_MARK}{value}" if is_number(value) else "" if value is None else str(value).lower()


def _seen(value: object, text: object) -> str:
    return str(text) if is_number(value) else _plain(value)


def is_number(value: object) -> bool:
    """Whether a cell holds a number; true and false are none."""
    return value.__class__ is int or value.__class__ is float


def _numbers(column: Column, values: Sequence[Any], shown: Sequence[Any]) -> list[str]:
    if not pc.match_substring_regex("\n".join(map(str, shown)), _UNLIKE_NUMBERS).as_py():
        # The usual case, at once.
        return _all_marked(values) or list(map(_plain, values))
    return [_number(column, value, str(text)) for value, text in zip(values, shown, strict=True)]


def _all_marked(values: Sequence[Any]) -> list[str]:
    """Every one of *values* marked, at once; nothing unless they are all numbers that can be spelt in one way only."""
    if not values or not set(map(type, values)) <= {int, float}:
        return []
    text = orjson.dumps(values).decode()[1:-1]
    if "e" in text or "0.0000" in text:
        return []
    return f"{NUMBER_MARK}{text.replace(',', f',{NUMBER_MARK}')}".split(",")


def _number(column: Column, value: Any, text: str) -> str:  # noqa: ANN401 - a cell of JSON
    if not is_number(value):
        return _plain(value)
    if _TIME.search(text):
        # A duration counts in days. A time or a day in any other column is none of its numbers: shown, it is rejected.
        return f"{NUMBER_MARK}{round(value * 24, 9)}" if column.name.endswith("hours") else text
    if _DATE.search(text) or _names_month(text):
        return text
    if "%" in text and "percent" in column.meaning:
        return f"{NUMBER_MARK}{round(value * 100, 9)}"
    return f"{NUMBER_MARK}{value}"


def _names_month(text: str) -> bool:
    return any(word in month_names() for word in _WORD.findall(text.lower()))


def _text(value: Any, text: str) -> str:  # noqa: ANN401 - a cell of JSON
    """Numbers in full, except those shown with zeros in front or as a day, a time or a percentage."""
    if is_number(value) and (_LEADING_ZEROS.fullmatch(text) or not _is_written_out(value, text)):
        return text or _plain(value)
    return _plain(value)


def _is_written_out(value: float, text: str) -> bool:
    """Whether *text* shows the number itself, with as many decimals as it likes."""
    if "%" in text or not any(map(str.isdigit, text)):
        return False
    digits = "".join(filter(str.isdigit, text)).lstrip("0")
    decimals = _DECIMALS.search(text)
    spelt = {f"{abs(value):.{places}f}" for places in {0, min(len(decimals[1]), 12) if decimals else 0}} | {repr(value)}
    return digits in {"".join(filter(str.isdigit, number)).lstrip("0") for number in spelt}


def moment_of(value: float, text: str) -> datetime | None:
    """The moment, to the second, that a number shown as *text* stands for; None for one that is shown as a number."""
    if not (":" in text or _DATE.search(text)) and _is_written_out(value, text):
        return None
    if not 1 <= value < LAST_SERIAL + 1:
        # Below 1 there is a time of day, but no day.
        return None
    return ZERO_DAY + timedelta(seconds=min(round(value * SECONDS), LAST_SERIAL * SECONDS + SECONDS - 1))


def _day(value: Any, text: str) -> str:  # noqa: ANN401 - a cell of JSON
    """A number that is shown as a day in ISO form; any other number as text, since it is no day."""
    if not is_number(value):
        return _plain(value)
    moment = moment_of(value, text)
    return moment.date().isoformat() if moment else text


def _iso(text: str) -> datetime | None:
    """The moment, or the beginning of the day, that *text* spells in ISO form; None for anything else."""
    try:
        return datetime.fromisoformat(text.strip()) if len(text.strip()) >= LENGTH_OF_A_DAY else None
    except ValueError:
        return None


class Clock:
    """Tells moments of the sheet's time zone in UTC; a day without a time is its first moment where the team works.

    Days and the difference to UTC are worked out once each: a tab may hold them a hundred thousand times.
    """

    def __init__(self, zone: ZoneInfo, of_days: ZoneInfo) -> None:
        """The clock on the wall in *zone*; days begin as *of_days* says, the zone that KPIs count days in."""
        self._zone = zone
        self._of_days = of_days
        self._days: dict[int, str] = {}
        self._ahead: dict[int, int | None] = {}

    def moment(self, value: Any, text: str) -> str:  # noqa: ANN401 - a cell of JSON
        """A cell as a moment in UTC, or as the text it is when it is none."""
        if value.__class__ is float and ":" in text and 1 <= value < LAST_SERIAL:
            return self._in_utc(round(value * SECONDS))
        if is_number(value):
            moment = moment_of(value, text)
            is_day = isinstance(value, int) and ":" not in text
        else:
            text = _plain(value)
            moment = _iso(text)
            is_day = len(text.strip()) == LENGTH_OF_A_DAY
        if moment is None:
            return text
        local = moment if moment.tzinfo else moment.replace(tzinfo=self._of_days if is_day else self._zone)
        return str(local.astimezone(UTC).replace(tzinfo=None, microsecond=0))

    def moments(self, values: Sequence[float]) -> list[str]:
        """Numbers that are all shown as moments, in UTC: the usual case, at once."""
        held = np.asarray(values)
        if held.min() < 1 or held.max() >= LAST_SERIAL:
            return [self.moment(value, ":") for value in values]
        seconds = np.rint(held * SECONDS).astype(np.int64)
        days, places = np.unique(seconds // SECONDS, return_inverse=True)
        ahead = [self._ahead_on(int(day)) for day in days]
        since_1970 = seconds - np.array([each or 0 for each in ahead])[places] - ZERO_BEFORE_1970
        found: list[str] = pa.array(since_1970, pa.timestamp("s")).cast(pa.string()).to_pylist()
        changing = {place for place, each in enumerate(ahead) if each is None}
        for index in np.flatnonzero(np.isin(places, list(changing))) if changing else ():
            found[index] = self._in_utc(int(seconds[index]))
        return found

    def _in_utc(self, seconds: int) -> str:
        """The moment so many *seconds* after day zero."""
        day = seconds // SECONDS
        ahead = self._ahead.get(day, -1)
        if ahead == -1:
            ahead = self._ahead[day] = self._ahead_on(day)
        if ahead is None:
            # The clocks change on this day, so the hour counts.
            ahead = self._difference(ZERO_DAY + timedelta(seconds=seconds))
        day, rest = divmod(seconds - ahead, SECONDS)
        text = self._days.get(day)
        if text is None:
            text = self._days[day] = (ZERO_DAY + timedelta(days=day)).date().isoformat()
        return f"{text} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"

    def _ahead_on(self, day: int) -> int | None:
        """By how many seconds the zone is ahead of UTC all *day* long; None when that changes."""
        start = ZERO_DAY + timedelta(days=day)
        first, last = self._difference(start), self._difference(start + timedelta(days=1))
        return first if first == last else None

    def _difference(self, moment: datetime) -> int:
        ahead = moment.replace(tzinfo=self._zone).utcoffset()
        return round(ahead.total_seconds()) if ahead else 0
