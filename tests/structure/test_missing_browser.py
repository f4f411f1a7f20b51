"""Without a browser the run says what it left out; where ``CI`` is set it fails."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.structure.sources import ROOT

LEFT_OUT = "browser tests: install Chromium, or name one in KOKPIT_CHROMIUM, and run again."


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_browser_is_told(ci: str, code: int) -> None:
    result = _run_without_browser(ci)
    assert result.returncode == code, result.stdout + result.stderr
    last_lines = "\n".join(result.stdout.splitlines()[-12:])
    assert (LEFT_OUT in last_lines) == (code == 0)
    assert ("needs Chromium, and CI is set" in result.stdout) == (code == 1)


def _run_without_browser(ci: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-k", "opens_without", "tests/browser"]
    environment = {**os.environ, "CI": ci, "KOKPIT_CHROMIUM": "no-such-browser"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
