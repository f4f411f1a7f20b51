"""Every kind of source that ``kokpit.toml`` can name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from connectors.base import Kind

KINDS: Final[dict[str, Kind]] = {}
