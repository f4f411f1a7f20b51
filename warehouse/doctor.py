"""A check of the home: configuration, disk, versions, and whether the snapshot keeps its contract."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.config import PROJECT, read_configuration
from core.errors import KokpitError
from core.language import _, ngettext
from core.numbers import number
from warehouse.attempts import rejected
from warehouse.datasets import DATASETS, FACTS, PLAN
from warehouse.failures import check_place
from warehouse.generations import current_generation, generation_file, generations
from warehouse.loads import UNEXPLAINED
from warehouse.merge import identity_columns
from warehouse.schema import quoted
from warehouse.snapshot import open_snapshot
from warehouse.undo import check_blocks
from warehouse.versions import required_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home
    from warehouse.snapshot import Snapshot

OK: Final = "ok"
WARNING: Final = "warning"
PROBLEM: Final = "problem"
LOW_SPACE: Final = 1 << 30
OLDEST_PYTHON: Final = (3, 11)
COPIES: Final = 4
"""A load needs room for the copy it works on; three older snapshots are kept."""
_TOLD: Final = frozenset({"streamlit", "duckdb", "pandas", "altair", "sqlglot", "babel", "pyarrow"})
_NAMED_FILES: Final = 5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its state, what was found, and what to do about it."""

    check: str
    state: str
    finding: str
    next_step: str = ""

    def as_dict(self) -> dict[str, str]:
        """As the command line's ``--json`` writes it."""
        return asdict(self)


def examine(home: Home) -> Iterator[Finding]:
    """Everything about *home* that can be checked without changing it."""
    yield _python()
    yield from _packages()
    yield _configuration(home)
    yield from _folder(home)
    yield from _place(home)
    try:
        yield from _warehouse(home)
    except KokpitError as error:
        yield Finding("warehouse", PROBLEM, error.message, error.next_step)


def _place(home: Home) -> Iterator[Finding]:
    """Whether the path of the home stands in the way of loading."""
    try:
        check_place(home.warehouse)
    except KokpitError as error:
        yield Finding("path", PROBLEM, error.message, error.next_step)


def _python() -> Finding:
    python = "Python " + ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", PROBLEM, f"{python}.", _("Install Python 3.11 or newer."))
    return Finding("python", OK, f"{python}.")


def _packages() -> Iterator[Finding]:
    found = []
    for package in required_packages(PROJECT / "requirements.txt"):
        if not package.installed:
            message = _("The package {name} is missing.").format(name=package.name)
            yield Finding("packages", PROBLEM, message, _("Run: make run."))
        elif not package.fits:
            message = _("The package {name} is of version {version}; Kokpit wants {lowest} up to {limit}.")
            told = message.format(
                name=package.name, version=package.installed, lowest=package.lowest, limit=package.limit
            )
            yield Finding("packages", WARNING, told, _("Run: make run."))
        elif package.name in _TOLD:
            found.append(f"{package.name} {package.installed}")
    yield Finding("packages", OK, ", ".join(found) + ".")


def _configuration(home: Home) -> Finding:
    file = home.configuration
    if not file.exists():
        return Finding("configuration", OK, _("{file} does not exist; the defaults hold.").format(file=file))
    try:
        found = read_configuration(home)
    except KokpitError as error:
        return Finding("configuration", PROBLEM, error.message, error.next_step)
    return Finding("configuration", OK, f"{file}: {found.currency}, {found.time_zone}, {found.language}.")


def _folder(home: Home) -> Iterator[Finding]:
    place = home.path.absolute()
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        step = _("Give yourself the right to write there, or choose another folder with --home.")
        yield Finding("rights", PROBLEM, _("{place} cannot be written.").format(place=place), step)
    else:
        yield Finding("rights", OK, _("{place} can be written.").format(place=place))
    yield _room(home, place)
    for folder in (home.plan, home.inbox):
        yield from _files(folder)


def _room(home: Home, place: Path) -> Finding:
    """Whether there is space for the snapshots to come."""
    size = 0
    with suppress(KokpitError, OSError):  # the check of the warehouse tells it
        size = generation_file(home.warehouse, current_generation(home.warehouse)).stat().st_size
    free = shutil.disk_usage(place).free
    text = _("{gigabytes} GB free.").format(gigabytes=number(free / 2**30, 1))
    if free < max(LOW_SPACE, COPIES * size):
        return Finding("disk", WARNING, text, _("Free some space: each load needs room for a second copy."))
    return Finding("disk", OK, text)


