"""The files of the plan as tables of typed rows."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from connectors.exports.alongside import readings
from connectors.exports.conventions import Columns, decide
from connectors.exports.fingerprints import fingerprint
from connectors.exports.members import members_of
from connectors.plan.cells import value_of
from connectors.plan.tables import TABLES, PlanProblem, PlanTable, columns_of
from connectors.plan.words import EXAMPLE, columns_by_name, helping_sheets, plain, tables_by_name
from core.errors import AmbiguousFileError, FileError, suggestion
from core.language import LANGUAGES, translated
from core.remarks import _
from warehouse.contract import Type
from warehouse.datasets import DATASETS, titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from connectors.exports.members import Member

WORKBOOK: Final = "plan.xlsx"
TEXTS: Final = frozenset({".csv", ".tsv"})
WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
DELIMITERS: Final = ",;\t|"
HEADER_WITHIN: Final = 20
NEAR: Final = 0.75


@dataclass
class ReadPlan:
    """The tables of the plan, by dataset, and what is wrong with them so far."""

    tables: dict[str, PlanTable] = field(default_factory=dict)
    problems: list[PlanProblem] = field(default_factory=list)

    def add(self, table: PlanTable) -> None:
        """Take *table*, unless there is one of the same dataset."""
        other = self.tables.setdefault(table.name, table)
        if other is not table:
            message = _("{other} is the same table.").format(other=other.place)
            self.problems.append(PlanProblem(table.place, message, _("Keep one of them.")))


def plan_files(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of the plan in *folder*, and the others there, both by name; hidden ones are nobody's business."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    seen = [path for path in found if path.is_file() and not path.name.startswith((".", "~$"))]
    tables = [path for path in seen if path.suffix.lower() in TEXTS or path.name.lower() == WORKBOOK]
    return tables, [path for path in seen if path not in tables]


def fingerprint_of(files: Sequence[Path]) -> str:
    """One fingerprint of all *files* and their names; empty where there are none."""
    named = [f"{path.name} {fingerprint(path)}" for path in files]
    return hashlib.sha256("\n".join(named).encode("utf-8", "backslashreplace")).hexdigest() if named else ""


def read_files(files: Sequence[Path], others: Sequence[Path], work: Path) -> ReadPlan:
    """The tables in *files*; what has to be unpacked goes into the folder *work*."""
    plan = ReadPlan()
    plan.problems += _misplaced(files, others)
    for path in () if plan.problems and not plan.problems[0].warning else files:
        folder = work / f"{len(list(work.iterdir()))}"
        folder.mkdir()
        try:
            members = members_of(path, folder)
        except (FileError, OSError) as error:
            message = error.message if isinstance(error, FileError) else str(error.strerror or error)
            fix = error.next_step if isinstance(error, FileError) else _("Check that you may read it.")
            plan.problems.append(PlanProblem(path.name, message, fix))
            continue
        _take_all(plan, path, members)
    return plan


def read_members(path: Path, members: Sequence[Member]) -> ReadPlan:
    """The tables in *members* of the file *path*."""
    plan = ReadPlan()
    _take_all(plan, path, members)
    return plan


def _take_all(plan: ReadPlan, path: Path, members: Sequence[Member]) -> None:
    if path.name.lower() == WORKBOOK and not any(member.sheet for member in members):
        message = _("{file} is no workbook, whatever its name says.").format(file=path.name)
        plan.problems.append(
            PlanProblem(path.name, message, _("Save it as a workbook (.xlsx), or give it its own name."))
        )
        return
    for member in members:
        _take(plan, path, member)


def _misplaced(files: Sequence[Path], others: Sequence[Path]) -> Iterator[PlanProblem]:
    """The mistakes of a folder before any file is opened: two plans, or none where one is meant; then other files."""
    texts = [path.name for path in files if path.suffix.lower() in TEXTS]
    if texts and len(texts) < len(files):
        message = _("There are two plans in one folder: this workbook, and {files}.").format(files=", ".join(texts))
        yield PlanProblem(WORKBOOK, message, _("Keep either the workbook or the CSV files."))
    for path in others:
        message = _("It is no file of the plan, so it is not read.")
        meant = path.suffix.lower() in WORKBOOKS
        fix = _("If it is the plan, save it as {name}.").format(name=WORKBOOK) if meant else ""
        yield PlanProblem(path.name, message, fix, warning=bool(files) or not meant)


def _take(plan: ReadPlan, path: Path, member: Member) -> None:
    """Read one table of the file *path*, or say why it is none."""
    name = member.sheet or path.stem
    place = f"{path.name} / {member.sheet}" if member.sheet else path.name
    dataset = tables_by_name().get(plain(name))
    if dataset is None:
        plan.problems += _unknown_table(place, name)
        return
    if member.refusal:
        plan.problems.append(PlanProblem(place, member.refusal.message, member.refusal.next_step))
        return
    mark = "," if member.typed else _delimiter(dataset, member.text)
    cells = _records(member.text, mark)
    table, problems = table_of_cells(dataset, place, cells, pointed=mark == "," and not member.typed)
    plan.problems += problems
    if table:
        plan.add(table)


def _unknown_table(place: str, name: str) -> Iterator[PlanProblem]:
    """A table with a name that is nearly one of the plan's is a mistake; any other is somebody's own."""
    if plain(name) in helping_sheets():
        return
    known = {translated(titles.TABLES[each], language) for each in TABLES for language in LANGUAGES} | set(TABLES)
    message = _("{name} is no table of the plan, so it is not read.").format(name=name)
    if plain(name).replace(" ", "_") in DATASETS:
        yield PlanProblem(place, message, _("Put it into the folder inbox, or load it."), warning=True)
        return
    near = get_close_matches(name.lower(), [each.lower() for each in known], n=1, cutoff=NEAR)
    fix = suggestion(name, known if near else TABLES)
    yield PlanProblem(place, message, fix, warning=not near)


def _delimiter(dataset: str, path: Path) -> str:
    """The mark that the records of *path* are split at: the one with which most headers are known."""
    return max(DELIMITERS, key=lambda mark: _header(dataset, _records(path, mark))[1])


def _records(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def _header(dataset: str, cells: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The index of the row that most headers of *dataset* stand in, and how many these are."""
    known = columns_by_name(dataset)
    counts = [len({known[plain(cell)] for cell in row if plain(cell) in known}) for row in cells[:HEADER_WITHIN]]
    best = max(counts, default=0)
    return (counts.index(best), best) if best else (0, 0)


