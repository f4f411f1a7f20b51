"""Building the demonstration department: its files are written and loaded like anybody's, then its people talk."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from connectors.exports.load import load_files
from connectors.plan.merging import SOURCE as PLAN
from connectors.plan.tables import Known
from connectors.refresh import refresh
from core.config import read_configuration
from core.errors import UsageError
from core.language import _
from data.demo.generate import write_department
from data.demo.story.telling import tell
from metrics.names import kpi_names, never_negative, process_names, shares
from warehouse.failures import explained
from warehouse.undo import clear

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectors.base import SourceResult
    from connectors.exports.results import FileResult
    from core.config import Home

MARK = ".demonstration"


def build_demo(
    home: Home, last_day: date | None = None, progress: Callable[[str, float], None] | None = None
) -> list[FileResult | SourceResult]:
    """Write the department's files into *home*, load them, and fill its journal; an earlier one there is replaced.

    *last_day* is the last day with data (yesterday, unless given). Raises UsageError when *home* holds something else.
    """
    _refuse_other_homes(home)
    _clear(home)
    last = last_day or _yesterday(home)
    write_department(home.path, last)
    known = Known(kpi_names(), process_names(), never_negative(), shares())
    plan = refresh(home, read_configuration(home), [PLAN], known=known)
    results = load_files(home, [home.inbox], progress=progress)
    tell(home, last)
    return [*plan.sources, *results]


def _refuse_other_homes(home: Home) -> None:
    if home.path.exists() and not home.path.is_dir():
        raise UsageError(_("{path} is not a folder.").format(path=home.path), _("Name a folder with --home."))
    if home.path.exists() and any(home.path.iterdir()) and not (home.path / MARK).exists():
        message = _("{path} is not empty and holds no demonstration.").format(path=home.path)
        raise UsageError(message, _("Choose another folder with --home."))


def _clear(home: Home) -> None:
    """Empty *home* but for its mark and its snapshots, so that it stays a demonstration whatever happens meanwhile."""
    with explained(home.path):
        home.path.mkdir(parents=True, exist_ok=True)
        (home.path / MARK).touch()
        if home.warehouse.exists():
            clear(home.warehouse)
        for entry in home.path.iterdir():
            if entry.is_dir() and entry != home.warehouse:
                shutil.rmtree(entry)
            elif entry.is_file() and entry.name != MARK:
                entry.unlink()


def _yesterday(home: Home) -> date:
    return datetime.now(read_configuration(home).zone).date() - timedelta(days=1)
