"""A mapping: what a team says about a file that no format knows. It is kept as a format of the home's own."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import Format
from connectors.exports.guess import missing
from connectors.exports.headers import skeleton
from connectors.exports.vocabulary import column_label, columns_of, mappable
from core.errors import UsageError, suggestion
from core.language import _
from core.money import CURRENCIES
from warehouse.contract import Type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors.exports.guess import Guess

HEAD: Final = "# A mapping made in Kokpit: which column of the file is which column of the dataset. You may edit it.\n"
SLICES: Final = ("query", "page", "country", "device", "search_appearance")
_NO_LETTERS: Final = re.compile(r"[^\w]+")
_CURRENCY: Final = re.compile("|".join(CURRENCIES))
_ANYTHING: Final = re.compile(r"\s*\S.*")
_SHAPES: Final = {
    Type.WHOLE: re.compile(r"-?\d{1,18}"),
    Type.DECIMAL: re.compile(r"-?\d{1,12}(\.\d{1,6})?"),
    Type.YES_NO: re.compile(r"true|false"),
}
_TIMES: Final = (Type.DAY, Type.MOMENT)


@dataclass(frozen=True)
class Mapping:
    """*title* is what people call the file; *columns* of the dataset and their headers; *constants* for all rows.

    *locale* is the answer to how numbers and days are written, where the file leaves that open.
    """

    title: str
    dataset: str
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    locale: str | None = None

    @classmethod
    def of(cls, guessed: Guess, title: str) -> Mapping:
        """The mapping that was *guessed*."""
        return cls(title, guessed.dataset, guessed.columns, guessed.constants, guessed.language)

    @property
    def name(self) -> str:
        """The format's name: the title in small letters, without spaces."""
        return name_of(self.title)

    def as_format(self) -> Format:
        """The declaration. Every header that is mapped has to be there next time."""
        return Format(
            name=self.name,
            title=self.title,
            dataset=self.dataset,
            source=self.title,
            constants=self._all_constants(),
            required=tuple(self.columns),
            columns={column: {self.language: [header]} for column, header in self.columns.items()},
            locale=self.locale,
        )

    def text(self) -> str:
        """The declaration as TOML."""
        declared = self.as_format()
        plain = {name: getattr(declared, name) for name in ("name", "title", "dataset", "source")}
        lines = [f"{name} = {_quoted(value)}" for name, value in plain.items()]
        lines += [f"locale = {_quoted(self.locale)}"] if self.locale else []
        lines.append(f"required = [{', '.join(map(_quoted, declared.required))}]")
        if declared.constants:
            lines += ["", "[constants]", *(f"{name} = {_quoted(value)}" for name, value in declared.constants.items())]
        lines += ["", "[columns]"]
        lines += [f"{name}.{self.language} = [{_quoted(header)}]" for name, header in self.columns.items()]
        return HEAD + "\n".join(lines) + "\n"

    def _all_constants(self) -> dict[str, str]:
        """What is said for all rows, and for search tables what their rows are by."""
        by = next((name for name in SLICES if name in self.columns), None)
        return {**self.constants, "slice": by} if self.dataset == "search_performance" and by else self.constants


def name_of(title: str) -> str:
    """*title* as the name of a format and of its file."""
    plain = unicodedata.normalize("NFC", title).casefold()
    return _NO_LETTERS.sub("_", plain).strip("_")


def check(mapping: Mapping, headers: Iterable[str]) -> None:
    """Raise UsageError where *mapping* cannot be read from a file with these *headers*."""
    known = [dataset.name for dataset in mappable()]
    if mapping.dataset not in known:
        message = _("There is no dataset {name}.").format(name=mapping.dataset)
        raise UsageError(message, suggestion(mapping.dataset, known))
    if not mapping.name:
        raise UsageError(_("The mapping needs a name."), _("Give it one, such as the name of the tool."))
    names = [column.name for column in columns_of(mapping.dataset)]
    for column in (*mapping.columns, *mapping.constants):
        if column not in names:
            message = _("{dataset} has no column {name}.").format(dataset=mapping.dataset, name=column)
            raise UsageError(message, suggestion(column, names))
    _check_headers(mapping, list(headers))
    for column, value in mapping.constants.items():
        check_constant(mapping.dataset, column, value)
    _check_complete(mapping)


def _check_headers(mapping: Mapping, headers: list[str]) -> None:
    taken: dict[str, str] = {}
    bones = {skeleton(header) for header in headers}
    for column, header in mapping.columns.items():
        if skeleton(header) not in bones:
            message = _("The file has no column “{header}”.").format(header=header)
            raise UsageError(message, suggestion(header, headers))
        other = taken.setdefault(skeleton(header), column)
        if other != column:
            message = _("The column “{header}” is given for two things: {one} and {other}.")
            raise UsageError(message.format(header=header, one=other, other=column), _("Choose one of them."))


def check_constant(dataset: str, column: str, value: str) -> None:
    """Raise UsageError when *value* cannot stand in *column* for every row."""
    kinds = {each.name: each.type for each in columns_of(dataset)}
    if kinds.get(column) in _TIMES:
        message = _("{column} cannot be the same in every row: next month's file would be booked on the same day.")
        raise UsageError(message.format(column=column), _("Export the file with a column for it."))
    shape = _CURRENCY if column == "currency" else _SHAPES.get(kinds.get(column, Type.TEXT), _ANYTHING)
    if not shape.fullmatch(value):
        message = _("{column} cannot be {value}.").format(column=column, value=repr(value))
        raise UsageError(message, _("Write numbers like 12.5, yes and no as true and false, currencies like EUR."))


def _check_complete(mapping: Mapping) -> None:
    lacking = missing(mapping.dataset, {*mapping.columns, *mapping.constants})
    if lacking:
        labels = ", ".join(f"{column_label(mapping.dataset, name)} ({name})" for name in lacking)
        message = _("{dataset} needs what the mapping does not say yet: {columns}.")
        raise UsageError(
            message.format(dataset=mapping.dataset, columns=labels),
            _("Name a column of the file for each, or a value that holds for all rows."),
        )


def default_title(file_name: str) -> str:
    """What to call a mapping of the file *file_name*: its name without days and numbers."""
    words = re.sub(r"[\d_.()-]+", " ", file_name).split()
    return " ".join(words) or _("My export")


def _quoted(text: str) -> str:
    # JSON's strings are TOML's but for one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
