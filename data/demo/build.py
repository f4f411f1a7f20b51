"""Building the demonstration department: its files are written and loaded like anybody's."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from core.config import read_configuration
from core.errors import UsageError
from data.demo.generate import write_department

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectors.exports.results import FileResult
    from core.config import Home

MARK = ".demonstration"


def build_demo(home: Home, last_day: date | None = None, progress: Callable[[str, float], None] | None = None) -> list[FileResult]:
    """Write the department's files into *home* and load them; an earlier demonstration there is replaced.

    *last_day* is the last day with data (yesterday, unless given). Raises UsageError when *home* holds something else.
    """
    if home.path.exists() and any(home.path.iterdir()) and not (home.path / MARK).exists():
        message = f"{home.path} is not empty and holds no demonstration."
        raise UsageError(message, "Choose another folder with --home.")
    shutil.rmtree(home.path, ignore_errors=True)
    home.path.mkdir(parents=True)
    (home.path / MARK).touch()
    write_department(home.path, last_day or _yesterday(home))
    return load_files(home, [home.inbox, home.plan], progress=progress)


def _yesterday(home: Home) -> date:
    return datetime.now(read_configuration(home).zone).date() - timedelta(days=1)
