"""A folder as a source: its files are loaded where they lie; known ones are not read again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED, SourceResult
from connectors.exports import results as outcomes
from connectors.exports.batch import Batch, Options
from connectors.exports.fingerprints import fingerprint
from connectors.exports.formats import FOLDER as DECLARATIONS
from connectors.exports.home_formats import home_formats
from connectors.exports.load import files_in
from connectors.exports.opened import check_is_file
from connectors.memo import Known, Memo, Refusal, read_memo
from connectors.plan.tables import NOBODY
from connectors.plan.tables import Known as Nameable
from core.config import Source, read_configuration
from core.errors import FileError
from core.remarks import _, joined, ngettext
from warehouse.loads import bytes_loaded
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from connectors.exports.results import FileResult
    from core.config import Home
    from warehouse.writer import Writer

_STATUS: Final = {
    outcomes.LOADED: LOADED,
    outcomes.EMPTY: UNCHANGED,
    outcomes.REFUSED: REFUSED,
    outcomes.FAILED: FAILED,
}


class Folder:
    """The files of *folder* as a source called *name*."""

    def __init__(self, home: Home, name: str, folder: Path, known: Nameable = NOBODY) -> None:
        """Nothing is read yet; *known* is what a plan among the files may name."""
        self.source = Source(name, name)
        self.folder = folder
        self._home = home
        self._nameable = known
        self._file = home.fetched / f"{name}.json"
        self._memo = Memo()
        self._fresh: dict[Path, Known] = {}
        self._tell: Callable[[str, float], None] = lambda _label, _share: None

    def files(self) -> Sequence[Path]:
        """The files there are, the oldest first."""
        return files_in(self.folder)

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Find out which files are new."""
        self._tell = tell
        loaded = bytes_loaded(open_snapshot(self._home.warehouse))
        before, now = read_memo(self._file), _circumstances(self._home, len(loaded))
        for file in self.files():
            known, is_settled = _look(file, before, self._within(file), loaded)
            if is_settled:
                self._memo.files[self._within(file)] = known
            else:
                self._fresh[file] = known
        if self._fresh or before.circumstances != now:
            # What was refused may be understood now: with a file beside it, another format, an answer given by hand.
            again = {name: known for name, known in self._memo.files.items() if known.refused}
            self._fresh |= {self.folder / name: self._memo.files.pop(name) for name in again}

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Load the new files into the writer's copy; say again what was refused before."""
        before, brought, same = list(self._memo.files.values()), [], 0
        if self._fresh:
            options = Options(own=home_formats(self._home), known=self._nameable)
            with tempfile.TemporaryDirectory(prefix="kokpit-") as work:
                team = read_configuration(self._home)
                found = Batch(writer, Path(work), options, team).load(list(self._fresh), self._tell)
            for file, seen in self._fresh.items():
                mine = [result for result in found if _is_of(result, file)]
                self._remember(file, seen, mine)
                if _holds_nothing_new(mine):
                    same += 1
                else:
                    brought += [self._result(result) for result in mine]
        self._tell("", 1.0)
        return [*self._standing(before, same), *brought]

    def published(self) -> None:
        """Remember the files as they are now."""
        loaded = bytes_loaded(open_snapshot(self._home.warehouse))
        self._memo.circumstances = _circumstances(self._home, len(loaded))
        self._memo.write(self._file)

    def _remember(self, file: Path, seen: Known, found: Sequence[FileResult]) -> None:
        """Take note of what *file* came to; one that failed, or could not even be looked at, is tried again."""
        if seen.sha256 and not any(result.status == outcomes.FAILED for result in found):
            tables = tuple(result.sha256 for result in found if result.status == outcomes.LOADED)
            refused = tuple(
                Refusal(self._part(result), joined([result.message, *result.notes]), result.next_step, result.kind)
                for result in found
                if result.status == outcomes.REFUSED
            )
            self._memo.files[self._within(file)] = replace(seen, tables=tables, refused=refused)

    def _standing(self, known: Sequence[Known], same: int) -> list[SourceResult]:
        """What there is to say of the *known* files that were not read again, and of *same* ones that were in vain."""
        found: list[SourceResult] = []
        if fine := same + sum(not each.refused for each in known):
            text = ngettext("{n} file was loaded before.", "{n} files were loaded before.", fine)
            found.append(self._say(UNCHANGED, text.format(n=fine)))
        elif not known and not self._fresh:
            found.append(self._say(UNCHANGED, _("There are no files in {folder}.").format(folder=self.folder)))
        for refusal in (refusal for each in known for refusal in each.refused):
            result = self._say(REFUSED, refusal.message, refusal.part)
            result.next_step, result.error_kind = refusal.next_step, refusal.error_kind
            found.append(result)
        return found

    def _say(self, status: str, message: str, part: str = "") -> SourceResult:
        return SourceResult(self.source.name, self.source.kind, status, part, message=message)

    def _result(self, result: FileResult) -> SourceResult:
        said = self._say(_STATUS[result.status], result.message, self._part(result))
        if result.status == outcomes.LOADED and result.load_id is None:
            said.status = UNCHANGED
        else:
            said.rows_loaded, said.rows_replaced = result.rows_loaded, result.rows_replaced
            said.rows_rejected = result.rows_rejected
        said.dataset, said.next_step, said.error_kind = result.dataset or "", result.next_step, result.kind
        said.first_day, said.last_day, said.notes = result.first_day, result.last_day, result.notes
        return said

    def _within(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()

    def _part(self, result: FileResult) -> str:
        """The table in words: its path in the folder, with the sheet or the archive's member."""
        return PurePath(result.path).relative_to(self.folder).as_posix()


def _look(file: Path, before: Memo, name: str, loaded: frozenset[str]) -> tuple[Known, bool]:
    """*file* as it is, and whether all of it is dealt with: told by its size and time, or else by its bytes."""
    try:
        check_is_file(file)
        stat = file.stat()
        known = before.files.get(name)
        if not known or (known.size, known.changed) != (stat.st_size, stat.st_mtime_ns):
            mark = fingerprint(file)
            same = [each for each in before.files.values() if each.sha256 == mark]
            found = same[0] if same else Known(sha256=mark, tables=(mark,))
            known = replace(found, size=stat.st_size, changed=stat.st_mtime_ns)
    except (FileError, OSError):
        # Loading it will say what is wrong.
        return Known(), False
    if known.refused and known.sha256 in loaded:
        # Loaded by hand since, with an answer to what it left open.
        known = replace(known, tables=(known.sha256,), refused=())
    return known, loaded.issuperset(known.tables)


def _holds_nothing_new(found: Sequence[FileResult]) -> bool:
    """Whether a file that came to *found* was loaded before, as the tables of archives and workbooks may have been."""
    known = [result.status == outcomes.LOADED and result.load_id is None for result in found]
    empty = [result.status == outcomes.EMPTY for result in found]
    return any(known) and all(one or other for one, other in zip(known, empty, strict=True))


def _is_of(result: FileResult, file: Path) -> bool:
    """Whether *result* is about *file*, or about a part of it."""
    named = Path(outcomes.in_words(file))
    return Path(result.path) == named or named in Path(result.path).parents


def _circumstances(home: Home, loads: int) -> str:
    """What a refusal depends on beside the file: formats, what has been loaded."""
    formats = [file for folder in (DECLARATIONS, home.path / "formats") for file in sorted(folder.glob("*.toml"))]
    seen = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in formats]
    return sha256(repr((seen, loads)).encode()).hexdigest()
