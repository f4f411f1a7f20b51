"""Whatever becomes of the page, the connection or the server: the words that were being typed are there again."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Final

import pytest

from core.config import Home
from journal.models import Note
from journal.opening import open_journal
from journal.operations import drafts, exceptions, reviews
from journal.operations.history import Search, search
from journal.people import Actor
from journal.words import Outcome, Role
from tests.browser.chromium import settled, visit
from tests.browser.serving import free_port, serving
from tests.department import build_department

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from journal.work import Journal
    from tests.browser.serving import Cockpit

HEAD: Final = Actor("me", Role.HEAD)
# Every message to the server takes as long as `slow` says, and all connections can be cut.
SLOW: Final = """
  window.slow = 0
  window.sockets = []
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (message) {
    if (!window.sockets.includes(this)) window.sockets.push(this)
    setTimeout(() => this.readyState === 1 && send.call(this, message), window.slow)
  }
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cockpit]:
    """The cockpit of a small department whose first review has begun."""
    home = build_department(Home(tmp_path_factory.mktemp("team")))
    with serving(home.path, lifetime=300) as running:
        yield running


@pytest.fixture(scope="module")
def begun(team: Cockpit) -> int:
    """The number of the review that is going on."""
    return begin(team)


def begin(team: Cockpit) -> int:
    from playwright.sync_api import sync_playwright  # noqa: F401, PLC0415
    raise NotImplementedError
