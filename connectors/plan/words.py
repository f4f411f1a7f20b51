"""Tables, columns and choices as people write them: by their own name, or in any of Kokpit's languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from connectors.exports.headers import skeleton
from connectors.plan.tables import TABLES, columns_of
from core.language import LANGUAGES, N_, _, translated
from warehouse.datasets import DATASETS, titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.contract import Dataset

CHOICES: Final = {
    "people.role": {
        "head": N_("head of the department"),
        "owner": N_("process owner"),
        "contributor": N_("contributor"),
        "viewer": N_("viewer"),
    },
    "people.language": dict(LANGUAGES),
    "custom_kpis.unit": {
        "number": N_("number"),
        "percent": N_("percent"),
        "money": N_("money"),
        "hours": N_("hours"),
        "days": N_("days"),
    },
    "custom_kpis.better": {
        "higher": N_("higher is better"),
        "lower": N_("lower is better"),
        "in_range": N_("best within a range"),
        "neither": N_("neither is better"),
    },
    "projects.status": {
        "planned": N_("planned"),
        "on_track": N_("on track"),
        "at_risk": N_("at risk"),
        "late": N_("behind schedule"),
        "done": N_("finished"),
        "stopped": N_("stopped"),
    },
    "budget_lines.funded_by": {
        "own": N_("own money"),
        "partner": N_("the partner"),
        "client": N_("the client"),
    },
    "budget_lines.kind": {
        "spend": N_("expense"),
        "discount": N_("discount"),
    },
}
"""The values that a column may have, each with what it is called."""
READ_ME: Final = N_("Read me")
LISTS: Final = N_("Lists")
YES: Final = {True: N_("yes"), False: N_("no")}
LINK: Final = " — "
"""Stands between the id and the name of something that was chosen from a list."""
EXAMPLE: Final = "# "
"""What a row that is not read starts with."""


def plain(text: str) -> str:
    """*text* in a form that is equal for everything that is meant to be equal."""
    return skeleton(text.replace("_", " ").replace("-", " ").replace("ё", "е"))


def _spellings(text: str) -> set[str]:
    return {plain(translated(text, language)) for language in LANGUAGES}


@cache
def tables_by_name() -> dict[str, str]:
    """Every spelling of a table's name → the dataset."""
    return {plain(name + ".csv"): name for name in TABLES} | by_title(TABLES)


def by_title(datasets: Iterable[str]) -> dict[str, str]:
    """Every spelling of the names of *datasets* → the dataset."""
    return {spelling: name for name in datasets for spelling in {plain(name), *_spellings(titles.TABLES[name])}}


@cache
def columns_by_name(table: str) -> dict[str, str]:
    """Every spelling of a header of *table* → the column."""
    return {
        spelling: column.name
        for column in columns_of(TABLES[table])
        for spelling in {plain(column.name), *_spellings(titles.english_column_title(table, column.name))}
    }


@cache
def dimensions_by_name() -> dict[str, str]:
    """Every spelling of a dimension → the dimension."""
    return {
        spelling: name
        for dataset in DATASETS.values()
        for name in dataset.dimensions
        for spelling in {plain(name), *_spellings(titles.english_column_title(dataset.name, name))}
    }


@cache
def choices_by_name(table: str, column: str) -> dict[str, str]:
    """Every spelling of a choice of *column* → the choice; empty where everything may be written."""
    return {
        spelling: choice
        for choice, text in CHOICES.get(f"{table}.{column}", {}).items()
        for spelling in {plain(choice), *_spellings(text)}
    }


@cache
def yes_or_no() -> dict[str, bool]:
    """Every spelling of yes and no."""
    signs = {"true": True, "1": True, "x": True, "+": True, "false": False, "0": False, "-": False}
    words = {spelling: value for value, text in YES.items() for spelling in _spellings(text)}
    return (
        signs
        | words
        | {"prawda": True, "falsz": False, plain("fałsz"): False, plain("истина"): True}
        | {plain("ложь"): False}
    )


@cache
def helping_sheets() -> frozenset[str]:
    """The spellings of the sheets of the template that hold no table."""
    return frozenset(_spellings(READ_ME) | _spellings(LISTS))


def choice_titles(dataset: Dataset, column: str) -> list[str]:
    """The choices of *column* in the language in use; empty where everything may be written."""
    return [_(text) for text in CHOICES.get(f"{dataset.name}.{column}", {}).values()]