def table_of_cells(
    dataset: str, place: str, cells: Sequence[Sequence[str]], *, pointed: bool = False, locale: str | None = None
) -> tuple[PlanTable | None, list[PlanProblem]]:
    """The table of *dataset* whose rows, from the first one at *place* on, hold *cells*: texts as a person sees them.

    A number that is known to be one, however it is shown, has the mark of `connectors.exports.workbooks` before it.
    Where a cell such as 1,250 can be two numbers and no header tells a language, *pointed* says that decimals have a
    point. A *locale* that is known says how texts are written.
    """
    top, found = _header(dataset, cells)
    if not found:
        headers = ", ".join(titles.column_title(dataset, column.name) for column in columns_of(TABLES[dataset]))
        fix = _("Give it a row of headers: {headers}.").format(headers=headers)
        return None, [PlanProblem(place, _("It has no row of headers."), fix)]
    (header, *below), beside = _one_table(dataset, place, top, cells)
    places, problems = _bind(dataset, place, top, header)
    problems += beside
    table = PlanTable(dataset, place)
    table.headers = {column: header[index].strip() for column, index in places.items()}
    rows = [(line, row) for line, row in enumerate(below, top + 2) if _says_something(row)]
    try:
        _fill(table, rows, places, pointed=pointed, locale=locale)
    except AmbiguousFileError as error:
        fix = _("Write days like 2026-12-31, and numbers without a mark between thousands.")
        problems.append(PlanProblem(place, error.message, fix))
    return table, problems


