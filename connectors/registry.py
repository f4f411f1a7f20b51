"""Every kind of source that ``kokpit.toml`` can name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.google_analytics import connector as google_analytics
from connectors.google_sheets import connector as google_sheets
from connectors.search_console import connector as search_console

if TYPE_CHECKING:
    from connectors.base import Kind

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (search_console.KIND, google_analytics.KIND, google_sheets.KIND)
}
