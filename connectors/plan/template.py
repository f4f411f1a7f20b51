"""An empty plan as a workbook: a sheet for each table, with headers, comments, choices and an example."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import xlsxwriter

from connectors.plan.examples import EXAMPLES
from connectors.plan.references import KPIS, PEOPLE, PROCESSES, REFERENCES
from connectors.plan.tables import TABLES, columns_of
from connectors.plan.words import CHOICES, EXAMPLE, LINK, LISTS, READ_ME, YES
from core.errors import FileError, UsageError
from core.language import N_, _
from warehouse.contract import Type
from warehouse.datasets import titles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from connectors.plan.tables import Known
    from warehouse.contract import Column, Dataset

LAST_ROW: Final = 2000
FIRST_OWN_ROW: Final = 3
LAST_LISTED: Final = 200
NARROW: Final = 13
WIDE: Final = 24
LINE: Final = 100
DAYS: Final = "yyyy-mm-dd"
EARLIEST: Final = date(1990, 1, 1)
COMMENT: Final = {"x_scale": 2.2, "y_scale": 1.1, "font_size": 10}
INTRODUCTION: Final = (
    N_("This workbook is the plan of the department: what people decide ahead."),
    N_("Fill in the sheets you need and leave the others as they are; no sheet has to be filled in."),
    N_("Each header has a comment that says what its column means. Columns in bold have to be filled in."),
    N_("Grey rows that start with # are examples. They are never read; write below them, or delete them."),
    N_("Cells with an arrow offer choices. People come from the sheet People, processes from the sheet Processes."),
    N_("An ID is a short name of your own, such as anna or paid_ads. Other sheets name people and processes by it."),
    N_("Do not rename sheets and headers. You may add columns and sheets of your own; they are not read."),
    N_("Save the workbook as plan.xlsx in the folder plan of Kokpit's home, then refresh."),
    N_("Mistakes are listed with sheet and row. Until they are corrected, the last good plan stays in force."),
)


class Looks(NamedTuple):
    """The formats of a workbook."""

    header: Format
    required: Format
    text: Format
    day: Format
    example: Format
    example_day: Format
    prose: Format


def write_template(file: Path, known: Known) -> None:
    """Write an empty plan into *file*, in the language in use. Raises UsageError when *file* is there already."""
    if file.exists():
        message = _("{file} is there already; it may be somebody's plan.").format(file=file)
        raise UsageError(message, _("Name another file, or move this one away."))
    try:
        with file.open("xb") as out:
            _write_whole(file, out, template(known))
    except OSError as error:
        message = _("{file} cannot be written: {error}.").format(file=file, error=error.strerror or error)
        raise FileError(message, _("Name a file in a folder that exists and that you may write to.")) from error


def _write_whole(file: Path, out: BinaryIO, content: bytes) -> None:
    """Write *content* to *out*, which is *file*; a part of it would pass for somebody's plan."""
    try:
        out.write(content)
        out.flush()
    except OSError:
        file.unlink(missing_ok=True)
        raise