def _one_table(
    dataset: str, place: str, top: int, cells: Sequence[Sequence[str]]
) -> tuple[Sequence[Sequence[str]], list[PlanProblem]]:
    """The rows from the headers in row *top* on, without those of another table alongside; and that there is one."""
    known = columns_by_name(dataset)
    found = readings(cells[top:])
    _header, alongside = max(found, key=lambda reading: len({known.get(plain(cell)) for cell in reading[0]}))
    others = [other for other in alongside if not other.joined]
    if not others:
        return cells[top:], []
    apart = {column for other in others for column in other.columns}
    rows = [["" if column in apart else cell for column, cell in enumerate(row)] for row in cells[top:]]
    message = _("From column {column} on there is another table, with {headers}, so that is not read.")
    said = [message.format(column=other.column, headers=", ".join(other.headers)) for other in others]
    fix = _("Put it into a file or sheet of its own.")
    return rows, [PlanProblem(place, text, fix, top + 1, warning=True) for text in said]


def _says_something(row: Sequence[str]) -> bool:
    """Whether there is anything in *row* that is meant to be read."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(first) and not first.startswith(EXAMPLE) and first != EXAMPLE.strip()


def _bind(dataset: str, place: str, top: int, headers: Sequence[str]) -> tuple[dict[str, int], list[PlanProblem]]:
    """Which column stands where, and what is wrong with the row of headers."""
    known = columns_by_name(dataset)
    places: dict[str, int] = {}
    problems = []
    for index, header in enumerate(headers):
        column = known.get(plain(header)) if header.strip() else None
        if column in places:
            message = _("The column stands there twice.")
            problems.append(PlanProblem(place, message, _("Keep one of them."), top + 1, header))
        elif column:
            places[column] = index
        elif header.strip() and header.strip() != "load_id":
            problems.append(_unknown_column(dataset, PlanProblem(place, "", "", top + 1, header.strip())))
    for declared in columns_of(TABLES[dataset]):
        if declared.required and declared.name not in places:
            header = titles.column_title(dataset, declared.name)
            message = _("The column {name} is missing.").format(name=header)
            problems.append(PlanProblem(place, message, _("Add it, with a value in each row."), top + 1, header))
    return places, problems


def _unknown_column(dataset: str, found: PlanProblem) -> PlanProblem:
    """A header that is nearly a known one is a mistake; any other is somebody's own remark."""
    known = {
        translated(titles.english_column_title(dataset, column.name), language)
        for column in columns_of(TABLES[dataset])
        for language in LANGUAGES
    } | {column.name for column in columns_of(TABLES[dataset])}
    near = bool(get_close_matches(found.column, known, n=1, cutoff=NEAR))
    message = _("The plan has no such column, so it is not read.")
    fix = suggestion(found.column, known) if near else ""
    return PlanProblem(found.place, message, fix, found.row, found.column, warning=not near)


def _fill(
    table: PlanTable,
    rows: list[tuple[int, Sequence[str]]],
    places: Mapping[str, int],
    *,
    pointed: bool,
    locale: str | None,
) -> None:
    """Read *rows* into *table*. Raises AmbiguousFileError when they can be read in two ways."""
    by_name = table.dataset.by_name
    by_type: dict[Type, list[str]] = {Type.WHOLE: [], Type.DECIMAL: [], Type.DAY: []}
    for column, index in places.items():
        kind = by_name[column].type
        if kind in by_type:
            by_type[kind] += [row[index] for _line, row in rows if index < len(row)]
    columns = Columns(by_type[Type.WHOLE], by_type[Type.DECIMAL], by_type[Type.DAY])
    conventions = decide(table.place, columns, _language(table) or ("en" if pointed else ""), locale)
    table.conventions = str(conventions)
    for line, row in rows:
        values = {
            column: value_of(table.name, by_name[column], row[index], conventions)
            for column, index in places.items()
            if index < len(row)
        }
        table.rows.append({column: value for column, value in values.items() if value is not None})
        table.lines.append(line)


def _language(table: PlanTable) -> str:
    """The language that most headers are in; none where they are the columns' own names."""
    titled = {column: plain(header) for column, header in table.headers.items() if header != column}

    def known(language: str) -> int:
        return sum(
            plain(translated(titles.english_column_title(table.name, column), language)) == header
            for column, header in titled.items()
        )

    best = max(LANGUAGES, key=known)
    return best if known(best) else ""