def _files(folder: Path) -> Iterator[Finding]:
    """What is in a folder that people put files into, if it is there."""
    if not folder.exists():
        return
    if not folder.is_dir():
        step = _("Rename the file, so that a folder can be there.")
        yield Finding(folder.name, PROBLEM, _("{path} is not a folder.").format(path=folder), step)
        return
    files, locked = _files_below(folder)
    barred = [*locked, *(file.name for file in files if not os.access(file, os.R_OK))]
    if barred or not os.access(folder, os.R_OK | os.X_OK):
        text = _("Files in {folder} cannot be read: {names}.")
        told = text.format(folder=folder, names=", ".join(barred[:_NAMED_FILES]) or "?")
        yield Finding(folder.name, PROBLEM, told, _("Give yourself the right to read them."))
    else:
        text = ngettext("{n} file in {folder}.", "{n} files in {folder}.", len(files))
        yield Finding(folder.name, OK, text.format(n=len(files), folder=folder))


def _files_below(folder: Path) -> tuple[list[Path], list[str]]:
    """The files in *folder* and its folders, and the names of those that cannot be looked into."""
    files: list[Path] = []
    unread: list[OSError] = []
    locked: list[str] = []
    for place, _folders, names in os.walk(folder, onerror=unread.append):
        if names and not os.access(place, os.X_OK):
            # Its names can be read, and nothing else.
            locked.append(Path(place).name)
            continue
        files += [Path(place, name) for name in names if not name.startswith(".") and Path(place, name).is_file()]
    return files, [*locked, *(Path(error.filename).name for error in unread)]


def _warehouse(home: Home) -> Iterator[Finding]:
    if not current_generation(home.warehouse):
        step = _('Load your exports: python cli.py load PATH --home "{home}".').format(home=home.path)
        yield Finding("warehouse", WARNING, _("Nothing is loaded yet."), step)
        yield from _rejects(open_snapshot(home.warehouse))
        return
    snapshot = open_snapshot(home.warehouse)
    # Counting rows and looking for keys leaves most of the file unread.
    check_blocks(home.warehouse, snapshot.generation)
    rows = {name: snapshot.rows(f"SELECT count(*) FROM {quoted(name)}")[0][0] for name in DATASETS}
    text = _("Snapshot {number} ({kept} kept): {rows}.").format(
        number=snapshot.generation,
        kept=len(generations(home.warehouse)),
        rows=", ".join(f"{name} {count}" for name, count in rows.items() if count),
    )
    yield Finding("warehouse", OK, text)
    yield from _keys(snapshot)
    yield from _rejects(snapshot)
    yield from _totals(snapshot)


def _keys(snapshot: Snapshot) -> Iterator[Finding]:
    """Rows that share their whole key: there must be none."""
    for dataset in (*FACTS, *PLAN):
        key = f"(SELECT {identity_columns(dataset)} FROM {quoted(dataset.name)})"
        twice = f"SELECT count(*) FROM (SELECT * FROM {key} GROUP BY ALL HAVING count(*) > 1)"
        count = snapshot.rows(twice)[0][0]
        if count:
            text = ngettext(
                "{n} key of {name} is there more than once.", "{n} keys of {name} are there more than once.", count
            ).format(n=count, name=dataset.name)
            step = _("Please report this. Delete the folder warehouse and load the files again.")
            yield Finding("keys", PROBLEM, text, step)


def _rejects(snapshot: Snapshot) -> Iterator[Finding]:
    count = snapshot.rows(f"SELECT count(*) FROM {rejected(snapshot.folder)}")[0][0]
    if count:
        text = ngettext("{n} row was rejected.", "{n} rows were rejected.", count).format(n=count)
        yield Finding("rejects", WARNING, text, _("Look at them: python cli.py export rejects."))


def _totals(snapshot: Snapshot) -> Iterator[Finding]:
    differing = snapshot.rows(f"SELECT name FROM loads WHERE {UNEXPLAINED} ORDER BY load_id DESC LIMIT {_NAMED_FILES}")
    if differing:
        names = ", ".join(row[0] for row in differing)
        text = _("Declared totals differ from the sums of the rows in: {names}.").format(names=names)
        step = _("Download these again, or say on the Sources page why they differ.")
        yield Finding("totals", WARNING, text, step)
