"""The department's directory: where things are, who has access, who helps, and how the work is done."""

from __future__ import annotations

from typing import Final

from core.language import N_
from warehouse.contract import Dataset, Type, attribute, key
from warehouse.datasets.columns import LOAD

LINKS: Final = Dataset(
    name="links",
    meaning=N_("The navigation map: where the department's documents and tools are."),
    columns=(
        key("category", N_("What it belongs to."), required=True),
        key("title", N_("What it is called."), required=True),
        attribute("url", N_("Its address.")),
        attribute("owner", N_("person_id of who keeps it.")),
        attribute("used_for", N_("What it is used for.")),
        attribute("checked_on", N_("When somebody last checked it."), Type.DAY),
        LOAD,
    ),
    whole=True,
)

ACCESSES: Final = Dataset(
    name="accesses",
    meaning=N_("Which accounts there are, and where their secrets are kept; never the secrets."),
    columns=(
        key("system", N_("The system."), required=True),
        attribute("url", N_("Its address.")),
        attribute("account_name", N_("The name of the account.")),
        attribute("vault_url", N_("The link into the password manager; never the secret itself.")),
        attribute("owner", N_("person_id of who is answerable for it.")),
        attribute("rotated_on", N_("When the secret was last changed."), Type.DAY),
        LOAD,
    ),
    whole=True,
)

PARTNERS: Final = Dataset(
    name="partners",
    meaning=N_("Partners, what they can do for the department and when they were last supported."),
    columns=(
        key("partner_id", N_("Short name of the partner."), required=True),
        attribute("name", N_("Name on screen.")),
        attribute("contact", N_("Who speaks for the partner, by name.")),
        attribute("reach", N_("How many people the partner reaches."), Type.WHOLE),
        attribute("can_support", N_("repost, co-webinar, co-funding, referral; separated by commas.")),
        attribute("last_supported_on", N_("The day of the last support."), Type.DAY),
        attribute("commission_rate", N_("The commission, in percent of revenue."), Type.DECIMAL),
        LOAD,
    ),
    whole=True,
)

PROCEDURES: Final = Dataset(
    name="procedures",
    meaning=N_("The written procedures of the processes."),
    columns=(
        key("procedure_id", N_("Short name of the procedure."), required=True),
        attribute("process", N_("process_id of its process.")),
        attribute("title", N_("Its title.")),
        attribute("url", N_("Where it stands.")),
        attribute("version", N_("Its version.")),
        attribute("reviewed_on", N_("When it was last reviewed."), Type.DAY),
        attribute("owner", N_("person_id of who keeps it.")),
        LOAD,
    ),
    whole=True,
)

ONBOARDING: Final = Dataset(
    name="onboarding",
    meaning=N_("What a newcomer to each role does first, and how far each newcomer is."),
    columns=(
        key("role", N_("The role."), required=True),
        key("step", N_("The step."), required=True),
        key("person", N_("person_id of the newcomer; empty in the role's own plan.")),
        attribute("title", N_("What is to be done.")),
        attribute("due_day", N_("Due so many days after the start."), Type.WHOLE),
        attribute("url", N_("Where to read more.")),
        attribute("started_on", N_("The day the person began the step."), Type.DAY),
        attribute("done_on", N_("The day the person finished it."), Type.DAY),
        LOAD,
    ),
    whole=True,
)

HOLIDAYS: Final = Dataset(
    name="holidays",
    meaning=N_("Days on which the department does not work."),
    columns=(
        key("day", N_("The day."), Type.DAY, required=True),
        attribute("name", N_("What it is called.")),
        LOAD,
    ),
    whole=True,
)

WORKING_HOURS: Final = Dataset(
    name="working_hours",
    meaning=N_("When the department works."),
    columns=(
        key("weekday", N_("1 for Monday to 7 for Sunday."), Type.WHOLE, required=True),
        attribute("starts", N_("When work starts, as 09:00.")),
        attribute("ends", N_("When work ends, as 17:30.")),
        LOAD,
    ),
    whole=True,
)
