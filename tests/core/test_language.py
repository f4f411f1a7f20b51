"""The reader's language holds for the reader's own thread, and falls back to English."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from core import language
from core.language import (
    LANGUAGES,
    N_,
    _,
    current_language,
    current_locale,
    ngettext,
    sentence,
    unless_chosen,
    use_language,
)

CATALOGUE = """
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Spend"
msgstr "Wydatki"

msgid "{{n}} row"
msgid_plural "{{n}} rows"
msgstr[0] "{{n}} wiersz"
msgstr[1] "{{n}} wiersze"
msgstr[2] "{{n}} wierszy"
"""


@pytest.fixture(autouse=True)
def _own_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("locale")
    (folder / "pl" / "LC_MESSAGES").mkdir(parents=True)
    text = CATALOGUE.format(code="pl")
    (folder / "pl" / "LC_MESSAGES" / "kokpit.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(language, "CATALOGUES", folder)
    monkeypatch.setattr(language, "_catalogue", language._catalogue.__wrapped__)  # noqa: SLF001 - without its memory


def test_english_is_what_the_code_says() -> None:
    assert current_language() == "en"
    assert _("Spend") == "Spend"
    assert [ngettext("{n} row", "{n} rows", n).format(n=n) for n in (1, 2)] == ["1 row", "2 rows"]


def test_polish_has_three_forms() -> None:
    use_language("pl")
    assert _("Spend") == "Wydatki"
    counted = [ngettext("{n} row", "{n} rows", n).format(n=n) for n in (1, 3, 5, 22)]
    assert counted == ["1 wiersz", "3 wiersze", "5 wierszy", "22 wiersze"]


def test_what_has_no_translation_stays_english() -> None:
    use_language("pl")
    assert _("Clicks") == "Clicks"
    assert _("") == ""
    use_language("ru")
    assert _("Spend") == "Spend"


def test_an_unknown_language_is_english() -> None:
    use_language("pl")
    use_language("de")
    assert current_language() == "en"


def test_readers_do_not_change_each_others_language() -> None:
    together = Barrier(2)

    def read(code: str) -> str:
        use_language(code)
        together.wait(timeout=10)
        return _("Spend")

    with ThreadPoolExecutor(2) as readers:
        assert list(readers.map(read, ["pl", "en"])) == ["Wydatki", "Spend"]


def test_a_thread_that_has_not_chosen_is_told_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_askers", [])
    unless_chosen(lambda: "")
    unless_chosen(lambda: "pl")
    with ThreadPoolExecutor(1) as fresh:
        assert fresh.submit(lambda: _("Spend")).result() == "Wydatki"
        fresh.submit(use_language, "ru")
        assert fresh.submit(current_language).result() == "ru"


def test_numbers_follow_the_language() -> None:
    decimals = {}
    for code in LANGUAGES:
        use_language(code)
        decimals[code] = current_locale().number_symbols["latn"]["decimal"]
    assert decimals == {"en": ".", "pl": ",", "ru": ","}


def test_a_marked_text_is_not_translated_yet() -> None:
    use_language("pl")
    assert N_("Spend") == "Spend"


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("It was {value}.", "93,8 тыс.", "It was 93,8 тыс."),
        ("It was {value}.", "93.8K", "It was 93.8K."),
        ("{value} before.", "93,8 tys.", "93,8 tys. before."),
        ("See {value}.", "../file", "See ../file."),
    ],
)
def test_a_sentence_ends_in_one_dot(text: str, value: str, told: str) -> None:
    assert sentence(text, value=value) == told
