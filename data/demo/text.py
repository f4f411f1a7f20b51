"""Numbers, cells and dates as text, the way each platform and language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.demo.timeline import Counts

NBSP: Final = "\u00a0"
CENT: Final = 100

ENGLISH_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
POLISH_MONTHS: Final = ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"]
RUSSIAN_MONTHS: Final = [
    "янв.",
    "февр.",
    "мар.",
    "апр.",
    "мая",
    "июн.",
    "июл.",
    "авг.",
    "сент.",
    "окт.",
    "нояб.",
    "дек.",
]
SHORT_ENGLISH_MONTHS: Final = [month[:3] for month in ENGLISH_MONTHS]


@dataclass(frozen=True)
class NumberStyle:
    """Decimal mark, thousands mark, and from which number on thousands are marked."""

    decimal: str
    thousands: str
    marked_from: int = 1000

    def write(self, value: float, digits: int = 0) -> str:
        """*value* with *digits* decimals."""
        if abs(value) < self.marked_from:
            text = f"{value:.{digits}f}"
            return text if self.decimal == "." else text.replace(".", self.decimal)
        text = f"{value:,.{digits}f}"
        if self.decimal == "." and self.thousands == ",":
            return text
        return text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)

    def counts(self, values: Counts) -> list[str]:
        """Whole numbers."""
        return [self.write(value) for value in values.tolist()]

    def hundredths(self, values: Counts) -> list[str]:
        """Amounts that are given in hundredths, with two decimals."""
        return [self.write(value / CENT, 2) for value in values.tolist()]


ENGLISH: Final = NumberStyle(".", ",")
PLAIN: Final = NumberStyle(".", "", 10**15)
POLISH: Final = NumberStyle(",", NBSP, 10_000)
RUSSIAN: Final = NumberStyle(",", NBSP)


def cell(text: str) -> str:
    """*text* as a field of a comma-separated file: quoted when a comma or a quotation mark is in it."""
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text else text


def table(columns: Sequence[Sequence[str]], delimiter: str) -> str:
    """Columns of cells as lines."""
    return "\n".join(map(delimiter.join, zip(*columns, strict=True)))


def short(value: float, digits: int = 2) -> str:
    """A number with at most *digits* decimals and no zeros at their end: ``5``, ``12.5``, ``55.09``."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(day: date, months: Sequence[str], suffix: str = "") -> str:
    """*day* with the month's name, for example ``9 авг. 2026``."""
    return f"{day.day} {months[day.month - 1]} {day.year}{suffix}"


def half_years(first: date, last: date) -> Iterable[tuple[date, date]]:
    """The calendar half-years between two days, clipped to them."""
    while first <= last:
        end = date(first.year, 6, 30) if first.month <= 6 else date(first.year, 12, 31)  # noqa: PLR2004 - June
        yield first, min(end, last)
        first = end + timedelta(days=1)
