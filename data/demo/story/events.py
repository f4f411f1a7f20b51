"""What happened in the department and around it: one event for each change that was planted."""

from __future__ import annotations

from typing import Final

from data.demo.story.exceptions import LONGER_FORM, MIXED, NO_SIZE, OUTBID, RELAUNCHED, SORTED_TWICE
from data.demo.story.lines import Noticed
from journal.words import EventKind

EVENTS: Final = (
    Noticed(
        SORTED_TWICE,
        "Requests sorted twice a day",
        EventKind.TEAM,
        "lena",
        "Two people, at nine and at two.",
        processes=("service_desk",),
    ),
    Noticed(
        NO_SIZE,
        "Enquiry form without the company's size",
        EventKind.SITE,
        "ada",
        "The web agency shortened the form while cleaning up for the relaunch.",
        processes=("lead_generation",),
    ),
    Noticed(
        RELAUNCHED,
        "Website relaunched",
        EventKind.SITE,
        "jan",
        "brightwater.example: new pages, new titles, old addresses redirected.",
        kpis=("organic_clicks", "organic_ctr", "average_position", "content_leads"),
        processes=("organic_content",),
    ),
    Noticed(
        OUTBID,
        "Competitor bids on our searches",
        EventKind.MARKET,
        "ada",
        "Seen in the auction insights of every search campaign of Brightwater Integration.",
        kpis=("cpc", "cost_per_conversion", "roas", "spend", "cost_per_lead"),
        processes=("paid_acquisition",),
        parts=(("platform", "google_ads"),),
    ),
    Noticed(
        LONGER_FORM,
        "Lead form with two more mandatory fields",
        EventKind.CAMPAIGN,
        "ada",
        "Company size and phone number, on all ads of Brightwater Social.",
        kpis=("conversions", "conversion_rate", "cost_per_conversion", "leads", "qualification_rate"),
        processes=("lead_generation",),
        parts=(("platform", "meta_ads"),),
    ),
    Noticed(
        MIXED,
        "Mailing “Our offer to everybody”",
        EventKind.OTHER,
        "lena",
        "Went to customers and to strangers alike.",
        kpis=("mixed_audience_mailings", "open_rate", "unsubscribe_rate"),
        processes=("customer_base",),
    ),
)
