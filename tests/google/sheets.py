"""Google Sheets on this machine: one spreadsheet of the test's own, its cells as Google hands them out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from tests.google.answers import Refusal, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.google.server import Asked

KEY: Final = "1aBcDeF-invented_key-0123456789"
BOOK: Final = "sheets.spreadsheets.get"
CELLS: Final = "sheets.spreadsheets.values.batchGet"
ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - as sheets count
RANGE: Final = re.compile(r"'((?:[^']|'')*)'(?:!A(\d+):([A-Z]+)(\d+))?")


@dataclass(frozen=True)
class Cell:
    """A cell that shows something else than it holds."""

    value: float | str
    shown: str


def day(text: str, shown: str = "%d.%m.%Y") -> Cell:
    """A cell that holds a day or a moment, given in ISO form, and shows it in its own way."""
    moment = datetime.fromisoformat(text)
    serial = (moment - ZERO).total_seconds() / 86_400
    return Cell(int(serial) if serial.is_integer() else serial, moment.strftime(shown))


@dataclass
class Sheet:
    """One tab."""

    title: str
    rows: list[list[Any]] = field(default_factory=list)
    hidden: bool = False
    chart: bool = False
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, row after the last, first column, column after the last; 0-based."""
    grid: tuple[int, int] = (1000, 26)


@dataclass
class Sheets:
    """One spreadsheet. *writing* is called at each question for cells, with how many there were: somebody edits."""

    tabs: list[Sheet]
    document: str = "sheets.v4"
    key: str = KEY
    title: str = "Marketing"
    locale: str = "en_GB"
    zone: str = "Europe/Warsaw"
    shared: bool = True
    writing: Callable[[int], None] | None = None
    questions: int = 0

    def answer(self, asked: Asked) -> dict[str, Any]:
        """What Google Sheets answers."""
        if asked.arguments["spreadsheetId"] != self.key:
            raise Refusal(refusal(404, "notFound", "Requested entity was not found."))
        if not self.shared:
            raise Refusal(refusal(403, "forbidden", "The caller does not have permission"))
        if asked.method == BOOK:
            assert asked.query["fields"] == ["properties(title,locale,timeZone),sheets(properties,merges)"]
            about = {"title": self.title, "locale": self.locale, "timeZone": self.zone}
            return {"properties": about, "sheets": [_described(tab, n) for n, tab in enumerate(self.tabs)]}
        if asked.method == CELLS:
            self.questions += 1
            if self.writing:
                self.writing(self.questions)
            (rendering,) = asked.query["valueRenderOption"]
            (major,) = asked.query.get("majorDimension", ["ROWS"])
            ranges = [_turned(self._cells(name, rendering), major) for name in asked.query["ranges"]]
            return {"spreadsheetId": self.key, "valueRanges": ranges}
        raise NotImplementedError(asked.method)

    def _cells(self, name: str, rendering: str) -> dict[str, Any]:
        match = RANGE.fullmatch(name)
        assert match, name
        title = match[1].replace("''", "'")
        tab = next((tab for tab in self.tabs if tab.title == title), None)
        if tab is None:
            raise Refusal(refusal(400, "badRequest", f"Unable to parse range: {name}"))
        first, last = (int(match[2]) - 1, int(match[4])) if match[2] else (0, len(tab.rows))
        rows = [_without_end([_rendered(cell, rendering) for cell in row]) for row in tab.rows[first:last]]
        while rows and not rows[-1]:
            rows.pop()
        found: dict[str, Any] = {"range": name, "majorDimension": "ROWS"}
        return {**found, "values": rows or [[]]} if not first else {**found, "values": rows} if rows else found


def _turned(found: dict[str, Any], major: str) -> dict[str, Any]:
    """The answer with its cells by column, where that is asked for; cells at the end of a column are left out."""
    if major == "ROWS" or "values" not in found:
        return found
    columns = [_without_end(list(column)) for column in zip_longest(*found["values"], fillvalue="")]
    return {**found, "majorDimension": major, "values": columns or [[]]}


def _described(tab: Sheet, number: int) -> dict[str, Any]:
    about: dict[str, Any] = {"sheetId": number, "title": tab.title, "index": number}
    about["sheetType"] = "OBJECT" if tab.chart else "GRID"
    if not tab.chart:
        about["gridProperties"] = {"rowCount": tab.grid[0], "columnCount": tab.grid[1]}
    if tab.hidden:
        about["hidden"] = True
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    merges = [{"sheetId": number, **dict(zip(names, span, strict=True))} for span in tab.merges]
    return {"properties": about, "merges": merges} if merges else {"properties": about}


def _rendered(cell: Any, rendering: str) -> Any:  # noqa: ANN401 - a cell of JSON
    held, shown = (cell.value, cell.shown) if isinstance(cell, Cell) else (cell, cell)
    if rendering == "UNFORMATTED_VALUE":
        return "" if held is None else held
    if isinstance(shown, bool):
        return str(shown).upper()
    return "" if shown is None else str(shown)


def _without_end(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells
