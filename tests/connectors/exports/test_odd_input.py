"""Files with something unusual in them that can be loaded all the same: what is in and what is kept out, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from connectors.exports.results import Control, controls_in
from tests.connectors.exports.damaged import HEADER, ROW, changed, google, joined
from tests.connectors.exports.google_ads import BRITISH
from tests.connectors.exports.writers import delimited, rows_of, workbook
from warehouse.attempts import rejected
from warehouse.datasets import DATASETS
from warehouse.export import export as take_away
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

TOLD = Options(account="shop")


def load(home: Home, path: Path, content: bytes | str, options: Options = TOLD) -> FileResult:
    """The one result of loading *content* as *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (result,) = load_files(home, [path], options)
    counted = result.rows_loaded + result.rows_replaced + result.rows_rejected + result.rows_total
    assert result.rows_read == counted, result.message
    return result


def rejects(home: Home) -> list[tuple[object, ...]]:
    """Line, column and reason of everything kept out."""
    return open_snapshot(home.warehouse).rows('SELECT line, "column", reason FROM rejects ORDER BY load_id, line')


def campaigns(home: Home) -> list[object]:
    """The names that are in."""
    return [name for (name,) in rows_of(home, "ad_performance", ["campaign"])]


def test_a_header_without_rows_is_an_empty_export(home: Home, tmp_path: Path) -> None:
    for name, content in (("a.csv", google()), ("b.csv", google().rstrip()), ("c.csv", BRITISH.file([]))):
        result = load(home, tmp_path / name, content)
        assert (result.status, result.rows_read, result.lines_footer) == ("empty", 0, 0)
        assert "without rows" in result.message
    assert not (home.warehouse / "CURRENT").exists()


def test_impossible_days_and_amounts_are_kept_out_with_their_reason(home: Home, tmp_path: Path) -> None:
    text = google(
        ROW,
        changed(day="1899-12-31"),
        changed(day="2199-01-01"),
        changed(cost="-3.00"),
        changed(clicks="3.5"),
        changed(cost="a lot"),
        changed(day="yesterday", campaign="Brand"),
    )
    result = load(home, tmp_path / "days.csv", text)
    assert (result.status, result.rows_loaded, result.rows_rejected) == ("loaded", 1, 6)
    assert rejects(home) == [
        (3, "Day", "the day is out of range"),
        (4, "Day", "the day is out of range"),
        (5, "Cost", "negative"),
        (6, "Clicks", "not a whole number"),
        (7, "Cost", "not a number"),
        (8, "Day", "not a day"),
    ]
    assert "6 rows were kept out" in result.message
    assert "negative" in result.message


def test_lines_of_rejects_are_those_of_the_file(home: Home, tmp_path: Path) -> None:
    rows = [
        "Campaign report",
        "2 March 2026 - 4 March 2026",
        ",".join(HEADER),
        ",".join(ROW),
        "",
        ",".join(changed(cost="-1", campaign="A")),
        "Cars,Search,2026-03-02",
        ",".join(changed(cost="-1", campaign="B")),
        "",
        "",
        ",".join(changed(cost="-1", campaign="C")),
        '"x"y,Search,2026-03-02,EUR,1,1,1',
        ",".join([*ROW, "more"]),
        "All times are in CET",
        ",".join(changed(cost="-1", campaign="D")),
    ]
    result = load(home, tmp_path / "lines.csv", joined(rows))
    assert (result.lines_preamble, result.lines_footer, result.rows_read) == (3, 4, 8)
    assert [(line, reason) for line, _, reason in rejects(home)] == [
        (6, "negative"),
        (7, "too few cells"),
        (8, "negative"),
        (11, "negative"),
        (12, "broken quotation marks"),
        (13, "too many cells"),
        (15, "negative"),
    ]


def test_rejects_keep_the_row_as_it_stood(home: Home, tmp_path: Path) -> None:
    load(home, tmp_path / "days.csv", google(ROW, changed(day="1899-12-31", campaign='"A", b')))
    load(home, tmp_path / "book.xlsx", workbook({"A": [HEADER, [*ROW[:4], 5, 1, -2.5]]}))
    rows = open_snapshot(home.warehouse).rows(f"SELECT raw FROM {rejected(home.warehouse)} ORDER BY load_id")
    assert rows == [('"""A"", b",Search,1899-12-31,EUR,1200,30,12.50',), ("Cars,Search,2026-03-02,EUR,5,1,-2.5",)]


