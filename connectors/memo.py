"""What is known of the files in a folder, so that a refresh with nothing new need not read them again."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from core.remarks import as_data, from_data

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Refusal:
    """Why a table of a file was refused."""

    part: str
    message: str
    next_step: str
    error_kind: str


@dataclass(frozen=True)
class Known:
    """A file as it was last seen: its size, time and bytes; fingerprints of what was loaded; what was refused."""

    size: int = 0
    changed: int = 0
    sha256: str = ""
    tables: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass
class Memo:
    """The files of a folder by their path in it. *circumstances* are those under which files were refused."""

    circumstances: str = ""
    files: dict[str, Known] = field(default_factory=dict)

    def write(self, file: Path) -> None:
        """Keep the memo in *file*; in ASCII, since the name of a file need not be valid text."""
        write_whole(file, json.dumps(as_data(asdict(self))))


def read_memo(file: Path) -> Memo:
    """The memo in *file*; an empty one when it cannot be read, which costs time only."""
    try:
        found = from_data(json.loads(file.read_text(encoding="utf-8")))
        return Memo(found["circumstances"], {name: _known(entry) for name, entry in found["files"].items()})
    except (OSError, ValueError, TypeError, KeyError):
        return Memo()


def write_whole(file: Path, text: str) -> None:
    """Write *text* into *file* in one step: whoever reads it sees the old text or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="")
    if file.exists():
        # Who may read it stays as it was.
        shutil.copymode(file, fresh)
    fresh.replace(file)


def _known(entry: dict[str, Any]) -> Known:
    entry["tables"] = tuple(entry["tables"])
    entry["refused"] = tuple(Refusal(**each) for each in entry["refused"])
    return Known(**entry)
