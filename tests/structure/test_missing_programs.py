"""Without a browser or PostgreSQL the run says what it left out; where ``CI`` is set it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

import pytest

from tests.structure.sources import ROOT

BROWSER: Final = ("tests/browser", "opens_without", "KOKPIT_CHROMIUM", "Chromium")
POSTGRES: Final = ("tests/journal/test_failures.py", "mid_meeting", "KOKPIT_POSTGRES", "PostgreSQL")


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
@pytest.mark.parametrize("missing", [BROWSER, POSTGRES], ids=["browser", "postgres"])
def test_a_missing_program_is_told(missing: tuple[str, str, str, str], ci: str, code: int) -> None:
    place, test, variable, program = missing
    result = _run_without(place, test, {variable: "no-such-program", "CI": ci})
    assert result.returncode == code, result.stdout + result.stderr
    last_lines = "\n".join(result.stdout.splitlines()[-12:])
    left_out = f"tests: install {program}, or name one in {variable}, and run again."
    assert (left_out in last_lines) == (code == 0)
    assert (f"needs {program}, and CI is set" in result.stdout) == (code == 1)


def _run_without(place: str, test: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", test, place]
    environment = {**os.environ, **settings}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
