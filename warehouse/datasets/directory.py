"""The department's directory: where things are, who has access, who helps, and how the work is done."""

from __future__ import annotations

from typing import Final

from warehouse.contract import Dataset, Type, attribute, key
from warehouse.datasets.columns import LOAD

LINKS: Final = Dataset(
    name="links",
    meaning="The navigation map: where the department's documents and tools are.",
    columns=(
        key("category", "What it belongs to.", required=True),
        key("title", "What it is called.", required=True),
        attribute("url", "Its address."),
        attribute("owner", "person_id of who keeps it."),
        attribute("used_for", "What it is used for."),
        attribute("checked_on", "When somebody last checked it.", Type.DAY),
        LOAD,
    ),
    whole=True,
)

ACCESSES: Final = Dataset(
    name="accesses",
    meaning="Which accounts there are, and where their secrets are kept; never the secrets.",
    columns=(
        key("system", "The system.", required=True),
        attribute("url", "Its address."),
        attribute("account_name", "The name of the account."),
        attribute("vault_url", "The link into the password manager; never the secret itself."),
        attribute("owner", "person_id of who is answerable for it."),
        attribute("rotated_on", "When the secret was last changed.", Type.DAY),
        LOAD,
    ),
    whole=True,
)

PARTNERS: Final = Dataset(
    name="partners",
    meaning="Partners, what they can do for the department and when they were last supported.",
    columns=(
        key("partner_id", "Short name of the partner.", required=True),
        attribute("name", "Name on screen."),
        attribute("contact", "Who speaks for the partner, by name."),
        attribute("reach", "How many people the partner reaches.", Type.WHOLE),
        attribute("can_support", "repost, co-webinar, co-funding, referral; separated by commas."),
        attribute("last_supported_on", "The day of the last support.", Type.DAY),
        attribute("commission_rate", "The commission, in percent of revenue.", Type.DECIMAL),
        LOAD,
    ),
    whole=True,
)

PROCEDURES: Final = Dataset(
    name="procedures",
    meaning="The written procedures of the processes.",
    columns=(
        key("procedure_id", "Short name of the procedure.", required=True),
        attribute("process", "process_id of its process."),
        attribute("title", "Its title."),
        attribute("url", "Where it stands."),
        attribute("version", "Its version."),
        attribute("reviewed_on", "When it was last reviewed.", Type.DAY),
        attribute("owner", "person_id of who keeps it."),
        LOAD,
    ),
    whole=True,
)

ONBOARDING: Final = Dataset(
    name="onboarding",
    meaning="What a newcomer to each role does first, and how far each newcomer is.",
    columns=(
        key("role", "The role.", required=True),
        key("step", "The step.", required=True),
        key("person", "person_id of the newcomer; empty in the role's own plan."),
        attribute("title", "What is to be done."),
        attribute("due_day", "Due so many days after the start.", Type.WHOLE),
        attribute("url", "Where to read more."),
        attribute("started_on", "The day the person began the step.", Type.DAY),
        attribute("done_on", "The day the person finished it.", Type.DAY),
        LOAD,
    ),
    whole=True,
)

HOLIDAYS: Final = Dataset(
    name="holidays",
    meaning="Days on which the department does not work.",
    columns=(
        key("day", "The day.", Type.DAY, required=True),
        attribute("name", "What it is called."),
        LOAD,
    ),
    whole=True,
)

WORKING_HOURS: Final = Dataset(
    name="working_hours",
    meaning="When the department works.",
    columns=(
        key("weekday", "1 for Monday to 7 for Sunday.", Type.WHOLE, required=True),
        attribute("starts", "When work starts, as 09:00."),
        attribute("ends", "When work ends, as 17:30."),
        LOAD,
    ),
    whole=True,
)
