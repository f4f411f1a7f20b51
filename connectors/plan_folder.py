"""The plan folder: the team's own tables as CSV files, or as one workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.config import Home


class PlanFolder(Folder):
    """``plan/*.csv`` and ``plan/plan.xlsx``."""

    def __init__(self, home: Home) -> None:
        """The plan of *home*."""
        super().__init__(home, "plan", home.plan)

    def files(self) -> Sequence[Path]:
        """The tables there are, the oldest first."""
        return [
            file
            for file in super().files()
            if file.parent == self.folder and (file.suffix.lower() == ".csv" or file.name == "plan.xlsx")
        ]
