"""What people call datasets and their columns, in three languages: names for the screen and spellings to look for."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from connectors.exports.headers import skeleton
from core.language import current_language
from warehouse.contract import Column, Part, Type
from warehouse.datasets import DATASETS, FACTS, PLAN

if TYPE_CHECKING:
    from warehouse.contract import Dataset

FILE: Final = Path(__file__).parent / "synonyms.toml"
POSITION: Final = "position"
DERIVED: Final = frozenset(
    {"load_id", "shape", "occurrence", "level", "is_final", "slice", "filters", "search_type", "position_sum"}
)
"""Columns that Kokpit fills itself; nobody has to say where they are."""
_MARKS: Final = re.compile(r"[\s_.:;#№/\\-]+")


@dataclass(frozen=True)
class Spelling:
    """One way to write a column's name: in which language, and how many stand before it."""

    bones: str
    language: str
    place: int


def mappable() -> tuple[Dataset, ...]:
    """The datasets that a file of people's own can be loaded into."""
    return (*FACTS, *PLAN)


@cache
def columns_of(dataset: str) -> tuple[Column, ...]:
    """The columns of *dataset* that a file can have; an average position stands for the sum of positions."""
    contract = DATASETS[dataset]
    columns = [column for column in contract.columns if column.name not in DERIVED]
    if "position_sum" in contract.by_name:
        columns.append(Column(POSITION, Type.DECIMAL, Part.MEASURE, "The average position in the results."))
    return tuple(columns)


def has_to_be_known(dataset: str, column: Column) -> bool:
    """Whether no row says anything without *column*."""
    return column.required and column.name != "day_end" and column in columns_of(dataset)


def bones(header: str) -> str:
    """The skeleton of *header* without the marks that stand between words, or above and through letters."""
    parts = unicodedata.normalize("NFKD", skeleton(header).replace("ł", "l"))
    return _MARKS.sub(" ", "".join(part for part in parts if not unicodedata.combining(part))).strip()


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _about(dataset: str) -> dict[str, Any]:
    found: dict[str, Any] = _document()["datasets"][dataset]
    return found


@cache
def _words(dataset: str, column: str) -> dict[str, list[str]]:
    own: dict[str, list[str]] = _about(dataset).get("columns", {}).get(column) or _document()["columns"][column]
    return own


@cache
def spellings(dataset: str, column: str) -> tuple[Spelling, ...]:
    """How people write the name of *column*, its own name in the dataset among them."""
    written = [
        Spelling(bones(word), language, place)
        for language, words in _words(dataset, column).items()
        for place, word in enumerate(words)
    ]
    return (*written, Spelling(bones(column), "en", 0))


@cache
def file_words(dataset: str) -> frozenset[str]:
    """Words in a file's name that speak for *dataset*."""
    return frozenset(map(bones, (*_about(dataset).get("words", ()), dataset)))


def dataset_meaning(dataset: str) -> str:
    """What the rows of *dataset* are, in one sentence of the reader's language."""
    meanings: dict[str, str] = _about(dataset)["meaning"]
    return meanings.get(current_language(), DATASETS[dataset].meaning)


def column_label(dataset: str, column: str) -> str:
    """What *column* is called on screen, in the reader's language."""
    return _words(dataset, column)[current_language()][0]
