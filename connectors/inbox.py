"""The inbox: exports that people drop into a folder of the home, where they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.folder import Folder
from connectors.plan.tables import NOBODY

if TYPE_CHECKING:
    from connectors.plan.tables import Known
    from core.config import Home


class Inbox(Folder):
    """Every file in ``inbox/``, in folders too."""

    def __init__(self, home: Home, known: Known = NOBODY) -> None:
        """The inbox of *home*; *known* is what a plan in it may name."""
        super().__init__(home, "inbox", home.inbox, known)
