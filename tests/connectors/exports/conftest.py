"""Loads each case once, as its tests run in one process; those that change something get a copy."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from connectors.exports.load import load_files
from core.config import Home
from tests.connectors.contract import ExportContract, Loaded, count_in_dollars

if TYPE_CHECKING:
    from pathlib import Path

    from tests.connectors.exports.case import Export

_loaded: dict[str, Loaded] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test of a contract for every case of the class that inherits it."""
    if metafunc.cls and issubclass(metafunc.cls, ExportContract) and "case" in metafunc.fixturenames:
        alike = [
            pytest.param(case, marks=pytest.mark.xdist_group(f"{case.file} {case.name}")) for case in metafunc.cls.cases
        ]
        metafunc.parametrize("case", alike, ids=str)


@pytest.fixture
def loaded(case: Export, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The case, loaded. Read it only."""
    key = f"{case.file} {case.name}"
    if key not in _loaded:
        folder = tmp_path_factory.mktemp("case")
        home = Home(folder / "home")
        home.path.mkdir()
        count_in_dollars(home)
        path = case.save(folder)
        _loaded[key] = Loaded(home, path, load_files(home, [path], case.options))
    return _loaded[key]


@pytest.fixture
def copied(loaded: Loaded, tmp_path: Path) -> Home:
    """A copy of the home that the case was loaded into."""
    target = tmp_path / "copied"
    shutil.copytree(loaded.home.path, target)
    return Home(target)
