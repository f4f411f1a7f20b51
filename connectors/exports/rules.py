"""What a declaration says about reading cells beyond their type: the table ``[rules]`` of a format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.errors import ConfigurationError, suggestion

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

KEYS: Final = frozenset({"joined", "divided", "removed", "minutes_since", "born", "told", "otherwise", "where"})


@dataclass(frozen=True)
class Rules:
    """How cells become values, column by column.

    *joined* columns take all headers of their name, separated by commas; numbers are *divided*; patterns are *removed*
    from texts. A moment may be a number of *minutes_since* another one, or the one an id was *born* at. A column may be
    *told* by words in others, *otherwise* have a fixed value, and count only *where* another has one of some values.
    """

    joined: tuple[str, ...] = ()
    divided: dict[str, int] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    minutes_since: dict[str, str] = field(default_factory=dict)
    born: dict[str, str] = field(default_factory=dict)
    told: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    otherwise: dict[str, str] = field(default_factory=dict)
    where: dict[str, dict[str, list[str]]] = field(default_factory=dict)


NO_RULES: Final = Rules()


def read_rules(path: Path, table: dict[str, Any], columns: Container[str]) -> Rules:
    """The rules in the *table* of the file *path*. Raises ConfigurationError where they name what is not known."""
    for key, rule in table.items():
        if key not in KEYS:
            message = f"{path}: the key rules.{key} is not known."
            raise ConfigurationError(message, suggestion(key, KEYS))
        for column in rule:
            if column not in columns:
                message = f"{path}: rules.{key} names {column!r}, which is no column of the dataset."
                raise ConfigurationError(message, "Use the dataset's own names of columns.")
    joined = tuple(table.get("joined", ()))
    return Rules(**{**table, "joined": joined, "told": _folded(table.get("told", {}))})


def _folded(told: dict[str, dict[str, dict[str, str]]]) -> dict[str, dict[str, dict[str, str]]]:
    """The same words in small letters, as cells are compared with them."""
    return {
        column: {by: {word.casefold(): meaning for word, meaning in words.items()} for by, words in sources.items()}
        for column, sources in told.items()
    }
