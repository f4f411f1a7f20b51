"""Declarations of formats: each has cases, contradicts nothing, and is refused with the place when it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.binding import bind
from connectors.exports.formats import formats, own_formats, read_format
from connectors.exports.headers import skeleton
from connectors.exports.money import currency_of
from core.errors import ConfigurationError
from core.language import LANGUAGES, use_language
from tests.connectors.exports import (
    crm,
    ga4,
    google_ads_cases,
    google_search_terms,
    jira,
    linkedin_ads,
    meta_ads,
    microsoft_ads,
    pinterest_ads,
    rank_trackers,
    search_console,
    tiktok_ads,
    trackers,
    vk_ads,
    yandex_direct,
    zendesk,
)
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from pathlib import Path

MODULES: Final = (
    crm,
    ga4,
    google_ads_cases,
    google_search_terms,
    jira,
    linkedin_ads,
    meta_ads,
    microsoft_ads,
    pinterest_ads,
    rank_trackers,
    search_console,
    tiktok_ads,
    trackers,
    vk_ads,
    yandex_direct,
    zendesk,
)
CASES: Final = tuple(case for module in MODULES for case in module.CASES)
MINIMAL: Final = 'name = "toy"\ntitle = "Toy"\ndataset = "ad_performance"\nsource = "toy"\n'


def test_every_format_has_a_case_in_every_language_it_knows() -> None:
    shown = {(table.format, table.language) for case in CASES for table in case.describe(case.data)}
    known = {(name, language) for name, declared in formats().items() for language in languages_of(name)}
    assert set(formats()) == {name for name, _ in shown}
    assert known - shown == set()


def languages_of(name: str) -> set[str]:
    """The languages in which a format's headers are declared."""
    declared = formats()[name]
    spellings = [*declared.columns.values(), *declared.slices.values()]
    return {language for column in spellings for language in column}


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_header_means_one_thing(name: str) -> None:
    declared = formats()[name]
    for header, meanings in declared.by_header.items():
        assert len({column for column, _, _ in meanings}) == 1, header
        assert header not in declared.ignored_headers, header
        assert header not in declared.forbidden, header
        assert header not in declared.segments, header


@pytest.mark.parametrize("name", sorted(formats()))
def test_a_format_tells_every_reader_what_to_do(name: str) -> None:
    declared = formats()[name]
    assert languages_of(name) <= set(LANGUAGES)
    if declared.contract.daily and declared.role == "data":
        texts = {}
        for language in LANGUAGES:
            use_language(language)
            texts[language] = declared.steps_text()
        assert len(set(texts.values())) == len(LANGUAGES)


@pytest.mark.parametrize("name", sorted(formats()))
def test_what_a_format_needs_exists(name: str) -> None:
    declared = formats()[name]
    bindable = {*declared.columns, *(["slice"] if declared.slices else [])}
    assert {option for needed in declared.required for option in needed.split("|")} <= bindable
    assert set(declared.values) <= set(declared.contract.by_name)
    for column, rule in declared.void.items():
        assert rule.when in declared.columns
        assert rule.headers <= {bone for bone, found in declared.by_header.items() if found[0][0] == column}


def test_kokpits_own_format_is_every_dataset_that_people_load() -> None:
    assert {declared.dataset for declared in own_formats()} == set(DATASETS) - {"loads", "rejects"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "cannot be read"),
        (MINIMAL.replace('title = "Toy"\n', ""), "'title' is missing"),
        (MINIMAL + 'colums = "x"\n', "'colums' is not known. Did you mean columns"),
        (MINIMAL.replace("ad_performance", "ad_perfomance"), "Did you mean ad_performance"),
        (
            MINIMAL + '[columns.clics]\nen = ["Clicks"]\n',
            "columns.clics is no column of ad_performance. Did you mean clicks",
        ),
        (MINIMAL + '[columns.clicks]\nde = ["Klicks"]\n', "columns.clicks.de is no known language"),
        (MINIMAL + '[ignored]\nxx = ["CTR"]\n', "ignored.xx is no known language"),
    ],
)
def test_a_wrong_declaration_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "toy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_format(path)
    assert str(path) in caught.value.message
    assert said in str(caught.value)


def test_of_several_headers_for_a_column_the_first_declared_counts() -> None:
    headers = ["Day", "Campaign name", "Results", "Amount spent (EUR)", "Purchases", "Result indicator"]
    table = bind(formats()["meta_ads"], headers)
    assert table is not None
    assert headers[table.columns["conversions"]] == "Purchases"
    assert currency_of("report", table, []) == "EUR"


def test_headers_that_look_alike_are_alike() -> None:
    declared = formats()["search_console_dates"]
    table = bind(declared, ["Дата", "Kлики", "\u200bПоказы ", "CTR", "ПОЗИЦИЯ"])
    assert table is not None
    assert table.columns == {"day": 0, "clicks": 1, "impressions": 2, "position": 4}
    assert table.language == "ru"


def test_delivery_is_not_taken_for_impressions() -> None:
    headers = ["День", "Название кампании", "Показ кампании", "Показы", "Потраченная сумма (USD)"]
    table = bind(formats()["meta_ads"], headers)
    assert table is not None
    assert headers[table.columns["impressions"]] == "Показы"


def test_no_spelling_is_declared_twice_for_a_language() -> None:
    for name, declared in formats().items():
        for column, spellings in declared.columns.items():
            for language, headers in spellings.items():
                bones = [skeleton(header) for header in headers]
                assert len(bones) == len(set(bones)), f"{name}: {column}.{language}"
