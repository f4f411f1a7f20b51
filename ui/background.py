"""Work that takes a while: it goes on when whoever began it turns to another page or reloads, and is found again."""

from __future__ import annotations

from contextvars import copy_context
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import streamlit as st

from ui import troubles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

BEAT: Final = 0.1
T = TypeVar("T")
_AT_WORK: Final[dict[tuple[str, Path], Work[Any]]] = {}


class Work(Generic[T]):
    """A task on its way in a thread of its own; the task is given this, to tell how far it is."""

    def __init__(self, label: str, task: Callable[[Work[T]], T], known_as: tuple[str, Path] | None = None) -> None:
        """The *task* begins at once, in the language in use; *label* is what there is to say of it so far.

        It is *known as* a kind of work in a home: whoever reloads the page begins a session that knows nothing of it.
        """
        self.label, self.share, self._known_as = label, 0.0, known_as
        self.over = Event()
        self._answer: list[T] = []
        self._trouble: BaseException | None = None
        if known_as:
            _AT_WORK[known_as] = self
        run = copy_context().run
        Thread(target=run, args=(self._run, task), name="kokpit-work", daemon=True).start()

    def _run(self, task: Callable[[Work[T]], T]) -> None:
        try:
            self._answer.append(task(self))
        except BaseException as trouble:  # noqa: BLE001 - whoever asks for the answer is given it instead
            self._trouble = trouble
        finally:
            if self._known_as and _AT_WORK.get(self._known_as) is self:
                del _AT_WORK[self._known_as]
            self.over.set()

    def tell(self, label: str, share: float) -> None:
        """Say that *share* of the work is done and what is next."""
        self.label, self.share = label, min(max(share, 0.0), 1.0)

    @property
    def answer(self) -> T:
        """What came of it, once it is over. Raises what the task raised."""
        if self._trouble is not None:
            raise self._trouble
        return self._answer[0]


def at_work(kind: str, home: Path) -> Work[Any] | None:
    """The work of this *kind* that goes on in *home*, whoever began it."""
    return st.session_state.get(kind) or _AT_WORK.get((kind, home))


def see_through(key: str, work: Work[T], bar: DeltaGenerator) -> T:
    """What came of *work*, kept under *key* until it is over while *bar* shows how far it is. Raises what it raised."""
    st.session_state[key] = work
    while not work.over.wait(BEAT):
        # Drawn even where nothing has changed: that is when the reader may turn elsewhere, and finds it here again.
        bar.progress(work.share, text=troubles.plain(work.label))
    del st.session_state[key]
    return work.answer
