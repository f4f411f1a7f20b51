"""The reader's language: translation of visible text (gettext catalogues, read straight from ``.po`` files)."""

from __future__ import annotations

import gettext as gettext_module
import io
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES: Final = {"en": "English", "pl": "Polski", "ru": "Русский"}
CATALOGUES: Final = Path(__file__).parent / "locale"

_language: ContextVar[str] = ContextVar("language", default="")
_askers: list[Callable[[], str]] = []


def use_language(language: str) -> None:
    """Translate into *language* from here on, in this thread or task only; unknown languages mean English."""
    _language.set(language if language in LANGUAGES else "en")


def current_language() -> str:
    """The two-letter code of the language in use: the chosen one, else what `unless_chosen` knows, else English."""
    if not _language.get():
        use_language(next((asked for asker in _askers if (asked := asker())), ""))
    return _language.get()


def unless_chosen(asker: Callable[[], str]) -> None:
    """Let *asker* tell the language of a thread or task that has not chosen one; an empty answer where it cannot."""
    if asker not in _askers:
        _askers.append(asker)


def current_locale() -> Locale:
    """The Babel locale that numbers, money and dates are written in."""
    return Locale.parse({"en": "en_GB", "pl": "pl_PL", "ru": "ru_RU"}[current_language()])


@cache
def _catalogue(language: str) -> gettext_module.NullTranslations:
    path = CATALOGUES / language / "LC_MESSAGES" / "kokpit.po"
    if language == "en" or not path.exists():
        return gettext_module.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def _(text: str) -> str:
    """*text* (English) in the language in use."""
    return _catalogue(current_language()).gettext(text) if text else text


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form that fits *count*, in the language in use."""
    return _catalogue(current_language()).ngettext(singular, plural, count)


def sentence(text: str, **values: object) -> str:
    """*text* with *values* put in; one that ends in a dot of its own ("93,8 тыс.") takes that of the sentence."""
    told = {name: str(value) for name, value in values.items()}
    return text.format(**{name: v.removesuffix(".") if f"{{{name}}}." in text else v for name, v in told.items()})


def N_(text: str) -> str:  # noqa: N802 - the conventional gettext marker
    """Mark *text* for translation later; returned unchanged."""
    return text


def translated(text: str, language: str) -> str:
    """*text* (English) in *language*, whichever is in use."""
    return _catalogue(language).gettext(text) if text else text
