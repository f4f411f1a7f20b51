"""The panel that asks what an unknown file is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.pages.conftest import seen, visit_page
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home

INVOICES = """Nr faktury;Data wystawienia;Kontrahent;Kwota netto (PLN);Opis
F/1;02.10.2026;Studio Malwa;1 200,50;plakaty
F/2;06.10.2026;Studio Malwa;brak;ulotki
F/3;05.10.2026;Drukarnia Sowa;300,00;katalog
"""


def drop(app: AppTest, name: str, content: str) -> AppTest:
    app.file_uploader[0].upload(name, content.encode()).run()
    assert not app.exception
    return app


def choose(app: AppTest, label: str, value: str) -> AppTest:
    """Answer the question *label*."""
    box = next(box for box in app.selectbox if box.label == label)
    box.set_value(value).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_an_unknown_file_is_asked_about_and_shown_as_it_would_be_loaded(home: Home) -> None:
    app = drop(visit_page("sources"), "faktury_2026-10.csv", INVOICES)
    shown = seen(app)
    assert "say what its columns are: below, on this page." in shown
    assert "cli.py" not in shown
    assert next(box for box in app.selectbox if box.label == "What its rows are").value == "expenses"
    assert "2 rows would be loaded, 1 rejected." in shown
    assert 'data-label="Supplier"' in shown
    assert "1,200.5" in shown
    assert "not a number" in shown
    assert "F/2;06.10.2026;Studio Malwa;brak;" in shown
    assert not home.formats.exists()


def test_load_and_remember_loads_it_and_next_months_file_loads_by_itself(home: Home) -> None:
    app = press(drop(visit_page("sources"), "faktury_2026-10.csv", INVOICES), "Load and remember")
    assert "faktury_2026-10.csv <em>loaded</em>" in seen(app)
    assert "Tell Kokpit what this file is" not in [str(heading.value) for heading in app.subheader]
    assert (home.formats / "faktury.toml").exists()
    drop(app, "faktury_2026-11.csv", INVOICES.replace(".10.", ".11.").replace("F/", "G/"))
    rows = open_snapshot(home.warehouse).rows("SELECT expense_id, currency FROM expenses ORDER BY expense_id")
    assert rows == [("F/1", "PLN"), ("F/3", "PLN"), ("G/1", "PLN"), ("G/3", "PLN")]


def test_what_was_guessed_can_be_corrected(home: Home) -> None:
    app = drop(visit_page("sources"), "faktury.csv", INVOICES)
    choose(app, "Supplier", "")
    choose(app, "Activity", "Opis")
    shown = seen(app)
    assert 'data-label="Supplier"' not in shown
    assert 'data-label="Activity" class="kk-text"><span>plakaty</span>' in shown
    press(app, "Load and remember")
    assert open_snapshot(home.warehouse).rows("SELECT supplier, activity FROM expenses ORDER BY line, activity") == [
        (None, "katalog"),
        (None, "plakaty"),
    ]


def test_what_is_still_missing_is_named(home: Home) -> None:
    assert home.is_empty
    app = drop(visit_page("sources"), "faktury.csv", INVOICES)
    choose(app, "Expense number *", "")
    assert "Still missing: Expense number." in seen(app)
    assert "Load and remember" not in [button.label for button in app.button]


def test_amounts_without_a_currency_are_pointed_out(home: Home) -> None:
    assert home.is_empty
    app = drop(visit_page("sources"), "faktury.csv", INVOICES.replace(" (PLN)", ""))
    assert "The file names no currency" in seen(app)
    choose(app, "Currency", "*")
    next(field for field in app.text_input if field.label == "Currency: in every row").set_value("PLN").run()
    assert "The file names no currency" not in seen(app)


def test_a_file_that_can_be_read_in_two_ways_asks_how(home: Home) -> None:
    text = "Invoice number,Date,Amount,Currency\nF1,01/02/2026,5,EUR\nF2,03/04/2026,6,EUR\n"
    app = drop(visit_page("sources"), "days.csv", text)
    assert "is 01/02/2026 the day 01 of month 02 2026" in seen(app)
    press(choose(app, "Numbers and days", "en-GB"), "Load and remember")
    rows = open_snapshot(home.warehouse).rows("SELECT spent_on FROM expenses ORDER BY 1")
    assert [str(day) for (day,) in rows] == ["2026-02-01", "2026-04-03"]
    drop(app, "days_next.csv", text.replace("F1", "F3").replace("F2", "F4"))
    assert open_snapshot(home.warehouse).rows("SELECT count(*), max(spent_on) FROM expenses") == [(4, date(2026, 4, 3))]


def test_a_file_can_be_left_out(home: Home) -> None:
    assert home.is_empty
    app = press(drop(visit_page("sources"), "faktury.csv", INVOICES), "Leave this file out")
    assert "Leave this file out" not in [button.label for button in app.button]


def test_the_panel_speaks_the_readers_language(home: Home) -> None:
    assert home.is_empty
    app = drop(visit_page("sources", lang="pl"), "faktury.csv", INVOICES)
    assert 'data-label="Dostawca"' in seen(app)