def test_a_formula_in_a_name_is_text_and_comes_back(home: Home, tmp_path: Path) -> None:
    name = '=HYPERLINK("http://bad.example","Click")'
    names = [name, "'=already", "-dash", "@at", "'quoted'", "+1"]
    load(home, tmp_path / "formula.csv", google(*(changed(campaign=each) for each in names)))
    assert campaigns(home) == sorted(names, key=repr)
    out = tmp_path / "out.csv"
    take_away(open_snapshot(home.warehouse), DATASETS["ad_performance"], (None, None), "csv", out)
    assert '"\'=HYPERLINK(""http://bad.example"",""Click"")"' in out.read_text(encoding="utf-8")
    for kind in ("csv", "xlsx"):
        out = tmp_path / f"out.{kind}"
        take_away(open_snapshot(home.warehouse), DATASETS["ad_performance"], (None, None), kind, out)
        back = type(home)(tmp_path / kind)
        (result,) = load_files(back, [out])
        assert (result.status, result.format) == ("loaded", "kokpit"), result.message
        assert campaigns(back) == sorted(names, key=repr)


def test_two_accounts_with_the_same_campaigns_are_both_kept(home: Home, tmp_path: Path) -> None:
    header = [*HEADER, "Customer ID"]
    load(home, tmp_path / "both.csv", google([*ROW, "111-222-3333"], [*ROW, "444-555-6666"], header=header))
    load(home, tmp_path / "third.csv", google(changed(cost="99.00")), Options(account="other"))
    assert rows_of(home, "ad_performance", ["account", "cost"]) == [
        ("111-222-3333", Decimal("12.5")),
        ("444-555-6666", Decimal("12.5")),
        ("other", Decimal(99)),
    ]


def test_the_account_told_later_takes_the_place_of_none(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "report.csv", google(ROW), Options())
    assert "name it when you load the file" in result.message
    load(home, tmp_path / "report.csv", google(ROW), TOLD)
    assert rows_of(home, "ad_performance", ["account"]) == [("shop",)]


@pytest.mark.parametrize(
    "name", ["report.xls", "report", "report.csv.gz", "report [final].csv", "day=1/report.csv", "a*.csv"]
)
def test_the_name_of_a_file_says_nothing(home: Home, tmp_path: Path, name: str) -> None:
    assert load(home, tmp_path / name, google(ROW)).rows_loaded == 1


def test_a_workbook_called_csv(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "report.csv", workbook({"A": [HEADER, [*ROW[:4], 1200, 30, 12.5]]}))
    assert (result.status, result.rows_loaded) == ("loaded", 1)


@pytest.mark.parametrize(
    ("codec", "mark", "campaign"),
    [
        ("cp1251", b"", "Лето, распродажа"),
        ("cp1250", b"", "Zażółć gęślą jaźń"),
        ("cp1250", b"", "PÓŁKA żółta"),
        ("utf-16-be", b"\xfe\xff", "Лето 🚗"),
        ("utf-16-be", b"", "Cars"),
        ("utf-16-le", b"\xff\xfe", "Żółw 🚗"),
        ("utf-16-le", b"", "Cars"),
        ("utf-8", b"\xef\xbb\xbf", "Żółw"),
        ("utf-8", b"", "Лето 🚗"),
    ],
)
def test_every_encoding(home: Home, tmp_path: Path, codec: str, mark: bytes, campaign: str) -> None:
    result = load(home, tmp_path / "report.csv", mark + google(changed(campaign=campaign)).encode(codec))
    assert (result.status, result.rows_loaded) == ("loaded", 1)
    assert campaigns(home) == [campaign]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end(home: Home, tmp_path: Path, end: str) -> None:
    text = delimited([HEADER, ROW, changed(campaign="First\nsecond"), changed(campaign="B")], newline="\r\n")
    result = load(home, tmp_path / "report.csv", text.replace("\r\n", end))
    assert (result.rows_loaded, result.lines_preamble, result.lines_footer) == (3, 1, 0)
    assert campaigns(home) == ["B", "Cars", "First\nsecond"]


