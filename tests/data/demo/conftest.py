"""One small demonstration department for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.demo.generate import write_department
from tests.data.demo.reading import DAYS, LAST

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def department(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a department with 400 days of data."""
    folder = tmp_path_factory.mktemp("department")
    write_department(folder, LAST, DAYS)
    return folder


@pytest.fixture(scope="session")
def inbox(department: Path) -> Path:
    """Its exports."""
    return department / "inbox"
