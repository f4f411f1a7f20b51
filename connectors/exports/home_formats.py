"""The formats that people described themselves: TOML files in the home's ``formats`` folder."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from connectors.exports.conventions import check_locale
from connectors.exports.formats import formats, own_formats, read_format
from connectors.exports.mapping import check_constant
from core.errors import ConfigurationError, UsageError, suggestion
from core.remarks import _
from warehouse.datasets import DATASETS, LOG

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.formats import Format
    from connectors.exports.mapping import Mapping
    from core.config import Home

_TEXTS: Final = ("name", "title", "dataset", "source", "locale")
_TABLES: Final = ("constants", "columns", "values", "ignored", "steps")
_LISTS: Final = ("required", "evidence", "forbidden")


def home_formats(home: Home) -> tuple[Format, ...]:
    """The formats of *home*. Raises ConfigurationError that names the file, the key and its value."""
    found: dict[str, Path] = {}
    read = []
    for path in sorted(home.formats.glob("*.toml")):
        declared = _read(path)
        if declared.name in found or declared.name in _shipped():
            other = found.get(declared.name, _("a format that ships with Kokpit"))
            message = _("{file}: the name {name} is taken: {other}.")
            raise ConfigurationError(
                message.format(file=path, name=repr(declared.name), other=other), _("Give it another name.")
            )
        found[declared.name] = path
        read.append(declared)
    return tuple(read)


def keep(home: Home, mapping: Mapping, *, replace: bool = False) -> Path:
    """Keep *mapping* as a format of *home*. Raises UsageError when its name is taken, unless it is to *replace*."""
    path = home.formats / f"{mapping.name}.toml"
    text = mapping.text()
    if mapping.name in _shipped():
        message = _("A format that ships with Kokpit is called {name}.").format(name=mapping.name)
        raise UsageError(message, _("Give the mapping another name."))
    if path.exists() and path.read_text(encoding="utf-8") != text and not replace:
        message = _("There is a mapping {name} already, and it says something else: {file}.")
        raise UsageError(
            message.format(name=mapping.name, file=path), _("Give this one another name, or delete that file.")
        )
    home.formats.mkdir(parents=True, exist_ok=True)
    passing = path.with_suffix(".part")
    passing.write_text(text, encoding="utf-8", newline="\n")
    passing.replace(path)
    return path


def _shipped() -> set[str]:
    return {*formats(), *(declared.name for declared in own_formats())}


def _read(path: Path) -> Format:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = _("{file} cannot be read: {error}.").format(file=path, error=error)
        raise ConfigurationError(message, _("Correct the place named, or delete the file.")) from error
    _check(path, document)
    declared = read_format(path)
    try:
        check_locale(declared.locale)
    except UsageError as error:
        message = f"{path}: {error.message}"
        raise ConfigurationError(message, error.next_step) from error
    for column, value in declared.constants.items():
        _check_constant(path, declared, column, value)
    return declared


def _check(path: Path, document: dict[str, Any]) -> None:
    """Raise ConfigurationError where a value is not of the kind that its key wants."""
    wrong = [
        *((key, document[key]) for key in _TEXTS if not isinstance(document.get(key, ""), str)),
        *((key, document[key]) for key in _LISTS if key in document and not _is_texts(document[key])),
        *((key, document[key]) for key in _TABLES if not isinstance(document.get(key, {}), dict)),
    ]
    for key, value in wrong or _entries(document):
        message = _("{file}: {key} cannot be {value}.").format(file=path, key=key, value=repr(value))
        raise ConfigurationError(message, _("Write texts in quotation marks, and headers as a list of such texts."))
    if document.get("dataset") in {dataset.name for dataset in LOG}:
        message = _("{file}: {key} cannot be {value}.").format(file=path, key="dataset", value=document["dataset"])
        raise ConfigurationError(message, _("Kokpit writes this dataset itself. Name another one."))


def _entries(document: dict[str, Any]) -> list[tuple[str, object]]:
    """Every wrong entry of the tables, as its key and its value."""
    found: list[tuple[str, object]] = []
    for column, spellings in document.get("columns", {}).items():
        if not isinstance(spellings, dict):
            found.append((f"columns.{column}", spellings))
        else:
            found += [(f"columns.{column}.{k}", v) for k, v in spellings.items() if not _is_texts(v)]
    found += [(f"constants.{k}", v) for k, v in document.get("constants", {}).items() if not isinstance(v, str)]
    return found


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _check_constant(path: Path, declared: Format, column: str, value: str) -> None:
    known = DATASETS[declared.dataset].by_name
    if column not in known:
        message = _("{file}: constants.{name} is no column of {dataset}.")
        raise ConfigurationError(
            message.format(file=path, name=column, dataset=declared.dataset), suggestion(column, known)
        )
    try:
        check_constant(declared.dataset, column, value)
    except UsageError as error:
        message = f"{path}: {error.message}"
        raise ConfigurationError(message, error.next_step) from error