def template(known: Known) -> bytes:
    """The workbook as bytes; KPIs and processes that are *known* are offered as choices."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        looks = _looks(book)
        _introduce(book.add_worksheet(_(READ_ME)), looks)
        for dataset in TABLES.values():
            _table(book.add_worksheet(titles.table_title(dataset.name)), dataset, looks, known)
        _lists(book.add_worksheet(_(LISTS)), looks, known)
    return out.getvalue()


def _looks(book: xlsxwriter.Workbook) -> Looks:
    header = {"bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}
    faint = {"font_color": "#808080", "italic": True}
    return Looks(
        header=book.add_format(header),
        required=book.add_format({**header, "bold": True}),
        text=book.add_format({"valign": "top"}),
        day=book.add_format({"num_format": DAYS, "valign": "top"}),
        example=book.add_format(faint),
        example_day=book.add_format({**faint, "num_format": DAYS, "align": "left"}),
        prose=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _introduce(sheet: Worksheet, looks: Looks) -> None:
    """What the workbook is and how it is filled in; then what each sheet holds."""
    sheet.set_column(0, 0, WIDE, looks.required)
    sheet.set_column(1, 1, LINE, looks.prose)
    sheet.write(0, 0, "Kokpit", looks.required)
    for line, text in enumerate(INTRODUCTION):
        sheet.write(line, 1, _(text), looks.prose)
    for line, dataset in enumerate(TABLES.values(), len(INTRODUCTION) + 1):
        title = titles.table_title(dataset.name)
        sheet.write_url(line, 0, f"internal:'{title}'!A1", looks.required, title)
        sheet.write(line, 1, _(dataset.meaning), looks.prose)


def _table(sheet: Worksheet, dataset: Dataset, looks: Looks, known: Known) -> None:
    """One table: its header, an example, and what its cells offer."""
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns_of(dataset)):
        title = titles.column_title(dataset.name, column.name)
        width = NARROW if column.type is not Type.TEXT else WIDE
        sheet.set_column(index, index, max(width, len(title) + 2), looks.day if column.type is Type.DAY else looks.text)
        sheet.write(0, index, title, looks.required if column.required else looks.header)
        sheet.write_comment(0, index, _explained(dataset, column), COMMENT)
        rule = _rule(dataset, column, known)
        if rule:
            sheet.data_validation(1, index, LAST_ROW, index, {"error_type": "warning", **rule})
        value = _example(dataset, column)
        if index == 0:
            sheet.write(1, index, f"{EXAMPLE}{value}", looks.example)
        elif value is not None:
            sheet.write(1, index, value, looks.example_day if isinstance(value, date) else looks.example)


def _explained(dataset: Dataset, column: Column) -> str:
    """What the column means, whether it has to be filled in, and which words it takes."""
    parts = [_(column.meaning)]
    if column.required:
        parts.append(_("It has to be filled in."))
    words = [_(text) for text in CHOICES.get(f"{dataset.name}.{column.name}", {}).values()]
    if words:
        parts.append(_("One of: {choices}.").format(choices=", ".join(words)))
    return "\n".join([*parts, column.name])


def _example(dataset: Dataset, column: Column) -> object:
    """The example's value as a person would write it."""
    value = EXAMPLES[dataset.name].get(column.name)
    if isinstance(value, bool):
        return _(YES[value])
    if not isinstance(value, str):
        return value
    return _(CHOICES.get(f"{dataset.name}.{column.name}", {}).get(value, value))


def _rule(dataset: Dataset, column: Column, known: Known) -> dict[str, Any] | None:
    """What the spreadsheet offers or asks for in the cells of *column*."""
    choices = CHOICES.get(f"{dataset.name}.{column.name}", {})
    if choices:
        return {"validate": "list", "source": [_(text) for text in choices.values()]}
    if column.type is Type.YES_NO:
        return {"validate": "list", "source": [_(text) for text in YES.values()]}
    if column.type is Type.DAY:
        return {"validate": "date", "criteria": ">=", "value": EARLIEST}
    kind = REFERENCES.get(dataset.name, {}).get(column.name)
    if column.name == "process_id":
        return _from_list(1, known.processes)
    return _reference(kind, known) if kind else None


def _reference(kind: str, known: Known) -> dict[str, Any] | None:
    """The choice among everything of a *kind*: people and processes are on sheets of their own."""
    sheets = {PEOPLE: "people", PROCESSES: "processes"}
    if kind == KPIS:
        return _from_list(0, known.kpis)
    title = titles.table_title(sheets[kind])
    return {"validate": "list", "source": f"='{title}'!$A${FIRST_OWN_ROW}:$A${LAST_LISTED}"}


def _from_list(place: int, names: Mapping[str, str]) -> dict[str, Any] | None:
    """The choice among the *names* in one column of the sheet of lists."""
    letter = "AB"[place]
    source = f"='{_(LISTS)}'!${letter}$2:${letter}${len(names) + 1}"
    return {"validate": "list", "source": source} if names else None


def _lists(sheet: Worksheet, looks: Looks, known: Known) -> None:
    """The KPIs and processes that ship with Kokpit, each with what it is called."""
    heads = (titles.column_title("targets", "kpi"), titles.column_title("targets", "process"))
    for place, (head, names) in enumerate(zip(heads, (known.kpis, known.processes), strict=True)):
        sheet.set_column(place, place, 2 * WIDE)
        sheet.write(0, place, head, looks.required)
        sheet.write_column(1, place, [f"{key}{LINK}{name}" for key, name in names.items()], looks.text)
    sheet.freeze_panes(1, 0)
