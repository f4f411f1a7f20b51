"""The one currency of an advertising account: where some of its rows name it, those that name none are in it, too.

Which file came first makes no difference: rows that are there already are settled by those that come, and the other way
round. Of an account without a name nobody knows whether it is one, and of one with two currencies which is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from warehouse.schema import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.contract import Dataset
    from warehouse.coverage import Incoming
    from warehouse.merge import Runner

Account = tuple[Any, ...]
SCOPE: Final = ("platform", "account")
_NAMED: Final = "account IS NOT NULL"


class Settled(NamedTuple):
    """The *currencies* that rows without one are in now, how many *rows* that is, how many of the new are *left*."""

    currencies: tuple[str, ...] = ()
    rows: int = 0
    left: int = 0


class Currencies:
    """What is known of the currencies of the accounts in one dataset."""

    def __init__(self, dataset: Dataset, runner: Runner, held: str) -> None:
        """Look for accounts with amounts in no named currency among the rows that the statement *held* answers."""
        self._dataset = dataset
        self._open: set[Account] = set()
        if dataset.scope == SCOPE and dataset.money and "currency" in dataset.by_name:
            found = runner.run(f"SELECT DISTINCT {listed(SCOPE)} FROM ({held}) WHERE {self._unpriced} AND {_NAMED}")
            self._open = set(found)

    @property
    def _unpriced(self) -> str:
        return f"currency IS NULL AND coalesce({listed(self._dataset.money)}) IS NOT NULL"

    def concerned(self, incoming: Incoming) -> set[Account]:
        """The accounts of *incoming* rows that have amounts in no named currency, or get some."""
        if self._dataset.scope != SCOPE:
            return set()
        accounts = {span.scope for span in incoming.spans if span.scope[1] is not None}
        return accounts if incoming.unpriced else accounts & self._open

    def before(
        self, runner: Runner, held: str, incoming: Incoming, accounts: Iterable[Account]
    ) -> dict[Account, set[str]]:
        """The currencies that rows of each of *accounts* name, those that come among them.

        To be asked before these are brought in: rows that are about to give way speak for their account, too.
        """
        of_all = [f"SELECT {listed(SCOPE)}, currency FROM {rows}" for rows in (f"({held})", "staged")]
        found = _named(runner, " UNION ALL ".join(of_all), accounts)
        for *account, currency in incoming.kept_out:
            found.get(tuple(account), set()).add(currency)
        return found

    def settle(self, runner: Runner, held: str, load_id: int, before: dict[Account, set[str]]) -> Settled:
        """Give the rows of the accounts in *before* the one currency that is named now, or was until these came."""
        table, rows, codes = f"target.{quoted(self._dataset.name)}", 0, []
        for account, now in _named(runner, held, before).items():
            self._open.add(account)
            named = now | before[account]
            if len(named) != 1:
                continue
            self._open.discard(account)
            of_account = "platform IS NOT DISTINCT FROM $2 AND account = $3"
            sql = f"UPDATE {table} SET currency = $1 WHERE currency IS NULL AND {of_account}"
            count = int(runner.run(sql, [*named, *account])[0][0])
            rows += count
            codes += [*named] * bool(count)
        if not rows:
            return Settled()
        left = runner.run(f"SELECT count(*) FROM ({held}) WHERE load_id = $1 AND {self._unpriced}", [load_id])
        return Settled(tuple(dict.fromkeys(sorted(codes))), rows, int(left[0][0]))


def _named(runner: Runner, rows: str, accounts: Iterable[Account]) -> dict[Account, set[str]]:
    """The currencies that *rows* name, for each of *accounts*."""
    found: dict[Account, set[str]] = {account: set() for account in accounts}
    sql = f"SELECT DISTINCT {listed(SCOPE)}, currency FROM ({rows}) WHERE currency IS NOT NULL AND {_NAMED}"
    for *account, currency in runner.run(sql) if found else ():
        if tuple(account) in found:
            found[tuple(account)].add(currency)
    return found
