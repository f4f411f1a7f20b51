"""Every visible text is in every catalogue, whole and current."""

from __future__ import annotations

import ast
import re
from configparser import RawConfigParser
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from core.language import CATALOGUES, LANGUAGES
from tests.structure.sources import ROOT, parsed, relative, source_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

TRANSLATED: Final = sorted(set(LANGUAGES) - {"en"})
PLURAL_FORMS: Final = {"en": 2, "pl": 3, "ru": 3}
KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER: Final = re.compile(r"\{(\w*)[^{}]*\}")

Text = str | tuple[str, ...]


@cache
def visible_texts() -> frozenset[Text]:
    """Every text of the program that is marked for translation."""
    settings = RawConfigParser()
    settings.read(ROOT / "babel.cfg", encoding="utf-8")
    patterns = [(section.partition(":")[2].strip(), "python") for section in settings.sections()]
    found = extract_from_dir(ROOT, patterns, {}, keywords=KEYWORDS)
    return frozenset(message for _, _, message, _, _ in found)


def marked_texts(path: Path) -> Iterator[str]:
    """Every text that *path* marks for translation, wherever in the code it stands."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of *language*."""
    with (CATALOGUES / language / "LC_MESSAGES" / "kokpit.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    """The messages of *language*, without the catalogue's header."""
    return [message for message in catalogue(language) if message.id]


def test_there_is_something_to_translate() -> None:
    assert len(visible_texts()) > 20


def test_every_marked_text_is_found() -> None:
    """The extractor sees neither into f-strings nor into files that babel.cfg leaves out."""
    found = {_singular(text) for text in visible_texts()}
    assert [(relative(path), text) for path in source_files() for text in marked_texts(path) if text not in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    known = {_singular(message.id) for message in messages(language)}
    assert sorted({_singular(text) for text in visible_texts()} - known) == [], "Run: make translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over(language: str) -> None:
    wanted = {_singular(text) for text in visible_texts()}
    left = [message.id for message in messages(language) if _singular(message.id) not in wanted]
    assert [*left, *catalogue(language).obsolete] == [], "Run: make translations"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in messages(language) if not all(_forms(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept(language: str) -> None:
    lost = []
    for message in messages(language):
        wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[-1]))
        lost += [form for form in _forms(message) if form and set(PLACEHOLDER.findall(form)) != wanted]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form(language: str) -> None:
    assert catalogue(language).num_plurals == PLURAL_FORMS[language]
    plurals = [message for message in messages(language) if message.pluralizable]
    assert [message.id for message in plurals if len(_forms(message)) != PLURAL_FORMS[language]] == []


def _singular(text: Text | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _forms(message: Message) -> tuple[str, ...]:
    """The translation of *message*, every plural form of it."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
