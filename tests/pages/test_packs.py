"""The pack of a review from the page: the same files as from the terminal, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streamlit.testing.v1 import AppTest

from journal.operations import reviews
from pack.formats import FORMS
from ui import packs
from ui.homes import shown
from ui.screen import open_screen

if TYPE_CHECKING:
    from tests.pages.story import Story


PAGE: Final = """
from journal.operations import reviews
from ui import journaling, packs
from ui.homes import shown
from ui.screen import open_screen

screen = open_screen(shown(), {{}}, None)
journal = journaling.journal(screen)
packs.row(screen, journal, reviews.review(journal, {number}))
"""


def test_every_form_is_made_for_the_reader(story: Story) -> None:
    screen = open_screen(shown(), {"lang": "pl"}, None)
    review = reviews.review(story.journal, story.review)
    made = {kind: packs.made(kind, screen, story.journal, review) for kind in FORMS}
    assert made["pdf"].startswith(b"%PDF-")
    assert made["xlsx"].startswith(b"PK")
    assert "Spend less on Meta." in made["csv"].decode("utf-8-sig")
    text = made["html"].decode()
    assert 'lang="pl"' in text
    # Presented 12 too low: four ads for 10 euros a day and one for 25, less 12.
    assert "443" in text


def test_there_is_a_button_for_every_form(story: Story) -> None:
    app = AppTest.from_string(PAGE.format(number=story.review), default_timeout=60).run()
    assert not app.exception
    assert [button.proto.label for button in app.get("download_button")] == ["HTML", "PDF", "XLSX", "CSV"]
