"""Which column of a file is which column of a dataset: one declaration laid over one header row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import header_column
from connectors.exports.headers import skeleton, without_currency

if TYPE_CHECKING:
    from connectors.exports.alongside import Alongside
    from connectors.exports.formats import Format

ENTITIES: Final = ("campaign", "ad_group", "ad", "keyword")
ORIGINS: Final = ("channel_group", "source", "medium", "source_medium", "landing_page")


@dataclass
class Table:
    """A recognised table: the declaration, where its header is, and which column is where (0-based).

    It *is_evident* when a header stands there that only this platform writes. *preamble* are the records above the
    header, *skip_lines* counts them and the header, *width* the cells of a row.
    """

    declared: Format
    delimiter: str
    headers: list[str]
    columns: dict[str, int]
    language: str
    preamble: list[list[str]]
    skip_lines: int
    slice: str | None = None
    currency: str | None = None
    segments: list[int] = field(default_factory=list)
    repeated: dict[str, list[int]] = field(default_factory=dict)
    current_period: str | None = None
    earlier_period: str | None = None
    """What it calls the period that the current one is compared with, whose columns are left out."""
    known: int = 0
    width: int = 0
    is_evident: bool = False
    passed_over: tuple[str, ...] = ()
    """The home's own formats that fit too, but count only when they are named."""
    alongside: tuple[Alongside, ...] = ()
    """What stands behind a blank column: another table, or perhaps one."""

    def apart(self) -> set[int]:
        """The positions of the cells that belong to another table alongside."""
        return {place for other in self.alongside if not other.joined for place in other.columns}

    def entity_cells(self) -> list[int]:
        """The positions of the columns that name campaigns, ads, where visits came from and the like."""
        names = {*ENTITIES, *ORIGINS, *(f"{entity}_id" for entity in ENTITIES)}
        return [index for name, index in self.columns.items() if name in names]


def visits_by(table: Table) -> str | None:
    """What the rows of a *table* of visits are by: each such table adds up to all visits. None for other tables."""
    if "landing_page" not in table.declared.contract.by_name:
        return None
    if table.columns.keys() & {"channel_group", "source", "medium", "source_medium", "campaign"}:
        return "source"
    whole_days = "total" if "sessions" in table.columns else "users"
    return "landing_page" if "landing_page" in table.columns else whole_days


def bind(declared: Format, cells: list[str]) -> Table | None:
    """The columns of *declared* found among the header *cells*; None when the row cannot be its header at all."""
    headers = [cell.strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    bones = {skeleton(header) for header in headers}
    if not declared.vocabulary & bones or declared.forbidden & bones:
        return None
    if declared.exact and not {*headers} <= {*declared.columns, *declared.ignored.get("en", ())}:
        return None
    binding = _Binding(declared, Table(declared, ",", headers, {}, "", [], 0, width=len(cells)))
    for index, header in enumerate(headers):
        binding.take(index, header)
    return binding.finished()


class _Binding:
    """A table whose headers are taken one by one."""

    def __init__(self, declared: Format, table: Table) -> None:
        self.declared = declared
        self.table = table
        self._languages: Counter[str] = Counter()
        self._preferences: dict[str, int] = {}

    def take(self, index: int, header: str) -> None:
        """Find out what *header* means, if anything."""
        self.table.is_evident = self.table.is_evident or self._is_evidence(header)
        if skeleton(header) in self.declared.segments:
            self.table.segments.append(index)
            self.table.known += 1
            return
        meanings, _currency = header_column(self.declared, header)
        meanings = meanings or self._compared(header)
        languages = {language for _column, language, _preference in meanings} or self._ignored(header)
        self._languages.update(languages)
        self.table.known += bool(languages)
        if meanings:
            self._place(index, meanings[0])

    def finished(self) -> Table | None:
        """The table in the language that most headers have; None when none was known."""
        self.table.language = self._languages.most_common(1)[0][0] if self._languages else ""
        return self.table if self.table.known else None

    def _is_evidence(self, header: str) -> bool:
        declared = self.declared
        bones = {skeleton(header), skeleton(without_currency(header)[0])}
        if declared.compare:
            # Compare mode writes the period before the name of the measure.
            bones.add(skeleton(header.rpartition(" ")[2]))
        return not declared.evidence or bool(bones & declared.evidence_bones)

    def _ignored(self, header: str) -> set[str]:
        ignored = self.declared.ignored_headers
        return ignored.get(skeleton(header)) or ignored.get(skeleton(without_currency(header)[0])) or set()

    def _place(self, index: int, meaning: tuple[str, str, int]) -> None:
        """Bind the column; of several headers for one column the preferred spelling counts, of equals the first."""
        table = self.table
        column, _language, preference = meaning
        if column.startswith("slice:"):
            table.slice = table.slice or column.removeprefix("slice:")
            column = "slice_value"
        if column not in table.columns or preference < self._preferences[column]:
            table.columns[column] = index
            table.repeated[column] = [index]
            self._preferences[column] = preference
        elif skeleton(table.headers[table.columns[column]]) == skeleton(table.headers[index]):
            table.repeated[column].append(index)

    def _compared(self, header: str) -> list[tuple[str, str, int]]:
        """A header of compare mode, such as ``Last 3 months Clicks``: the first period named is the current one."""
        bone = skeleton(header)
        for spelling, meanings in self.declared.by_header.items() if self.declared.compare else ():
            if bone.endswith(" " + spelling):
                period = header[: -len(spelling)].strip(" -–:")
                self.table.current_period = self.table.current_period or period
                if period == self.table.current_period:
                    return meanings
                self.table.earlier_period = self.table.earlier_period or period
                return []
        return []
