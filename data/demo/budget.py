"""The department's budget by month and activity, as it was planned: before anything surprising happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.meta_accounts import POLISH_SOCIAL, RUSSIAN_SOCIAL, polish_days, social_account
from data.demo.simulate import running
from data.demo.timeline import Series, Timeline, season, weekday_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.demo.accounts import Account

RESERVE: Final = 1.05
"""Ad budgets are planned with so much above what is expected."""
STEP: Final = 50
TOP_UP_DAY: Final = 12
SOON: Final = 3
"""One ad account has to be topped up so many days after the last day."""


@dataclass(frozen=True)
class Activity:
    """What money is planned for month by month: *amount* in each of *months*, booked by week or at a month's end."""

    process: str
    name: str
    channel: str
    amount: float
    supplier: str
    supplier_kind: str = "external"
    hourly: float = 0.0
    funded_by: str = "own"
    kind: str = "spend"
    months: tuple[int, ...] = tuple(range(1, 13))
    weekly: bool = False


ACTIVITIES: Final = (
    Activity("paid_acquisition", "Ad management", "ads", 1800, "Leuchtturm Media"),
    Activity("paid_acquisition", "Ad pictures", "ads", 700, "Studio Kreska", weekly=True),
    Activity("organic_content", "Translations", "content", 900, "Lingvarium", weekly=True),
    Activity("organic_content", "Experts' time", "content", 1400, "Engineering", "internal_expert", 70, weekly=True),
    Activity("organic_content", "Design", "content", 800, "Design team", "internal", 45, weekly=True),
    Activity("lead_generation", "Forms and chat", "website", 350, "Formulo"),
    Activity("referrals", "Thank-you gifts", "referral", 400, "Paczka i Wstążka"),
    Activity(
        "referrals", "Referral discounts", "referral", 900, "Brightwater Integration", kind="discount", weekly=True
    ),
    Activity("customer_growth", "Offers to customers", "email", 450, "Design team", "internal", 45),
    Activity(
        "customer_growth", "Bundle discounts", "email", 1100, "Brightwater Integration", kind="discount", weekly=True
    ),
    Activity("partners", "Joint webinars", "partner", 1000, "Webinarium", funded_by="partner"),
    Activity("partners", "Commissions", "partner", 1600, "Partners", weekly=True),
    Activity("bids", "Bid writing", "tender", 1200, "Engineering", "internal_expert", 70, weekly=True),
    Activity("public_relations", "Press service", "press", 950, "Pressvogel"),
    Activity("public_relations", "Trade fairs", "event", 6500, "Halle Vier", months=(3, 5, 9, 10), weekly=True),
    Activity("customer_voice", "Audit interviews", "research", 850, "Pytania i Odpowiedzi"),
    Activity("service_desk", "Presentations for clients", "service", 600, "Studio Kreska", funded_by="client"),
    Activity("customer_base", "Mailing tool", "email", 420, "Brieftaube"),
    Activity("enablement", "Training", "people", 500, "Kursownia", months=(1, 4, 9, 11)),
)
ADS: Final = (
    ("Search ads", "google_ads", "Search*"),
    ("Display ads", "google_ads", "Display*"),
    ("Search ads Poland", "google_ads", "Wyszukiwarka*"),
    ("Performance Max Poland", "google_ads", "PMax*"),
    ("Display ads Poland", "google_ads", "Sieć*"),
    ("Search ads Central Asia", "google_ads", "Поиск*"),
    ("Performance Max Central Asia", "google_ads", "Максимум*"),
    ("Lead ads", "meta_ads", "Leads*"),
    ("Boosted posts", "meta_ads", "Boosted*"),
    ("Lead ads Poland", "meta_ads", "Kontakty*"),
    ("Lead ads Central Asia", "meta_ads", "Лиды*"),
    ("Boosted posts Central Asia", "meta_ads", "Продвижение*"),
)
"""Activities on ad platforms, each with the pattern of its campaigns' names."""


def months(timeline: Timeline) -> list[date]:
    """The first day of every month from the timeline's first to the one after its last."""
    found, month = [], timeline.first.replace(day=1)
    while month <= timeline.last:
        found.append(month)
        month = following(month)
    return [*found, month]


def following(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)


def budget_lines(timeline: Timeline) -> list[dict[str, str]]:
    """The plan's lines, month by month."""
    planned = _planned_ads(timeline)
    due = timeline.last + timedelta(days=SOON)
    lines = []
    for place, month in enumerate(months(timeline)):
        for name, channel, pattern in ADS:
            amount = float(planned[pattern][place])
            soon = pattern == "Leads*" and (due.year, due.month) == (month.year, month.month)
            top_up = due if soon else month.replace(day=TOP_UP_DAY)
            line = _line(month, "paid_acquisition", name, channel, amount)
            if amount:
                lines.append({**line, "campaign": pattern, "top_up_on": top_up.isoformat()})
        for one in ACTIVITIES:
            if month.month in one.months:
                line = _line(month, one.process, one.name, one.channel, one.amount)
                lines.append({**line, "funded_by": one.funded_by, "kind": one.kind, "campaign": "", "top_up_on": ""})
    return lines


def _line(month: date, process: str, activity: str, channel: str, amount: float) -> dict[str, str]:
    return {
        "month": month.isoformat(),
        "process": process,
        "activity": activity,
        "channel": channel,
        "funded_by": "own",
        "kind": "spend",
        "amount": f"{amount:.0f}",
        "currency": "EUR",
    }


def _planned_ads(timeline: Timeline) -> dict[str, Series]:
    """By pattern, what its campaigns are expected to cost in each month, rounded up."""
    starts = months(timeline)
    whole = Timeline(following(starts[-1]) - timedelta(days=1), (following(starts[-1]) - starts[0]).days)
    places = np.array([(day.year - starts[0].year) * 12 + day.month - starts[0].month for day in whole.days])
    busy = season(whole)
    found = {}
    for account, live in _accounts(timeline):
        # What runs on the last day is expected to go on; what ran on the first day ran before it.
        before, after = (starts[0] - timeline.first).days, (whole.last - timeline.last).days
        runs = np.pad(live, ((0, 0), (-before, after)), mode="edge")
        shape = busy * weekday_shape(whole, account.weekend)
        for _name, _channel, pattern in ADS:
            lines = [line for line, ad in enumerate(account.ads) if fnmatchcase(ad.campaign, pattern)]
            rates = [account.ads[line].rates for line in lines]
            costs = np.array([rate.impressions * rate.ctr * rate.cost_per_click for rate in rates])
            if lines:
                monthly = np.bincount(places, (costs @ runs[lines]) * shape, len(starts))
                found[pattern] = np.ceil(monthly * RESERVE / STEP) * STEP
    return found


def _accounts(timeline: Timeline) -> Iterator[tuple[Account, np.ndarray[tuple[int, int], np.dtype[np.bool_]]]]:
    """Every account with the days on which its ads run."""
    for account in (ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT, social_account(timeline.count), RUSSIAN_SOCIAL):
        yield account, running(account.ads, timeline)
    opened = timeline.days_from_end(polish_days(timeline.count))
    yield POLISH_SOCIAL, running(POLISH_SOCIAL.ads, timeline) & (np.arange(timeline.count) >= opened)
