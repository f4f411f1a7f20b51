"""How a file writes numbers and days is decided from all of its cells together, or asked."""

from __future__ import annotations

import pytest

from connectors.exports.conventions import LOCALES, NAMED, Columns, check_locale, decide
from core.errors import AmbiguousFileError, UsageError


def decided(  # noqa: PLR0913 - each parameter is one piece of evidence
    *,
    whole: str = "",
    decimals: str = "",
    days: str = "2026-01-31",
    language: str = "en",
    locale: str | None = None,
    title: bool | None = None,
) -> str:
    """What is decided for cells separated by ``|``, as the load log shows it."""
    columns = Columns(whole.split("|"), decimals.split("|"), days.split("|"), title)
    return str(decide("report.csv", columns, language, locale))


@pytest.mark.parametrize(
    ("whole", "decimals", "language", "mark"),
    [
        ("12|1,234", "", "en", "."),
        ("12|1.234", "", "en", ","),
        ("", "0.97|1,234", "en", "."),
        ("", "1,234.50", "pl", "."),
        ("", "1.234,50", "en", ","),
        ("", "12,5", "en", ","),
        ("", "1 234,56|18,00", "ru", ","),
        ("1\u00a0266", "12", "ru", ","),
        ("1\u202f266", "12", "pl", ","),
        ("", "$0.24", "ru", "."),
        ("", "0,24 $", "ru", ","),
        ("", "1,234", "en", "."),
        ("", "1.234", "en", "."),
        ("", "1,234", "pl", ","),
        ("", "−3.5", "en", "."),
        ("", "1'234.50", "en", "."),
        ("", "1234.567", "en", "."),
        ("", ".550", "pl", "."),
        ("", "-,125", "en", ","),
        ("1.234.567", "", "en", ","),
        ("", " --| |—", "en", "."),
        ("", " --", "pl", ","),
    ],
)
def test_the_decimal_mark(whole: str, decimals: str, language: str, mark: str) -> None:
    assert decided(whole=whole, decimals=decimals, language=language).startswith(f"1234{mark}5")


@pytest.mark.parametrize(
    ("decimals", "language"), [("1.234", "pl"), ("1.234", "ru"), ("1,234|1.234", "en"), ("1.234|1,234", "pl")]
)
def test_a_mark_that_could_be_either_is_asked(decimals: str, language: str) -> None:
    with pytest.raises(AmbiguousFileError) as caught:
        decided(decimals=decimals, language=language)
    assert decimals.split("|", maxsplit=1)[0] in caught.value.message
    assert "de (1.234,5)" in caught.value.next_step


@pytest.mark.parametrize(("whole", "decimals"), [("", "1.5|1,5"), ("1.234", "0.5"), ("1,234", "0,5")])
def test_two_ways_in_one_file_are_asked(whole: str, decimals: str) -> None:
    with pytest.raises(AmbiguousFileError, match="in two ways"):
        decided(whole=whole, decimals=decimals)


@pytest.mark.parametrize(
    ("days", "language", "title", "shown"),
    [
        ("2026-01-31", "en", None, "2026-12-31"),
        ("2026/1/31", "en", None, "2026/12/31"),
        ("20260131", "en", None, "20261231"),
        ("1.2.2026", "pl", None, "31.12.2026"),
        ("1/2/2026|13/2/2026", "en", None, "31/12/2026"),
        ("1/2/2026|1/13/2026", "en", None, "12/31/2026"),
        ("1/2/2026", "en", True, "12/31/2026"),
        ("1/2/2026", "en", False, "31/12/2026"),
        ("1/2/2026", "pl", None, "31/12/2026"),
        ("5-9-2026", "ru", None, "31-12-2026"),
        ("5-19-2026", "en", None, "12-31-2026"),
        ("5 Jan 2026", "en", None, "31 Dec 2026"),
        (" --|", "en", None, "2026-12-31"),
        ("2026-01-31|1.2.2026|2.2.2026", "en", None, "31.12.2026"),
    ],
)
def test_the_order_of_days(days: str, language: str, title: bool | None, shown: str) -> None:
    assert decided(days=days, language=language, title=title).endswith(shown)


def test_days_that_could_be_either_are_asked() -> None:
    with pytest.raises(AmbiguousFileError, match=r"is 5/9/2026 the day 5 of month 9 2026, or the day 9 of month 5\?"):
        decided(days="5/9/2026|6/9/2026")


@pytest.mark.parametrize(("locale", "shown"), [("en-US", "12/31/2026"), ("en-GB", "31/12/2026"), ("pl", "31/12/2026")])
def test_the_answer_decides(locale: str, shown: str) -> None:
    assert decided(days="5/9/2026", locale=locale).endswith(shown)


def test_an_answer_that_says_nothing_about_days_leaves_the_question() -> None:
    with pytest.raises(AmbiguousFileError):
        decided(days="5/9/2026", locale="en")


def test_days_themselves_count_more_than_the_answer() -> None:
    assert decided(days="5/19/2026", locale="en-GB").endswith("12/31/2026")


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_the_answer_decides_the_decimal_mark(locale: str) -> None:
    assert decided(decimals="1.234|1,234", locale=locale)[4] == LOCALES[locale][0]


@pytest.mark.parametrize("locale", ["en-UK", "fr"])
def test_an_unknown_answer_is_told_all_that_there_are(locale: str) -> None:
    with pytest.raises(UsageError, match=r"en, en-US, en-GB, pl, ru, de\. .*1 234,5"):
        check_locale(locale)


def test_days_with_names_of_months_are_read_one_by_one() -> None:
    assert decide("a.csv", Columns([], [], ["1 maja 2026"]), "pl", None).day == NAMED
