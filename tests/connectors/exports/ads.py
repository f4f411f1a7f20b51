"""What exports of ad platforms have in common: invented rows, and cases made of a report and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tests.connectors.exports.case import FIRST, Data, Export, Table
from tests.connectors.exports.writers import Report, Row, summed, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAYS: Final = 3
LAST: Final = FIRST + timedelta(DAYS - 1)


def ad_rows(platform: str, **names: object) -> list[Row]:
    """Three entities on three days, with numbers of their own; a text in *names* may say which with ``{}``."""
    return [
        {
            "day": FIRST + timedelta(place % DAYS),
            "platform": platform,
            "account": None,
            "impressions": 1_234 * (place + 1) ** 2 + 7,
            "clicks": 37 * (place + 1),
            "cost": Decimal("123.45") * (place + 1) ** 2,
            "conversions": None if place % 4 == 3 else Decimal("1.5") * place,
            **{name: _numbered(value, place // DAYS) for name, value in names.items()},
        }
        for place in range(3 * DAYS)
    ]


def _numbered(value: object, number: int) -> object:
    return value.format(number + 1) if isinstance(value, str) else value


@dataclass(frozen=True)
class AdFile:
    """A file of an ad platform: what it is called, how it is written, and what must become of it.

    *below* are the lines under the rows, *first* says that they stand above them. What the rows sum to is declared for
    the columns that *table* names.
    """

    file: str
    report: Report
    rows: list[Row]
    table: Table
    below: Callable[[list[Row]], list[list[str]]] = lambda _rows: []
    first: bool = False
    dataset: str = "ad_performance"
    account: str | None = None

    def case(self, name: str) -> Export:
        """The file as a case of the contract called *name*."""
        encoding, delimiter = self.report.encoding, self.report.delimiter
        data = {self.dataset: self.rows}
        return Export(name, self.file, data, self.write, self.describe, encoding, delimiter, self.account)

    def write(self, data: Data) -> bytes:
        """Text, or a workbook with numbers as numbers and days as days."""
        rows = data[self.dataset]
        if not self.file.endswith(".xlsx"):
            return self.report.file(rows, self.below(rows), first=self.first)
        above: list[Sequence[object]] = [[line] for line in self.report.preamble]
        body: list[Sequence[object]] = [*map(self.report.raw, rows)]
        lines = [*self.below(rows), *body] if self.first else [*body, *self.below(rows)]
        return workbook({"Sheet1": [*above, self.report.header, *lines]})

    def describe(self, data: Data) -> tuple[Table, ...]:
        """The table with the number of rows of *data*, and their sums."""
        rows = data[self.dataset]
        sums = {name: float(value) for name, value in summed(rows, *self.table.declared).items()}
        return (Table(**{**vars(self.table), "rows": len(rows), "declared": sums}),)


def sums_of(*columns: str) -> dict[str, float]:
    """The columns that a totals row declares; what they sum to is counted when it is known."""
    return dict.fromkeys(columns, 0.0)
