"""What a table already speaks for: whether new rows can meet older ones at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from warehouse.claims import scope_of
from warehouse.schema import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from warehouse.contract import Dataset
    from warehouse.merge import Runner


@dataclass(frozen=True)
class Span:
    """Rows of one scope (an account, a site), and the days from the first to the last of them."""

    scope: tuple[Any, ...]
    rows: int
    first: date | None
    last: date | None

    def meets(self, other: Span) -> bool:
        """Whether the two can share a day; tables without days always do."""
        if self.scope != other.scope:
            return False
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return self.first <= other.last and self.last >= other.first


@dataclass(frozen=True)
class Incoming:
    """What is known about the rows of a table ``staged``: what they speak for, and columns that never change in it.

    *constants* maps such a column to the SQL expression of its value, or to None where there is none; that spares
    sorting or even writing it. *instead_of* are loads of the same bytes, read with other answers: their rows give way.
    So do older rows of the spans' scopes on *whole_days*, of which the rows are all there is. *kept_out* are
    the currencies (platform, account, currency) that rows name which are not among them.
    """

    spans: tuple[Span, ...]
    constants: dict[str, str | None]
    instead_of: tuple[int, ...] = ()
    whole_days: tuple[date, ...] = ()
    kept_out: tuple[tuple[Any, ...], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(span.rows for span in self.spans)

    def filled(self, dataset: Dataset) -> list[str]:
        """The columns in which any of the rows may have a value, in the order of the contract."""
        return [c.name for c in dataset.columns if self.constants.get(c.name, "") is not None]


class Coverage:
    """The spans of one table: one per scope at first, and one more for each load since."""

    def __init__(self, dataset: Dataset, runner: Runner, held: str) -> None:
        """Ask what the statement *held* answers of *dataset*, and what loads spoke for whose rows are gone."""
        days = f"min(day), max({dataset.last_day})" if dataset.daily else "NULL, NULL"
        scope = listed(dataset.scope)
        rows = runner.run(
            f"""SELECT count(*), {days}{scope and ", " + scope}
            FROM ({held}) {scope and "GROUP BY ALL"}"""
        )
        claims = runner.run(
            "SELECT scope, min(first), max(last) FROM target.claims WHERE dataset = ? GROUP BY scope", [dataset.name]
        )
        self._spans = [Span(tuple(scope), count, first, last) for count, first, last, *scope in rows if count]
        self._spans += [Span(scope_of(text), 0, first, last) for text, first, last in claims]

    def touches(self, spans: Iterable[Span]) -> bool:
        """Whether any of *spans* may meet rows that are there."""
        return any(old.meets(new) for new in spans for old in self._spans)

    def newest_day(self, spans: Iterable[Span]) -> date | None:
        """The last day of what is there in the scopes of *spans*."""
        scopes = {span.scope for span in spans}
        return max((old.last for old in self._spans if old.scope in scopes and old.last), default=None)

    def add(self, spans: Iterable[Span]) -> None:
        """Remember that rows of *spans* were brought in."""
        self._spans += spans

    def touches_but_for(self, place: int, spans: Iterable[Span]) -> bool:
        """Whether *spans* may meet rows once the part of the scope at *place* is known that one side does not name."""
        return any(
            (old.scope[place] is None) != (new.scope[place] is None)
            and replace(old, scope=(*old.scope[:place], new.scope[place], *old.scope[place + 1 :])).meets(new)
            for new in spans
            for old in self._spans
            if old.rows
        )
