"""Modules, functions and pages stay small enough to be read at once."""

from __future__ import annotations

import ast
import re
from statistics import median
from typing import Final

import pytest

from tests.structure.sources import (
    body_length,
    functions,
    line_count,
    page_files,
    parsed,
    relative,
    source_files,
    suite_files,
)

LONGEST_MODULE: Final = 400
MEDIAN_MODULE: Final = 120
LONGEST_FUNCTION: Final = 40
MEDIAN_FUNCTION: Final = 8
LONGEST_PAGE: Final = 80
FRAME_METHODS: Final = {
    *("agg", "aggregate", "apply", "assign", "astype", "concat", "drop", "drop_duplicates", "dropna", "explode"),
    *("fillna", "groupby", "iloc", "iterrows", "itertuples", "loc", "melt", "merge", "nlargest", "nsmallest"),
    *("pivot", "pivot_table", "query", "reset_index", "resample", "rolling", "set_index", "sort_values", "to_pandas"),
}
STATEMENT: Final = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WITH)\b.+\b(FROM|INTO|SET|AS)\b", re.DOTALL)


def test_no_module_is_too_long() -> None:
    lengths = {relative(path): line_count(path) for path in (*source_files(), *suite_files())}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_most_modules_are_short() -> None:
    assert median(line_count(path) for path in source_files()) <= MEDIAN_MODULE


def test_no_function_is_too_long() -> None:
    long = {
        f"{relative(path)}:{function.lineno} {function.name}": body_length(function)
        for path in (*source_files(), *suite_files())
        for function in functions(path)
        if body_length(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_most_functions_are_short() -> None:
    lengths = [body_length(function) for path in source_files() for function in functions(path)]
    assert median(lengths) <= MEDIAN_FUNCTION


def test_pages_are_short_scripts() -> None:
    lengths = {relative(path): line_count(path) for path in page_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_PAGE} == {}


def test_pages_define_no_functions() -> None:
    defined = [f"{relative(path)}: {function.name}" for path in page_files() for function in functions(path)]
    assert defined == []


def test_pages_hold_no_sql() -> None:
    assert [place for path in page_files() for place in _statements(parsed(path), relative(path))] == []


def test_pages_do_no_data_frame_work() -> None:
    used = [
        f"{relative(path)}:{node.lineno} .{node.attr}"
        for path in page_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in FRAME_METHODS
    ]
    assert used == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('rows = ask("SELECT clicks FROM search_totals")', 1),
        ('rows = ask(f"select clicks from {table}")', 0),
        ('st.markdown("Select a week from the list")', 0),
    ],
)
def test_statements_are_told_from_sentences(text: str, found: int) -> None:
    assert len(_statements(ast.parse(text), "page.py")) == found


def _statements(tree: ast.Module, name: str) -> list[str]:
    """Where *tree* holds a string that is SQL (keywords in capitals, as this project writes them)."""
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [f"{name}:{node.lineno}" for node in texts if STATEMENT.search(str(node.value))]
