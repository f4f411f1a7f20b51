"""What customers say: satisfaction, effort and recommendation, and audits of what was promised and found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from data.demo.changes import UNANSWERED_PROMISE
from data.demo.clock import Clock
from data.demo.companies import CURRENCIES, RATES, industry
from data.demo.deals import Sales, sales
from data.demo.draws import arrivals, pick
from data.demo.sheets import write_sheet
from data.demo.timeline import Counts, Timeline, generator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROLES: Final = ("sales", "account", "implementation", "support")
SURVEYS: Final = {"nps": 9.0, "csat": 11.0, "ces": 6.0}
"""Answers a week."""
SCORES: Final = {
    "nps": (tuple(range(11)), (1, 1, 1, 2, 2, 5, 7, 13, 20, 24, 24)),
    "csat": ((1, 2, 3, 4, 5), (2, 5, 13, 42, 38)),
    "ces": ((1, 2, 3, 4, 5, 6, 7), (2, 3, 7, 13, 25, 30, 20)),
}
AUDITS: Final = 3.0
KEPT: Final = 0.86
MISSED: Final = 0.3
REPAIRED_AFTER: Final = 24
"""A broken promise is repaired, and the customer asked again, so many days later."""
COMPLAINT: Final = "Was promised one person to call about incidents. Asked twice since, no answer."
REMARKS: Final = ("Would have bought monitoring too, nobody offered it.", "Wanted training for the second site.", "")


class Answer(NamedTuple):
    """One answer; *audit* holds expectation, reality and whether the promise was kept."""

    day: int
    customer: int
    survey: str
    role: str
    score: str = ""
    audit: tuple[int, int, bool] | None = None
    missed: float = 0.0
    comment: str = ""


def write_survey_answers(inbox: Path, timeline: Timeline) -> None:
    """Write the answers of the two years into *inbox*."""
    random, clock, found = generator("voices"), Clock(timeline), sales(timeline)
    answers = [*_surveyed(random, found, timeline), *_audited(random, found, clock)]
    answers.sort(key=lambda answer: (answer.day, answer.survey, answer.customer, answer.role))
    markets = [found.customers[answer.customer].market for answer in answers]
    texts = timeline.texts
    audits = [answer.audit for answer in answers]
    columns: dict[str, Sequence[object]] = {
        "answer_id": [f"A-{7001 + place}" for place in range(len(answers))],
        "asked_on": [texts[answer.day] for answer in answers],
        "customer_id": [found.number(answer.customer) for answer in answers],
        "segment": [industry(found.customers[answer.customer].name) for answer in answers],
        "survey": [answer.survey for answer in answers],
        "role": [answer.role for answer in answers],
        "score": [answer.score for answer in answers],
        "expectation": [audit[0] if audit else "" for audit in audits],
        "reality": [audit[1] if audit else "" for audit in audits],
        "promise_kept": [str(audit[2]).lower() if audit else "" for audit in audits],
        "opportunity_value": [
            f"{answer.missed * RATES[market]:.2f}" if answer.missed else ""
            for answer, market in zip(answers, markets, strict=True)
        ],
        "currency": [CURRENCIES[market] for market in markets],
        "comment": [answer.comment for answer in answers],
    }
    write_sheet(inbox, "Survey answers", columns, timeline)


def _customers(found: Sales, timeline: Timeline) -> list[Counts]:
    """The customers of each day."""
    since = np.array([customer.since for customer in found.customers])
    left = np.array([customer.left for customer in found.customers])
    return [np.nonzero((since <= day) & (day < left))[0] for day in range(timeline.count)]


def _asked(random: np.random.Generator, there: Counts) -> int:
    """One of the customers who are there."""
    return int(there[int(random.random() * len(there))])


def _surveyed(random: np.random.Generator, found: Sales, timeline: Timeline) -> list[Answer]:
    answers, there = [], _customers(found, timeline)
    for survey, weekly in SURVEYS.items():
        days = arrivals(random, timeline, weekly).tolist()
        options, weights = SCORES[survey]
        scores = pick(random, options, len(days), weights)
        roles = pick(random, ROLES, len(days))
        answers += [
            Answer(day, _asked(random, there[day]), survey, role, str(score))
            for day, role, score in zip(days, roles, scores, strict=True)
        ]
    return answers


def _audited(random: np.random.Generator, found: Sales, clock: Clock) -> list[Answer]:
    """Interviews about what was expected and found. Each broken promise but one is repaired and asked about again."""
    timeline = clock.timeline
    days = arrivals(random, timeline, AUDITS).tolist()
    roles = pick(random, ROLES, len(days))
    silent = found.customers.index(max(found.customers, key=lambda one: one.left - one.since))
    answers, there = [], _customers(found, timeline)
    for day, role in zip(days, roles, strict=True):
        customer = _asked(random, there[day])
        expected = int(random.integers(6, 11))
        kept, again = bool(random.random() < KEPT), _workday(clock, day + REPAIRED_AFTER)
        if customer == silent:
            continue
        gap = int(random.integers(-1, 2)) if kept else -int(random.integers(2, 4))
        missed = float(random.integers(4, 30) * 500) if random.random() < MISSED else 0.0
        remark = REMARKS[int(random.random() * len(REMARKS))] if missed else ""
        audit = (expected, min(10, expected + gap), kept)
        answers.append(Answer(day, customer, "audit", role, audit=audit, missed=missed, comment=remark))
        if not kept and again < timeline.count:
            answers.append(Answer(again, customer, "audit", role, audit=(expected, expected, True)))
    asked = _workday(clock, timeline.days_from_end(UNANSWERED_PROMISE))
    if asked < timeline.count:
        answers.append(
            Answer(asked, silent, "audit", "support", audit=(9, 4, False), missed=18_000.0, comment=COMPLAINT)
        )
    return answers


def _workday(clock: Clock, day: int) -> int:
    return int(clock.workday(np.array([day]))[0])
