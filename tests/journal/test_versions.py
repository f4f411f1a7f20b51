"""However people edit, remove and restore at once: nothing anybody typed is ever gone, and nobody is misled."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from journal.address import file_url
from journal.operations.actions import Promise, add_action, edit_action, open_actions
from journal.operations.history import conflicts, revisions, settle
from journal.operations.notes import remove, restore
from journal.people import Actor
from journal.places import Place
from journal.words import Act, Role
from journal.work import Journal
from tests.journal.conftest import FILE_NAME, hurried, prepared

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=5).filter(str.isalnum)
DAYS = st.dates(date(2026, 11, 1), date(2026, 11, 5))


@cache
def _empty_journal() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILE_NAME
        prepared(file_url(file)).close()
        return file.read_bytes()


class Editing(RuleBasedStateMachine):
    """Two people change the text and the day of one action; each remembers some version they saw."""

    seen = Bundle("seen")

    def __init__(self) -> None:
        """Start with an empty journal."""
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        file = Path(self.folder.name) / FILE_NAME
        file.write_bytes(_empty_journal())
        self.journal = Journal(hurried(file_url(file)), Actor("ada", Role.HEAD))
        self.typed: set[str] = set()
        self.versions: dict[int, dict[str, Any]] = {}
        self.number = 0

    @initialize(target=seen, text=TEXTS, day=DAYS)
    def begin(self, text: str, day: date) -> int:
        """Somebody writes the action."""
        self.number = add_action(self.journal, Place(), Promise(text, "jan", day)).id
        self.typed.add(text)
        self.versions[1] = {"text": text, "due": day}
        return 1

    @rule(target=seen, version=seen, text=TEXTS, day=DAYS, person=st.sampled_from(["ada", "jan"]))
    def edit(self, version: int, text: str, day: date, person: str) -> object:
        """Somebody who saw *version* wants another text and another day."""
        mine = self.journal.used_by(Actor(person, Role.HEAD))
        latest = max(self.versions)
        now, wanted = self.versions[latest], {"text": text, "due": day}
        edited = edit_action(mine, self.number, version, Promise(text, "jan", day))
        self.typed.add(text)
        changing = {name for name in wanted if wanted[name] != now[name]}
        between = [self.versions[each] for each in range(version, latest + 1)]
        clashing = {name for name in changing if any(one[name] != two[name] for one, two in pairwise(between))}
        assert (edited.conflict is not None) == bool(clashing)
        if edited.conflict or not changing:
            assert edited.entry.version == latest
            return multiple()
        assert edited.entry.version == latest + 1
        self.versions[latest + 1] = wanted
        return latest + 1

    @rule()
    def take_away_and_back(self) -> None:
        """Somebody removes the action, somebody restores it."""
        remove(self.journal, self.number)
        assert open_actions(self.journal, date(2026, 11, 1)) == []
        restore(self.journal, self.number)

    @rule(version=consumes(seen))
    def settle_one(self, version: int) -> None:
        """Somebody looks at a conflict."""
        waiting = conflicts(self.journal)
        if waiting:
            settle(self.journal, waiting[0].id)
            assert len(conflicts(self.journal)) == len(waiting) - 1

    @invariant()
    def nothing_is_gone(self) -> None:
        """Every text ever typed is in the entry or in its revisions; the entry is as the last edit left it."""
        if not self.number:
            return
        (action,) = open_actions(self.journal, date(2026, 11, 1))
        assert {"text": action.text, "due": action.due} == self.versions[max(self.versions)]
        history = revisions(self.journal, self.number)
        assert {action.text, *(each.words["text"] for each in history if "text" in each.words)} >= self.typed
        edits = [each.version for each in history if each.act is Act.EDITED]
        assert edits == list(range(1, action.version))

    def teardown(self) -> None:
        """Throw the journal away."""
        self.journal.database.close()
        self.folder.cleanup()


Editing.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
TestEditing = Editing.TestCase
