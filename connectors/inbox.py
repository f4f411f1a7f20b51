"""The inbox: exports that people drop into a folder of the home, where they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.folder import Folder

if TYPE_CHECKING:
    from core.config import Home


class Inbox(Folder):
    """Every file in ``inbox/``, in folders too."""

    def __init__(self, home: Home) -> None:
        """The inbox of *home*."""
        super().__init__(home, "inbox", home.inbox)
