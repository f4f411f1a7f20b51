"""Colours that mean something: blue is good, orange is bad, grey is neither. Never red or green."""

from __future__ import annotations

from typing import Final, NamedTuple


class Pair(NamedTuple):
    """A colour on light and on dark ground."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        """The colour as CSS, right on both grounds."""
        return f"light-dark({self.light}, {self.dark})"


BLUE: Final = Pair("#0072B2", "#56B4E9")
ORANGE: Final = Pair("#D55E00", "#E69F00")
GREY: Final = Pair("#6B7280", "#9CA3AF")
FAINT: Final = Pair("#B4BAC4", "#5B6472")
