"""`make check` has nothing to say; requirements are bounded; nothing points at somebody's machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.structure.sources import BINARY, ROOT, own_files, relative

CHECKS: Final = {
    "ruff check": ("ruff", "check", "--no-cache", "--quiet", "--output-format=concise"),
    "ruff format": ("ruff", "format", "--check", "--no-cache", "--quiet"),
    "mypy": ("mypy", "--no-pretty", "--no-error-summary"),
}
REQUIREMENT: Final = re.compile(r"^[a-z0-9-]+>=\d[\d.]*,<\d[\d.]*$")
# The folders people's files live in, spelled so that this file does not find itself.
PEOPLE: Final = ("/" + "root/", "/" + r"home/[a-z][\w-]*/", "/" + r"Users/\w", r"[A-Z]:\\U" + r"sers\\\w")
HOMES: Final = re.compile(rf"(?<![\w.~/-])(?:{'|'.join(PEOPLE)})")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("check", CHECKS)
def test_the_checkers_agree(check: str) -> None:
    command = [sys.executable, "-m", *CHECKS[check]]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_both_bounds(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert asked
    assert [line for line in asked if not REQUIREMENT.match(line)] == []
    assert asked == sorted(asked, key=lambda line: line.split(">=")[0])


def test_development_includes_running() -> None:
    assert "-r requirements.txt" in (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()


def test_no_file_points_at_a_machine() -> None:
    here = {str(ROOT), str(Path.home()) + "/"} - {"/", "//"}
    found = []
    for path in own_files():
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if HOMES.search(line) or any(place in line for place in here):
                found.append(f"{relative(path)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("open('/" + "home/ada/export.csv')", True),
        (r"C:\U" + r"sers\Ada\export.csv", True),
        ("pages/home/cockpit.py", False),
        ("data/home/inbox/", False),
        ("http://localhost:8501/home/cockpit", False),
    ],
)
def test_machine_paths_are_told_from_others(line: str, points: bool) -> None:
    assert bool(HOMES.search(line)) == points
