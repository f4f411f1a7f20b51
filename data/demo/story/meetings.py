"""What was said, decided and promised in the reviews beside their exceptions, and what became of it."""

from __future__ import annotations

from typing import Final

from data.demo.story.exceptions import LONGER_FORM, SORTED_TWICE
from data.demo.story.lines import Decided, Fate, Held, Said, Task
from journal.operations.reviews import Topic
from journal.words import ActionState, Direction

TITLE: Final = "Weekly review"
TOPICS: Final = (
    Topic("paid_acquisition", 12),
    Topic("organic_content", 10),
    Topic("lead_generation", 12),
    Topic("customer_voice", 6),
    Topic("service_desk", 6),
    Topic("delivery", 6),
    Topic("customer_base", 6),
)
PARTICIPANTS: Final = ("marta", "ada", "jan", "nina", "lena", "piotr", "kasia", "timur")
CHAIR: Final = "marta"

_TRIAGE: Final = "Two people sort new requests at nine and at two, and give each to whoever can answer"
_CALLS: Final = "New leads are called by whoever is free, no longer by region"
_FORM: Final = "The lead form on Brightwater Social asks for company size and phone number"
_REMINDER: Final = "Everybody who registered for a webinar gets a reminder an hour before it"

HELD: Final = (
    Held(
        12,
        said=(
            Said("service_desk", "first_response_hours", "Half of the waiting is requests that nobody has opened yet."),
            Said(
                "customer_voice",
                "promises_kept_rate",
                "A customer told the auditor of a promise of support that was not kept.",
            ),
        ),
        decided=(
            Decided("service_desk", "first_response_hours", _TRIAGE, Direction.DOWN, SORTED_TWICE),
            Decided("lead_generation", "hours_to_first_contact", _CALLS, Direction.DOWN, -75),
        ),
        tasks=(
            Task(
                "lena",
                "service_desk",
                "Write the rota for sorting requests, with a stand-in for every day",
                -77,
                "first_response_hours",
                Fate(-77, "On the intranet, beside the procedure."),
                _TRIAGE,
            ),
            Task(
                "nina",
                "customer_voice",
                "Call the customer who was promised support, and say what happens now",
                -52,
                "promises_kept_rate",
            ),
        ),
    ),
    Held(
        6,
        said=(
            Said(
                "lead_generation",
                "hours_to_first_contact",
                "Two hours are kept in the daytime. Leads after 16:00 and on Fridays wait until the next working day, "
                "so two hours by the clock cannot be reached without an evening shift.",
                worth=True,
            ),
            Said(
                "organic_content",
                "organic_clicks",
                "The relaunch cost no visits: every old address was redirected before the new pages went live.",
                worth=True,
            ),
        ),
        decided=(Decided("lead_generation", "qualification_rate", _FORM, Direction.UP, LONGER_FORM),),
        tasks=(
            Task(
                "piotr",
                "paid_acquisition",
                "Add company size and phone number to the lead form of Brightwater Social",
                -26,
                "conversion_rate",
                Fate(-27, "Live on all ads."),
                _FORM,
            ),
        ),
    ),
    Held(
        4,
        said=(
            Said(
                "paid_acquisition",
                "cpc",
                "The competitor is in every auction of the search campaigns at all hours. It is no test.",
            ),
        ),
        tasks=(
            Task(
                "piotr",
                "paid_acquisition",
                "Pause the keywords on which the competitor outbids us",
                -15,
                "cost_per_conversion",
                Fate(-17, "Half of the accepted leads come from them: not paused.", ActionState.DROPPED),
            ),
        ),
    ),
    Held(
        2,
        said=(
            Said(
                "service_desk",
                "first_response_hours",
                "Sorting twice a day halved the time to the first answer and cost nobody more than twenty minutes.",
                worth=True,
            ),
        ),
        decided=(Decided("organic_content", "webinar_attendance", _REMINDER, Direction.UP, -9),),
        tasks=(
            Task(
                "piotr",
                "paid_acquisition",
                "Stop the campaign Display | Industry portals: it never brought a conversion",
                -1,
                "wasted_spend_share",
            ),
            Task(
                "jan",
                "organic_content",
                "Set up the reminder in the mailing tool",
                -8,
                "webinar_attendance",
                Fate(-9, "Set up and tried on ourselves."),
                _REMINDER,
            ),
        ),
    ),
    Held(
        1,
        said=(
            Said(
                "lead_generation",
                "qualification_rate",
                "One field decides what sales have to do all day. Nobody changes the enquiry form without them.",
                worth=True,
            ),
        ),
        tasks=(
            Task(
                "lena",
                "customer_base",
                "Put a check of the segment before every mailing, by a second person",
                9,
                "mixed_audience_mailings",
            ),
            Task(
                "marta",
                "lead_generation",
                "Ask the management to count first contact in working hours",
                20,
                "hours_to_first_contact",
            ),
            Task(
                "timur",
                "lead_generation",
                "Order the company's size for the enquiry form from the web agency",
                6,
                "qualification_rate",
            ),
        ),
    ),
)
