"""What is installed, held against what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from warehouse.versions import Package, required_packages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("installed", "fits"),
    [
        ("2.0", True),
        ("2", True),
        ("2.0.7", True),
        ("2.9.99", True),
        ("2.10", False),
        ("1.9.9", False),
        ("3.0", False),
        ("2.4.0+local7", True),
        (None, False),
    ],
)
def test_from_the_lowest_up_to_the_limit(installed: str | None, fits: bool) -> None:
    assert Package("x", "2.0", "2.10", installed).fits == fits


def test_lines_with_both_bounds_are_read(tmp_path: Path) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text("# what it needs\npytest>=9.0,<10\nno-such-package>=1,<2\n-r other.txt\n")
    found = list(required_packages(file))
    assert [(each.name, each.lowest, each.limit) for each in found] == [
        ("pytest", "9.0", "10"),
        ("no-such-package", "1", "2"),
    ]
    assert (found[0].fits, found[1].installed) == (True, None)
    assert list(required_packages(tmp_path / "none.txt")) == []
