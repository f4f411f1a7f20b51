"""People who type into one review at once, each over a session of their own that speaks as the browser does."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg

from core.config import Home
from journal.models import Note
from journal.opening import open_journal
from journal.operations import drafts, reviews
from journal.operations.history import Search, search
from journal.operations.reviews import ReviewPlan
from journal.people import Actor
from journal.words import Rhythm, Role
from tests.bench.sessions import Reader
from tests.department import build_department

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.proto.WidgetStates_pb2 import WidgetState
    from websockets.asyncio.client import ClientConnection

HEAD: Final = Actor("me", Role.HEAD)
HERE: Final = "INSERT INTO target.people BY NAME SELECT '{id}' AS person_id, '{name}' AS name, true AS active"


@dataclass(frozen=True)
class Person:
    """Somebody of the plan."""

    id: str
    name: str

    @property
    def statement(self) -> str:
        """What puts them into the plan."""
        return HERE.format(id=self.id, name=self.name)


def people(count: int) -> list[Person]:
    """So many people with invented names."""
    return [Person(f"p{number:02}", f"Typist {number:02}") for number in range(count)]


@dataclass(frozen=True)
class Widget:
    """A button or a field on the page, and the part of the page that is drawn anew with it."""

    id: str
    fragment: str


class Typist(Reader):
    """One person at the meeting, who knows the buttons and fields of their page by their keys."""

    def __init__(self, socket: ClientConnection) -> None:
        """Speak over *socket*."""
        super().__init__(socket)
        self._widgets: dict[str, Widget] = {}
        self._states: dict[str, WidgetState] = {}
        self._query = self._page = ""

    def heard(self, message: ForwardMsg) -> None:
        """Take note of the page, and of every button and field on it."""
        if message.WhichOneof("type") == "navigation":
            self._page = message.navigation.page_script_hash
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in {"button", "text_area"}:
            number = str(getattr(element, kind).id)
            # An id ends in the key: $$ID-0123abcd-kk_entry_note.
            self._widgets[number.split("-", 2)[-1]] = Widget(number, message.delta.fragment_id)

    async def arrive(self, person: Person, review: int, step: str) -> None:
        """Open the meeting at *step*."""
        self._query = urlencode({"me": person.id, "review": str(review), "step": step})
        await self.visit("meeting", self._query)

    async def press(self, key: str) -> float:
        """Click the button *key*; the seconds until everything is there."""
        message, widget = self._message(key)
        message.rerun_script.widget_states.widgets.add(id=widget.id, trigger_value=True)
        return await self.ask(message)

    async def type(self, key: str, text: str) -> float:
        """Have the field whose key begins with *key* say *text*; the seconds until the server has kept it."""
        message, widget = self._message(key)
        state = message.rerun_script.widget_states.widgets.add(id=widget.id, string_value=text)
        self._states[widget.id] = cast("WidgetState", state)
        return await self.ask(message)

    def _message(self, key: str) -> tuple[BackMsg, Widget]:
        """The browser's message about the widget *key*, with what all other fields say."""
        widget = next(widget for name, widget in reversed(self._widgets.items()) if name.startswith(key))
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.fragment_id = self._query, self._page, widget.fragment
        asked.widget_states.widgets.extend(state for number, state in self._states.items() if number != widget.id)
        return message, widget


@dataclass(frozen=True)
class Written:
    """What people were told is safe: the notes they kept, and the words they are still typing; by person."""

    kept: dict[str, list[str]]
    begun: dict[str, str]
    slowest: float


def one_review(folder: Path, typists: Sequence[Person] = ()) -> tuple[Home, int]:
    """A small department of *typists* in *folder*, and the number of the review that is going on there."""
    home = build_department(Home(folder), *(person.statement for person in typists))
    journal = open_journal(home, HEAD)
    plan = ReviewPlan("Weekly", Rhythm.WEEKLY, datetime(2026, 11, 23, 8, tzinfo=UTC))
    return home, reviews.open_review(journal, reviews.plan_review(journal, plan).id).id


def in_the_journal(home: Home, typists: list[Person]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What the journal of *home* has of *typists*: their notes, and what they are still typing."""
    journal = open_journal(home, HEAD)
    kept: dict[str, list[str]] = {}
    for note in reversed(search(journal, Search(types=(Note,)), limit=100_000)):
        assert isinstance(note, Note)
        kept.setdefault(note.created_by, []).append(note.text)
    theirs = {person.name: journal.used_by(Actor(person.name, Role.CONTRIBUTOR)) for person in typists}
    return kept, {name: "\n".join(draft.text for draft in drafts.drafts(mine)) for name, mine in theirs.items()}


async def type_together(url: str, review: int, typists: list[Person], size: tuple[int, int]) -> Written:
    """Have all *typists* at once write so many notes in so many pieces each, and begin one more; what they wrote."""
    notes, pieces = size
    async with AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(Typist.open(url)) for _ in typists]
        works = (_write(one, person, review, size) for one, person in zip(sessions, typists, strict=True))
        taken = await asyncio.gather(*works)
    kept = {person.name: [_text(person, note, pieces) for note in range(notes)] for person in typists}
    begun = {person.name: _text(person, notes, pieces) for person in typists}
    return Written(kept, begun, max(taken))


async def _write(typist: Typist, person: Person, review: int, size: tuple[int, int]) -> float:
    notes, pieces = size
    await typist.arrive(person, review, "routine")
    taken = []
    for note in range(notes + 1):
        await typist.press("kk_entry_note")
        taken += [await typist.type("kk_text_", _text(person, note, piece)) for piece in range(1, pieces + 1)]
        if note < notes:
            await typist.press("kk_entry_keep")
    return max(taken)


def _text(person: Person, note: int, pieces: int) -> str:
    """What *person* has typed of their *note* after so many pauses."""
    return " ".join([f"{person.name}, {note}:", *(f"piece {piece} żółć 🙂" for piece in range(pieces))])
