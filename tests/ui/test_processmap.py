"""The lanes of the process map."""

from __future__ import annotations

from metrics.planned import Planned
from ui.processmap import lanes


def drawn(*processes: tuple[str, str], measured: frozenset[str] = frozenset()) -> list[tuple[str, list[str]]]:
    """Each lane's head and members, from processes with their parents."""
    found = lanes([Planned(name, name, parent) for name, parent in processes], measured)
    return [(lane.head.id if lane.head else "", [each.id for each in lane.members]) for lane in found]


def test_processes_stand_in_the_lane_of_their_parent_in_the_plans_order() -> None:
    assert drawn(("b", "main"), ("alone", ""), ("main", ""), ("a", "main")) == [("main", ["b", "a"]), ("", ["alone"])]


def test_a_process_below_a_process_stands_in_the_lane_of_the_topmost() -> None:
    assert drawn(("main", ""), ("part", "main"), ("piece", "part")) == [("main", ["part", "piece"])]


def test_a_head_with_numbers_of_its_own_is_a_member_too() -> None:
    assert drawn(("main", ""), ("part", "main"), measured=frozenset({"main"})) == [("main", ["main", "part"])]


def test_a_parent_that_is_not_there_is_none() -> None:
    assert drawn(("a", "gone")) == [("", ["a"])]


def test_parents_in_a_circle_lose_nobody() -> None:
    found = drawn(("a", "b"), ("b", "a"), ("c", "a"))
    assert sorted(name for head, members in found for name in (head, *members) if name) == ["a", "b", "c"]
