"""Advertising cost, looked at over windows and beside what was sold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.view import View

VIEWS: Final[tuple[View, ...]] = ()