def test_line_ends_of_two_kinds_in_one_file(home: Home, tmp_path: Path) -> None:
    text = "Campaign report\n" + delimited([HEADER, ROW], newline="\r\n") + delimited([changed(campaign="B")])
    assert load(home, tmp_path / "report.csv", text).rows_loaded == 2
    assert campaigns(home) == ["B", "Cars"]


def test_a_title_over_two_lines(home: Home, tmp_path: Path) -> None:
    text = '"Campaign\nreport"\n\n' + google(ROW, changed(cost="-1"))
    result = load(home, tmp_path / "report.csv", text)
    assert (result.rows_loaded, result.rows_rejected, result.lines_preamble) == (1, 1, 3)
    assert rejects(home) == [(5, "Cost", "negative")]


def test_a_very_long_name(home: Home, tmp_path: Path) -> None:
    long = "x" * 300_000
    assert load(home, tmp_path / "report.csv", google(ROW, changed(campaign=long))).rows_loaded == 2
    assert campaigns(home) == ["Cars", long]


def test_a_line_longer_than_any(home: Home, tmp_path: Path) -> None:
    text = google(ROW, changed(campaign="x" * 3_000_000), changed(campaign="B"))
    result = load(home, tmp_path / "report.csv", text)
    assert (result.rows_loaded, result.rows_rejected) == (2, 1)
    assert rejects(home) == [(3, None, "too long a line")]


def test_quotation_marks_inside_a_cell(home: Home, tmp_path: Path) -> None:
    lines = [",".join(HEADER), 'The "big" one,' + ",".join(ROW[1:]), '19" rims,' + ",".join(ROW[1:])]
    assert load(home, tmp_path / "report.csv", joined(lines)).rows_loaded == 2
    assert campaigns(home) == ['19" rims', 'The "big" one']


@pytest.mark.parametrize("header_too", [True, False])
def test_empty_columns_at_the_end(home: Home, tmp_path: Path, header_too: bool) -> None:
    header = [*HEADER, "", ""] if header_too else HEADER
    result = load(
        home, tmp_path / "report.csv", google([*ROW, "", ""], [*changed(campaign="B"), "", ""], header=header)
    )
    assert (result.status, result.rows_loaded) == ("loaded", 2)


def test_empty_lines_are_counted_as_such(home: Home, tmp_path: Path) -> None:
    text = joined([",".join(HEADER), ",".join(ROW), "", ",,,,,,", "   ", ",".join(changed(campaign="B")), "", ""])
    result = load(home, tmp_path / "report.csv", text)
    assert (result.rows_loaded, result.lines_preamble, result.lines_footer) == (2, 1, 5)


def test_two_columns_of_one_name_and_equal_values(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "twice.csv", google([*ROW, ROW[5]], header=[*HEADER, "clicks "]))
    assert (result.status, result.rows_loaded) == ("loaded", 1)


@pytest.mark.parametrize(
    "label",
    [
        "TOTAL: CAMPAIGNS",
        "total: campaigns",
        "  Total:   Campaigns ",
        "\u00a0Total\u00a0: campaigns",
        "Total",
        "Итого: кампании",
    ],
)
def test_totals_however_they_are_spelt(home: Home, tmp_path: Path, label: str) -> None:
    total = [label, "", "", "", "1200", "30", "12.50"]
    result = load(home, tmp_path / "report.csv", google(ROW, total))
    assert (result.rows_loaded, result.rows_total, result.rows_rejected) == (1, 1, 0)
    assert [control.as_dict() for control in result.control if control.column == "cost"] == [
        {"column": "cost", "declared": 12.5, "summed": 12.5}
    ]


def test_totals_that_lack_their_last_cells(home: Home, tmp_path: Path) -> None:
    text = google(ROW) + "Total: Campaigns,,,,1200\n©2026 Example\n"
    result = load(home, tmp_path / "report.csv", text)
    assert (result.rows_total, result.lines_footer, result.rows_rejected) == (1, 1, 0)
    assert [control.column for control in result.control] == ["impressions"]


