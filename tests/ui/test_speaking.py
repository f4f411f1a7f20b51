"""A part of a page that is drawn anew alone speaks as the page does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.language import current_language, use_language
from ui import fields, state
from ui.homes import shown
from ui.screen import open_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def _english() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.usefixtures("_english")
def test_a_part_drawn_alone_speaks_the_language_of_the_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOKPIT_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("KOKPIT_DEMO_HOME", str(tmp_path / "demonstration"))
    screen = open_screen(shown(), {"lang": "ru"}, None)
    monkeypatch.setattr(state, "screen", lambda: screen)
    # Every run of a part starts in a context of its own, where nothing is said yet.
    use_language("en")
    fields.refresh()
    assert current_language() == "ru"
