"""Every kind of source that ``kokpit.toml`` can name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.google_sheets import connector as google_sheets

if TYPE_CHECKING:
    from connectors.base import Kind

KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in (google_sheets.KIND,)}
