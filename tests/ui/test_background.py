"""Work that goes on while its reader looks at another page."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from core.language import _, use_language
from ui.background import Work, at_work, see_through

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

KEY = "kk_work"


class TurnedAwayError(Exception):
    """What Streamlit raises in a run whose reader went on, as soon as something is drawn."""


class Bar:
    """A bar that keeps what it shows."""

    def __init__(self, *, turned_away: bool = False) -> None:
        """Its reader looks at it, unless they *turned away*."""
        self.shown: list[tuple[float, str]] = []
        self._turned_away = turned_away
        self.seen = Event()

    def progress(self, share: float, text: str) -> None:
        """Show *share* and *text*, unless the reader is gone."""
        if self._turned_away:
            raise TurnedAwayError
        self.shown.append((share, text))
        self.seen.set()


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What is kept between the runs of one reader."""
    kept: dict[str, object] = {}
    monkeypatch.setattr("streamlit.session_state", kept)
    return kept


def drawn(bar: Bar) -> DeltaGenerator:
    """*bar* as Streamlit's own."""
    return bar  # type: ignore[return-value]


def test_the_bar_shows_how_far_it_is_and_the_answer_comes(session: dict[str, object]) -> None:
    told, go_on = Event(), Event()
    bar = Bar()

    def task(work: Work[int]) -> int:
        work.tell("Loading a_b.csv …", 1.5)
        told.set()
        go_on.wait(5)
        return 42

    work = Work("Loading …", task)
    told.wait(5)
    bar.seen = go_on
    assert see_through(KEY, work, drawn(bar)) == 42
    assert bar.shown[0] == (1.0, r"Loading a\_b.csv …")
    assert session == {}


def test_who_turns_elsewhere_finds_it_again(session: dict[str, object]) -> None:
    go_on = Event()
    work: Work[str] = Work("Loading …", lambda _work: str(go_on.wait(5)))
    with pytest.raises(TurnedAwayError):
        see_through(KEY, work, drawn(Bar(turned_away=True)))
    assert session == {KEY: work}
    go_on.set()
    assert see_through(KEY, work, drawn(Bar())) == "True"
    assert session == {}


def test_who_begins_anew_finds_what_goes_on(session: dict[str, object], tmp_path: Path) -> None:
    go_on = Event()
    work: Work[str] = Work("Loading …", lambda _work: str(go_on.wait(5)), (KEY, tmp_path))
    assert session == {}
    assert at_work(KEY, tmp_path) is work
    assert at_work(KEY, tmp_path / "elsewhere") is None
    assert at_work("kk_other_work", tmp_path) is None
    go_on.set()
    work.over.wait(5)
    assert at_work(KEY, tmp_path) is None


def test_of_two_in_one_home_the_later_one_is_found(session: dict[str, object], tmp_path: Path) -> None:
    assert session == {}
    first, second = Event(), Event()
    earlier: Work[bool] = Work("", lambda _work: first.wait(5), (KEY, tmp_path))
    later: Work[bool] = Work("", lambda _work: second.wait(5), (KEY, tmp_path))
    first.set()
    earlier.over.wait(5)
    assert at_work(KEY, tmp_path) is later
    second.set()
    later.over.wait(5)


def test_what_goes_wrong_is_raised_where_the_answer_is_asked_for(session: dict[str, object]) -> None:
    def task(_work: Work[int]) -> int:
        raise ValueError(KEY)

    with pytest.raises(ValueError, match=KEY):
        see_through(KEY, Work("Loading …", task), drawn(Bar()))
    assert session == {}


def test_it_speaks_the_language_of_its_reader(session: dict[str, object]) -> None:
    assert session == {}
    use_language("pl")
    assert see_through(KEY, Work("", lambda _work: _("loaded")), drawn(Bar())) == "wczytano"
