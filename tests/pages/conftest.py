"""The app as a script, without a browser, over the small department that was worked out by hand."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from core.config import Home
from core.period import DAY
from tests.demonstration import ROOT
from tests.department import LAST, build_department
from tests.pages.story import PEOPLE, Story, tell
from ui.pages import BY_ADDRESS, COCKPIT

# Every AppTest looks through all installed packages for components, which takes longer than most pages do.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


class Visit(Protocol):
    """Open a page by its address, with a query; what the reader then sees."""

    def __call__(self, address: str = "", **query: str) -> AppTest: ...


@pytest.fixture(scope="session")
def department(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small department, loaded once. Read it only."""
    return build_department(Home(tmp_path_factory.mktemp("department")))


@pytest.fixture
def visit(department: Home, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Pages of the department as its own people see them, on the day after its last."""
    monkeypatch.setenv("KOKPIT_HOME", str(department.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return visit_page


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Home:
    """An empty home that is the reader's own, seen on the day after the department's last."""
    monkeypatch.setenv("KOKPIT_HOME", str(tmp_path / "own"))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return Home(tmp_path / "own")


@pytest.fixture
def visit_demo(department: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Visit:
    """Pages of the department as a demonstration, to somebody whose own home is empty."""
    monkeypatch.setenv("KOKPIT_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(department.path))
    return visit_page


def visit_page(address: str = "", **query: str) -> AppTest:
    """The page *address* in the homes that the environment names."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page = BY_ADDRESS[address].path
    if address != COCKPIT.url_path:
        if address != Path(page).stem:
            # Until the app has run once, a page is known by the name of its file only.
            app.run()
        app.switch_page(page)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def seen(app: AppTest) -> str:
    """Everything drawn as HTML or written as text, without the style sheet."""
    drawn = [str(element.value) for element in app.html if "<style>" not in str(element.value)]
    written = [str(element.value) for kind in (app.markdown, app.caption, app.warning) for element in kind]
    return "\n".join([*drawn, *written]).replace("\\", "")


def lend(department: Home, folder: Path) -> Home:
    """A home in *folder* with the data of *department* and no journal; what is computed from the data is shared."""
    home = Home(folder)
    shutil.copytree(department.path, home.path, ignore=shutil.ignore_patterns("journal*", home.warehouse.name))
    home.warehouse.symlink_to(department.warehouse, target_is_directory=True)
    return home


def keep(home: Home) -> None:
    """Give *home* the data that was lent to it as its own, to change."""
    lent = home.warehouse.resolve()
    home.warehouse.unlink()
    shutil.copytree(lent, home.warehouse)


@pytest.fixture(scope="session")
def working_department(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small department with people and tasks, loaded once; lent to whoever writes in a journal."""
    return build_department(Home(tmp_path_factory.mktemp("working")), *PEOPLE)


@pytest.fixture
def own_department(working_department: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Home:
    """A department of one's own, to write in, on the day after its last."""
    home = lend(working_department, tmp_path / "department")
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    return home


@pytest.fixture
def story(own_department: Home) -> Story:
    """The department's journal with a story to tell."""
    return tell(own_department)
