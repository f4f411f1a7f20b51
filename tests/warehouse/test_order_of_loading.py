"""In whatever order exports are loaded, the same rows are there in the end: random exports, in every order."""

from __future__ import annotations

import random
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest

from tests.warehouse.merging import Row, ad, searched, table

if TYPE_CHECKING:
    from pathlib import Path

PERIODS: Final = ((1, 7), (8, 14), (1, 14), (5, 9), (3, 3), (14, 20))
EXPORTS: Final = 4


def _ads(chance: random.Random, clicks: int) -> list[Row]:
    """Some days of one account, by campaign or by ad, with or without numbers of campaigns."""
    shape = chance.choice(["campaign", "campaign,ad", "campaign_id,campaign"])
    named = {"campaign": None, "campaign,ad": "ad", "campaign_id,campaign": "campaign_id"}[shape]
    keys = chance.sample([("Brand", "1"), ("Generic", "2"), ("Brand", "3")], chance.randint(1, 3))
    unique = {(campaign, number if named else None) for campaign, number in keys}
    return [
        ad(day, clicks, campaign=campaign, shape=shape, **({named: number} if named else {}))
        for day in chance.sample(range(1, 4), chance.randint(1, 3))
        for campaign, number in sorted(unique, key=str)
    ]


def _queries(chance: random.Random, clicks: int) -> list[Row]:
    """One period of a site, or its single days."""
    first, last = chance.choice(PERIODS)
    periods = [(first, last)] if chance.random() < 0.7 else [(day, day) for day in range(first, last + 1)]
    queries = chance.sample(["erp", "crm", "bi"], chance.randint(1, 3))
    return [searched(*period, clicks, query=query) for period in periods for query in queries]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("dataset", "scope", "export"), [("ad_performance", "account", _ads), ("search_performance", "site", _queries)]
)
def test_the_same_rows_are_there_in_the_end(
    tmp_path: Path, seed: int, dataset: str, scope: str, export: object
) -> None:
    """Each order of loading has an account, or a site, of its own."""
    chance = random.Random(seed)
    assert callable(export)
    exports = [export(chance, moment) for moment in range(1, EXPORTS + 1)]
    orders = chance.sample(list(permutations(range(EXPORTS))), 6)
    with table(tmp_path, dataset) as target:
        for order in orders:
            for moment in order:
                target.load(*({**row, scope: str(order)} for row in exports[moment]), exported=moment + 1)
        found: dict[str, list[tuple[object, ...]]] = {str(order): [] for order in orders}
        columns = ("day", target.dataset.last_day, "shape", *target.dataset.dimensions, "clicks")
        names = [name for name in dict.fromkeys(columns) if name != scope]
        for name, *row in target.rows(scope, *names):
            found[name].append(tuple(row))
    assert len({str(rows) for rows in found.values()}) == 1, found
