"""`kpi`: values in full precision, in three formats that say the same."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

import pytest

from terminal import print_json, print_table
from tests.department import HOSTILE
from tests.tables import make_every_table
from warehouse.writer import writing

if TYPE_CHECKING:
    from core.config import Home
    from tests.cli.conftest import Kokpit

COLUMNS: Final = ["kpi", "period_start", "period_end", "value", "numerator", "denominator", "complete"]
WEEK: Final = ("--from", "2026-11-02", "--to", "2026-11-08")


def test_json_is_a_list_of_values_in_full_precision(kokpit: Kokpit, department: Home) -> None:
    """In a day of that week Google shows 4000 times for 80 clicks, Meta 5000 times for 50."""
    answer = kokpit("kpi", "ctr", "spend", *WEEK, "--format", "json")
    assert (answer.code, answer.errors) == (0, "")
    ctr, spend = answer.json
    assert list(ctr) == COLUMNS
    assert ctr == {
        "kpi": "ctr",
        "period_start": "2026-11-02",
        "period_end": "2026-11-08",
        "value": 7 * 130 / (7 * 9000),
        "numerator": 7 * 130.0,
        "denominator": 7 * 9000.0,
        "complete": True,
    }
    assert (spend["value"], spend["numerator"], spend["denominator"]) == (7 * 65.0, 7 * 65.0, None)


def test_json_has_no_noise_of_sums(capsys: pytest.CaptureFixture[str]) -> None:
    print_json([{"value": 0.1 + 0.2, "points": ({"value": 1 / 3},)}])
    assert json.loads(capsys.readouterr().out) == [{"value": 0.3, "points": [{"value": 1 / 3}]}]


def test_small_numbers_are_told_by_three_digits(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["value"], [(0.0074321,), (0.000012345,), (59919.99999,), (0,), (2e-16,)])
    assert capsys.readouterr().out.split() == ["value", "0.00743", "0.0000123", "59,920", "0", "0"]


def test_csv_has_the_same_columns_and_values(kokpit: Kokpit, department: Home) -> None:
    answer = kokpit("kpi", "ctr", "spend", *WEEK, "--format", "csv")
    assert answer.out == (
        "kpi,period_start,period_end,value,numerator,denominator,complete\n"
        f"ctr,2026-11-02,2026-11-08,{130 / 9000!r},910.0,63000.0,true\n"
        "spend,2026-11-02,2026-11-08,455.0,455.0,,true\n"
    )


def test_the_table_has_the_same_columns_too(kokpit: Kokpit, department: Home) -> None:
    head, ctr, spend = kokpit("kpi", "ctr", "spend", *WEEK).out.splitlines()
    assert head.split() == COLUMNS
    assert ctr.split() == ["ctr", "2026-11-02", "2026-11-08", "0.0144", "910", "63,000", "yes"]
    assert spend.split() == ["spend", "2026-11-02", "2026-11-08", "455", "455", "–", "yes"]


@pytest.mark.parametrize(
    ("by", "periods"),
    [
        ("day", [(f"2026-11-{day:02d}", f"2026-11-{day:02d}") for day in range(2, 9)]),
        ("week", [("2026-11-02", "2026-11-08")]),
        ("month", [("2026-11-02", "2026-11-08")]),
        ("quarter", [("2026-11-02", "2026-11-08")]),
        ("year", [("2026-11-02", "2026-11-08")]),
        ("total", [("2026-11-02", "2026-11-08")]),
    ],
)
def test_periods_are_as_long_as_asked(
    kokpit: Kokpit, department: Home, by: str, periods: list[tuple[str, str]]
) -> None:
    rows = kokpit("kpi", "spend", *WEEK, "--by", by, "--format", "json").json
    assert [(row["period_start"], row["period_end"]) for row in rows] == periods
    assert sum(row["value"] for row in rows) == 455


def test_no_value_is_null_empty_and_a_dash(kokpit: Kokpit, department: Home) -> None:
    days = ("--from", "2027-03-01", "--to", "2027-03-07")
    (row,) = kokpit("kpi", "ctr", *days, "--format", "json").json
    assert (row["value"], row["numerator"], row["denominator"], row["complete"]) == (None, None, None, False)
    assert kokpit("kpi", "ctr", *days, "--format", "csv").out.splitlines()[1] == "ctr,2027-03-01,2027-03-07,,,,false"
    assert kokpit("kpi", "ctr", *days).out.splitlines()[1].split()[3:] == ["–", "–", "–", "no"]


def test_a_split_is_a_column_between_period_and_value(kokpit: Kokpit, department: Home) -> None:
    rows = kokpit("kpi", "spend", *WEEK, "--split", "platform", "--split", "campaign", "--format", "json").json
    assert list(rows[0]) == [*COLUMNS[:3], "platform", "campaign", *COLUMNS[3:]]
    found = {(row["platform"], row["campaign"]): row["value"] for row in rows}
    assert found == {
        ("google_ads", "Brand <b>2026</b>"): 140,
        ("google_ads", "Generic"): 140,
        ("meta_ads", "Reach"): 175,
    }


def test_only_where(kokpit: Kokpit, department: Home) -> None:
    def spent(*conditions: str) -> float:
        options = [part for condition in conditions for part in ("--where", condition)]
        (row,) = kokpit("kpi", "spend", *WEEK, *options, "--format", "json").json
        return float(row["value"])

    assert spent("platform=meta_ads") == 175
    assert spent("platform=meta_ads", "platform=google_ads") == 455
    assert spent("platform=google_ads", "campaign=Generic") == 140
    assert spent(f"ad={HOSTILE}") == 70, "the value itself may hold an equals sign"
    assert spent("device=") == 455, "an empty value means the rows without one"


def test_csv_is_harmless_in_a_spreadsheet_and_json_is_as_it_is(kokpit: Kokpit, department: Home) -> None:
    asked = ("kpi", "spend", *WEEK, "--split", "ad", "--format")
    ads = [row["ad"] for row in csv.DictReader(io.StringIO(kokpit(*asked, "csv").out))]
    assert f"'{HOSTILE}" in ads
    assert HOSTILE not in ads
    assert HOSTILE in [row["ad"] for row in kokpit(*asked, "json").json]


def test_values_are_whole_and_plain_where_nobody_sees_a_terminal(
    kokpit: Kokpit, department: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of campaigns may look like markup, and a pipe is as wide as its lines."""
    monkeypatch.setenv("COLUMNS", "20")
    name = "[red]A campaign :fire: " + "with a very long name " * 10
    with writing(department.warehouse) as writer:
        make_every_table(writer)
        writer.run(
            "UPDATE target.ad_performance SET campaign = ? WHERE campaign = 'Generic' AND account IS NOT NULL", [name]
        )
        writer.publish()
    answer = kokpit("kpi", "spend", *WEEK, "--split", "campaign")
    assert name.strip() in answer.out
    assert "\x1b" not in answer.out
    assert [line for line in answer.out.splitlines() if line != line.rstrip()] == []


