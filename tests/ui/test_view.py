"""The reader's choices and the address: each says the other, in names that no translation changes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language import LANGUAGES, use_language
from core.period import Period
from core.presets import Preset
from metrics.compare import Comparison
from ui.view import FILTERS, GRAINS, View, read

TEXTS = st.text(min_size=0, max_size=20)


def views() -> st.SearchStrategy[View]:
    """Any view that the widgets could make."""
    days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
    custom = st.builds(lambda one, other: Period(min(one, other), max(one, other)), days, days)
    filters = st.dictionaries(st.sampled_from(FILTERS), TEXTS, max_size=3)
    return st.builds(
        View,
        language=st.sampled_from(["", *LANGUAGES]),
        preset=st.sampled_from([preset for preset in Preset if preset is not Preset.CUSTOM]),
        grain=st.sampled_from(GRAINS),
        comparison=st.sampled_from(Comparison),
        filters=filters.map(lambda found: tuple((name, found[name]) for name in FILTERS if name in found)),
        process=TEXTS,
        kpi=TEXTS,
        split=TEXTS,
        search=TEXTS.map(str.strip),
    ) | st.builds(View, preset=st.just(Preset.CUSTOM), custom=custom)


@given(views())
def test_what_is_written_into_the_address_is_read_back(view: View) -> None:
    assert read(view.query()) == (view, ())


def test_an_empty_address_is_the_usual_view() -> None:
    assert read({}) == (View(), ())
    assert View().query() == {}


def test_names_in_the_address_do_not_depend_on_the_language() -> None:
    view = View(preset=Preset.LAST_4_WEEKS, comparison=Comparison.LAST_YEAR)
    use_language("pl")
    assert view.query() == {"period": "last_4_weeks", "compare": "last_year"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"period": "yesteryear"}, "“yesteryear”"),
        ({"by": "total"}, "“total”"),
        ({"compare": "x"}, "“x”"),
        ({"lang": "de"}, "“de”"),
        ({"from": "2026-13-01", "to": "2026-12-01"}, "2026-13-01"),
        ({"from": "2026-11-01"}, "2026-11-01"),
        ({"nonsense": "1"}, "“nonsense”"),
    ],
)
def test_what_is_not_understood_is_told_and_replaced(query: dict[str, str], told: str) -> None:
    view, notes = read(query)
    assert view == View()
    assert len(notes) == 1
    assert told in notes[0]


def test_days_in_the_wrong_order_are_put_right() -> None:
    view, notes = read({"from": "2026-11-15", "to": "2026-11-09"})
    assert view.preset is Preset.CUSTOM
    assert view.custom == Period(date(2026, 11, 9), date(2026, 11, 15))
    assert notes == ()


def test_a_named_period_goes_before_days() -> None:
    view, _notes = read({"period": "last_month", "from": "2026-11-09", "to": "2026-11-15"})
    assert view.preset is Preset.LAST_MONTH
    assert "from" not in view.query()


def test_filters_are_set_and_taken_away() -> None:
    view = View().filtered(campaign="Brand", platform="google_ads")
    assert view.filters == (("platform", "google_ads"), ("campaign", "Brand"))
    assert view.filtered(platform=None).filters == (("campaign", "Brand"),)


def test_an_empty_filter_value_asks_for_rows_without_a_value() -> None:
    view, _notes = read({"account": ""})
    assert view.where() == {"account": (None,)}
    assert view.query() == {"account": ""}


def test_only_shared_choices_go_to_other_pages() -> None:
    view = View(process="a", kpi="b", split="c", rows="all", search="d", language="pl").filtered(
        platform="x", campaign="y"
    )
    assert view.shared() == View(language="pl").filtered(platform="x")
