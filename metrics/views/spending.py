"""Plan and actual spend, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from metrics.view import View

VIEWS: Final[tuple[View, ...]] = ()
