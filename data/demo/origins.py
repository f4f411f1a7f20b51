"""Where the department's leads come from, and how many on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from data.demo.companies import PARTNERS
from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.meta_accounts import POLISH_SOCIAL, RUSSIAN_SOCIAL, polish_days, social_account
from data.demo.searches import daily_traffic
from data.demo.simulate import CENT, simulate
from data.demo.sites import SITES
from data.demo.timeline import Counts, Timeline, generator, season, weekday_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.demo.accounts import Account

SEARCH_LEADS: Final = 0.05
SOCIAL_LEADS: Final = 0.02
ORGANIC_LEADS: Final = 0.00095
"""So many leads reach the CRM for each conversion a platform claims (most are downloads), or for each organic click."""
WEEKEND: Final = 0.3
OTHERS: Final = (
    ("newsletter", "email", "email", ("Newsletter", "Webinar invitation"), 2.8),
    ("customer", "referral", "referral", ("Recommend us",), 3.2),
    ("direct", "none", "direct", ("",), 2.2),
    ("fair", "event", "event", ("Fair contacts",), 0.8),
)
PARTNER_LEADS: Final = (0.8, 0.5, 0.45, 0.35, 0.3, 0.3)
MARKET_SHARES: Final = (("west", 0.5), ("pl", 0.33), ("asia", 0.17))


class Origin(NamedTuple):
    """Where a lead came from, in the words that links to the website carry."""

    source: str
    medium: str
    channel: str
    campaign: str
    market: str


def origins(timeline: Timeline) -> list[tuple[Origin, Counts]]:
    """Every origin with its leads by day. Paid and organic leads follow the conversions and clicks of those days."""
    return [*_paid(timeline), *_organic(timeline), *_others(timeline)]


def _paid(timeline: Timeline) -> Iterator[tuple[Origin, Counts]]:
    random = generator("paid leads")
    google = (("west", ENGLISH_ACCOUNT), ("pl", POLISH_ACCOUNT), ("asia", RUSSIAN_ACCOUNT))
    for market, account in google:
        for campaign, leads in _by_campaign(account, timeline, SEARCH_LEADS, random):
            shown = campaign.startswith(("Display", "Sieć"))
            yield Origin("google", "cpc", "paid_display" if shown else "paid_search", campaign, market), leads
    polish = np.arange(timeline.count) >= timeline.days_from_end(polish_days(timeline.count))
    social = (("west", social_account(timeline.count), True), ("pl", POLISH_SOCIAL, polish))
    for market, account, open_ in (*social, ("asia", RUSSIAN_SOCIAL, True)):
        for campaign, leads in _by_campaign(account, timeline, SOCIAL_LEADS, random):
            place = "pl" if campaign == "Leads - Poland" else market
            yield Origin("facebook", "cpc", "paid_social", campaign, place), leads * open_


def _by_campaign(
    account: Account, timeline: Timeline, share: float, random: np.random.Generator
) -> Iterator[tuple[str, Counts]]:
    """The leads of each campaign by day: a share of its conversions."""
    conversions = simulate(account, timeline).measures.conversions
    for campaign in dict.fromkeys(ad.campaign for ad in account.ads):
        lines = [line for line, ad in enumerate(account.ads) if ad.campaign == campaign]
        yield campaign, random.binomial(np.rint(conversions[lines].sum(axis=0) / CENT).astype(np.int64), share)


def _organic(timeline: Timeline) -> Iterator[tuple[Origin, Counts]]:
    random = generator("organic leads")
    for site, (market, _share) in zip(SITES, MARKET_SHARES, strict=True):
        leads = random.binomial(daily_traffic(site, timeline).clicks, ORGANIC_LEADS)
        yield Origin("google", "organic", "organic", "", market), leads


def _others(timeline: Timeline) -> Iterator[tuple[Origin, Counts]]:
    random = generator("other leads")
    busy = season(timeline) * weekday_shape(timeline, WEEKEND) / (5 + 2 * WEEKEND)
    for market, share in MARKET_SHARES:
        for source, medium, channel, campaigns, weekly in OTHERS:
            for campaign in campaigns:
                rate = busy * weekly * share / len(campaigns)
                yield Origin(source, medium, channel, campaign, market), random.poisson(rate)
        for partner, weekly in zip(PARTNERS, PARTNER_LEADS, strict=True):
            yield Origin(partner, "partner", "partner", "", market), random.poisson(busy * weekly * share)
