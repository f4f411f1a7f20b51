"""What a source has fetched and not published yet, on disk, so that a run that was cut off goes on where it stopped."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.ipc

from core.errors import AccessError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home


class Kept:
    """The folder of one source's fetched tables. A table is there whole or not at all."""

    def __init__(self, home: Home, source: str) -> None:
        """The folder is made with the first table."""
        slug = re.sub(r"[^\w-]+", "-", source)[:60].strip("-")
        # Two names may look the same as folders.
        self.folder: Path = home.path / "fetched" / f"{slug}-{hashlib.sha256(source.encode()).hexdigest()[:8]}"

    def __contains__(self, name: str) -> bool:
        """Whether the table *name* is there, and whole: the disk may have lost some of it in a power cut."""
        try:
            self.read(name)
        except (FileNotFoundError, pa.ArrowInvalid):
            return False
        return True

    def read(self, name: str) -> pa.Table:
        """The table *name*."""
        with pa.memory_map(str(self._file(name))) as file:
            return pa.ipc.open_file(file).read_all()

    def write(self, name: str, table: pa.Table) -> None:
        """Keep *table* as *name*."""
        file = self._file(name)
        part = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as out, pa.ipc.new_file(out, table.schema) as writer:
                writer.write_table(table)
            part.replace(file)
        except PermissionError as error:
            message = _("{folder} may not be written.").format(folder=self.folder)
            raise AccessError(message, _("Give yourself the right to write there.")) from error
        except OSError as error:
            part.unlink(missing_ok=True)
            message = _("{folder} cannot be written: {error}.").format(folder=self.folder, error=error.strerror or "?")
            raise TemporaryError(message, _("Free some space on that disk, then try again.")) from error

    def forget(self) -> None:
        """Let go of all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.arrow"
