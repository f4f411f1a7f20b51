"""What cannot be loaded again, as one file: the journal, the plan, a team's own formats and the settings."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from core.config import Home, read_configuration
from core.errors import AccessError, FileError, KokpitError, UsageError
from core.language import _
from journal.address import journal_url
from journal.backup import check_copy, has_journal, put_back, save_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST: Final = "kokpit-backup.json"
JOURNAL: Final = "journal.sqlite"
VERSION: Final = 1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError)


class Contents(NamedTuple):
    """What is in a backup: how many files of the home, and how many entries of the journal, if any."""

    files: int
    entries: int | None


def back_up(home: Home, file: Path, *, journal: bool = True) -> Contents:
    """Write a backup of *home* into the new *file*, with its *journal* or without. Raises KokpitError."""
    if file.exists():
        message = _("{file} is there already.").format(file=file)
        raise UsageError(message, _("Name another file, or move this one away."))
    if not file.parent.is_dir():
        raise UsageError(_("{file} cannot be written.").format(file=file), _("Name a file in a folder that exists."))
    part = file.with_name(file.name + ".part")
    try:
        with tempfile.TemporaryDirectory() as folder:
            members = dict(_own_files(home))
            contents = Contents(len(members), None)
            if journal and has_journal(journal_url(home)):
                members[JOURNAL] = Path(folder) / JOURNAL
                contents = Contents(len(members) - 1, save_copy(journal_url(home), members[JOURNAL]))
            _pack(part, members)
        part.rename(file)
    except OSError as error:
        message = _("{file} cannot be written: {error}.").format(file=file, error=error.strerror or error)
        raise AccessError(message, _("Check that the disk has room and that you may write there.")) from error
    finally:
        # Where nothing can be written, nothing can be taken away either.
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return contents


def _own_files(home: Home) -> Iterator[tuple[str, Path]]:
    """The files people wrote, by their names in the backup."""
    if home.configuration.is_file():
        yield home.configuration.name, home.configuration
    for folder in (home.plan, home.formats):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(home.path).as_posix(), path


def _pack(file: Path, members: dict[str, Path]) -> None:
    sums = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in members.items()}
    manifest = {"kokpit_backup": VERSION, "made_at": datetime.now(UTC).isoformat(), "files": sums}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
        for name, path in members.items():
            archive.write(path, name)


def restore(home: Home, file: Path) -> tuple[Contents, Path | None]:
    """Make *home* what it was when *file* was written; all or nothing. What was loaded stays. Raises KokpitError.

    Gives also the backup of what was there before, if there was anything.
    """
    if not file.is_file():
        raise UsageError(_("There is no file {file}.").format(file=file), _("Check the path and its spelling."))
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home.path) as folder:
            names = _unpack(file, Path(folder) / "new")
            _check(file, Path(folder) / "new")
            before = _kept(home)
            with ExitStack() as undo:
                _swap(home, Path(folder), undo)
                copy = Path(folder) / "new" / JOURNAL
                entries = put_back(journal_url(home), copy) if JOURNAL in names else None
                undo.pop_all()
    except OSError as error:
        message = _("The home {home} cannot be restored: {error}.").format(
            home=home.path, error=error.strerror or error
        )
        raise AccessError(message, _("Check that the disk has room and that you may write there.")) from error
    return Contents(len(names - {JOURNAL}), entries), before


def _kept(home: Home) -> Path | None:
    """A backup of *home* as it is, in *home*; None when there is nothing to keep."""
    if not has_journal(journal_url(home)) and not any(_own_files(home)):
        return None
    file = home.path / datetime.now(UTC).strftime("before-restore-%Y%m%d-%H%M%S-%f.zip")
    try:
        back_up(home, file)
    except FileError:
        # A journal that cannot be read is kept as the file it is.
        back_up(home, file, journal=False)
    return file


def _unpack(file: Path, folder: Path) -> set[str]:
    """The names in the backup *file*, which are unpacked into *folder*. Raises FileError when it is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            sums: dict[str, str] = manifest["files"]
            if manifest["kokpit_backup"] != VERSION or not all(_is_ours(name) for name in sums):
                raise ValueError(MANIFEST)
            for name, expected in sums.items():
                content = archive.read(name)
                if hashlib.sha256(content).hexdigest() != expected:
                    raise ValueError(name)
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    except _BROKEN as error:
        message = _("{file} is no backup of Kokpit, or is damaged: {error}.").format(file=file, error=error)
        step = _("Name a file that was made by: python cli.py backup FILE. Nothing was changed.")
        raise FileError(message, step) from error
    return set(sums)


def _check(file: Path, folder: Path) -> None:
    """Raise FileError unless Kokpit could work with what was unpacked from *file* into *folder*."""
    try:
        read_configuration(Home(folder))
        if (folder / JOURNAL).exists():
            check_copy(folder / JOURNAL)
    except KokpitError as error:
        message = _("{file} is no backup of Kokpit, or is damaged: {error}.")
        told = error.message.replace(f"{folder}{os.sep}", "").rstrip(".")
        raise FileError(
            message.format(file=file, error=told), _("Nothing was changed. Restore another backup.")
        ) from error


def _is_ours(name: str) -> bool:
    """Whether *name* is one that a backup may hold: nothing that would be written elsewhere."""
    path = PurePosixPath(name)
    if name in {"kokpit.toml", JOURNAL}:
        return True
    inside = path.parts[:1] in {("plan",), ("formats",)} and len(path.parts) > 1 and ".." not in path.parts
    return inside and not set(name) & set("\\:")


def _swap(home: Home, folder: Path, undo: ExitStack) -> None:
    """Put what was unpacked in place of what is there, and tell *undo* how to take that back."""
    before = folder / "before"
    before.mkdir()
    for name in ("plan", "formats", "kokpit.toml"):
        here, old, new = home.path / name, before / name, folder / "new" / name
        if here.exists():
            here.rename(old)
            undo.callback(old.rename, here)
        if new.exists():
            new.rename(here)
            undo.callback(_drop, here)


def _drop(path: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
