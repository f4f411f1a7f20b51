"""What an ad account of the demonstration is made of."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from enum import Enum


class Kind(Enum):
    """What kind of campaign an ad belongs to."""

    SEARCH = "search"
    DISPLAY = "display"
    PERFORMANCE_MAX = "performance_max"
    LEADS = "leads"
    REACH = "reach"


@dataclass(frozen=True)
class Rates:
    """How an ad does on a plain weekday: shown *impressions* times, and what follows from that."""

    impressions: float
    ctr: float
    cost_per_click: float
    conversion_rate: float = 0.0
    conversion_value: float = 0.0

    def scaled(self, share: float) -> Rates:
        """The same rates for *share* of the impressions."""
        return replace(self, impressions=self.impressions * share)


@dataclass(frozen=True)
class Ad:
    """The finest thing an export has a row for: an ad, or a whole campaign.

    It runs from *starts* (the first day when left out) to *ends* days before the end.
    """

    campaign: str
    kind: Kind
    rates: Rates
    ad_group: str = ""
    name: str = ""
    starts: int | None = None
    ends: int = 0

    @property
    def number(self) -> str:
        """The platform's number of the ad."""
        return str(600_000_000_000 + zlib.crc32(f"{self.campaign}|{self.ad_group}|{self.name}".encode()))


@dataclass(frozen=True)
class Account:
    """An ad account: its name in exports, what runs in it, and the share of a weekday that a weekend day keeps."""

    name: str
    ads: tuple[Ad, ...]
    weekend: float
    whole_conversions: bool = False

    @property
    def currency(self) -> str:
        """What the account is billed in."""
        return "EUR"
