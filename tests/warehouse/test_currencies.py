"""An advertising account has one currency: what names none is in that of its account, whichever file came first."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.tables import make_every_table
from tests.warehouse.merging import Row, Table, ad, table
from warehouse.currencies import TABLE, Settled
from warehouse.datasets import DATASETS
from warehouse.writer import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def ads(tmp_path: Path) -> Iterator[Table]:
    with table(tmp_path, "ad_performance") as found:
        yield found


def cost(day: int, amount: int, currency: str | None = None, **values: object) -> Row:
    """A row that costs *amount*, in a named *currency* or in none."""
    return ad(day, 1, cost=amount, **({"currency": currency} if currency else {}), **values)


def by_currency(ads: Table) -> list[tuple[object, ...]]:
    return ads.writer.run(
        "SELECT currency, sum(cost)::INT FROM target.ad_performance GROUP BY ALL ORDER BY ALL NULLS LAST"
    )


def test_rows_that_come_take_the_currency_that_is_there(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN"), exported=1)
    assert ads.load(cost(2, 431), exported=2).settled == Settled(("PLN",), 1, 0)
    assert by_currency(ads) == [("PLN", 861)]


def test_rows_that_are_there_take_the_currency_that_comes(ads: Table) -> None:
    ads.load(cost(2, 431), exported=2)
    assert by_currency(ads) == [(None, 431)]
    assert ads.load(cost(1, 430, "PLN"), exported=1).settled == Settled(("PLN",), 1, 0)
    assert by_currency(ads) == [("PLN", 861)]


def test_rows_that_give_way_have_spoken(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN"), exported=1)
    ads.load(cost(1, 431), exported=2)
    assert by_currency(ads) == [("PLN", 431)]


def test_rows_that_are_kept_out_speak_too(ads: Table) -> None:
    ads.load(cost(1, 431), exported=2)
    ads.load(cost(1, 430, "PLN"), exported=1)
    assert by_currency(ads) == [("PLN", 431)]


def test_what_gave_way_speaks_for_what_comes_later_too(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN"), exported=1)
    # The newer export of the day has neither cost nor currency.
    ads.load(ad(1, 7), exported=2)
    ads.load(cost(2, 20), exported=3)
    assert ads.rows("currency", "cost") == [("PLN", 20), ("PLN", None)]


def test_rows_without_an_amount_are_of_the_account_too(ads: Table) -> None:
    ads.load(ad(1, 7), exported=1)
    # No amount is in another currency than before, so there is nothing to tell.
    assert ads.load(cost(2, 20, "PLN"), exported=2).settled is None
    assert [currency for (currency,) in ads.rows("currency")] == ["PLN", "PLN"]


def test_another_dataset_of_the_account_speaks_for_it(tmp_path: Path) -> None:
    with table(tmp_path, "search_terms") as terms:
        ads = Table(terms.writer, DATASETS["ad_performance"])
        terms.load(cost(1, 5, search_term="erp", day_end="2026-11-01"), exported=1)
        assert ads.load(cost(1, 430, "PLN"), exported=1).settled == Settled(("PLN",), 1, 0)
        terms.load(cost(2, 6, search_term="erp", day_end="2026-11-02"), exported=2)
        assert terms.rows("currency", "cost") == [("PLN", 5), ("PLN", 6)]


def test_a_warehouse_from_before_has_kept_none(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        make_every_table(writer)
        ads = Table(writer, DATASETS["ad_performance"])
        ads.load(cost(1, 430, "PLN"), exported=1)
        writer.run(f"DROP TABLE target.{TABLE}")
        writer.publish()
    with writing(tmp_path) as writer:
        ads = Table(writer, DATASETS["ad_performance"])
        ads.load(ad(1, 7), exported=2)
        ads.load(cost(2, 20), exported=3)
        assert by_currency(ads) == [("PLN", 20)]


def test_the_order_makes_no_difference(tmp_path: Path) -> None:
    exports = [[cost(1, 10, "PLN"), cost(2, 20)], [cost(2, 21), cost(3, 30)], [cost(1, 11)], [cost(4, 40, "PLN")]]
    found = set()
    for number, order in enumerate(permutations(range(len(exports)))):
        with table(tmp_path / str(number), "ad_performance") as ads:
            for place in order:
                ads.load(*exports[place], exported=place + 1)
            found.add(tuple(by_currency(ads)))
    # 11 + 21 + 30 + 40, all in zlotys.
    assert found == {(("PLN", 102),)}


@pytest.mark.parametrize("other", [{"account": "B"}, {"platform": "meta_ads"}])
def test_another_account_has_its_own(ads: Table, other: Row) -> None:
    ads.load(cost(1, 430, "PLN"), exported=1)
    assert ads.load(cost(1, 431, **other), exported=2).settled is None
    assert by_currency(ads) == [("PLN", 430), (None, 431)]


def test_of_two_currencies_nobody_knows_which(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN"), cost(2, 100, "EUR"), exported=1)
    ads.load(cost(3, 431), exported=2)
    assert by_currency(ads) == [("EUR", 100), ("PLN", 430), (None, 431)]


def test_what_has_no_account_may_be_anybodys(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN", account=None), exported=1)
    ads.load(cost(2, 431, account=None), exported=2)
    assert by_currency(ads) == [("PLN", 430), (None, 431)]


def test_some_of_what_comes_may_be_left(ads: Table) -> None:
    ads.load(cost(1, 430, "PLN"), exported=1)
    assert ads.load(cost(2, 1), cost(2, 2, account="B"), exported=2).settled == Settled(("PLN",), 1, 1)


def test_lists_of_costs_are_left_alone(tmp_path: Path) -> None:
    with table(tmp_path, "expenses") as expenses:
        expenses.load({"expense_id": "1", "amount": 5, "currency": "PLN"})
        assert expenses.load({"expense_id": "2", "amount": 7}).settled is None
