"""A currency that only the signs beside the amounts tell."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pytest

from connectors.exports.load import Options
from connectors.exports.mapping import Mapping
from tests.connectors.exports.test_odd_input import TOLD, load
from tests.connectors.exports.writers import rows_of
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

TOP = "Ad report\n2 March 2026 - 3 March 2026\nDay,Campaign,Impr.,Clicks,Cost\n"


SIGNS = [("€", "EUR"), ("£", "GBP"), ("₽", "RUB"), ("₸", "KZT"), ("₺", "TRY"), ("₹", "INR"), ("₪", "ILS")]


@pytest.mark.parametrize(("sign", "code"), [*SIGNS, ("Kč", "CZK"), ("руб.", "RUB"), ("р.", "RUB"), ("", None)])
def test_a_sign_tells_the_currency(home: Home, tmp_path: Path, sign: str, code: str | None) -> None:
    text = f"{TOP}2026-03-02,Brand,10,1,{sign}3.00\n2026-03-03,Brand,10,1,{sign}4.00\n"
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert rows_of(home, "ad_performance", ["currency"]) == [(code,), (code,)]
    assert ("names no currency" in result.message) is (code is None)


@pytest.mark.parametrize("sign", ["$", "¥"])
def test_a_sign_that_several_currencies_have_is_not_taken_for_another_one(
    home: Home, tmp_path: Path, sign: str
) -> None:
    text = f"{TOP}2026-03-02,Brand,10,1,{sign}3.00\n"
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert result.status == "refused"
    assert f"its amounts have the sign {sign}, which several currencies have but not EUR" in result.message
    home.configuration.write_text('[reporting]\ncurrency = "CAD"\n', encoding="utf-8")
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert rows_of(home, "ad_performance", ["currency", "cost"]) == [(None, Decimal(3))]
    assert "names no currency" in result.message


COLUMN: Final = "Ad report\n2 March 2026 - 3 March 2026\nDay,Campaign,Currency code,Impr.,Clicks,Cost\n"


@pytest.mark.parametrize("blank", ["", " --", "-"])
def test_a_column_of_currencies_that_is_blank_leaves_it_to_the_signs(home: Home, tmp_path: Path, blank: str) -> None:
    home.configuration.write_text('[reporting]\ncurrency = "PLN"\n', encoding="utf-8")
    text = f"{COLUMN}2026-03-02,Brand,{blank},10,1,€3.00\n2026-03-03,Brand,{blank},10,1,€4.00\n"
    load(home, tmp_path / "report.csv", text, TOLD)
    assert rows_of(home, "ad_performance", ["currency"]) == [("EUR",), ("EUR",)]
    result = load(home, tmp_path / "dollars.csv", text.replace("€", "$"), TOLD)
    assert result.status == "refused"
    assert "its amounts have the sign $, which several currencies have but not PLN" in result.message


def test_a_row_without_its_currency_has_that_of_its_sign(home: Home, tmp_path: Path) -> None:
    home.configuration.write_text('[reporting]\ncurrency = "PLN"\n', encoding="utf-8")
    text = f"{COLUMN}2026-03-02,Brand,USD,10,1,$3.00\n2026-03-03,Brand,,10,1,{{amount}}\n"
    cases: dict[str, list[str | None]] = {
        "€4.00": ["EUR", "USD"],
        "4.00 zł": ["PLN", "USD"],
        "4.00": ["USD", "USD"],
        "$4.00": ["USD"],
    }
    for number, (amount, expected) in enumerate(cases.items()):
        account = Options(account=str(number))
        result = load(home, tmp_path / "report.csv", text.format(amount=amount), account)
        assert result.rows_rejected == 2 - len(expected), result.message
        # The sign of many countries is not taken for any of them.
        assert ("has the sign of another currency" in result.message) is (amount == "$4.00")
        sql = "SELECT currency FROM ad_performance WHERE account = ? ORDER BY currency NULLS FIRST"
        assert open_snapshot(home.warehouse).rows(sql, [str(number)]) == [(code,) for code in expected]


def test_amounts_of_several_currencies_are_refused(home: Home, tmp_path: Path) -> None:
    text = f"{TOP}2026-03-02,Brand,10,1,$3.00\n2026-03-03,Brand,10,1,€4.00\n"
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert result.status == "refused"
    assert "several currencies ($, €)" in result.message


def test_zloty_stand_behind_their_amounts(home: Home, tmp_path: Path) -> None:
    top = "Raport kampanii\n2 marca 2026 - 3 marca 2026\nDzień;Kampania;Stan kampanii;Wyświetlenia;Kliknięcia;Koszt\n"
    result = load(home, tmp_path / "raport.csv", f"{top}2026-03-02;Marka;Włączona;10;1;1 234,50 zł\n", TOLD)
    assert rows_of(home, "ad_performance", ["currency", "cost"]) == [("PLN", Decimal("1234.5"))], result.message


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("Amount spent (XYZ)", "the heading “Amount spent (XYZ)” names XYZ, which is no currency"),
        ("Amount spent (XXX)", "the heading “Amount spent (XXX)” names XXX, which is no currency"),
        ("Amount spent (AUD),Purchases conversion value (NZD)", "its headings name several currencies (AUD, NZD)"),
    ],
)
def test_headings_that_name_no_single_currency_are_refused(
    home: Home, tmp_path: Path, headings: str, told: str
) -> None:
    cells = ",".join("2" for _heading in headings.split(","))
    text = f"Day,Campaign name,Impressions,{headings}\n2026-03-02,A,1,{cells}\n"
    result = load(home, tmp_path / "meta.csv", text)
    assert (result.status, told in result.message) == ("refused", True), result.message


def test_headings_of_other_columns_say_nothing_of_money(home: Home, tmp_path: Path) -> None:
    text = "Day,Campaign name,Impressions,CPM (XYZ),Amount spent (AUD)\n2026-03-02,A,1,9,2\n"
    load(home, tmp_path / "meta.csv", text)
    assert rows_of(home, "ad_performance", ["currency", "cost"]) == [("AUD", Decimal(2))]


def test_a_row_in_another_currency_than_its_heading_is_rejected(home: Home, tmp_path: Path) -> None:
    top = "Day,Campaign name,Impressions,Amount spent (EUR),Currency,Link clicks\n"
    rows = "2026-03-02,A,10,5.50,USD,1\n2026-03-03,A,10,6.50,EUR,1\n2026-03-04,A,10,7.50,,1\n"
    result = load(home, tmp_path / "report.csv", top + rows, TOLD)
    found = rows_of(home, "ad_performance", ["currency", "cost"])
    assert sorted(found) == [("EUR", Decimal("6.5")), ("EUR", Decimal("7.5"))]
    assert "1 row was kept out: not the currency of the heading (1)." in result.message


def test_the_currency_of_a_mapped_heading_holds_too(home: Home, tmp_path: Path) -> None:
    columns = {"order_id": "Nr", "amount": "Kwota (PLN)", "currency": "Waluta"}
    own = Mapping("shop", "orders", columns, {}, "pl").as_format()
    result = load(home, tmp_path / "shop.csv", "Nr,Kwota (PLN),Waluta\n1,5,EUR\n2,6,PLN\n", Options(own=(own,)))
    assert (result.rows_loaded, result.rows_rejected) == (1, 1)


@pytest.mark.parametrize(
    ("amount", "currency", "is_kept"),
    [
        ("€5.50", "USD", False),
        ("5.50 €", "USD", False),
        ("5.50 zł", "EUR", False),
        ("£5.50", "EUR", False),
        ("₽5.50", "EUR", False),
        ("$5.50", "EUR", False),
        ("¥5", "PLN", False),
        ("5.50 руб.", "PLN", False),
        ("5.50 Kč", "EUR", False),
        ("₺5.50", "EUR", False),
        ("$5.50", "KZT", False),
        ("€5.50", "EUR", True),
        ("5.50 zł", "PLN", True),
        ("5.50 руб.", "RUB", True),
        ("5.50 р.", "RUB", True),
        ("5.50 Kč", "CZK", True),
        ("₺5.50", "TRY", True),
        ("$5.50", "CAD", True),
        ("¥5", "CNY", True),
        ("5\u00a0000.50", "USD", True),
        ("€5.50", "", True),
    ],
)
def test_an_amount_with_the_sign_of_another_currency_is_rejected(
    home: Home, tmp_path: Path, amount: str, currency: str, *, is_kept: bool
) -> None:
    text = (
        f"Day,Campaign,Impr.,Clicks,Cost,Currency code\n2026-03-02,A,1,1,{amount},{currency}\n2026-03-03,A,1,1,2.00,\n"
    )
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert (result.rows_loaded, result.rows_rejected) == (1 + is_kept, 1 - is_kept)
    assert ("has the sign of another currency (1)" in result.message) is not is_kept


def test_an_amount_with_the_sign_of_another_currency_than_its_heading_is_rejected(home: Home, tmp_path: Path) -> None:
    text = "Day,Campaign name,Impressions,Amount spent (USD)\n2026-03-02,A,10,€5.50\n2026-03-03,A,10,$6.50\n"
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert (result.rows_loaded, result.rows_rejected) == (1, 1)


def test_the_sign_of_another_currency_is_seen_among_plain_numbers(home: Home, tmp_path: Path) -> None:
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(300))
    plain = "".join(f"{day},A,1,1,2.50,EUR\n" for day in days)
    text = (
        f"Day,Campaign,Impr.,Clicks,Cost,Currency code\n{plain}2026-11-01,A,1,1,$2.50,EUR\n2026-11-02,A,1,1,€2.50,EUR\n"
    )
    result = load(home, tmp_path / "report.csv", text, TOLD)
    assert (result.rows_loaded, result.rows_rejected) == (301, 1)
    assert "has the sign of another currency (1)" in result.message


def test_amounts_without_a_currency_are_in_that_of_their_account(home: Home, tmp_path: Path) -> None:
    top = "Day,Campaign,Impr.,Clicks,Cost,Currency code,Account name\n"
    accounts = {"one": ["PLN", "", ""], "other": ["USD", ""], "two": ["PLN", "USD", ""], "none": ["", ""]}
    rows = [f"2026-03-0{n},A,10,1,3.00,{c},{a}\n" for a, codes in accounts.items() for n, c in enumerate(codes, 1)]
    # A row that is kept out names another one: nothing is guessed.
    rows += ["2026-03-01,A,10,1,3.00,PLN,odd\n", "2026-03-02,A,10,1,3.00,,odd\n", "1899-03-03,A,10,1,3.00,USD,odd\n"]
    result = load(home, tmp_path / "report.csv", top + "".join(rows), TOLD)
    sql = "SELECT account, list(currency ORDER BY day) FROM ad_performance GROUP BY account"
    assert dict(open_snapshot(home.warehouse).rows(sql)) == {
        "one": ["PLN", "PLN", "PLN"],
        "other": ["USD", "USD"],
        "two": ["PLN", "USD", None],
        "none": [None, None],
        "odd": ["PLN", None],
    }
    told = "3 rows name no currency and are taken to be in PLN, USD, as all others of their account are."
    assert told in result.notes
    assert "4 rows name no currency; only their money is taken as the reporting currency." in result.notes


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (("USD", "USD"), ""),
        (("USD", ""), "1 row names no currency and is taken to be in USD, as all others of its account are."),
        (("USD", "PLN", ""), "1 row names no currency; only its money is taken as the reporting currency."),
        (("", ""), "The file names no currency; its money is taken as the reporting currency."),
    ],
)
def test_how_many_rows_name_no_currency(home: Home, tmp_path: Path, codes: tuple[str, ...], told: str) -> None:
    top = "Day,Campaign,Impr.,Clicks,Cost,Currency code,Account name\n"
    rows = (f"2026-03-0{day},Brand,10,1,3.00,{code},Shop\n" for day, code in enumerate(codes, start=2))
    result = load(home, tmp_path / "report.csv", top + "".join(rows), TOLD)
    assert result.rows_loaded == len(codes)
    assert [note for note in result.notes if "currency" in note] == ([told] if told else [])
