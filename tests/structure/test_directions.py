"""Who may import whom, for the packages (import-linter) and for what import-linter does not see."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING, Final

from tests.structure.sources import ROOT, Import, imports, page_files, source_files, suite_files

if TYPE_CHECKING:
    from pathlib import Path

FRONT_ENDS: Final = ("ui/", "pages/", "app.py")
TERMINAL: Final = {path.name for path in ROOT.glob("*.py")} - {"app.py"}
OWN: Final = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")} | {"pages"}
DISTRIBUTIONS: Final = packages_distributions()


def test_import_contracts_hold() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_package_is_under_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    under_contract = set(settings["tool"]["importlinter"]["root_packages"])
    present = {path.parent.name for path in ROOT.glob("*/*.py")} | ({"pages"} if page_files() else set())
    assert present - {"tests"} == under_contract


def test_only_the_warehouse_imports_duckdb() -> None:
    assert [use for use in _uses("duckdb") if not use.file.startswith("warehouse/")] == []


def test_only_the_front_end_imports_streamlit_and_altair() -> None:
    uses = [*_uses("streamlit"), *_uses("altair")]
    assert [use for use in uses if not use.file.startswith(FRONT_ENDS)] == []


def test_the_command_line_knows_no_page() -> None:
    assert [use for use in _uses("ui", "pages", "app") if use.file in TERMINAL] == []


def test_nothing_imports_a_page_or_an_entry_point() -> None:
    assert _uses("pages", "app", "cli") == []


def test_pages_import_the_ui_and_words_only() -> None:
    barred = {"duckdb", "altair", "sqlalchemy", "sqlglot", "connectors", "data", "pandas", "pyarrow"}
    assert [use for path in page_files() for use in imports(path) if use.module.split(".")[0] in barred] == []


def test_every_imported_distribution_is_required() -> None:
    runtime, development = _required("requirements.txt"), _required("requirements-dev.txt")
    missing = {f"{use.file}: {use.module}" for path in source_files() for use in _outside(path, runtime)}
    missing |= {f"{use.file}: {use.module}" for path in suite_files() for use in _outside(path, runtime | development)}
    assert missing == set()


def _uses(*names: str) -> list[Import]:
    """The program's imports of the top-level modules *names*."""
    return [use for path in source_files() for use in imports(path) if use.module.split(".")[0] in names]


def _required(name: str) -> set[str]:
    """The distributions that the requirements file *name* asks for itself."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {_normal(re.split(r"[<>=\[;]", line)[0].strip()) for line in lines if line[:1].isalpha()}


def _outside(path: Path, required: set[str]) -> list[Import]:
    """What *path* imports from distributions that are not among *required*."""
    tops = ((use, use.module.split(".")[0]) for use in imports(path))
    foreign = ((use, top) for use, top in tops if top not in OWN and top not in sys.stdlib_module_names)
    return [use for use, top in foreign if not required & {_normal(name) for name in DISTRIBUTIONS.get(top, [top])}]


def _normal(distribution: str) -> str:
    return distribution.lower().replace("_", "-")
