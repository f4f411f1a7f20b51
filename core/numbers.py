"""Numbers, money, percentages and dates as text, the way the reader's language writes them."""

from __future__ import annotations

import re
from math import floor, isnan, log10
from typing import TYPE_CHECKING, Final

from babel.dates import format_date
from babel.numbers import format_compact_currency, format_compact_decimal, format_currency, format_decimal
from babel.units import format_unit

from core.language import _, current_locale
from core.period import DAY, MONTHS_A_YEAR, Calendar, Grain, add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from core.period import Period

NOTHING: Final = "–"
SIGNIFICANT: Final = 3
MONTHS_A_QUARTER: Final = 3
CALENDAR: Final = Calendar()
"""The usual one: years start in January."""
THOUSAND: Final = 1000
TENFOLD: Final = 10
"""A greater change says more of a tiny base than of what happened."""
MINUS: Final = "\N{MINUS SIGN}"


def number(value: float | None, decimals: int = 2, *, pad: bool = False) -> str:
    """*value* with at most *decimals* decimal places (exactly as many with *pad*): 12,400.5."""
    return _text(value, lambda v: format_decimal(v, format=_pattern(decimals, pad=pad), locale=current_locale()))


def compact(value: float | None) -> str:
    """*value* in three significant digits: 12.4K, 3.14, 0.0271. What was rounded keeps its zeros: 8.00K for 7,995."""
    return _text(value, _compact)


def money(value: float | None, currency: str) -> str:
    """*value* to the smallest coin: €12,400.50."""
    return _text(value, lambda v: format_currency(v, currency, locale=current_locale()))


def compact_money(value: float | None, currency: str, *, pad: bool = True) -> str:
    """*value* in three significant digits: €12.4K, €10.0K, €1.20 (without *pad* €10K, €1.2)."""
    return _text(value, lambda v: _compact_money(v, currency, pad=pad))


def percent(share: float | None, decimals: int = 2, *, pad: bool = False) -> str:
    """*share* (0.0243) in hundredths, with at most *decimals* decimal places (exactly as many with *pad*): 2.43%."""
    return _text(share, lambda v: _percent(v, decimals, pad=pad))


def compact_percent(share: float | None) -> str:
    """*share* in hundredths and three significant digits: 2.43%, 24.3%, 100%. What was rounded keeps its zeros."""
    return _text(share, lambda v: _percent(v, telling_decimals(100 * v), pad=_is_rounded(v)))


def points(difference: float | None, decimals: int = 2, *, pad: bool = False) -> str:
    """The *difference* of two shares in percentage points, with its sign: +1.2 pp."""
    if difference is None or isnan(difference):
        return NOTHING
    return _("{number} pp").format(number=signed(100 * difference, lambda v: number(v, decimals, pad=pad)))


def points_unit() -> str:
    """The unit of percentage points: pp."""
    return _("{number} pp").format(number="").strip()


def signed(value: float | None, text: Callable[[float], str]) -> str:
    """*value* written by *text*, with a plus sign when it is above zero."""
    if value is None or isnan(value):
        return NOTHING
    written = text(value)
    return f"+{written}" if value > 0 and says_something(written) else written


def duration(value: float | None, unit: str, *, short: bool = True) -> str:
    """*value* of a *unit* of time (hour, day): 6.2 hr."""
    return _text(value, lambda v: _duration(v, unit, short=short))


def day(value: date | None, *, year: bool = False) -> str:
    """*value* as 19 Nov, or 19 Nov 2026."""
    return format_date(value, "d MMM y" if year else "d MMM", locale=current_locale()) if value else NOTHING


def moment(value: datetime) -> str:
    """*value* as 19 Nov 2026, 14:05."""
    return f"{day(value, year=True)}, {value:%H:%M}"


def days(period: Period, *, year: bool = True) -> str:
    """*period* as 16–22 Nov 2026; what both ends share is written once."""
    start, end = period.start, period.end
    last = day(end, year=year)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{day(start, year=year and start.year != end.year)} – {last}"


def whole(period: Period, grain: Grain, calendar: Calendar = CALENDAR) -> str:
    """The name of *period*, one of *grain*: Week 47, 16–22 Nov 2026; November 2026; Q4 2026; 2026.

    Quarters and years are those of *calendar*: Q4 2026/27 and 2026/27 where the year starts later than in January.
    """
    if grain is Grain.WEEK:
        return _("Week {number}, {days}").format(number=_inside(period).isocalendar().week, days=days(period))
    if grain is Grain.MONTH:
        return _capital(format_date(period.end, "LLLL y", locale=current_locale()))
    if grain in (Grain.QUARTER, Grain.YEAR):
        return _fiscal(period, grain, calendar)
    return days(period)


def tick(period: Period, grain: Grain, calendar: Calendar = CALENDAR, *, year: bool = False) -> str:
    """A short name of *period* for an axis: W47, 19 Nov, Nov, Q4; with the year where it must be told."""
    if grain is Grain.WEEK:
        name = _("W{number}").format(number=_inside(period).isocalendar().week)
        return f"{name} {_inside(period).isocalendar().year % 100:02d}" if year else name
    if grain is Grain.YEAR:
        return _fiscal(period, grain, calendar)
    if grain is Grain.QUARTER:
        return _fiscal(period, grain, calendar, short=True) if year else _quarter(period, calendar)
    plain, dated = {Grain.MONTH: ("LLL", "LLL yy")}.get(grain, ("d MMM", "d MMM yy"))
    return format_date(period.start, dated if year else plain, locale=current_locale())


