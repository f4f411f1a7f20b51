"""The demonstration department's own tables: its fourteen processes, its people, its configuration."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from data.demo.files import midnight, save

DEPARTMENT: Final = Path(__file__).parent / "department"


def write_plan(folder: Path, last_day: date) -> None:
    """Write ``kokpit.toml`` into *folder* and the department's tables into its ``plan``."""
    for template in sorted(DEPARTMENT.rglob("*.*")):
        save(folder / template.relative_to(DEPARTMENT), template.read_bytes(), midnight(last_day + timedelta(days=1)))