def test_totals_that_differ_are_told(home: Home, tmp_path: Path) -> None:
    result = load(home, tmp_path / "report.csv", google(ROW, ["Total: Campaigns", "", "", "", "1200", "30", "13.00"]))
    assert result.control_differs
    assert "declares 13 for cost, its rows sum to 12.5" in result.message
    assert open_snapshot(home.warehouse).rows("SELECT control_differs FROM loads") == [(True,)]
    ((kept,),) = open_snapshot(home.warehouse).rows("SELECT control FROM loads")
    assert controls_in(kept) == tuple(control for control in result.control if control.differs)
    assert controls_in('[{"column": "cost", "declared": 5.0, "summed": 2.0}]') == (Control("cost", 5, 2),)


def test_a_campaign_that_is_called_like_a_total(home: Home, tmp_path: Path) -> None:
    bare = ("Campaign", "Day", "Currency code", "Impr.", "Clicks", "Cost")
    rows = [(name, *ROW[2:]) for name in ("Cars", "Boats", "Total: Brand", "Total 2026", "Totally new")]
    assert load(home, tmp_path / "bare.csv", google(*rows, header=bare)).rows_loaded == 5
    full = [changed(campaign=name, day="2026-04-01") for name in ("Total: Brand", "Total: Account", "Cars")]
    assert load(home, tmp_path / "full.csv", google(*full)).rows_loaded == 3


def test_totals_of_days_without_a_usual_label_are_told_by_arithmetic(home: Home, tmp_path: Path) -> None:
    bare = ("Campaign", "Day", "Currency code", "Impr.", "Clicks", "Cost")
    rows = [("Cars", *ROW[2:]), ("Boats", *ROW[2:]), ("Total: all of them", "2026-03-02", "EUR", "2400", "60", "25.00")]
    result = load(home, tmp_path / "bare.csv", google(*rows, header=bare))
    assert (result.rows_loaded, result.rows_total) == (2, 1)


def test_a_label_counts_only_among_the_first_cells(home: Home, tmp_path: Path) -> None:
    header = [*HEADER, "Labels"]
    result = load(home, tmp_path / "report.csv", google([*ROW, "Total: Account"], header=header))
    assert (result.rows_loaded, result.rows_total) == (1, 0)


def test_a_period_of_one_day_needs_no_day_column(home: Home, tmp_path: Path) -> None:
    without = [name for name in HEADER if name != "Day"]
    text = "Campaign report\n2 March 2026 - 2 March 2026\n" + google(ROW[:2] + ROW[3:], header=without)
    result = load(home, tmp_path / "report.csv", text)
    assert (result.status, result.first_day, result.last_day) == ("loaded", date(2026, 3, 2), date(2026, 3, 2))


@pytest.mark.parametrize(
    "day", ["2 Mar 2026", "March 2, 2026", "2 мар. 2026 г.", "2 marca 2026", "20260302", "2026/03/02"]
)
def test_days_in_words_and_other_orders(home: Home, tmp_path: Path, day: str) -> None:
    result = load(home, tmp_path / "report.csv", google(changed(day=day), changed(day=day, campaign="B")))
    assert (result.rows_loaded, result.first_day, result.last_day) == (2, date(2026, 3, 2), date(2026, 3, 2))


def test_a_title_with_months_tells_the_order_of_days(home: Home, tmp_path: Path) -> None:
    for title, day in (("May 1, 2026 - May 31, 2026", date(2026, 5, 9)), ("1 September 2026", date(2026, 9, 5))):
        text = f'Report of Ann\n"{title}"\n' + google(changed(day="5/9/2026"))
        assert load(home, tmp_path / "report.csv", text).first_day == day


def test_the_currency_in_the_header_stands_in_for_an_empty_cell(home: Home, tmp_path: Path) -> None:
    text = "Day,Campaign name,Impressions,Currency,Amount spent (AUD)\n2026-03-02,A,1,AUD,2\n2026-03-02,B,1,,2\n"
    load(home, tmp_path / "meta.csv", text)
    assert rows_of(home, "ad_performance", ["campaign", "currency"]) == [("A", "AUD"), ("B", "AUD")]


