"""Building the demonstration department: its files are written and loaded like anybody's, then its people talk."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from connectors.base import FAILED, REFUSED
from connectors.exports.load import load_files
from connectors.plan.merging import SOURCE as PLAN
from connectors.plan.tables import Known
from connectors.refresh import refresh
from core.config import read_configuration
from core.errors import AccessError, KokpitError, TemporaryError, UsageError
from core.language import _
from data.demo.generate import write_department
from metrics.names import kpi_names, never_negative, process_names, shares
from warehouse.failures import check_place, explained, one_line
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
    check_place(home.warehouse)
    _clear(home)
    try:
        return _build(home, last_day or _yesterday(home), progress)
    except KokpitError:
        # Half a department would be shown as if it were one.
        with suppress(OSError, KokpitError):
            _remove_files(home)
            _clear(home)
        raise


def _build(home: Home, last: date, progress: Callable[[str, float], None] | None) -> list[FileResult | SourceResult]:
    _write(home, last)
    known = Known(kpi_names(), process_names(), never_negative(), shares())
    plan = refresh(home, read_configuration(home), [PLAN], known=known)
    with ThreadPoolExecutor(1) as beside:
        story = beside.submit(_story)
        results = load_files(home, [home.inbox], progress=progress)
        brought: list[FileResult | SourceResult] = [*plan.sources, *results]
        for result in brought:
            if result.status in (REFUSED, FAILED):
                # All of the department's files are in order: something around them is not.
                raise TemporaryError(result.message, result.next_step)
        story.result()(home, last)
    return brought


def _write(home: Home, last: date) -> None:
    """Write the department's files. Raises TemporaryError where there is no room, AccessError where no right."""
    try:
        write_department(home.path, last)
    except PermissionError as error:
        message = _("{file} cannot be written.").format(file=error.filename or home.path)
        step = _("Give yourself the right to write there, or choose another folder with --home.")
        raise AccessError(message, step) from error
    except OSError as error:
        message = _("The demonstration in {folder} could not be written: {error}.")
        step = _("Free some space on that disk, then build it again.")
        raise TemporaryError(message.format(folder=home.path, error=one_line(error)), step) from error


def _story() -> Callable[[Home, date], None]:
    """What its people say; imported while files are loaded, since that leaves a processor half idle."""
    from data.demo.story.telling import tell  # noqa: PLC0415 - the journal's packages take a second to import

    return tell


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
        _remove_files(home)


def _remove_files(home: Home) -> None:
    for entry in home.path.iterdir():
        if entry.is_dir() and entry != home.warehouse:
            shutil.rmtree(entry)
        elif entry.is_file() and entry.name != MARK:
            entry.unlink()


def _yesterday(home: Home) -> date:
    return datetime.now(read_configuration(home).zone).date() - timedelta(days=1)
