"""Loading files: all of them are read and merged into one private copy, which is published at the end."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.exports.batch import Batch, Options
from connectors.exports.conventions import check_locale
from connectors.exports.home_formats import home_formats
from connectors.exports.recognise import candidates_for
from connectors.exports.results import EMPTY, FileResult
from core.config import read_configuration
from core.remarks import _
from warehouse.writer import trying, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.config import Home


DEFAULTS: Final = Options()


def load_files(
    home: Home,
    paths: Sequence[Path],
    options: Options = DEFAULTS,
    progress: Callable[[str, float], None] | None = None,
) -> list[FileResult]:
    """Load *paths* (files or folders) into the warehouse of *home*; one result per table, refused ones among them.

    Everything loadable is published as one snapshot at the end; nothing is published when nothing changed.
    *progress* is told the file at hand and the share done. Raises TemporaryError when another load is running, and
    UsageError when *options* name what is not known; ConfigurationError when ``kokpit.toml`` or a format of the home
    cannot be read.
    """
    team = read_configuration(home)
    options = replace(options, own=(*options.own, *home_formats(home)))
    candidates_for(options.format, options.own)
    check_locale(options.locale)
    found = {path: files_in(path) for path in paths}
    files = [file for path in paths for file in found[path]]
    empty = [_nothing_in(path) for path in paths if not found[path]]
    begin = trying if options.dry_run else writing
    with tempfile.TemporaryDirectory(prefix="kokpit-") as work, begin(home.warehouse) as writer:
        batch = Batch(writer, Path(work), options, team)
        if progress:
            batch.watch()
        results = batch.load(files, progress or (lambda _label, _share: None))
        if batch.changed and not options.dry_run:
            writer.publish()
    return empty + results


def files_in(path: Path) -> list[Path]:
    """The file itself, or all files below a folder except hidden ones, the oldest first.

    Among them is what only looks like a file, and every folder that cannot be looked into: whoever opens it is told.
    """
    if not os.path.isdir(path):  # noqa: PTH112 - a path asks for the right to look, and fails without it
        return [path]
    found, barred = [], list[OSError]()
    for folder, folders, files in os.walk(path, onerror=barred.append):
        folders[:] = filter(_is_shown, folders)
        links = [name for name in folders if Path(folder, name).is_symlink()]
        found += [Path(folder, name) for name in (*filter(_is_shown, files), *links)]
    found += [Path(error.filename) for error in barred]
    return sorted(found, key=lambda file: (_changed(file), str(file)))


def _changed(file: Path) -> float:
    """When *file* was last changed; the beginning of time where nobody can tell."""
    with suppress(OSError):
        return file.stat().st_mtime
    return 0.0


def _nothing_in(folder: Path) -> FileResult:
    message = _("There are no files in {folder}.").format(folder=folder)
    return FileResult(str(folder), EMPTY, message=message)


def _is_shown(name: str) -> bool:
    return not name.startswith((".", "~$")) and name != "__MACOSX"


__all__ = ["Options", "load_files"]
