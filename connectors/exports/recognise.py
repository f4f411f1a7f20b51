"""Which report a table is: its delimiter, its header row and the declaration that explains it best."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import Format, formats, header_column, own_formats
from connectors.exports.headers import skeleton, without_currency
from connectors.exports.sample import first_records, head_text
from core.errors import FileError, UsageError, suggestion
from core.language import _

if TYPE_CHECKING:
    from connectors.exports.members import Member

DELIMITERS: Final = ",\t;|"
HEADER_WITHIN: Final = 20
NEAREST: Final = 3
NARROWEST: Final = 2
ENTITIES: Final = ("campaign", "ad_group", "ad", "keyword")


@dataclass
class Table:
    """A recognised table: the declaration, where its header is, and which column is where (0-based).

    *preamble* are the records above the header, *skip_lines* counts them and the header, *width* the cells of a row.
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
    known: int = 0
    width: int = 0

    def entity_cells(self) -> list[int]:
        """The positions of the columns that name campaigns, ads and the like."""
        names = {*ENTITIES, *(f"{entity}_id" for entity in ENTITIES)}
        return [index for name, index in self.columns.items() if name in names]


def recognise(member: Member, wanted: str | None = None) -> Table:
    """The best explanation of *member*; only formats named *wanted* when given. Raises FileError, UsageError."""
    if member.refusal:
        raise member.refusal
    candidates = _candidates(wanted)
    text = head_text(member.text)
    tables: list[Table] = []
    attempts: list[tuple[Format, list[str], int]] = []
    for delimiter in DELIMITERS:
        rows = first_records(member.name, text, delimiter, 2 * HEADER_WITHIN)
        for position, cells in enumerate(rows[:HEADER_WITHIN]):
            for declared in candidates if len(cells) >= NARROWEST else ():
                table = bind(declared, cells)
                missing = _missing(table) if table else []
                if table and missing:
                    attempts.append((declared, missing, table.known))
                elif table:
                    _place_in(table, delimiter, rows, position)
                    tables.append(table)
    if not tables:
        raise _unknown(member, text, attempts)
    return max(tables, key=lambda table: (table.known, table.known / len(table.headers), -len(table.preamble)))


def _place_in(table: Table, delimiter: str, rows: list[list[str]], position: int) -> None:
    """Where the table starts, and how many cells its rows have: some tools end rows, but not the header, in a delimiter."""
    table.delimiter, table.preamble, table.skip_lines = delimiter, rows[:position], position + 1
    widths = Counter(len(cells) for cells in rows[position + 1 :] if len(cells) >= len(table.headers))
    usual = widths.most_common(1)[0][0] if widths else table.width
    beyond = {cell.strip() for cells in rows[position + 1 :] for cell in cells[len(table.headers) :]}
    table.width = usual if beyond <= {""} else table.width


def _candidates(wanted: str | None) -> list[Format]:
    everything = [*formats().values(), *own_formats()]
    if wanted is None:
        return everything
    found = [declared for declared in everything if declared.name == wanted]
    if not found:
        message = _("There is no format {name}.").format(name=wanted)
        raise UsageError(message, suggestion(wanted, {declared.name for declared in everything}))
    return found


