"""PostgreSQL is restarted in the middle of a meeting: people are told on the page, and what they typed is there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.config import Home
from core.period import DAY
from journal.models import Note
from journal.opening import open_journal
from journal.operations import drafts, reviews
from journal.operations.history import Search, search
from journal.operations.reviews import ReviewPlan
from journal.words import ReviewState, Rhythm
from tests.department import LAST, build_department
from tests.journal.conftest import HEAD, WITH_POSTGRES
from tests.pages.conftest import seen, visit_page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.journal.postgres import Server

PLAN: Final = ReviewPlan("Weekly", Rhythm.WEEKLY, datetime(2026, 11, 23, 8, tzinfo=UTC))
AWAY: Final = "Check that the database is running, then try again."


@WITH_POSTGRES
def test_words_typed_while_the_database_is_away(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = build_department(Home(tmp_path / "team"))
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setenv("KOKPIT_JOURNAL_URL", postgres.create_database())
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    monkeypatch.setattr("ui.fields.AGAIN_SECONDS", 0)
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 0.3)
    journal = open_journal(home, HEAD)
    review = reviews.open_review(journal, reviews.plan_review(journal, PLAN).id)
    app = visit_page("meeting", review=str(review.id), step="routine")
    app.button(key="kk_entry_note").click().run()
    app.text_area[-1].set_value("Before, ").run()
    postgres.stop()
    app.text_area[-1].set_value("Before, and while it was away").run()
    assert AWAY in seen(app)
    assert AWAY in seen(visit_page("meeting", review=str(review.id)))
    assert "Spend" in seen(visit_page("process", process="paid_acquisition"))
    assert not app.exception
    postgres.start()
    app.run()
    assert app.text_area[-1].value == "Before, and while it was away"
    assert [draft.text for draft in drafts.drafts(journal)] in ([], ["Before, and while it was away"])
    app.button(key="kk_entry_keep").click().run()
    (note,) = search(journal, Search(types=(Note,)))
    assert isinstance(note, Note)
    assert note.text == "Before, and while it was away"
    assert drafts.drafts(journal) == []
    assert reviews.review(journal, review.id).state is ReviewState.OPEN
