"""Zendesk tickets with invented requesters; times are those of Warsaw."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.things import export_of_things, utc
from tests.connectors.exports.writers import Report, Row, Style

CLASSIC: Final = Report(
    columns=(
        ("Summation column", "=1"),
        ("Id", "request_id"),
        ("Requester", "_requester"),
        ("Requester id", "=900001"),
        ("Requester external id", "="),
        ("Requester email", "=reader@example.com"),
        ("Requester domain", "=example.com"),
        ("Submitter", "=Sam Submitter"),
        ("Assignee", "assignee"),
        ("Group", "group"),
        ("Subject", "=Help, please"),
        ("Tags", "=banner press"),
        ("Status", "status"),
        ("Priority", "priority"),
        ("Via", "=Mail"),
        ("Ticket type", "kind"),
        ("Created at", "_created"),
        ("Updated at", "=2026-07-02 09:00"),
        ("Assigned at", "=2026-07-01 09:00"),
        ("Organization", "=Example"),
        ("Due date", "_due"),
        ("Initially assigned at", "=2026-07-01 09:00"),
        ("Solved at", "_solved"),
        ("Resolution time", "=25"),
        ("Satisfaction Score", "=Good"),
        ("Group stations", "=1"),
        ("Assignee stations", "=1"),
        ("Reopens", "reopened"),
        ("Replies", "=2"),
        ("First reply time in minutes", "_minutes"),
        ("First reply time in minutes within business hours", "=3"),
        ("Full resolution time in minutes", "=1500"),
        ("Phone of the caller [txt]", "=+48 600 100 200"),
    ),
    style=Style(null=""),
)


def ticket(number: int, requester: str | None, shown: str, times: tuple[str, str, str, str], **known: object) -> Row:
    """A ticket: who asked, as the file shows it, and its times as text: created, solved, due, minutes to the reply."""
    created, solved, due, minutes = times
    return {
        "request_id": str(number),
        "requester": requester,
        "_requester": shown,
        "_created": created,
        "_solved": solved,
        "_due": due,
        "_minutes": minutes,
        "assignee": "Ann Agent",
        "group": "Design",
        "kind": "Task",
        "priority": "Normal",
        "reopened": 0,
        "first_response_at": None,
        "solved_at": None,
        "due_at": None,
        **known,
    }


def tickets() -> list[Row]:
    """A named requester, an address in place of a name, a caller known by a number."""
    return [
        ticket(
            101,
            "Pia Partner",
            "Pia Partner",
            ("2026-07-01 23:50", "2026-07-02 10:00", "2026-07-03 12:00", "45"),
            status="Solved",
            reopened=2,
            created_at=utc("2026-07-01 21:50"),
            first_response_at=utc("2026-07-01 22:35"),
            solved_at=utc("2026-07-02 08:00"),
            due_at=utc("2026-07-03 10:00"),
        ),
        ticket(
            102, "reader", "reader@example.com", ("2026-01-05 08:00", "", "", ""),
            status="Open", created_at=utc("2026-01-05 07:00"),
        ),
        ticket(
            103, "Caller", "Caller +48 600 100 200", ("2026-01-06 08:00", "", "", "0"),
            status="New", created_at=utc("2026-01-06 07:00"), first_response_at=utc("2026-01-06 07:00"),
        ),
    ]  # fmt: skip


CASES: Final = (export_of_things("classic columns", "export-2026.csv", "zendesk/requests", CLASSIC, tickets()),)