class TestMoneyThatCannotBeConverted:
    @pytest.fixture
    def abroad(self, department: Home) -> Home:
        """From 3 to 4 November Meta charged in a currency nobody has a rate for."""
        with writing(department.warehouse) as writer:
            make_every_table(writer)
            writer.run(
                """UPDATE target.ad_performance SET currency = 'KZT'
                WHERE platform = 'meta_ads' AND day BETWEEN DATE '2026-11-03' AND DATE '2026-11-04'"""
            )
            writer.publish()
        return department

    def test_json_is_the_error_that_names_currency_and_days(self, kokpit: Kokpit, abroad: Home) -> None:
        answer = kokpit("kpi", "clicks", "spend", *WEEK, "--format", "json")
        assert answer.code == 1
        error = answer.json["error"]
        assert error["kind"] == "rate"
        assert "KZT (2026-11-03 – 2026-11-04)" in error["message"]
        assert "exchange_rates" in error["next_step"]
        assert f"{error['message']} {error['next_step']}" in answer.errors

    @pytest.mark.parametrize("form", ["csv", "table"])
    def test_the_other_kpis_are_answered(self, kokpit: Kokpit, abroad: Home, form: str) -> None:
        answer = kokpit("kpi", "clicks", "spend", *WEEK, "--format", form)
        assert answer.code == 1
        assert "910" in answer.out
        assert "spend" not in answer.out
        assert "KZT (2026-11-03 – 2026-11-04)" in answer.errors

    def test_kpis_without_money_need_no_rate(self, kokpit: Kokpit, abroad: Home) -> None:
        answer = kokpit("kpi", "clicks", *WEEK, "--format", "json")
        assert (answer.code, answer.json[0]["value"]) == (0, 910)


def test_cautions_go_to_standard_error(kokpit: Kokpit, department: Home) -> None:
    with writing(department.warehouse) as writer:
        make_every_table(writer)
        writer.run("UPDATE target.ad_performance SET currency = NULL")
        writer.publish()
    answer = kokpit("kpi", "spend", *WEEK, "--format", "json")
    assert (answer.code, answer.json[0]["value"]) == (0, 455)
    assert answer.errors.startswith("⚠ ")


def test_an_empty_home_has_no_values(kokpit: Kokpit, home: Home) -> None:
    answer = kokpit("kpi", "spend", *WEEK, "--format", "json")
    assert (answer.code, answer.json[0]["value"]) == (0, None)


@pytest.mark.parametrize(
    "command",
    [
        ("kpi", "spend", *WEEK),
        ("signals", "spend", *WEEK),
        ("drivers", "spend", *WEEK, "--before", "2026-11-09", "--before-to", "2026-11-15", "--split", "campaign"),
    ],
)
def test_a_filter_that_no_row_meets_is_told_with_the_nearest_values(
    kokpit: Kokpit, department: Home, command: tuple[str, ...]
) -> None:
    assert not department.is_empty
    answer = kokpit(*command, "--where", "platform=google")
    assert "⚠ No row has platform=google. Nearest values: google_ads / meta_ads." in answer.errors
    assert "No row has" not in kokpit(*command, "--where", "platform=google_ads").errors
