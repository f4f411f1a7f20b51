"""Cases of exports whose rows are things (tasks, requests, deals), each with an id, rather than days."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from tests.connectors.exports.case import POINT_ISO, Export, Table
from tests.connectors.exports.writers import delimited

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.connectors.exports.case import Data
    from tests.connectors.exports.writers import Report, Row


ZONE: Final = " · Europe/Warsaw"
"""How the load log says where times are meant."""


def utc(text: str) -> datetime:
    """A moment as the warehouse holds it."""
    return datetime.fromisoformat(text)


def export_of_things(  # noqa: PLR0913 - what there is to say about a file
    name: str,
    file: str,
    table: str,
    report: Report,
    rows: list[Row],
    *,
    language: str = "en",
    conventions: str = POINT_ISO,
    damage: Callable[[bytes], bytes] = bytes,
) -> Export:
    """An export of *rows*; *table* is ``format/dataset``, *damage* what another program did to the file."""
    declared, dataset = table.split("/")

    def write(data: Data) -> bytes:
        return damage(report.file(data[dataset]))

    def describe(data: Data) -> tuple[Table, ...]:
        preamble = 1 + len(report.preamble)
        return (Table(declared, language, f"{conventions}{ZONE}", preamble=preamble, rows=len(data[dataset])),)

    return Export(name, file, {dataset: rows}, write, describe, report.encoding, report.delimiter)


def resaved_by_a_spreadsheet(content: bytes) -> bytes:
    """What a program that expects semicolons makes of a comma-separated file: each line in one cell."""
    lines = content.decode("utf-8-sig").rstrip("\n").split("\n")
    return delimited([[line, *[""] * 6] for line in lines], ";").encode("utf-8-sig")
