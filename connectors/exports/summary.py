"""What the staged rows of a file are, asked in one statement: how many, which days, whose, in which money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warehouse.coverage import Span
from warehouse.schema import listed

if TYPE_CHECKING:
    from datetime import date

    from connectors.exports.staging import Staging
    from warehouse.contract import Dataset
    from warehouse.merge import Runner

NAMED_ACCOUNTS: Final = 3


@dataclass(frozen=True)
class Summary:
    """The rows in the view ``staged`` by what they speak for, and the lines of the file by what they are."""

    spans: tuple[Span, ...]
    accounts: tuple[str | None, ...]
    without_currency: int
    names_currency: bool
    """Whether any row does, where not all do."""
    kinds: dict[str, int]

    @property
    def rows(self) -> int:
        """How many rows of data there are."""
        return sum(span.rows for span in self.spans)

    @property
    def first_day(self) -> date | None:
        """The first day of the data."""
        return min((span.first for span in self.spans if span.first), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day of the data."""
        return max((span.last for span in self.spans if span.last), default=None)

    @property
    def names_account(self) -> bool:
        """Whether every row says whose it is."""
        return None not in self.accounts

    @property
    def account(self) -> str | None:
        """The accounts (or the site) as people name them; the first few of many."""
        names = sorted(name for name in self.accounts if name)
        more = len(names) - NAMED_ACCOUNTS
        return ", ".join(names[:NAMED_ACCOUNTS]) + (f" (+{more})" if more > 0 else "") or None


def account_column(staging: Staging) -> str | None:
    """The column that says whose numbers these are: the account or the site."""
    return next((name for name in ("account", "site", "property") if name in staging.dataset.by_name), None)


def _has_currency(dataset: Dataset) -> bool:
    return "currency" in dataset.by_name and bool(dataset.money)


def summarise(runner: Runner, staging: Staging) -> Summary:
    """The summary of the view ``staged`` and the tables ``odd`` and ``broken``."""
    dataset, column = staging.dataset, account_column(staging)
    days = f"min(day), max({dataset.last_day})" if dataset.daily else "NULL, NULL"
    priced = (
        f"currency IS NULL AND coalesce({listed(dataset.money)}) IS NOT NULL" if _has_currency(dataset) else "false"
    )
    scope = listed(dataset.scope)
    rows = runner.run(
        f"""SELECT count(*), {days}, count(*) FILTER ({priced}){scope and ", " + scope} FROM staged
        {scope and "GROUP BY ALL"}"""
    )
    spans = tuple(Span(tuple(scope), count, first, last) for count, first, last, _, *scope in rows if count)
    place = dataset.scope.index(column) if column in dataset.scope else None
    accounts = {span.scope[place] for span in spans} if place is not None else set()
    apart = "SELECT kind, count(*) FROM (SELECT kind FROM odd UNION ALL SELECT kind FROM broken) GROUP BY kind"
    kinds = runner.run(apart) if staging.has_lines_apart else []
    unpriced = sum(row[3] for row in rows)
    named = bool(unpriced and runner.run("SELECT 1 FROM staged WHERE currency IS NOT NULL LIMIT 1"))
    return Summary(spans, tuple(accounts), unpriced, named, dict(kinds))