def ticks(periods: Sequence[Period], grain: Grain, calendar: Calendar = CALENDAR) -> list[str]:
    """Short names of *periods*, with the year where two of them would be the same."""
    short = [tick(period, grain, calendar) for period in periods]
    return short if len(set(short)) == len(short) else [tick(p, grain, calendar, year=True) for p in periods]


def _fiscal(period: Period, grain: Grain, calendar: Calendar, *, short: bool = False) -> str:
    """The name of a quarter or a year: 2026/27 for one that *calendar* begins in one year and ends in the next."""
    first = calendar.first_day(period.end, Grain.YEAR)
    last = add_months(first, MONTHS_A_YEAR - 1)
    name = f"{first.year % 100:02d}" if short else str(first.year)
    name += "" if last.year == first.year else f"/{last.year % 100:02d}"
    return name if grain is Grain.YEAR else f"{_quarter(period, calendar)} {name}"


def _quarter(period: Period, calendar: Calendar) -> str:
    """Which quarter of its year *period* is."""
    into = (period.end.month - calendar.fiscal_year_starts) % MONTHS_A_YEAR
    month = into // MONTHS_A_QUARTER * MONTHS_A_QUARTER + 1
    return format_date(period.end.replace(month=month, day=1), "QQQ", locale=current_locale())


def telling_decimals(value: float) -> int:
    """How many decimal places show three significant digits of *value*."""
    return max(0, SIGNIFICANT - 1 - _magnitude(value))


def _text(value: float | None, write: Callable[[float], str]) -> str:
    if value is None or isnan(value):
        return NOTHING
    written = write(value)
    # What is rounded to nothing has no sign.
    return written.replace("-", MINUS, 1) if says_something(written) else write(0.0)


def says_something(written: str) -> bool:
    """Whether the number *written* is other than zero, as it reads."""
    return any(digit in written for digit in "123456789")


def _magnitude(value: float) -> int:
    """The power of ten of *value*, once it is rounded to three significant digits."""
    if not value:
        return SIGNIFICANT - 1
    rounded = float(f"{abs(value):.{SIGNIFICANT - 1}e}")
    return floor(log10(rounded))


def _pattern(decimals: int, *, pad: bool = False) -> str:
    return "#,##0" + ("." + ("0" if pad else "#") * decimals if decimals else "")


def _rounded(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT - 1}e}")


def _is_rounded(value: float) -> bool:
    """Whether *value* has more than three significant digits, so that zeros at the end of these tell something."""
    return value != _rounded(value)


def _compact(value: float) -> str:
    if abs(value) < THOUSAND and _magnitude(value) < SIGNIFICANT:
        pattern = _pattern(telling_decimals(value), pad=_is_rounded(value))
        return format_decimal(value, format=pattern, locale=current_locale())
    digits = SIGNIFICANT - 1 - _magnitude(value) % SIGNIFICANT
    written = format_compact_decimal(_rounded(value), locale=current_locale(), fraction_digits=digits)
    return _padded(written, digits) if _is_rounded(value) else written


def _compact_money(value: float, currency: str, *, pad: bool) -> str:
    locale = current_locale()
    if abs(value) >= THOUSAND or _magnitude(value) >= SIGNIFICANT:
        digits = SIGNIFICANT - 1 - _magnitude(value) % SIGNIFICANT
        written = format_compact_currency(_rounded(value), currency, locale=locale, fraction_digits=digits)
        return _padded(written, digits) if pad else written
    shown = _pattern(telling_decimals(value), pad=pad)
    pattern = locale.currency_formats["standard"].pattern.replace("#,##0.00", shown)
    return format_currency(value, currency, format=pattern, locale=locale, currency_digits=False)


def _padded(written: str, decimals: int) -> str:
    """The short number *written* with exactly so many *decimals*: Babel leaves zeros out."""
    mark = current_locale().number_symbols["latn"]["decimal"]
    number = re.search(rf"\d+(?:{re.escape(mark)}\d+)?", written)
    if not decimals or number is None:
        return written
    whole, _mark, behind = number[0].partition(mark)
    return f"{written[: number.start()]}{whole}{mark}{behind.ljust(decimals, '0')}{written[number.end() :]}"


def _duration(value: float, unit: str, *, short: bool) -> str:
    decimals = telling_decimals(value) if short else 2
    rounded = round(value, decimals)
    whole = int(rounded) if rounded == int(rounded) else rounded
    pattern = _pattern(decimals, pad=short and _is_rounded(value))
    return format_unit(whole, f"duration-{unit}", length="short", format=pattern, locale=current_locale())


def _percent(share: float, decimals: int, *, pad: bool = False) -> str:
    locale = current_locale()
    pattern = locale.percent_formats[None].pattern.replace("#,##0", _pattern(decimals, pad=pad))
    return format_decimal(share, format=pattern, locale=locale)


def _inside(period: Period) -> date:
    """A day of the ISO week that *period* is named after, also where weeks start on Sunday."""
    return min(period.start + DAY, period.end)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
