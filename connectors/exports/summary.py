"""What the staged rows of a file are, asked in one statement: how many, which days, whose, in which money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warehouse.schema import quoted

if TYPE_CHECKING:
    from datetime import date

    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

NAMED_ACCOUNTS: Final = 3


@dataclass(frozen=True)
class Summary:
    """Counts and ends of the rows in the view ``staged``, and the lines of the file by what they are."""

    rows: int
    first_day: date | None
    last_day: date | None
    accounts: tuple[str, ...]
    without_account: int
    without_currency: int
    kinds: dict[str, int]

    @property
    def account(self) -> str | None:
        """The accounts (or the site) as people name them; the first few of many."""
        more = len(self.accounts) - NAMED_ACCOUNTS
        return ", ".join(self.accounts[:NAMED_ACCOUNTS]) + (f" (+{more})" if more > 0 else "") or None


def account_column(staging: Staging) -> str | None:
    """The column that says whose numbers these are: the account or the site."""
    return next((name for name in ("account", "site") if name in staging.dataset.by_name), None)


def summarise(runner: Runner, staging: Staging) -> Summary:
    """The summary of the view ``staged`` and the tables ``odd`` and ``broken``."""
    dataset, column = staging.dataset, account_column(staging)
    days = f"min(day), max({dataset.last_day})" if dataset.daily else "NULL, NULL"
    account = quoted(column) if column else "NULL"
    priced = "currency IS NULL AND cost IS NOT NULL" if {"currency", "cost"} <= dataset.by_name.keys() else "false"
    rows = runner.run(
        f"""SELECT count(*), {days}, list_sort(list(DISTINCT {account}) FILTER ({account} IS NOT NULL)),
        count(*) FILTER ({account} IS NULL), count(*) FILTER ({priced}),
        (SELECT map(list(kind), list(n)) FROM (
            SELECT kind, count(*) AS n FROM (SELECT kind FROM odd UNION ALL SELECT kind FROM broken) GROUP BY kind))
        FROM staged"""
    )
    count, first, last, accounts, unnamed, unpriced, kinds = rows[0]
    return Summary(count, first, last, tuple(accounts or ()), unnamed if column else 0, unpriced, kinds or {})
