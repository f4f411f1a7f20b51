"""Each rule of the plan: what breaks it is told with its row, its column and a fix; what keeps it is not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.plan.checks import check
from connectors.plan.ranges import overlapping_targets
from connectors.plan.tables import TABLES, Known, PlanProblem, PlanTable
from core.language import use_language
from core.remarks import _, said_again, written
from tests.connectors.plan.folder import KNOWN, table

NEW_YEAR = date(2026, 1, 1)
ANNA = {"person_id": "anna", "name": "Anna Lis"}


def found(*tables: PlanTable) -> list[PlanProblem]:
    """What the checks say of *tables*, and of people who are there in every department."""
    everything = {"people": table("people", ANNA), **{each.name: each for each in tables}}
    return check(everything, KNOWN)


def target(start: date = NEW_YEAR, end: date | None = None, **more: object) -> dict[str, Any]:
    """A target, as its row would hold it."""
    row = {"kpi": "roas", "valid_from": start, "valid_to": end, "value": Decimal(4), **more}
    return {column: value for column, value in row.items() if value is not None}


@pytest.mark.parametrize(
    ("name", "row", "column", "message", "fix"),
    [
        ("targets", target(value=None), "value", "Target value, At least, At most are all empty.", "Fill one"),
        ("targets", {"kpi": "roas", "value": Decimal(4)}, "valid_from", "It is empty.", "Fill it in"),
        ("targets", target(valid_to="soon"), "valid_to", "“soon” is no day.", "2026-12-31"),
        ("targets", target(review_on=date(1026, 1, 1)), "review_on", "1026-01-01” is too far away.", "1990"),
        ("targets", target(valid_to=date(9999, 12, 31)), "valid_to", "is too far away.", "leave out an end"),
        ("working_hours", {"weekday": 1, "starts": "09:00", "ends": "24:30"}, "ends", "no time of day", "09:00"),
        ("targets", target(value="much"), "value", "“much” is no number.", "digits"),
        ("targets", target(value="#REF!"), "value", "error #REF!", "formula"),
        ("targets", target(low=Decimal(5), high=Decimal(4)), "low", "At least (5) is beyond At most (4)", "Swap"),
        ("targets", target(end=date(2025, 1, 1)), "valid_from", "is beyond Valid to", "Swap"),
        ("targets", target(value=Decimal(-1)), "value", "−1 is less than it can be.", "positive"),
        ("targets", target(kpi="ctr", value=Decimal(42)), "value", "42 is more than the whole.", "write 0.42, or 42%"),
        ("targets", target(kpi="rosa"), "kpi", "There is no KPI “rosa”.", "Did you mean roas?"),
        ("targets", target(kpi="Return on ad spend"), "kpi", "There is no KPI", "Did you mean roas?"),
        ("targets", target(set_by="Anna Lis"), "set_by", "nobody's person ID", "Did you mean anna?"),
        ("scorecards", {"person": "ana", "kpi": "roas", "valid_from": NEW_YEAR}, "person", "nobody's", "anna"),
        ("projects", {"project_id": "site", "kpi": "spent"}, "kpi", "There is no KPI “spent”.", "spend"),
        ("projects", {"project_id": "site", "process": "paid_adds"}, "process", "no process", "paid_ads"),
        ("projects", {"project_id": "site", "status": "stuck"}, "status", "none of the choices", "planned"),
        (
            "projects",
            {"project_id": "site", "starts_on": date(2026, 5, 1), "due_on": date(2026, 4, 1)},
            "starts_on",
            "is beyond Due on",
            "Swap",
        ),
        (
            "budget_lines",
            {"month": NEW_YEAR, "process": "paid_ads", "amount": Decimal(-5)},
            "amount",
            "−5 is less",
            "positive",
        ),
        (
            "budget_lines",
            {"month": NEW_YEAR, "process": "paid_ads", "currency": "EURO"},
            "currency",
            "“EURO” is no currency.",
            "EUR",
        ),
        ("budget_lines", {"month": date(2026, 1, 2), "process": "paid_ads"}, "month", "not the first day", "first"),
        (
            "targets",
            {"kpi": "roas", "valid_from": NEW_YEAR, "value": Decimal(3), "dimension_value": "meta_ads"},
            "dimension_value",
            "Dimension is empty",
            "both for a part",
        ),
        (
            "targets",
            {"kpi": "roas", "valid_from": NEW_YEAR, "value": Decimal(3), "dimension": "platform"},
            "dimension",
            "is empty",
            "both for a part",
        ),
        ("exchange_rates", {"day": NEW_YEAR, "currency": "USD", "rate": Decimal(0)}, "rate", "0 is less", "positive"),
        ("exchange_rates", {"day": NEW_YEAR, "currency": "USD"}, "rate", "It is empty.", "Fill it in"),
        ("processes", {"process_id": "web", "owner": "jan"}, "owner", "nobody's", "anna"),
        ("processes", {"process_id": "web", "parent": "wep"}, "parent", "no process “wep”", "web"),
        ("processes", {"process_id": "web", "parent": "web"}, "parent", "web → web", "Leave one"),
        ("processes", {"process_id": "web", "order": "first"}, "order", "no whole number", "12"),
        ("processes", {"process_id": "web", "active": "maybe"}, "active", "neither yes nor no", "yes or no"),
        (
            "custom_kpis",
            {"kpi_id": "roas", "process": "paid_ads"},
            "kpi_id",
            "Kokpit has a KPI “roas” of its own.",
            "another",
        ),
        ("kpi_values", {"kpi": "rosa", "day": NEW_YEAR}, "kpi", "There is no KPI", "roas"),
        ("working_hours", {"weekday": 8}, "weekday", "no weekday 8", "Monday"),
        ("working_hours", {"weekday": 1, "starts": "nine"}, "starts", "no time of day", "09:00"),
        ("working_hours", {"weekday": 1, "starts": "18:00", "ends": "09:00"}, "starts", "beyond", "Swap"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_fix(
    name: str, row: dict[str, Any], column: str, message: str, fix: str
) -> None:
    (problem,) = found(table(name, row))
    assert (problem.place, problem.row, problem.column, problem.warning) == (f"{name}.csv", 2, column, False)
    assert message in problem.message
    assert fix in problem.fix
    assert problem.value == str(row.get(column, ""))
    assert str(problem).startswith(f"{name}.csv, row 2, {column}: ")


def test_a_plan_without_mistakes_has_no_problems() -> None:
    parent = {"process_id": "web", "name": "Web", "owner": "anna", "active": True, "order": 1}
    child = {"process_id": "seo", "parent": "web"}
    share = {"person": "anna", "valid_from": NEW_YEAR}
    shares = ({**share, "kpi": "mood", "weight": Decimal(60)}, {**share, "kpi": "roas", "weight": Decimal(40)})
    tables = (
        table("processes", parent, child),
        table("custom_kpis", {"kpi_id": "mood", "process": "seo", "unit": "percent", "better": "in_range"}),
        table("targets", target(kpi="mood", low=Decimal(1), high=Decimal(1)), target(kpi="roas", set_by="anna")),
        table("scorecards", *shares),
        table("working_hours", {"weekday": 7, "starts": "09:00", "ends": "24:00"}),
    )
    assert found(*tables) == []


def test_weights_that_are_not_the_whole_are_a_warning_per_person_and_day() -> None:
    def weight(day: date, kpi: str, share: str) -> dict[str, Any]:
        return {"person": "anna", "kpi": kpi, "valid_from": day, "weight": Decimal(share)}

    later = date(2026, 7, 1)
    rows = [weight(NEW_YEAR, "roas", "60"), weight(NEW_YEAR, "spend", "30.5"), weight(later, "roas", "100")]
    (problem,) = found(table("scorecards", *rows))
    assert (problem.row, problem.warning) == (2, True)
    assert "anna from 2026-01-01 on are 90.5 % together" in problem.message


def test_a_secret_is_told_but_never_repeated() -> None:
    rows = [{"system": "Ads", "vault_url": "hunter2"}, {"system": "Mail", "vault_url": "https://vault.example/mail"}]
    (problem,) = found(table("accesses", *rows))
    assert (problem.row, problem.column, problem.warning) == (2, "vault_url", False)
    assert "hunter2" not in repr(problem)


def test_the_second_row_with_the_same_key_is_told() -> None:
    part = {"dimension": "platform", "dimension_value": "google_ads"}
    rows = [target(), target() | part, target(), target() | part]
    problems = found(table("targets", *rows))
    assert [(problem.row, problem.message) for problem in problems] == [
        (4, "Row 2 has the same KPI, Valid from already."),
        (5, "Row 3 has the same KPI, Valid from, Dimension, Value of the dimension already."),
    ]


def test_a_circle_of_processes_is_told_once() -> None:
    rows = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a"), ("e", None)]
    processes = table("processes", *({"process_id": each, "parent": parent} for each, parent in rows))
    (problem,) = found(processes)
    assert (problem.row, "b → c → b" in problem.message) == (3, True)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_rows() -> None:
    problems = found(table("targets", target(kpi="x"), target(value="y"), target(date(2026, 2, 1), set_by="z")))
    assert [(problem.row, problem.column) for problem in problems] == [(2, "kpi"), (3, "value"), (4, "set_by")]


def test_without_people_nobody_can_be_unknown() -> None:
    tables = {"links": table("links", *({"category": "a", "title": str(i), "owner": "jan"} for i in range(3)))}
    (problem,) = check(tables, Known())
    assert (problem.warning, "no people yet" in problem.message) == (True, True)


def test_every_rule_survives_rows_with_nothing_right() -> None:
    for name, dataset in TABLES.items():
        wrong = dict.fromkeys(dataset.by_name, object())
        empty: dict[str, Any] = {}
        assert check({name: table(name, wrong, empty, wrong)}, KNOWN)


RANGES = st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 12)), max_size=6)


def days_of(ranges: list[tuple[int, int | None]]) -> list[set[int]]:
    """The days each target holds for: one without an end holds until the next one begins."""
    starts = sorted({start for start, _length in ranges})
    return [
        set(range(start, start + length + 1 if length is not None else next((s for s in starts if s > start), 99)))
        for start, length in ranges
    ]


@given(RANGES)
def test_ranges_overlap_where_two_targets_hold_on_one_day(ranges: list[tuple[int, int | None]]) -> None:
    """Those that begin on the same day have the same key, which is another mistake."""
    days = days_of(ranges)
    expected = {
        later + 2
        for later, (start, _length) in enumerate(ranges)
        if any(start in held and first < start for held, (first, _other) in zip(days, ranges, strict=True))
    }
    rows = [
        target(NEW_YEAR + timedelta(start), None if length is None else NEW_YEAR + timedelta(start + length))
        for start, length in ranges
    ]
    assert {problem.row for problem in overlapping_targets(table("targets", *rows))} == expected


@given(RANGES, RANGES)
def test_targets_of_different_parts_never_overlap(
    one: list[tuple[int, int | None]], other: list[tuple[int, int | None]]
) -> None:
    def rows(part: str, ranges: list[tuple[int, int | None]]) -> list[dict[str, Any]]:
        return [
            target(NEW_YEAR + timedelta(start), NEW_YEAR + timedelta(start + (length or 0)), dimension_value=part)
            for start, length in ranges
        ]

    apart = [len(list(overlapping_targets(table("targets", *rows(*each))))) for each in (("a", one), ("b", other))]
    together = list(overlapping_targets(table("targets", *rows("a", one), *rows("b", other))))
    assert len(together) == sum(apart)


def test_an_overlap_says_how_to_end_it() -> None:
    rows = [target(NEW_YEAR, date(2026, 3, 31)), target(date(2026, 3, 1))]
    (problem,) = found(table("targets", *rows))
    assert problem.message == "It begins on 2026-03-01, while row 2 holds until 2026-03-31."
    assert problem.fix == "Let row 2 end on 2026-02-28, or this one begin later."


def test_moments_count_as_days() -> None:
    assert found(table("targets", target(datetime(2026, 1, 1, 12)))) == []  # noqa: DTZ001 - a sheet has no zone


def test_a_kpi_that_no_page_would_show_is_worth_a_warning() -> None:
    (problem,) = found(table("custom_kpis", {"kpi_id": "visits"}))
    assert (problem.column, problem.message) == ("process", "The KPI “visits” belongs to no process.")
    assert problem.warning


def test_a_mistake_is_told_again_in_another_language() -> None:
    use_language("pl")
    problem = PlanProblem("Cele", _("It is empty."), _("Fill it in, or delete the row."), 2, "Wskaźnik")
    kept = written([problem.told])
    use_language("en")
    (told,) = said_again(kept)
    assert told == "Cele, row 2, Wskaźnik: It is empty. Fill it in, or delete the row."
