"""A tab as a table of its dataset: where the header is, which column is which, every row as text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from connectors.exports.alongside import readings
from connectors.exports.binding import Table
from connectors.exports.conventions import CODES
from connectors.exports.formats import own_formats
from connectors.exports.sample import HEADER_WITHIN
from connectors.google_sheets.cells import column_text
from connectors.google_sheets.names import columns_said
from core.errors import FileError
from core.remarks import _
from warehouse.contract import Type

if TYPE_CHECKING:
    from connectors.exports.alongside import Alongside
    from connectors.google_sheets.api import Cells
    from connectors.google_sheets.book import Tab
    from connectors.google_sheets.cells import Clock
    from warehouse.contract import Dataset

LINE_ENDS: Final = str.maketrans("\r\n", "  ")
NARROWEST: Final = 2
_TO_QUOTE: Final = re.compile(r'[",\r\n]')


@dataclass
class Sheet:
    """A tab read: its table (which column is where), and the text of all its rows, column by column."""

    table: Table
    columns: list[list[str]] = field(default_factory=list)

    def text(self) -> str:
        """Every row of the tab as CSV, notes above the header included: line numbers are those of the tab.

        As a rule nothing has to be quoted, which counting the marks shows in no time.
        """
        text = "\n".join([*map(",".join, zip(*self.columns, strict=True)), ""])
        height, between = len(self.columns[0]), len(self.columns) - 1
        if '"' not in text and "\r" not in text and (text.count(","), text.count("\n")) == (between * height, height):
            return text
        columns = [list(map(_quoted, c)) if _TO_QUOTE.search("".join(c)) else c for c in self.columns]
        return "\n".join([*map(",".join, zip(*columns, strict=True)), ""])


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _TO_QUOTE.search(cell) else cell


def sheet_of(tab: Tab, dataset: Dataset, cells: Cells, clock: Clock) -> Sheet:
    """The cells of *tab* as a table of *dataset*; *clock* tells its times. Raises FileError without a header."""
    values, shown = cells.values, cells.shown
    head = [[str(cell).translate(LINE_ENDS).strip() for cell in column[:HEADER_WITHIN]] for column in shown]
    _repeat_in_head(tab, head)
    position = _header(tab, dataset, head)
    headers, alongside = _headers(dataset, head, values, position)
    places = _places(dataset, headers, position, values)
    _refuse_missing(tab, dataset, headers, places, position)
    names = {index: name for name, indexes in places.items() for index in indexes}
    text = []
    for index, column in enumerate(values):
        bound = dataset.by_name.get(names.get(index, ""))
        if bound and bound.type in (Type.TEXT, Type.DAY, Type.MOMENT):
            _repeat_below(tab, index, position, (column, shown[index]))
        below = column_text(bound, column[position + 1 :], shown[index][position + 1 :], clock)
        text.append(head[index][: position + 1] + below)
    for index in (index for name in dataset.money if "currency" in places for index in places.get(name, ())):
        _show_other_signs(text[index], shown[index], text[places["currency"][0]], position + 1)
    text += [[""] * len(text[0])] * (NARROWEST - len(text))
    table = _table(dataset, headers, places, position, len(text))
    table.alongside = alongside
    return Sheet(table, text)


def _show_other_signs(amounts: list[str], shown: list[Any], currencies: list[str], first: int) -> None:
    """Leave *amounts* that are shown with the sign of another currency than that of their row as they are shown."""
    seen = "\n".join(map(str, shown))
    signs = {sign: code for sign, code in CODES.items() if sign in seen}
    for row in range(first, len(amounts)) if signs else ():
        code = next((code for sign, code in signs.items() if sign in str(shown[row])), "")
        if code and currencies[row].strip().upper() not in ("", code):
            amounts[row] = str(shown[row])


def _headers(
    dataset: Dataset, head: list[list[str]], values: list[list[Any]], position: int
) -> tuple[list[str], tuple[Alongside, ...]]:
    """The headers of the table that names most columns of *dataset*, and what stands alongside it."""
    headers = [column[position] for column in head]
    filled = [
        bool(h) or any(c != "" for c in column[position + 1 :]) for h, column in zip(headers, values, strict=True)
    ]
    if all(filled[: len(filled) - filled[::-1].index(True)]):
        return headers, ()
    rows = [headers, *(list(map(str, row)) for row in zip(*(column[position + 1 :] for column in values), strict=True))]
    return max(readings(rows), key=lambda reading: len({*columns_said(dataset, reading[0])}))


def _repeat_in_head(tab: Tab, head: list[list[str]]) -> None:
    """Among the rows that may be the header, give merged cells the text of their first one."""
    for span in tab.merges:
        for column in head[span.left : span.right]:
            bottom = min(span.bottom, len(column))
            column[span.top : bottom] = [head[span.left][span.top]] * (bottom - span.top) if bottom > span.top else []


def _repeat_below(tab: Tab, index: int, position: int, columns: tuple[list[Any], ...]) -> None:
    """Below the header, a name merged over several rows belongs to each; a number does not, or it would count twice."""
    for span in tab.merges:
        if span.left == index and span.right == index + 1 and span.top > position:
            for column in columns:
                bottom = min(span.bottom, len(column))
                if span.top < bottom:
                    column[span.top : bottom] = [column[span.top]] * (bottom - span.top)


def _header(tab: Tab, dataset: Dataset, head: list[list[str]]) -> int:
    """The number of the row among the first ones that names most columns of *dataset*."""
    scores = [len({*columns_said(dataset, row)} - {""}) for row in zip(*head, strict=True)]
    best = max(scores, default=0)
    if not best:
        message = _("The tab “{tab}”: none of its first {n} rows names the columns of {dataset}.")
        step = _("Write its column names above the data: {columns}.").format(columns=", ".join(_needed(dataset)))
        raise FileError(message.format(tab=tab.title, n=HEADER_WITHIN, dataset=dataset.name), step)
    return scores.index(best)


def _needed(dataset: Dataset) -> list[str]:
    """The columns without which no row says anything; without any, the key."""
    return [c.name for c in dataset.columns if c.required and c.name != "day_end"] or list(dataset.key)


def _places(dataset: Dataset, headers: list[str], position: int, values: list[list[Any]]) -> dict[str, list[int]]:
    """The columns of the dataset and where each stands: in several places when several that are filled say so."""
    found: dict[str, list[int]] = {}
    for index, name in enumerate(columns_said(dataset, headers)):
        if name:
            found.setdefault(name, []).append(index)
    for indexes in found.values():
        filled = [index for index in indexes if any(cell != "" for cell in values[index][position + 1 :])]
        indexes[:] = filled or indexes[:1]
    return found


def _refuse_missing(
    tab: Tab, dataset: Dataset, headers: list[str], places: dict[str, list[int]], position: int
) -> None:
    missing = [name for name in _needed(dataset) if name not in places]
    if missing:
        message = _("The tab “{tab}”: its header in row {row} lacks {missing}; it has {headers}.")
        text = message.format(
            tab=tab.title, row=position + 1, missing=", ".join(missing), headers=", ".join(filter(None, headers))
        )
        raise FileError(text, _("Add the columns, or bind the tab to another dataset."))


def _table(dataset: Dataset, headers: list[str], places: dict[str, list[int]], position: int, width: int) -> Table:
    declared = next(own for own in own_formats() if own.dataset == dataset.name)
    return Table(
        declared,
        delimiter=",",
        headers=headers + [""] * (width - len(headers)),
        columns={name: indexes[0] for name, indexes in places.items()},
        language="",
        preamble=[],
        skip_lines=position + 1,
        repeated=places,
        known=len(places),
        width=width,
        is_evident=True,
    )
