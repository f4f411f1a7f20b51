"""The one currency of an advertising account: where some of its rows name it, those that name none are in it, too.

Every currency that rows of an account ever named is kept beside the facts, also of rows that gave way or were kept out.
So it makes no difference which file came first: rows that are there already are settled by those that come, in every
dataset. Of an account without a name nobody knows whether it is one, and of one with two currencies which is meant:
from the second one on nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from warehouse.datasets import DATASETS
from warehouse.schema import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from warehouse.contract import Dataset
    from warehouse.coverage import Incoming
    from warehouse.merge import Runner

Account = tuple[Any, Any]
Said = frozenset[tuple[Any, Any, Any]]
"""Platform, account, and a currency that rows of it name, or None where some name none."""
SCOPE: Final = ("platform", "account")
PRICED: Final = tuple(d for d in DATASETS.values() if d.scope == SCOPE and d.money and "currency" in d.by_name)
"""The datasets whose rows are of advertising accounts, with money."""
TABLE: Final = "account_currencies"
_OF_ACCOUNT: Final = "platform IS NOT DISTINCT FROM $1 AND account = $2"


class Settled(NamedTuple):
    """The *currencies* that amounts without one are in now, in how many *rows*, and how many that came are *left*."""

    currencies: tuple[str, ...] = ()
    rows: int = 0
    left: int = 0


class Currencies:
    """What is known of the currencies of advertising accounts."""

    def __init__(self, runner: Runner, held: Callable[[Dataset], str], *, kept: bool) -> None:
        """Look for rows that name no currency; *held* gives the statement that reads what is there of a dataset.

        Where nothing is *kept* of the accounts' currencies yet, the rows that are there tell them.
        """
        self._held = held
        there = {dataset.name: _said(runner, held(dataset)) for dataset in PRICED}
        self._open = {name: _without(said) for name, said in there.items()}
        if not kept:
            runner.run(f"CREATE TABLE target.{TABLE} (platform VARCHAR, account VARCHAR, currency VARCHAR)")
            for said in there.values():
                _keep(runner, said)

    def coming(self, runner: Runner, dataset: Dataset, incoming: Incoming) -> Said:
        """What the *incoming* rows, those in the table ``staged``, and those kept out of it say."""
        if dataset not in PRICED:
            return frozenset()
        said = _said_by_one(runner, incoming) or _said(runner, "SELECT * FROM staged")
        self._open[dataset.name] |= _without(said)
        return said | frozenset(incoming.kept_out)

    def unsettled(self, coming: Said) -> list[Dataset]:
        """The datasets with rows that what is *coming* may settle."""
        accounts = {(platform, account) for platform, account, _currency in coming}
        return [dataset for dataset in PRICED if accounts & self._open[dataset.name]]

    def settle(self, runner: Runner, coming: Said, load_id: int) -> Settled | None:
        """Keep what is *coming*, and give the rows of its accounts the one currency that was ever named.

        None where no amount was given one.
        """
        _keep(runner, coming)
        accounts = {(platform, account) for platform, account, _currency in coming}
        codes, rows, left = set(), 0, 0
        for dataset in self.unsettled(coming):
            for account in accounts & self._open[dataset.name]:
                named = runner.run(f"SELECT currency FROM target.{TABLE} WHERE {_OF_ACCOUNT}", account)
                if len(named) == 1 and (count := self._give(runner, dataset, account, named[0][0])):
                    rows += count
                    codes.add(named[0][0])
            unpriced = f"SELECT count(*) FROM ({self._held(dataset)}) WHERE load_id = $1 AND {_unpriced(dataset)}"
            left += int(runner.run(unpriced, [load_id])[0][0]) if rows else 0
        return Settled(tuple(sorted(codes)), rows, left) if rows else None

    def _give(self, runner: Runner, dataset: Dataset, account: Account, currency: str) -> int:
        """Have all rows of *account* in *dataset* that name none be in *currency*; how many have amounts."""
        unpriced = f"SELECT count(*) FROM ({self._held(dataset)}) WHERE {_OF_ACCOUNT} AND {_unpriced(dataset)}"
        count = int(runner.run(unpriced, account)[0][0])
        table = f"target.{quoted(dataset.name)}"
        runner.run(f"UPDATE {table} SET currency = $3 WHERE {_OF_ACCOUNT} AND currency IS NULL", [*account, currency])
        self._open[dataset.name].discard(account)
        return count


def _unpriced(dataset: Dataset) -> str:
    return f"currency IS NULL AND coalesce({listed(dataset.money)}) IS NOT NULL"


def _said(runner: Runner, rows: str) -> Said:
    sql = f"SELECT DISTINCT {listed(SCOPE)}, currency FROM ({rows}) WHERE account IS NOT NULL"
    return frozenset((platform, account, currency) for platform, account, currency in runner.run(sql))


def _said_by_one(runner: Runner, incoming: Incoming) -> Said:
    """What rows of one account in one currency say, as most files have them; nothing where they are not that."""
    first = runner.run("SELECT platform, account, currency FROM staged LIMIT 1") if len(incoming.spans) == 1 else []
    if not first or runner.run("SELECT 1 FROM staged WHERE currency IS DISTINCT FROM $1 LIMIT 1", [first[0][2]]):
        return frozenset()
    return frozenset((platform, account, code) for platform, account, code in first if account is not None)


def _without(said: Iterable[tuple[Any, Any, Any]]) -> set[Account]:
    """The accounts of which some rows name no currency."""
    return {(platform, account) for platform, account, currency in said if currency is None}


def _keep(runner: Runner, said: Iterable[tuple[Any, Any, Any]]) -> None:
    """Keep the currencies that are named and not kept yet."""
    for platform, account, currency in said:
        if account is not None and currency is not None:
            runner.run(
                f"""INSERT INTO target.{TABLE} SELECT $1, $2, $3 WHERE NOT EXISTS (
                SELECT 1 FROM target.{TABLE} WHERE {_OF_ACCOUNT} AND currency = $3)""",
                [platform, account, currency],
            )
