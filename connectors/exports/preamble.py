"""What the lines above a table say: the days it covers, whose numbers they are, how many rows there should be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports.dates import days_in
from core.errors import ConfigurationError, FileError
from core.language import N_
from core.period import Period
from core.remarks import _

if TYPE_CHECKING:
    from typing import Any

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

SEVERAL_DAYS: Final = N_("{file}: its rows cover several days each, so nothing can be said about single days.")
PATTERNS: Final = ("account", "rows", "unfinished", "several_days", "whole", "stacked")
KEYS: Final = frozenset({*PATTERNS, "period", "days", "starts"})
LONGEST_MONTH: Final = 31


@dataclass(frozen=True)
class Preamble:
    """Patterns of the lines above a table, of which ``^`` and ``$`` mean one; what is of interest is in the groups.

    *period* names the first and last day, in one line or two, written as *days* (a ``strptime`` pattern) says or with
    the month's name. *unfinished* and *several_days* only have to match. Where *starts* is set, a row of an export
    that is not by day carries the first day of its period. A file that is nothing but a *whole* preamble had
    nothing to report; where a file has several tables, a *stacked* line begins each.
    """

    period: tuple[re.Pattern[str], ...] = ()
    days: str | None = None
    account: re.Pattern[str] | None = None
    rows: re.Pattern[str] | None = None
    unfinished: re.Pattern[str] | None = None
    several_days: re.Pattern[str] | None = None
    starts: bool = False
    whole: re.Pattern[str] | None = None
    stacked: re.Pattern[str] | None = None

    @classmethod
    def read(cls, place: str, table: dict[str, Any]) -> Preamble:
        """The declaration in *table*. Raises ConfigurationError naming *place* and the key that is not known."""
        for key in table.keys() - KEYS:
            message = f"{place}: the key {key!r} is not known."
            raise ConfigurationError(message, f"Known keys: {', '.join(sorted(KEYS))}.")
        single = {key: re.compile(table[key], re.MULTILINE) for key in PATTERNS if key in table}
        period = tuple(re.compile(pattern, re.MULTILINE) for pattern in table.get("period", ()))
        return cls(period, table.get("days"), starts=table.get("starts", False), **single)


def period_of(table: Table) -> Period | None:
    """The days that the lines above *table* say it covers."""
    declared = table.declared.preamble
    written = [group for pattern in declared.period for group in _groups(pattern, table)]
    days = [day for text in written if (day := _day(text, declared.days))]
    return Period(days[0], days[-1]) if days and len(days) == len(written) and days[0] <= days[-1] else None


def account_of(table: Table) -> str | None:
    """Whose numbers the lines above *table* say they are."""
    return next(iter(_groups(table.declared.preamble.account, table)), None)


def rows_of(table: Table) -> int | None:
    """How many rows the lines above *table* say there are."""
    return next(map(int, _groups(table.declared.preamble.rows, table)), None)


def is_unfinished(table: Table) -> bool:
    """Whether the lines above *table* say that the numbers may still change."""
    return _matches(table.declared.preamble.unfinished, table)


def refuse_periods(runner: Runner, member: Member, staging: Staging) -> None:
    """Raise FileError when rows stand for whole periods: all their days are where one begins."""
    table, period = staging.table, period_of(staging.table)
    several = _matches(table.declared.preamble.several_days, table)
    if not several and table.declared.preamble.starts and period and period.start < period.end:
        days = {day for (day,) in runner.run("SELECT DISTINCT day FROM staged_all WHERE problem IS NULL")}
        several = bool(days) and days <= _beginnings(period)
    if several:
        raise FileError(_(SEVERAL_DAYS).format(file=member.name), table.declared.steps_text())


def _beginnings(period: Period) -> set[date]:
    """The first day of *period*, and of each month in it where it is longer than one."""
    days = (period.end - period.start).days
    months = {date.fromordinal(period.start.toordinal() + n).replace(day=1) for n in range(days + 1)}
    return {period.start} | (months if days >= LONGEST_MONTH else set())


def _text(table: Table) -> str:
    return "\n".join(table.delimiter.join(cells).strip() for cells in table.preamble)


def _groups(pattern: re.Pattern[str] | None, table: Table) -> list[str]:
    match = pattern.search(_text(table)) if pattern else None
    return [group.strip() for group in match.groups() if group] if match else []


def _matches(pattern: re.Pattern[str] | None, table: Table) -> bool:
    return pattern is not None and pattern.search(_text(table)) is not None


def _day(text: str, pattern: str | None) -> date | None:
    if pattern is None:
        return next(iter(days_in(text)), None)
    try:
        return datetime.strptime(text, pattern).replace(tzinfo=UTC).date()
    except ValueError:
        return None
