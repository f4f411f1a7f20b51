"""Writing a source into ``kokpit.toml``: what people wrote there stays as it is, remarks included."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array

from connectors.memo import write_whole
from connectors.registry import checked_kind
from core.config import Home, read_configuration
from core.errors import AccessError, ConfigurationError
from core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tomlkit import TOMLDocument

    from core.config import Source


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """*wanted* as the name of a source, with a number behind it where it is *taken*."""
    names, number, found = set(taken), 1, wanted
    while found in names:
        number += 1
        found = f"{wanted} {number}"
    return found


def add_source(home: Home, source: Source, language: str) -> None:
    """Write *source* at the end of ``kokpit.toml``; one that is made for it says the *language* that is in use.

    Raises ConfigurationError where the source is wrong or the file cannot be read, AccessError where it is not to be
    written.
    """
    file = home.configuration.resolve()
    checked_kind(source, home)
    is_new = not file.exists()
    before = "" if is_new else file.read_bytes().decode("utf-8-sig", "replace")
    # What is added to a last line without an end would be read as part of it.
    document = _parsed(home, before if before.endswith("\n") or not before else f"{before}\n")
    if is_new:
        document["reporting"] = {"language": language}
    _append(document, {"name": source.name, "kind": source.kind, **source.options})
    text = document.as_string()
    if "\r\n" in before:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    _try_out(home, text)
    try:
        write_whole(file, text)
    except OSError as error:
        message = _("{file} cannot be written: {error}.").format(file=file, error=error.strerror or error)
        raise AccessError(message, _("Give yourself the right to write there.")) from error


def _parsed(home: Home, text: str) -> TOMLDocument:
    # Its mistakes are told as everywhere.
    read_configuration(home)
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        message = _("{path} cannot be read: {error}.").format(path=home.configuration, error=error)
        raise ConfigurationError(message, _("Write the source into it by hand.")) from error


def _append(document: TOMLDocument, entry: dict[str, Any]) -> None:
    there = document.get("source")
    if isinstance(there, Array):
        there.append(entry)
        return
    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, value)
    if isinstance(there, AoT):
        there.append(table)
    else:
        document.append("source", tomlkit.aot())
        document["source"].append(table)


def _try_out(home: Home, text: str) -> None:
    """Read *text* as Kokpit will, before anything is replaced. Raises ConfigurationError."""
    with tempfile.TemporaryDirectory(prefix="kokpit-") as place:
        passing = Home(Path(place))
        passing.configuration.write_text(text, encoding="utf-8", newline="")
        try:
            read_configuration(passing)
        except ConfigurationError as error:
            message = error.message.replace(str(passing.configuration), str(home.configuration))
            raise ConfigurationError(message, error.next_step) from error
