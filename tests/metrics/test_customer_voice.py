"""Golden values of what customers answered, computed by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from core.period import Grain
from tests.metrics.toy import Row, ask, load, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
MADE = [load(1, exported_at=datetime(2026, 7, 1, 8))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def answers(survey: str, scores: str, role: str | None = "sales") -> list[Row]:
    """One answer of 10 June for each of *scores*, brought by load 1."""
    each: Row = {"asked_on": "2026-06-10", "survey": survey, "role": role, "load_id": 1}
    return [
        each | {"answer_id": f"{survey} {number}", "score": None if score == "?" else score}
        for number, score in enumerate(scores.split())
    ]


def audit(
    number: int, role: str | None = "sales", customer: object = None, day: str = "2026-06-10", **of: object
) -> Row:
    """An audit answer, brought by load 1."""
    row: Row = {"answer_id": f"audit {number}", "asked_on": day, "survey": "audit", "role": role, "load_id": 1}
    return row | {"customer_id": customer} | of


def test_scores(tmp_path: Path) -> None:
    rows = [*answers("nps", "10 9 9 8 7 6 0 ? 11"), *answers("csat", "5 4 ?"), *answers("ces", "7 5 6")]
    answer = ask(toy(tmp_path, survey_answers=rows), "nps csat effort_score", JUNE)
    # 3 recommend, 2 advise against, of 7 on the scale: 100/7; (5 + 4) / 2; (7 + 5 + 6) / 3
    assert values(answer) == pytest.approx([100 / 7, 4.5, 6])
    assert answer.statements == 1


def test_what_was_promised_and_found(tmp_path: Path) -> None:
    rows = [
        audit(1, expectation=8, reality=9, promise_kept=True),
        audit(2, expectation=9, reality=5, promise_kept=False),
        audit(3, "support", expectation=7, reality=7, promise_kept=True),
        # Expected nothing that was noted; found 10; was promised nothing.
        audit(4, None, expectation=None, reality=10),
    ]
    snapshot = toy(tmp_path, survey_answers=rows)
    # (1 − 4 + 0) / 3; 2 of 3; (9 + 5 + 7 + 10) / 4
    assert values(ask(snapshot, "expectation_gap promises_kept_rate rating_by_role", JUNE)) == [-1, 2 / 3, 7.75]
    by_role = ask(snapshot, "rating_by_role", JUNE, split=("role",))
    assert list(by_role.table["role"]) == ["sales", "support", None]
    assert values(by_role) == [7, 7, 10]


class TestAverageOfRatios:
    """Monday one customer of one recommends, Tuesday none of four: together a fifth of five, not the half of 100."""

    def test_over_time(self, tmp_path: Path) -> None:
        rows = answers("nps", "10 8 7 8 7")
        rows[0]["asked_on"] = "2026-06-09"
        snapshot = toy(tmp_path, survey_answers=rows)
        assert values(ask(snapshot, "nps", period("2026-06-09", "2026-06-10"), Grain.DAY)) == [100, 0]
        assert values(ask(snapshot, "nps", JUNE)) == [20]


CUSTOMERS: tuple[Row, ...] = (
    {"customer_id": 1, "status": "existing", "since": "2020-01-01", "key_account": True},
    {"customer_id": 2, "status": "existing", "since": None, "key_account": True},
    {"customer_id": 3, "status": "existing", "since": "2026-06-20", "key_account": True},
    {"customer_id": 4, "status": "existing", "since": "2021-01-01", "key_account": False},
    {"customer_id": 5, "status": "former", "since": "2019-01-01", "key_account": True},
)
# On 30 June 2026 the 180 days begin on 2 January.
MET = ("2026-06-28", "2026-01-02", "2026-01-01", "2026-06-01", "2026-06-29")


def base(folder: Path, *asked: Row) -> Snapshot:
    """The customers with the days they were met, and those asked in audits."""
    customers = [
        row | {"load_id": 1, "last_marketing_contact_on": met, "updated_on": "2026-06-30"}
        for row, met in zip(CUSTOMERS, MET, strict=True)
    ]
    return toy(folder, MADE, customers=customers, survey_answers=asked)


class TestFanOut:
    """A customer asked three times is one customer asked."""

    def test_coverage(self, tmp_path: Path) -> None:
        asked = [audit(number, customer=1) for number in range(3)] + [audit(4, customer=4)]
        answer = ask(base(tmp_path, *asked), "audit_coverage", JUNE)
        assert answer.table[["numerator", "denominator"]].to_numpy().tolist() == [[2, 4]]


class TestUnmatchedRows:
    """Answers without a customer, of a former or an unknown one, and to other surveys cover nobody."""

    def test_coverage(self, tmp_path: Path) -> None:
        asked = [audit(1, customer=None), audit(2, customer=5), audit(3, customer=99)]
        asked.append(audit(4, customer=2) | {"survey": "nps"})
        assert values(ask(base(tmp_path, *asked), "audit_coverage", JUNE)) == [0]


class TestWindowEdge:
    """The last of 365 days is inside, the day before it is not; so for 180 days."""

    def test_audits(self, tmp_path: Path) -> None:
        # 365 days up to 30 June 2026 begin on 1 July 2025.
        asked = [audit(1, customer=1, day="2025-07-01"), audit(2, customer=2, day="2025-06-30")]
        assert values(ask(base(tmp_path, *asked), "audit_coverage", JUNE)) == [1 / 4]

    def test_contacts(self, tmp_path: Path) -> None:
        # Key accounts 1 and 2 were met in time, 3 a day too early; 4 is none, 5 left.
        assert values(ask(base(tmp_path), "direct_contact_coverage", JUNE)) == [2 / 3]

    def test_a_later_contact_does_not_tell_of_an_earlier_day(self, tmp_path: Path) -> None:
        # On 27 June it is not known when account 1 had been met before the 28th; 180 days begin on 30 December.
        assert values(ask(base(tmp_path), "direct_contact_coverage", period("2026-06-01", "2026-06-27"))) == [1]


class TestOnlyNow:
    """The list of customers tells how things are: of months ago it says nothing."""

    def test_the_last_five_weeks(self, tmp_path: Path) -> None:
        answer = ask(base(tmp_path), "direct_contact_coverage", period("2026-04-01", "2026-06-30"), Grain.MONTH)
        assert [value is None for value in values(answer)] == [True, False, False]


class TestUnknownIsNotZero:
    """Where nobody notes contacts or audits, nobody knows that there were none."""

    def test_no_audits(self, tmp_path: Path) -> None:
        assert values(ask(base(tmp_path, *answers("nps", "9")), "audit_coverage", JUNE)) == [None]

    def test_no_contacts_noted(self, tmp_path: Path) -> None:
        customers = [row | {"load_id": 1, "updated_on": "2026-06-30"} for row in CUSTOMERS]
        snapshot = toy(tmp_path, MADE, customers=customers)
        assert values(ask(snapshot, "direct_contact_coverage", JUNE)) == [None]
