"""What an unknown table is: its dataset, and which header is which column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.exports.guess import guess, guess_as
from connectors.exports.unknown import Sample
from connectors.exports.vocabulary import bones, column_label, columns_of, dataset_meaning, mappable
from core.language import LANGUAGES, use_language
from tests.connectors.exports.unknown_tables import TABLES, Known

UNHEARD = ("Zorp", "Blimfex", "Квакозябра", "Świszczek")


@pytest.mark.parametrize("known", TABLES, ids=str)
def test_the_dataset_and_every_column_are_found(known: Known) -> None:
    best = guess(known.sample)[0]
    assert (best.dataset, best.columns, best.constants) == (known.dataset, known.columns, known.constants)
    assert best.language == known.language
    assert best.missing == ()
    assert best.confidence > 0.6


@settings(deadline=None)
@given(data=st.data(), known=st.sampled_from(TABLES))
def test_order_and_unknown_columns_make_no_difference(data: st.DataObject, known: Known) -> None:
    sample = known.sample
    more = data.draw(st.lists(st.sampled_from(UNHEARD), unique=True))
    places = data.draw(st.permutations(range(len(sample.headers) + len(more))))
    headers = (*sample.headers, *more)
    rows = [(*row, *("blah" for _each in more)) for row in sample.rows]
    shuffled = Sample(
        sample.name, tuple(headers[i] for i in places), tuple(tuple(row[i] for i in places) for row in rows)
    )
    first, second = guess(sample)[0], guess(shuffled)[0]
    assert (first.dataset, first.columns, first.constants) == (second.dataset, second.columns, second.constants)


def test_a_name_whose_cells_do_not_fit_is_not_believed() -> None:
    rows = (("x", "2026-01-02", "cheap"), ("y", "2026-01-03", "dear"))
    found = guess_as(Sample("t", ("Campaign", "Date", "Cost"), rows), "ad_performance")
    assert found.columns == {"day": "Date", "campaign": "Campaign"}


@pytest.mark.parametrize("amount", ["1 234,50 zł", "10,00 руб.", "10,00 р.", "1 000,50 Kč", "₸5,50", "€5,50"])
def test_an_amount_with_its_currency_beside_it_is_a_number(amount: str) -> None:
    rows = (("F/1", "2026-06-01", amount), ("F/2", "2026-06-05", amount))
    found = guess_as(Sample("faktury", ("Numer faktury", "Data faktury", "Kwota netto"), rows), "expenses")
    assert found.columns["amount"] == "Kwota netto"


def test_look_alike_letters_marks_and_case_make_no_difference() -> None:
    rows = (("2026-01-02", "5", "1"),)
    found = guess_as(Sample("t", ("DATE", "Kлики", "campaign_name"), rows), "ad_performance")
    assert found.columns == {"day": "DATE", "campaign": "campaign_name", "clicks": "Kлики"}


def test_a_day_and_a_number_are_told_by_their_cells_when_no_name_tells_them() -> None:
    rows = (("Z-1", "2026-01-02", "5"), ("Z-2", "2026-01-03", "7"))
    sample = Sample("t", ("Sygnatura", "Kiedy", "Kliknięcia"), rows)
    assert guess_as(sample, "ad_performance").columns["day"] == "Kiedy"
    assert guess_as(sample, "mailings").columns["mailing_id"] == "Sygnatura"


def test_letters_without_their_marks_are_the_same_letters() -> None:
    rows = (("1", "Acme", "02.03.2026", "10"), ("2", "Beta", "03.03.2026", "12"))
    found = guess(Sample("zamowienia", ("Numer zamowienia", "Klient", "Dzien", "Kwota (PLN)"), rows))[0]
    assert found.dataset == "orders"
    assert found.columns | {"customer_id": ""} == {
        "order_id": "Numer zamowienia",
        "customer_id": "",
        "ordered_on": "Dzien",
        "amount": "Kwota (PLN)",
    }


def test_russian_numbers_of_things_and_names_of_files_are_known() -> None:
    rows = (("7", "Рога", "1000", "02.03.2026"), ("8", "Копыта", "12", "03.03.2026"))
    found = guess(Sample("Сделки", ("Номер", "Клиент", "Сумма", "Дата создания"), rows))[0]
    assert (found.dataset, found.columns["deal_id"]) == ("deals", "Номер")
    ads = guess_as(Sample("яндекс 2026", ("Дата", "Кампания"), (("02.03.2026", "А"),)), "ad_performance")
    assert ads.constants == {"platform": "yandex_direct"}


def test_nothing_known_is_no_guess() -> None:
    assert guess(Sample("t", ("Zorp", "Blimfex"), (("a", "b"),))) == []


@pytest.mark.parametrize("sign", [("€", "EUR"), ("zł", "PLN"), ("₽", "RUB")])
def test_the_sign_in_the_cells_tells_the_currency(sign: tuple[str, str]) -> None:
    sample = Sample("t", ("Order number", "Amount"), (("1", f"10 {sign[0]}"), ("2", "11")))
    assert guess_as(sample, "expenses").constants.get("currency") in (sign[1], None)
    priced = Sample("t", ("Invoice number", "Cost"), (("F1", f"{sign[0]}5" if sign[0] != "zł" else "5"),))
    assert guess_as(priced, "expenses").columns["amount"] == "Cost"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name_in_every_language(language: str) -> None:
    use_language(language)
    for dataset in mappable():
        assert dataset_meaning(dataset.name).endswith(".")
        labels = [bones(column_label(dataset.name, column.name)) for column in columns_of(dataset.name)]
        twice = {label for label in labels if labels.count(label) > 1}
        assert twice == set(), dataset.name


@pytest.mark.parametrize("header", ["Koszt PLN", "Koszt (PLN)", "Koszt, PLN"])
def test_the_code_in_a_heading_tells_the_currency(header: str) -> None:
    rows = (("2026-01-02", "A", "12,50"),)
    found = guess_as(Sample("t", ("Data", "Kampania", header), rows), "ad_performance")
    assert (found.columns["cost"], found.constants) == (header, {"currency": "PLN"})


@pytest.mark.parametrize(
    ("dataset", "headers", "columns"),
    [
        ("leads", ("id", "money.amount", "money.currency"), {"value": "money.amount", "currency": "money.currency"}),
        ("deals", ("id", "amount.value", "amount.currency"), {"amount": "amount.value", "currency": "amount.currency"}),
        ("orders", ("id", "price.amount"), {"amount": "price.amount"}),
        ("ad_performance", ("id", "cost.amount"), {"cost": "cost.amount"}),
    ],
)
def test_money_within_a_record_is_known(dataset: str, headers: tuple[str, ...], columns: dict[str, str]) -> None:
    rows = (("L-1", "12.50", "EUR"), ("L-2", "7.00", "EUR"))
    found = guess_as(Sample("t", headers, tuple(row[: len(headers)] for row in rows)), dataset)
    assert {name: header for name, header in found.columns.items() if header != "id"} == columns
