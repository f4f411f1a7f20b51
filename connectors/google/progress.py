"""How much longer it takes, in words."""

from __future__ import annotations

from math import ceil
from typing import Final

from core.language import _, ngettext

SOON: Final = 90
MINUTE: Final = 60
WORTH_TELLING: Final = 10


def remaining(what: str, share: float, seconds: float) -> str:
    """*what* is being done, and the time left after *share* of the work took *seconds*."""
    left = seconds / share - seconds if share else 0.0
    if left < WORTH_TELLING:
        return what
    if left < SOON:
        return _("{what}; about {n} seconds left").format(what=what, n=ceil(left / WORTH_TELLING) * WORTH_TELLING)
    minutes = ceil(left / MINUTE)
    text = ngettext("{what}; about {n} minute left", "{what}; about {n} minutes left", minutes)
    return text.format(what=what, n=minutes)