def test_results_that_are_no_number_are_kept_out(home: Home, tmp_path: Path) -> None:
    text = "Day,Campaign name,Impressions,Amount spent (AUD),Results\n2026-03-02,A,1,2,many\n2026-03-02,B,1,2,3\n"
    assert load(home, tmp_path / "meta.csv", text).rows_loaded == 1
    assert rejects(home) == [(2, "Results", "not a number")]


def test_a_position_that_is_no_number_is_kept_out(home: Home, tmp_path: Path) -> None:
    text = "Date,Clicks,Impressions,CTR,Position\n2026-03-02,1,10,10%,first\n2026-03-03,1,10,10%,2\n"
    assert load(home, tmp_path / "Chart.csv", text).rows_loaded == 1
    assert rejects(home) == [(2, "Position", "not a number")]


def test_the_same_query_twice_is_kept_out_once(home: Home, tmp_path: Path) -> None:
    text = "Search term,Campaign,Day,Impr.\ncar,A,2026-03-02,1\ncar,A,2026-03-02,2\n"
    result = load(home, tmp_path / "terms.csv", text)
    assert result.rows_loaded == 2
    assert rows_of(home, "search_terms", ["occurrence"]) == [(1,), (2,)]
    chart = "Date,Clicks,Impressions,CTR,Position\n2026-03-02,1,10,10%,1\n2026-03-02,1,10,10%,2\n"
    assert load(home, tmp_path / "Chart.csv", chart).rows_loaded == 1
    assert rejects(home) == [(3, None, "appears twice in the file")]


def test_a_formula_that_failed_is_not_taken_for_an_empty_cell(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "failed.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("Notes & more").write_row(0, 0, ["just", "words"])
        sheet = book.add_worksheet("R & D")
        for place, row in enumerate((HEADER, ROW, changed(campaign="Vans"))):
            sheet.write_row(place, 0, row)
        sheet.write_formula(2, HEADER.index("Cost"), "=1/0", None, "#DIV/0!")
    results = load_files(home, [path], TOLD)
    assert [(result.status, result.rows_loaded, result.rows_rejected) for result in results] == [
        ("refused", 0, 0),
        ("loaded", 1, 1),
    ]
    assert rejects(home) == [(3, "Cost", "the sheet shows an error instead of a value")]
    assert campaigns(home) == ["Cars"]


def test_an_account_that_is_named_for_a_file_that_names_its_own_is_told_not_to_be_used(
    home: Home, tmp_path: Path
) -> None:
    content = delimited([(*HEADER, "Customer ID"), (*ROW, "111-222-3333")])
    assert "(111-222-3333), so “shop” was not used." in load(home, tmp_path / "own.csv", content).message
    assert "was not used" not in load(home, tmp_path / "none.csv", google(ROW)).message
    assert rows_of(home, "ad_performance", ["account"]) == [("111-222-3333",), ("shop",)]


def test_what_is_measured_by_day_has_no_days_to_come_and_plans_have(home: Home, tmp_path: Path) -> None:
    tomorrow, later = (datetime.now(UTC).date() + timedelta(days) for days in (1, 3))
    text = google(*(changed(day=day.isoformat()) for day in (tomorrow, later)))
    assert "1 row was kept out: the day has not come yet (1)." in load(home, tmp_path / "a.csv", text).message
    assert rejects(home) == [(3, "Day", "the day has not come yet")]
    assert rows_of(home, "ad_performance", ["day"]) == [(tomorrow,)]
    typed = f"kpi,day,numerator\nvisits,{later},3\n"
    assert load(home, tmp_path / "kpi_values.csv", typed).rows_loaded == 1


def test_a_period_that_is_running_may_end_on_a_day_to_come(home: Home, tmp_path: Path) -> None:
    now = datetime.now(UTC).date()
    periods = ((now, 9), (now + timedelta(9), 10))
    rows = (f"google_ads,{start},{now + timedelta(end)},word,1" for start, end in periods)
    text = "\n".join(["platform,day,day_end,search_term,clicks", *rows])
    result = load(home, tmp_path / "search_terms.csv", text)
    assert result.rows_loaded == 1
    assert f"Its last day, {now + timedelta(9)}, has not come yet" in result.message
    assert rejects(home) == [(3, "day", "the day has not come yet")]
