"""The department's own tables: fourteen processes, each with an owner who exists."""

from __future__ import annotations

import csv
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_fourteen_processes_have_owners(department: Path) -> None:
    processes = rows(department / "plan" / "processes.csv")
    people = {row["person_id"]: row for row in rows(department / "plan" / "people.csv")}
    assert [row["process_id"] for row in processes] == [
        "paid_acquisition",
        "organic_content",
        "lead_generation",
        "referrals",
        "customer_growth",
        "partners",
        "bids",
        "public_relations",
        "customer_voice",
        "service_desk",
        "delivery",
        "budget",
        "customer_base",
        "enablement",
    ]
    assert {row["owner"] for row in processes} <= people.keys()
    assert all(row["purpose"] and row["customer"] and row["starts_with"] and row["ends_with"] for row in processes)
    assert [row["order"] for row in processes] == [str(order) for order in range(1, 15)]
    assert [row["parent"] for row in processes] == ["acquisition"] * 6 + [""] * 8


def test_everybody_has_an_address_at_the_department(department: Path) -> None:
    people = rows(department / "plan" / "people.csv")
    assert all(row["email"].endswith("@brightwater.example") and row["email"].isascii() for row in people)
    assert {row["role"] for row in people} <= {"head", "owner", "contributor", "viewer"}
    assert {row["language"] for row in people} == {"en", "pl", "ru"}


def test_the_configuration_reports_in_euro(department: Path) -> None:
    document = tomllib.loads((department / "kokpit.toml").read_text(encoding="utf-8"))
    assert document == {
        "reporting": {"currency": "EUR", "time_zone": "Europe/Warsaw", "language": "en", "week_starts": "monday"}
    }
