"""The repository's own files, and what can be counted in them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
MADE: Final = {".git", ".venv", "build", "home", "demo-home", "__pycache__", "node_modules"}
BINARY: Final = {".png", ".xlsx", ".zip", ".parquet", ".ico"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Import(NamedTuple):
    """One imported module, and the file that imports it (relative to the repository)."""

    file: str
    module: str


@cache
def own_files(pattern: str = "*") -> tuple[Path, ...]:
    """Every file of the repository that somebody wrote."""
    # An environment beside them has a hundred times as many files: it is not walked through.
    tops = [path for path in ROOT.iterdir() if path.name not in MADE]
    found = (path for top in tops for path in (top.rglob(pattern) if top.is_dir() else ROOT.glob(top.name)))
    return tuple(sorted(path for path in found if path.is_file() and path.match(pattern) and not _made(path)))


def _made(path: Path) -> bool:
    """Whether a tool or the running program made *path*."""
    parts = path.relative_to(ROOT).parts[:-1]
    caches = any(part.endswith("_cache") or part in {".hypothesis", "__pycache__"} for part in parts)
    return caches or bool(MADE & set(parts[:1])) or (parts[:1] == ("data",) and bool(MADE & set(parts[1:2])))


@cache
def source_files() -> tuple[Path, ...]:
    """The program's Python files: everything but the tests."""
    return tuple(path for path in own_files("*.py") if path.relative_to(ROOT).parts[0] != "tests")


@cache
def suite_files() -> tuple[Path, ...]:
    """The tests' Python files."""
    return tuple(path for path in own_files("*.py") if path.relative_to(ROOT).parts[0] == "tests")


@cache
def page_files() -> tuple[Path, ...]:
    """The scripts that Streamlit shows as pages."""
    return tuple(path for path in source_files() if path.relative_to(ROOT).parts[0] == "pages")


def relative(path: Path) -> str:
    """*path* as it is called within the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of *path*."""
    return ast.parse(path.read_text(encoding="utf-8"))


def line_count(path: Path) -> int:
    """How many lines *path* has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    """Every function and method in *path*, nested ones too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def body_length(function: Function) -> int:
    """How many lines the body of *function* has, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1 if body else 0


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Every module that *path* imports, wherever in the file."""
    found: list[Import] = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += (Import(relative(path), alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(Import(relative(path), node.module))
    return tuple(found)
