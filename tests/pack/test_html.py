"""The HTML pack is one file that asks for nothing, runs nothing, and shows what people wrote as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import pytest

from core.language import use_language
from journal.operations.notes import add_note
from journal.places import Place
from pack.formats import FORMS
from tests.pack.conftest import STRANGE, begun

if TYPE_CHECKING:
    from journal.models import Review
    from journal.work import Journal
    from tests.pack.conftest import Gathered
    from warehouse.snapshot import Snapshot

EMPTY: Final = {"meta", "col"}


class Reader(HTMLParser):
    """Reads a file tag by tag; complains when they do not close in the order they open."""

    def __init__(self, text: str) -> None:
        """Read *text*."""
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return "\n".join(self.words)


def made(gathered: Gathered, review: Review) -> str:
    return FORMS["html"].made(gathered(review)).decode()


def test_what_people_wrote_is_text(strange: Review, gathered: Gathered) -> None:
    read = Reader(made(gathered, strange))
    tags = {tag for tag, _attributes in read.tags}
    assert not {"script", "img", "iframe", "link", "object", "form", "i"} & tags
    for text in STRANGE:
        assert text.strip() in read.text


def test_nothing_is_asked_for_and_nothing_runs(told: Review, gathered: Gathered) -> None:
    text = made(gathered, told)
    read = Reader(text)
    names = {name for _tag, attributes in read.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not {"src", "srcset", "action", "background"} & names
    addresses = [attributes["href"] or "" for _tag, attributes in read.tags if "href" in attributes]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert not re.search(r"url\(|@import|@font-face", text)
    assert set(re.findall(r"https?://[^'\" <]+", text)) == {"http://www.w3.org/2000/svg"}
    policy = next(attributes for tag, attributes in read.tags if "http-equiv" in attributes)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_table_follows_every_chart(told: Review, gathered: Gathered) -> None:
    figures = re.findall(r"<figure>.*?</figure>", made(gathered, told), re.DOTALL)
    assert len(figures) > 10
    for figure in figures:
        assert re.match(r'<figure><div class="picture" role="img" aria-label="[^"]+"><svg .*</svg></div>', figure)
        assert figure.count("<td") == 2 * 26


@pytest.mark.parametrize(("language", "heading"), [("pl", 'lang="pl"'), ("ru", 'lang="ru"')])
def test_the_reader_is_told_in_their_language(told: Review, gathered: Gathered, language: str, heading: str) -> None:
    use_language(language)
    text = made(gathered, told)
    assert heading in text
    assert {"pl": "1,19 tys.", "ru": "1,19 тыс."}[language] in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_note_without_end_is_whole(journal: Journal, gathered: Gathered) -> None:
    review = begun(journal, "Long", 17)
    note = "Every word of it. " * 5555 + "w" * 20
    add_note(journal, Place("paid_acquisition", review=review.id), note)
    assert note.strip() in made(gathered, review)


def test_an_empty_review_without_data_is_well_formed(
    journal: Journal, gathered: Gathered, nothing_loaded: Snapshot
) -> None:
    review = begun(journal, "Nothing", 17, None)
    read = Reader(FORMS["html"].made(gathered(review, nothing_loaded)).decode())
    assert "0 KPIs · 0 exceptions · 0 decisions · 0 actions" in read.text
