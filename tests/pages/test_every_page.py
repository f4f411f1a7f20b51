"""Every page, in every language, over data, without data, as a demonstration, and when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.language import LANGUAGES
from tests.pages.conftest import Visit, seen, visit_page
from ui.pages import PAGES

if TYPE_CHECKING:
    from core.config import Home

ADDRESSES = [entry.url_path for entry in PAGES]
LISTED = [entry.url_path for entry in PAGES if entry.listed]
WITH_BAR = [entry.url_path for entry in PAGES if entry.bar]
WITHOUT_PERIOD = {"sources", "meeting", "prepare", "readiness", "actions", "history", "review"}
"""Pages that show nothing of the chosen days."""


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_the_frame_in_every_language(visit: Visit, address: str, language: str) -> None:
    shown = seen(visit(address, lang=language))
    assert 'class="kk-head"' in shown
    assert f'lang="{language}" title="{LANGUAGES[language]}" aria-current="true"' in shown


@pytest.mark.parametrize("address", LISTED)
def test_every_page_marks_itself_in_the_menu(visit: Visit, address: str) -> None:
    shown = seen(visit(address))
    assert shown.count('aria-current="page"') == 1


@pytest.mark.parametrize("address", WITH_BAR)
def test_every_page_has_the_shared_bar(visit: Visit, address: str) -> None:
    app = visit(address)
    assert app.selectbox(key="kk_period").value == "last_week"
    assert app.selectbox(key="kk_grain").value == "week"
    assert app.selectbox(key="kk_comparison").value == "previous"
    assert app.selectbox(key="kk_filter_platform").options == ["all platforms", "Google Ads", "Meta Ads"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_home_says_what_to_do(home: Home, address: str) -> None:
    assert home.is_empty
    shown = seen(visit_page(address))
    assert "Nothing is loaded yet" in shown
    assert "kk-demo" not in shown


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_demonstration_is_labelled_and_one_click_from_ones_own(visit_demo: Visit, address: str) -> None:
    shown = seen(visit_demo(address))
    assert "Demonstration: an invented company. These are not your numbers." in shown
    assert 'href="sources"' in shown
    assert "Load my own files" in shown


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_address_gets_wrong_is_told_and_the_page_is_shown(visit: Visit, address: str) -> None:
    shown = seen(visit(address, period="yesteryear", by="fortnight", platform="tiktok", colour="red", lang="de"))
    assert "“yesteryear” is not known as a value of “period”" in shown
    assert "“fortnight” is not known as a value of “by”" in shown
    assert "There is no data for “tiktok”" in shown
    assert "“colour” in the address is not known here" in shown
    assert "“de” is not known as a value of “lang”" in shown


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_broken_configuration_is_told_with_the_menu_still_there(home: Home, address: str) -> None:
    home.configuration.write_text("[reporting]\ncurrency = 'euro'\n", encoding="utf-8")
    app = visit_page(address)
    assert "reporting.currency is 'euro'" in seen(app)
    assert "Use a three-letter code such as EUR." in seen(app)
    assert ">Sources</a>" in seen(app)


def test_the_language_of_the_configuration_counts_where_the_address_is_silent(home: Home) -> None:
    home.configuration.write_text("[reporting]\nlanguage = 'ru'\n", encoding="utf-8")
    assert 'lang="ru" title="Русский" aria-current="true"' in seen(visit_page())


def test_links_carry_the_readers_choices_to_other_pages(visit: Visit) -> None:
    shown = seen(visit("", platform="meta_ads", period="last_4_weeks", lang="en"))
    assert 'href="sources?lang=en&amp;period=last_4_weeks&amp;platform=meta_ads"' in shown


def test_a_changed_choice_is_written_into_the_address(visit: Visit) -> None:
    app = visit()
    app.selectbox(key="kk_period").set_value("last_4_weeks").run()
    app.selectbox(key="kk_filter_platform").set_value("google_ads").run()
    assert app.query_params == {"period": "last_4_weeks", "platform": "google_ads"}
    app.selectbox(key="kk_period").set_value("last_week").run()
    assert app.query_params == {"platform": "google_ads"}


def test_another_platform_lets_go_of_what_was_chosen_below_the_first(visit: Visit) -> None:
    app = visit("process", platform="google_ads", account="123-456-7890", campaign="Generic")
    app.selectbox(key="kk_filter_platform").set_value("meta_ads").run()
    assert app.query_params == {"platform": "meta_ads"}


def test_a_period_of_ones_own_starts_from_the_one_on_screen(visit: Visit) -> None:
    app = visit()
    app.selectbox(key="kk_period").set_value("custom").run()
    assert app.query_params == {"period": "custom", "from": "2026-11-09", "to": "2026-11-15"}
    assert "9–15 Nov 2026" in seen(app)


def test_too_many_points_become_longer_periods(visit: Visit) -> None:
    app = visit("process", **{"from": "2020-01-01", "to": "2026-11-15", "by": "day"})
    assert "The period is too long for so many points" in seen(app)
    assert app.selectbox(key="kk_grain").value == "week"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("days", [("0500-01-01", "0500-02-01"), ("9998-01-01", "9999-12-31")])
def test_days_beyond_all_data_are_told(visit: Visit, address: str, days: tuple[str, str]) -> None:
    shown = seen(visit(address, **{"from": days[0], "to": days[1]}))
    assert 'class="kk-head"' in shown
    assert address in WITHOUT_PERIOD or "Ask for days between 1990 and 2199." in shown


def test_nothing_is_compared_with_days_before_all_data(visit: Visit) -> None:
    shown = seen(visit(**{"from": "1990-01-01", "to": "2026-11-15", "by": "year"}))
    # Nothing moved, since there is nothing to have moved from.
    assert 'class="kk-tile' in shown
    assert 'class="kk-change"' not in shown


def test_a_platform_that_is_not_there_narrows_no_other_choice(visit_demo: Visit) -> None:
    usual, lost = (
        [(box.key, box.options) for box in visit_demo("", **view).selectbox] for view in ({}, {"platform": "tiktok"})
    )
    assert lost == usual
