"""Thirty participants of one review, each in a session of their own, all typing at once: no word is lost."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.browser.serving import serving
from tests.typists import in_the_journal, one_review, people, type_together

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 30


def test_no_word_of_anybody_is_lost(tmp_path: Path) -> None:
    typists = people(PEOPLE)
    home, review = one_review(tmp_path / "team", typists)
    # A thread of its own: in this one a browser of other tests may have a loop already.
    with serving(home.path, lifetime=150) as team, ThreadPoolExecutor(1) as thread:
        written = thread.submit(lambda: asyncio.run(type_together(team.url, review, typists, (1, 2)))).result()
    assert in_the_journal(home, typists) == (written.kept, written.begun)
