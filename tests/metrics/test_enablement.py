"""Golden values of the KPIs of enablement, computed by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.period import Grain
from tests.metrics.toy import ask, load, period, toy, values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
LOADS = [load(1, exported_at=datetime(2026, 6, 30, 12))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def planned(**columns: object) -> Row:
    """A row of the plan, read on 30 June 2026."""
    return {"load_id": 1, **columns}


def step(person: str | None, number: int, **columns: object) -> Row:
    """A step of a specialist's onboarding."""
    return planned(role="Specialist", step=number, person=person, due_day=10 * number, **columns)


class TestProcedures:
    """Four active processes: one with a link, one with a procedure, one with two procedures, one with nothing."""

    def snapshot(self, folder: Path) -> Snapshot:
        processes = [
            planned(process_id="a", owner="anna", procedure_url="https://wiki.example/a"),
            planned(process_id="b", owner="anna"),
            planned(process_id="c", owner="bo"),
            planned(process_id="d", active=True),
            planned(process_id="e", active=False),
        ]
        procedures = [
            planned(procedure_id="1", process="b", reviewed_on="2025-06-30"),
            planned(procedure_id="2", process="c", reviewed_on="2025-07-01"),
            planned(procedure_id="3", process="c", reviewed_on="2026-06-29"),
            planned(procedure_id="4", process=None, reviewed_on=None),
        ]
        return toy(folder, LOADS, processes=processes, procedures=procedures)

    def test_two_procedures_do_not_count_their_process_twice(self, tmp_path: Path) -> None:
        assert ask(self.snapshot(tmp_path), "procedure_coverage", JUNE).value("procedure_coverage") == 3 / 4

    def test_by_owner(self, tmp_path: Path) -> None:
        answer = ask(self.snapshot(tmp_path), "procedure_coverage", JUNE, split=("owner",))
        assert list(answer.table["owner"]) == ["anna", "bo", None]
        assert values(answer) == [1, 1, 0]

    def test_a_review_is_fresh_for_twelve_months(self, tmp_path: Path) -> None:
        # On 30 June 2026 the review of 30 June 2025 is a year old, that of 1 July 2025 is not; one was never reviewed.
        assert ask(self.snapshot(tmp_path), "fresh_procedures", JUNE).value("fresh_procedures") == 2 / 4

    def test_what_only_tells_of_now_says_nothing_of_spring(self, tmp_path: Path) -> None:
        months = period("2026-04-01", "2026-06-30")
        answer = ask(self.snapshot(tmp_path), "procedure_coverage", months, Grain.MONTH)
        assert values(answer) == [None, 3 / 4, 3 / 4]


def test_accesses_and_links(tmp_path: Path) -> None:
    accesses = [
        planned(system="ads", owner="anna", vault_url="https://vault.example/1"),
        planned(system="crm", owner=None, vault_url="https://vault.example/2"),
        planned(system="wiki", owner="bo", vault_url=None),
    ]
    links = [
        planned(category="Plan", title="Budget", checked_on="2025-06-30"),
        planned(category="Plan", title="Map", checked_on="2025-07-01"),
        planned(category="Brand", title="Logo"),
    ]
    answer = ask(toy(tmp_path, LOADS, accesses=accesses, links=links), "access_coverage fresh_links", JUNE)
    assert values(answer) == [1 / 3, 1 / 3]


class TestNewcomers:
    """Anna began on 1 May and is ready after 31 days; Bo began on 10 June and has done the first of two steps."""

    def snapshot(self, folder: Path) -> Snapshot:
        steps = [
            step(None, 1),
            step(None, 2),
            step("anna", 1, started_on="2026-05-01", done_on="2026-05-05"),
            step("anna", 2, started_on="2026-05-06", done_on="2026-06-01"),
            step("bo", 1, started_on="2026-06-10", done_on="2026-06-15"),
            step("bo", 2, started_on="2026-06-16", done_on=None),
            step("cy", 1, started_on="2026-06-20", done_on="2026-06-21"),
        ]
        return toy(folder, LOADS, onboarding=steps)

    def test_steps_count_from_the_day_they_fall_due(self, tmp_path: Path) -> None:
        # Due by 31 May: Anna's on 11 and 21 May, the second not done yet.
        # By 30 June also Bo's on 20 and 30 June and Cy's on 30 June: 4 of 5 done. The role's own plan never counts.
        months = period("2026-05-01", "2026-06-30")
        answer = ask(self.snapshot(tmp_path), "onboarding_completion", months, Grain.MONTH)
        assert values(answer) == [1 / 2, 4 / 5]

    def test_a_step_counts_for_a_year(self, tmp_path: Path) -> None:
        # On 11 May 2026 Anna's first step falls due; it is forgotten on 11 May 2027.
        snapshot = toy(tmp_path, [load(1)], onboarding=[step("anna", 1, started_on="2026-05-01", done_on="2026-05-05")])
        days = period("2026-05-10", "2026-05-11")
        assert values(ask(snapshot, "onboarding_completion", days, Grain.DAY)) == [None, 1]
        days = period("2027-05-10", "2027-05-11")
        assert values(ask(snapshot, "onboarding_completion", days, Grain.DAY)) == [1, None]

    def test_only_who_has_done_every_step_of_the_role_is_ready(self, tmp_path: Path) -> None:
        # Cy has done the only step that is written down, but the role has two.
        answer = ask(self.snapshot(tmp_path), "days_to_onboard", JUNE, split=("person",))
        assert list(answer.table["person"]) == ["anna"]
        assert values(answer) == [31]
