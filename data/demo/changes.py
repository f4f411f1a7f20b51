"""The real changes planted in the demonstration; everything else is season, weekday and noise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from data.demo.timeline import Series, Timeline


class Lever(Enum):
    """What a planted change multiplies."""

    COST_PER_CLICK = "cost per click of search campaigns"
    ORGANIC_CLICKS = "clicks per impression"
    LEAD_RATE = "leads per click"
    FIRST_RESPONSE = "working time to the first answer"
    QUALIFICATION = "share of leads that qualify"


@dataclass(frozen=True)
class PlantedChange:
    """A lasting change: from *days_before_end* days before the end on, *lever* is multiplied by *factor*."""

    lever: Lever
    where: str
    days_before_end: int
    factor: float
    story: str


PLANTED: Final = (
    PlantedChange(
        Lever.COST_PER_CLICK,
        "Brightwater Integration",
        42,
        1.4,
        "A competitor starts bidding on the same searches: clicks cost more for good.",
    ),
    PlantedChange(
        Lever.ORGANIC_CLICKS,
        "brightwater.example",
        56,
        1.22,
        "The website is relaunched: better positions, more clicks from the same searches.",
    ),
    PlantedChange(
        Lever.LEAD_RATE,
        "Brightwater Social",
        28,
        0.6,
        "A lead form gets two more mandatory fields: fewer people finish it.",
    ),
    PlantedChange(
        Lever.FIRST_RESPONSE,
        "service desk",
        77,
        0.45,
        "Requests are sorted twice a day: whoever can answer sees them at once.",
    ),
    PlantedChange(
        Lever.QUALIFICATION,
        "enquiry form",
        70,
        0.42,
        "The enquiry form no longer asks for the company's size: more enquiries from those too small to buy.",
    ),
)

MIXED_MAILING: Final = 19
"""So many days before the end one message went to customers and to strangers alike."""
UNANSWERED_PROMISE: Final = 84
"""So many days before the end a customer told of a broken promise that nobody has answered since."""


def multiplier(lever: Lever, where: str, timeline: Timeline) -> Series:
    """What *lever* is multiplied by at *where* on each day of *timeline*."""
    factors = np.ones(timeline.count)
    for change in PLANTED:
        if change.lever is lever and change.where == where:
            factors[timeline.days_from_end(change.days_before_end) :] *= change.factor
    return factors