def bind(declared: Format, cells: list[str]) -> Table | None:
    """The columns of *declared* found among the header *cells*; None when the row cannot be its header at all."""
    headers = [cell.strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not declared.vocabulary & {skeleton(header) for header in headers}:
        return None
    if declared.exact and not all(header in declared.columns for header in headers):
        return None
    table = Table(declared, ",", headers, {}, "", [], 0, width=len(cells))
    languages: Counter[str] = Counter()
    preferences: dict[str, int] = {}
    evidence = False
    for index, header in enumerate(headers):
        bone = skeleton(header)
        if bone in declared.forbidden:
            return None
        evidence = evidence or _is_evidence(declared, header)
        if bone in declared.segments:
            table.segments.append(index)
            table.known += 1
            continue
        meanings, currency = header_column(declared, header)
        if not meanings and declared.compare:
            meanings = _compared(declared, header, table)
        if not meanings:
            _count_ignored(declared, header, table, languages)
            continue
        table.known += 1
        languages.update({meaning[1] for meaning in meanings})
        _place(table, index, meanings, preferences)
        table.currency = table.currency or currency
    if not table.known or (declared.evidence and not evidence):
        return None
    table.language = languages.most_common(1)[0][0] if languages else ""
    return table


def _is_evidence(declared: Format, header: str) -> bool:
    bones = {skeleton(header), skeleton(without_currency(header)[0])}
    if declared.compare:
        # Compare mode writes the period before the name of the measure.
        bones.add(skeleton(header.rpartition(" ")[2]))
    return bool(bones & declared.evidence)


def _count_ignored(declared: Format, header: str, table: Table, languages: Counter[str]) -> None:
    found = declared.ignored_headers.get(skeleton(header)) or declared.ignored_headers.get(
        skeleton(without_currency(header)[0])
    )
    if found:
        table.known += 1
        languages.update(found)


def _place(table: Table, index: int, meanings: list[tuple[str, str, int]], preferences: dict[str, int]) -> None:
    """Bind the column; of several headers for one column the preferred spelling counts, of equals the first."""
    column, _language, preference = meanings[0]
    if column.startswith("slice:"):
        table.slice = table.slice or column.removeprefix("slice:")
        column = "slice_value"
    if column not in table.columns or preference < preferences[column]:
        table.columns[column] = index
        table.repeated[column] = [index]
        preferences[column] = preference
    elif skeleton(table.headers[table.columns[column]]) == skeleton(table.headers[index]):
        table.repeated[column].append(index)


def _compared(declared: Format, header: str, table: Table) -> list[tuple[str, str, int]]:
    """A header of compare mode, such as ``Last 3 months Clicks``: the first period named is the current one."""
    bone = skeleton(header)
    for spelling, meanings in declared.by_header.items():
        if bone.endswith(" " + spelling):
            period = header[: -len(spelling)].strip(" -–:")
            table.current_period = table.current_period or period
            return meanings if period == table.current_period else []
    return []


def _missing(table: Table) -> list[str]:
    """The required columns (alternatives separated by ``|``) that were not found."""
    found = {*table.columns, *(["slice"] if table.slice else [])}
    return [needed for needed in table.declared.required if not found & set(needed.split("|"))]


def _unknown(member: Member, text: str, attempts: list[tuple[Format, list[str], int]]) -> FileError:
    first = " ".join(text.split("\n", 1)[0].split())[:80]
    attempts.sort(key=lambda attempt: (-attempt[2], len(attempt[1])))
    nearest: dict[str, str] = {}
    for declared, missing, _known in attempts:
        if len(nearest) < NEAREST:
            nearest.setdefault(declared.title, _missing_headers(declared, missing))
    message = _("{file} is not recognised: its first {n} lines hold no header row of a known report. It starts with “{start}”.")
    message = message.format(file=member.name, n=HEADER_WITHIN, start=first)
    if nearest:
        reports = "; ".join(f"{title} ({headers})" for title, headers in nearest.items())
        message += " " + _("Nearest reports, and the headers they lack: {reports}.").format(reports=reports)
    return FileError(message, _("Download the report with its header row, as CSV or XLSX."))


def _missing_headers(declared: Format, missing: list[str]) -> str:
    names = []
    for needed in missing:
        options = needed.split("|")
        spellings = [_first_spelling(declared, option) for option in options]
        names.append(" / ".join(dict.fromkeys(spellings)))
    return ", ".join(names)


def _first_spelling(declared: Format, column: str) -> str:
    if column == "slice":
        return " / ".join(next(iter(spellings.values()))[0] for spellings in declared.slices.values())
    return next(iter(declared.columns.get(column, {"en": [column]}).values()))[0]
