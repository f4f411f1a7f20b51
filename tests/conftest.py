"""What every test may use: homes that are thrown away, and an end of the run that hides nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

import pytest
from filelock import FileLock
from hypothesis import settings

from core.config import Home
from core.language import use_language
from tests.demonstration import build_demonstration

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_WORKERS: Final = 4
NEEDS_BROWSER: Final = "needs Chromium"
NEEDS_POSTGRES: Final = "needs PostgreSQL"
MISSING: Final = {
    NEEDS_BROWSER: "browser tests: install Chromium, or name one in KOKPIT_CHROMIUM, and run again.",
    NEEDS_POSTGRES: "database tests: install PostgreSQL, or name one in KOKPIT_POSTGRES, and run again.",
}

# The same examples every time: what fails on one machine fails on all, and today's change is what broke it.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("searching", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def _nobodys_home(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """No test ever reads or writes the home of whoever runs it; each starts in English.

    A test without a folder of its own has homes that nobody makes: thousands of empty folders take time.
    """
    own = "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if own else tmp_path_factory.getbasetemp() / "nobody"
    monkeypatch.setenv("KOKPIT_HOME", str(folder / "home"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(folder / "demo-home"))
    use_language("en")
    yield
    use_language("en")
    # Not imported here: most tests need no journal.
    if opening := sys.modules.get("journal.opening"):
        opening.close_all()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home of the test's own; ``KOKPIT_HOME`` names it."""
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demonstration department, built once for the whole run. Read it only: copy it to change it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "demonstration"
    with FileLock(shared / "demonstration.lock"):
        if not (folder / "warehouse" / "CURRENT").exists():
            build_demonstration(folder)
    return Home(folder)


def pytest_xdist_auto_num_workers() -> int:
    """How many tests run at once: one more than there are processors, as those with a browser wait most of the time."""
    return min(MOST_WORKERS, (os.cpu_count() or 1) + 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what was left out because a program is missing."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    left_out = {step: sum(reason in why for why in skipped) for reason, step in MISSING.items()}
    if any(left_out.values()):
        terminalreporter.write_sep("-", "left out")
    for step, count in left_out.items():
        if count:
            terminalreporter.write_line(f"{count} {step}")
