"""The colours of categories: the same value has the same colour on every page. Pure.

They differ in lightness as well as in hue, stay apart for the colour-blind, and are legible on light and dark ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

from metrics.dimensions import CHANNEL_NAMES
from ui import names
from ui.theme import MIDDLE_GREY

if TYPE_CHECKING:
    from collections.abc import Collection

COLOURS: Final = ("#2F7FBF", "#E08A1E", "#1E9C83", "#B65FA6", "#8C7A3D", "#6B6FD6", "#C4533B", "#4FA8CF")
OTHER: Final = MIDDLE_GREY


def colours(dimension: str, shown: Collection[str]) -> dict[str, str]:
    """A colour for each value *shown* (few at a time): its own one, or the next free where two would share it.

    What is not named is grey.
    """
    known = list(CHANNEL_NAMES if dimension == "channel" else names.PLATFORMS)
    named = [value for value in shown if value]
    places = {value: known.index(value) if value in known else crc32(value.encode()) for value in named}
    found: dict[str, str] = {value: OTHER for value in shown if not value}
    # What is known keeps its colour before what is new takes one.
    for value in sorted(places, key=lambda each: (each not in known, places[each])):
        turns = [COLOURS[(places[value] + turn) % len(COLOURS)] for turn in range(len(COLOURS))]
        found[value] = next((colour for colour in turns if colour not in found.values()), turns[0])
    return found
