"""What the department publishes and sends, and what people answer."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, count, dimension, key, money
from warehouse.datasets.columns import CURRENCY, LOAD

CONTENT_ITEMS: Final = Dataset(
    name="content_items",
    meaning="Every published piece of content, with the pillar it derives from.",
    columns=(
        key("content_id", "Number of the piece, or its address.", required=True),
        attribute("title", "Its title."),
        attribute("url", "Where it stands."),
        dimension(
            "kind", "What it is: e_book, white_paper, report, webinar, framework, consultation; article, post …."
        ),
        dimension("pillar", "content_id of the pillar it derives from; empty for a pillar."),
        dimension("expert", "Who knows the subject."),
        dimension("author", "Who wrote it."),
        attribute("published_on", "When it appeared.", Type.DAY),
        attribute("refreshed_on", "When it was last refreshed.", Type.DAY),
        attribute("target_query", "The search query it is written for."),
        dimension("customer_job", "What the customer wants to get done."),
        money("cost", "What it cost to make."),
        CURRENCY,
        LOAD,
    ),
    began="published_on",
)

NEWS_RELEASES: Final = Dataset(
    name="news_releases",
    meaning="News releases of one's own company and of those it is compared with.",
    columns=(
        key("company", "The company.", required=True),
        key("published_on", "The day it appeared.", Type.DAY, required=True),
        key("title", "Its title.", required=True),
        dimension("kind", "What it tells: project_closed, product, analytics, merger, event, partnership …."),
        dimension("channel", "Where it appeared."),
        attribute("url", "Its address."),
        count("pickups", "How many media took it up."),
        LOAD,
    ),
    began="published_on",
)

SURVEY_ANSWERS: Final = Dataset(
    name="survey_answers",
    meaning="What customers answered in surveys and audits.",
    columns=(
        key("answer_id", "Number of the answer.", required=True),
        attribute("asked_on", "The day of the question.", Type.DAY),
        attribute("customer_id", "The customer."),
        dimension("segment", "The customer's segment."),
        dimension("survey", "nps, csat, ces or audit."),
        dimension("role", "Who was asked about: sales, account, implementation or support."),
        attribute("score", "The score given.", Type.DECIMAL),
        attribute("expectation", "What was expected, as a score.", Type.DECIMAL),
        attribute("reality", "What was found, as a score.", Type.DECIMAL),
        attribute("promise_kept", "Whether what was promised was kept.", Type.YES_NO),
        money("opportunity_value", "What a missed opportunity is worth."),
        CURRENCY,
        attribute("comment", "What the customer added."),
        LOAD,
    ),
    began="asked_on",
)

MAILINGS: Final = Dataset(
    name="mailings",
    meaning="What each mailing was sent to, and what came back.",
    columns=(
        key("mailing_id", "Number of the mailing.", required=True),
        key("segment", "existing, potential or mixed."),
        attribute("sent_on", "The day it was sent.", Type.DAY),
        attribute("title", "Its subject."),
        dimension("channel", "email or messenger."),
        count("recipients", "How many it was sent to."),
        count("delivered", "How many arrived."),
        count("opened", "How many were opened."),
        count("clicked", "In how many a link was clicked."),
        count("unsubscribed", "How many unsubscribed."),
        count("complained", "How many complained of spam."),
        LOAD,
    ),
    began="sent_on",
)
