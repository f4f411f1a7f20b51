"""The colours of categories: fixed for each value, never twice in one picture."""

from __future__ import annotations

from metrics.dimensions import CHANNEL_NAMES
from ui.palette import COLOURS, colours


def test_a_value_has_the_same_colour_whatever_stands_beside_it() -> None:
    alone = colours("channel", ["email"])
    beside = colours("channel", ["paid_social", "email", "paid_search"])
    assert alone["email"] == beside["email"]
    assert beside["paid_search"] == COLOURS[0]


def test_no_colour_comes_twice() -> None:
    every = list(CHANNEL_NAMES)[-len(COLOURS) :]
    assert len(set(colours("channel", every).values())) == len(COLOURS)


def test_what_is_known_keeps_its_colour_beside_what_is_new() -> None:
    for name in ("fairs", "radio", "posters", "letters", "calls"):
        assert colours("platform", [name, "google_ads"])["google_ads"] == COLOURS[0]


def test_the_order_does_not_matter() -> None:
    assert colours("platform", ["a", "b", "c"]) == colours("platform", ["c", "a", "b"])
