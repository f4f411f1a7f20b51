"""What a test knows about one export file: how it is written, from which rows, and what must become of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports.batch import Options
from tests.connectors.exports.writers import UTF8, Encoding, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Data = dict[str, list[Row]]
"""Rows by dataset, in the columns of the dataset."""

FIRST: Final = date(2026, 3, 2)
POINT_ISO: Final = "1234.5 · 2026-12-31"
COMMA_ISO: Final = "1234,5 · 2026-12-31"


@dataclass(frozen=True)
class Table:
    """One table of a file and what it must be recognised as. *declared* are the totals it states, by column."""

    format: str
    language: str = "en"
    conventions: str = POINT_ISO
    preamble: int = 1
    totals: int = 0
    footer: int = 0
    rows: int = 0
    declared: dict[str, float] = field(default_factory=dict)
    member: str = ""
    status: str = "loaded"


@dataclass(frozen=True)
class Export:
    """One kind of export file. *describe* says what tables the file has when it is written from given rows."""

    name: str
    file: str
    data: Data
    write: Callable[[Data], bytes]
    describe: Callable[[Data], tuple[Table, ...]]
    encoding: Encoding = UTF8
    delimiter: str = ","
    account: str | None = None

    def __str__(self) -> str:
        """Its name, for the list of tests."""
        return self.name

    @property
    def options(self) -> Options:
        """What the reader answers when loading it."""
        return Options(account=self.account)

    def save(self, folder: Path, data: Data | None = None, day: date = date(2026, 4, 1)) -> Path:
        """Write the file into *folder*, exported on *day*; from other *data* where given."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.file.format(day=day)
        path.write_bytes(self.write(self.data if data is None else data))
        date_file(path, day)
        return path


def date_file(path: Path, day: date) -> Path:
    """*path*, as if it had been downloaded at noon of *day*."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    os.utime(path, (noon, noon))
    return path
