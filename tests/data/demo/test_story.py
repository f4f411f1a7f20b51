"""The tables of the department tell one story, whatever its last day and however short it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from data.demo.announcing import write_mailings, write_news
from data.demo.customers import write_customers, write_orders
from data.demo.deals import write_deals
from data.demo.leads import write_leads
from data.demo.publishing import write_content
from data.demo.requests import write_requests
from data.demo.spending import write_expenses
from data.demo.tasks import write_tasks
from data.demo.timeline import Timeline
from data.demo.voices import write_survey_answers
from tests.data.demo.reading import Row, sheet

if TYPE_CHECKING:
    from pathlib import Path

WRITERS = {
    "Leads": write_leads,
    "Deals": write_deals,
    "Customers": write_customers,
    "Orders": write_orders,
    "Requests": write_requests,
    "Tasks": write_tasks,
    "Survey answers": write_survey_answers,
    "Content": write_content,
    "News releases": write_news,
    "Mailings": write_mailings,
    "Expenses": write_expenses,
}
KEYS = {
    "Leads": ("lead_id",),
    "Deals": ("deal_id",),
    "Customers": ("customer_id",),
    "Orders": ("order_id", "line"),
    "Requests": ("request_id",),
    "Tasks": ("task_id",),
    "Survey answers": ("answer_id",),
    "Content": ("content_id",),
    "News releases": ("company", "published_on", "title"),
    "Mailings": ("mailing_id", "segment"),
    "Expenses": ("expense_id",),
}
PAST = {
    "Leads": ("created_at", "contacted_at", "qualified_at", "accepted_at"),
    "Deals": ("created_at", "closed_at"),
    "Customers": ("since", "last_marketing_contact_on", "updated_on"),
    "Orders": ("ordered_on",),
    "Requests": ("created_at", "first_response_at", "solved_at"),
    "Tasks": ("created_at", "started_at", "done_at"),
    "Survey answers": ("asked_on",),
    "Content": ("published_on", "refreshed_on"),
    "News releases": ("published_on",),
    "Mailings": ("sent_on",),
    "Expenses": ("spent_on",),
}
IN_ORDER = {
    "Leads": ("created_at", "contacted_at", "qualified_at", "accepted_at"),
    "Deals": ("created_at", "closed_at"),
    "Requests": ("created_at", "first_response_at", "solved_at"),
    "Tasks": ("created_at", "started_at", "done_at"),
    "Content": ("published_on", "refreshed_on"),
}
SINCE_THE_FIRST_DAY = (
    "Leads",
    "Orders",
    "Requests",
    "Tasks",
    "Survey answers",
    "News releases",
    "Mailings",
    "Expenses",
)


@dataclass(frozen=True)
class Story:
    """The tables of a department that ends on *last*."""

    folder: Path
    timeline: Timeline

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        return {name: sheet(self.folder, name) for name in WRITERS}


@pytest.fixture(
    scope="module",
    params=[(date(2026, 11, 21), 730), (date(2024, 2, 29), 60), (date(2026, 1, 1), 365), (date(2025, 3, 31), 9)],
    ids=lambda value: f"{value[1]} days to {value[0]}",
)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    timeline = Timeline(*request.param)
    folder = tmp_path_factory.mktemp("story")
    for write in WRITERS.values():
        write(folder, timeline)
    return Story(folder, timeline)


@pytest.mark.parametrize("name", KEYS)
def test_numbers_are_given_once(story: Story, name: str) -> None:
    counts = Counter(tuple(row[key] for key in KEYS[name]) for row in story.tables[name])
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", PAST)
def test_nothing_happened_after_the_last_day(story: Story, name: str) -> None:
    last = story.timeline.last.isoformat()
    assert [row for row in story.tables[name] for column in PAST[name] if row[column][:10] > last] == []


@pytest.mark.parametrize("name", SINCE_THE_FIRST_DAY)
def test_rows_begin_with_the_first_day(story: Story, name: str) -> None:
    first = story.timeline.first.isoformat()
    assert [row for row in story.tables[name] if row[PAST[name][0]][:10] < first] == []


@pytest.mark.parametrize("name", IN_ORDER)
def test_moments_are_in_order_without_gaps(story: Story, name: str) -> None:
    for row in story.tables[name]:
        moments = [row[column] for column in IN_ORDER[name]]
        known = [moment for moment in moments if moment]
        assert known == sorted(known) == moments[: len(known)]


def test_every_deal_grew_from_an_accepted_lead_or_a_customer(story: Story) -> None:
    leads = {row["lead_id"]: row for row in story.tables["Leads"]}
    names = {row["customer_id"]: row["name"] for row in story.tables["Customers"]}
    for deal in story.tables["Deals"]:
        lead = leads.get(deal["lead_id"])
        assert (lead is None) == (deal["lead_id"] == "")
        if lead:
            assert lead["accepted_at"]
            assert lead["accepted_at"] <= deal["created_at"]
            assert names[deal["customer_id"]] == lead["company"]
            assert all(deal[column] == lead[column] for column in ("source", "channel", "campaign", "referrer"))
            assert (deal["kind"] == "new") == (lead["segment"] == "potential")
            assert deal["currency"] == lead["currency"]
        elif deal["kind"] == "new":
            assert deal["created_at"][:10] < (story.timeline.first + timedelta(days=30)).isoformat()


def test_open_deals_are_open_and_lost_ones_have_a_reason(story: Story) -> None:
    for deal in story.tables["Deals"]:
        assert (deal["outcome"] == "open") == (deal["closed_at"] == "")
        assert (deal["outcome"] == "lost") == (deal["lost_reason"] != "")
        assert deal["outcome"] == "lost" or not deal["competitor"]
        assert (deal["partner"] != "") == (deal["channel"] == "partner")
        assert float(deal["amount"]) > 0


def test_customers_are_those_who_bought(story: Story) -> None:
    customers = {row["customer_id"]: row for row in story.tables["Customers"]}
    won = {deal["customer_id"] for deal in story.tables["Deals"] if deal["outcome"] == "won"}
    assert {customers[customer]["status"] for customer in won} <= {"existing", "former"}
    for row in customers.values():
        assert (row["status"] == "potential") == (row["since"] == "")
    for order in story.tables["Orders"]:
        assert customers[order["customer_id"]]["since"] <= order["ordered_on"]
        assert 0 < float(order["margin"]) < float(order["amount"])


def test_won_deals_become_orders_of_the_same_worth(story: Story) -> None:
    ordered: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in story.tables["Orders"]:
        ordered[line["customer_id"]].append((line["ordered_on"], float(line["amount"])))
    settled = (story.timeline.last - timedelta(days=20)).isoformat()
    first = story.timeline.first.isoformat()
    for deal in story.tables["Deals"]:
        if deal["outcome"] == "won" and first <= deal["closed_at"] < settled:
            lines = [amount for day, amount in ordered[deal["customer_id"]] if day >= deal["closed_at"][:10]]
            assert sum(lines) >= 0.99 * float(deal["amount"])


def test_money_is_in_the_market_s_currency(story: Story) -> None:
    owners = {"Iga Wrona": "PLN", "Kamil Bobrek": "PLN"}
    for table in ("Leads", "Deals"):
        assert all(row["currency"] == owners.get(row["owner"], "EUR") for row in story.tables[table])


def test_answers_come_from_customers(story: Story) -> None:
    customers = {row["customer_id"]: row for row in story.tables["Customers"]}
    for answer in story.tables["Survey answers"]:
        assert customers[answer["customer_id"]]["since"] <= answer["asked_on"]
        assert (answer["survey"] == "audit") == (answer["promise_kept"] != "") == (answer["score"] == "")


def test_content_derives_from_pillars_that_came_before(story: Story) -> None:
    items = {row["content_id"]: row for row in story.tables["Content"]}
    for item in items.values():
        if item["pillar"]:
            assert items[item["pillar"]]["published_on"] < item["published_on"]
            assert items[item["pillar"]]["pillar"] == ""


def test_mailings_lose_readers_at_each_step(story: Story) -> None:
    steps = ("recipients", "delivered", "opened", "clicked")
    for mailing in story.tables["Mailings"]:
        counts = [int(mailing[step]) for step in steps]
        assert counts == sorted(counts, reverse=True)


def test_tasks_and_requests_are_in_the_state_their_moments_say(story: Story) -> None:
    for task in story.tables["Tasks"]:
        expected = "Done" if task["done_at"] else "In progress" if task["started_at"] else "To do"
        assert task["status"] == expected
        assert (task["spent_hours"] != "") == (expected == "Done")
    for request in story.tables["Requests"]:
        assert (request["status"] in {"solved", "closed"}) == (request["solved_at"] != "")
        assert (request["status"] == "new") == (request["first_response_at"] == "")
        assert request["solved_at"] or request["reopened"] == "0"
