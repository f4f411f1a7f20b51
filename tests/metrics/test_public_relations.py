"""Golden values of the news releases: four companies in one quarter, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Grain
from metrics.movement import movement
from metrics.query import Query
from tests.metrics.toy import EURO, Row, ask, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Configuration
    from warehouse.snapshot import Snapshot

QUARTER = period("2026-04-01", "2026-06-30")
# 34, 20, 16 and 15 releases; of substance 11, 6, 13 and 7.
TOLD = {
    "A": "project_closed 6 product 3 analytics 2 event 12 partnership 6 rating 3 new_direction 2",
    "B": "project_closed 3 product 2 year_results 1 event 9 partnership 3 project_start 1 new_direction 1",
    "C": "project_closed 6 special_project 4 product 1 year_results 1 analytics 1 partnership 1 event 1 "
    "project_start 1",
    "D": "project_closed 3 product 3 special_project 1 event 4 partnership 3 rating 1",
}
OURS = replace(EURO, company="a ")


def releases(company: str, told: str, **of: object) -> list[Row]:
    """So many releases of each kind on 15 May, brought by load 1."""
    words = told.split()
    return [
        {"company": company, "published_on": "2026-05-15", "title": f"{kind} {number}", "kind": kind, "load_id": 1} | of
        for kind, count in zip(words[::2], words[1::2], strict=True)
        for number in range(int(count))
    ]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return toy(tmp_path, news_releases=[row for company, told in TOLD.items() for row in releases(company, told)])


@pytest.mark.parametrize("reporting", [EURO, OURS])
def test_four_companies_compared(snapshot: Snapshot, reporting: Configuration) -> None:
    answer = ask(snapshot, "substantive_share", QUARTER, Grain.QUARTER, reporting, split=("company",))
    assert list(answer.table["company"]) == ["A", "B", "C", "D"]
    assert values(answer) == [11 / 34, 6 / 20, 13 / 16, 7 / 15]
    assert values(answer) == pytest.approx([0.324, 0.300, 0.813, 0.467], abs=0.00051)


def test_the_own_company(snapshot: Snapshot) -> None:
    kpis = "releases substantive_releases substantive_share share_of_voice"
    assert values(ask(snapshot, kpis, QUARTER, reporting=OURS)) == [34, 11, 11 / 34, 34 / 85]


def test_others_when_they_are_named(snapshot: Snapshot) -> None:
    chosen = ask(snapshot, "releases", QUARTER, reporting=OURS, where={"company": ("B", "C")})
    assert values(chosen) == [36]


def test_without_a_company_of_ones_own_there_is_no_share_of_voice(snapshot: Snapshot) -> None:
    assert values(ask(snapshot, "releases share_of_voice", QUARTER)) == [85, None]


def test_by_kind(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "release_kinds share_of_voice", QUARTER, reporting=OURS, split=("kind",))
    of_events = answer.table[answer.table["kind"] == "event"]
    # 12 of the 12 + 9 + 1 + 4 events
    assert list(of_events["value"]) == [12, 12 / 26]


def test_pickups_and_kinds_that_nobody_noted(tmp_path: Path) -> None:
    rows = [*releases("A", "product 1 event 1", pickups=3), *releases("A", "rating 1", pickups=None)]
    rows.append(rows[0] | {"title": "Of no kind", "kind": None, "pickups": 0})
    answer = ask(
        toy(tmp_path, news_releases=rows), "releases substantive_share release_kinds pickups_per_release", QUARTER
    )
    # 4 releases, 3 of a known kind, 1 of substance; 3 + 3 + 0 pickups of the 3 that were counted
    assert values(answer) == [4, 1 / 3, 3, 2]


class TestAverageOfRatios:
    """The four shares have an average of 47.6 %; together 37 of 85 releases were of substance."""

    def test_the_whole(self, snapshot: Snapshot) -> None:
        assert values(ask(snapshot, "substantive_share", QUARTER)) == [37 / 85]


def test_companies_are_compared_and_no_parts_of_a_change(snapshot: Snapshot) -> None:
    before = period("2026-01-01", "2026-03-31")
    with pytest.raises(UsageError, match="has no parts"):
        movement(snapshot, Query(("releases",), QUARTER, Grain.TOTAL, ("company",)), before, OURS)


def test_what_no_list_tells_is_unknown_not_zero(tmp_path: Path) -> None:
    rows = releases("A", "event 2", kind=None)
    answer = ask(toy(tmp_path, news_releases=rows), "releases release_kinds substantive_releases", QUARTER, Grain.MONTH)
    assert values(answer, "releases")[1] == 2
    assert values(answer, "release_kinds") == values(answer, "substantive_releases") == [None, None, None]
