"""Writes the demonstration department: the export files its people would have downloaded in two years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from data.demo.announcing import write_mailings, write_news
from data.demo.customers import write_customers, write_orders
from data.demo.deals import write_deals
from data.demo.google_ads import write_google_ads
from data.demo.leads import write_leads
from data.demo.meta_ads import write_meta_csv
from data.demo.meta_workbooks import write_meta_workbooks
from data.demo.plan import write_plan
from data.demo.publishing import write_content
from data.demo.ranks import write_ranks
from data.demo.requests import write_requests
from data.demo.search_console import write_search_console
from data.demo.search_terms import write_search_terms
from data.demo.spending import write_expenses
from data.demo.tasks import write_tasks
from data.demo.timeline import Timeline
from data.demo.voices import write_survey_answers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

TWO_YEARS: Final = 730
WRITERS: Final = (
    write_google_ads,
    write_search_terms,
    write_meta_csv,
    write_meta_workbooks,
    write_search_console,
    write_ranks,
    write_leads,
    write_deals,
    write_customers,
    write_orders,
    write_requests,
    write_tasks,
    write_survey_answers,
    write_content,
    write_news,
    write_mailings,
    write_expenses,
)


def write_department(folder: Path, last_day: date, days: int = TWO_YEARS) -> None:
    """Write the home of the department into *folder*: ``inbox``, ``plan`` and ``kokpit.toml``.

    The files cover the *days* days that end on *last_day*. The same arguments always give the same bytes.
    """
    timeline = Timeline(last_day, days)
    inbox = folder / "inbox"
    for needed in (inbox, folder / "plan"):
        needed.mkdir(parents=True, exist_ok=True)
    for write in WRITERS:
        write(inbox, timeline)
    write_plan(folder, timeline)
