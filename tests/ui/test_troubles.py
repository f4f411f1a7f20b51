"""What the reader sees when something does not work."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.troubles import plain


def raising(kind: str) -> None:
    """A page on which something goes wrong. Streamlit runs this function's text on its own."""
    import streamlit as st  # noqa: PLC0415 - the function runs on its own

    from core.errors import FileError  # noqa: PLC0415 - the function runs on its own
    from ui import troubles  # noqa: PLC0415 - the function runs on its own

    st.caption("above")
    if kind == "known":
        with troubles.told():
            message = "ads_1.csv has no *days*."
            raise FileError(message, "Add the column Day.")
    if kind == "unknown":
        troubles.unexpected(ValueError("secret detail"))
    if kind == "notes":
        troubles.notes(["a_b", "c"])
    if kind == "cautions":
        troubles.cautions(["meta_ads · <b>: late"])
    st.caption("below")


def page(kind: str) -> AppTest:
    app = AppTest.from_function(raising, args=(kind,)).run()
    assert not app.exception
    assert [caption.value for caption in app.caption][-1] == "below"
    return app


def test_an_error_of_the_family_says_what_is_wrong_and_what_to_do() -> None:
    (box,) = page("known").warning
    assert box.value.replace("\\", "") == "ads_1.csv has no *days*.\n\nAdd the column Day."


def test_an_unforeseen_error_is_a_plain_sentence_and_goes_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    (box,) = page("unknown").warning
    assert "Something unexpected went wrong on this page." in box.value
    assert "secret" not in box.value
    assert "secret detail" in caplog.text


def test_notes_are_small_and_nothing_in_them_is_markup() -> None:
    assert [caption.value for caption in page("notes").caption] == ["above", r"a\_b", "c", "below"]


def test_cautions_name_platforms_and_are_text() -> None:
    (drawn,) = page("cautions").html
    assert drawn.value == '<p class="kk-warn">⚠ Meta Ads · &lt;b&gt;: late</p>'


@pytest.mark.parametrize("sign", "\\`*_[]<>#$|~:")
def test_every_sign_of_markdown_is_made_harmless(sign: str) -> None:
    assert plain(f"a{sign}b") == f"a\\{sign}b"


def test_a_name_is_no_link() -> None:
    assert plain("https___www.a.csv") == r"https\_\_\_www\.a.csv"
