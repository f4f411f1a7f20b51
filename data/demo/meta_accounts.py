"""The three Meta Ads accounts: invented campaigns, ad sets and ads."""

from __future__ import annotations

from typing import Final

from data.demo.accounts import Account, Ad, Kind, Rates

GUIDE: Final = Rates(3800, 0.0105, 1.15, 0.125)
WEBINAR: Final = Rates(3000, 0.0103, 1.1, 0.125)
CASES: Final = Rates(2500, 0.0108, 1.2, 0.125)
POLAND: Final = Rates(2200, 0.0105, 0.7, 0.125)
POST: Final = Rates(900, 0.006, 0.4)

# campaign, ad set, rates of the ad set, ads
SOCIAL: Final = (
    (
        "Leads - Integration guide",
        "Lookalike 1%",
        GUIDE,
        ("Guide - carousel", "Guide - video 15s", "Guide - static blue"),
    ),
    (
        "Leads - Integration guide",
        "IT managers",
        GUIDE,
        ("Guide - carousel", "Guide - checklist", "Guide - static blue"),
    ),
    ("Leads - Webinar", "Operations directors", WEBINAR, ("Webinar - speaker", "Webinar - agenda")),
    ("Leads - Webinar", "Site visitors 30 days", WEBINAR.scaled(0.6), ("Webinar - last seats", "Webinar - agenda")),
    ("Leads - Case studies", "Retail and wholesale", CASES, ("Case - shop chain", "Case - wholesaler", "Case - quote")),
    ("Leads - Case studies", "Manufacturing", CASES, ("Case - factory", "Case - spare parts", "Case - quote")),
)
WARSAW: Final = (
    ("Kontakty - Poradnik", "Dyrektorzy operacyjni", POLAND, ("Poradnik - karuzela", "Poradnik - film 15 s")),
    ("Kontakty - Poradnik", "Kierownicy IT", POLAND, ("Poradnik - karuzela", "Poradnik - lista kontrolna")),
    (
        "Kontakty - Konsultacja",
        "Odwiedzający stronę",
        POLAND.scaled(0.6),
        ("Konsultacja - termin", "Konsultacja - cytat"),
    ),
)
POST_NAME: Final = "Instagram post: Our team at the spring fair"
POLISH_SHARE: Final = 3


def _split(rows: tuple[tuple[str, str, Rates, tuple[str, ...]], ...]) -> list[Ad]:
    return [
        Ad(campaign, Kind.LEADS, rates.scaled(1 / len(names)), group, name)
        for campaign, group, rates, names in rows
        for name in names
    ]


def polish_days(days: int) -> int:
    """How many of the last days the Polish account covers: before that, Poland ran inside the English one."""
    return max(1, days // POLISH_SHARE)


def social_account(days: int) -> Account:
    """The English account: Poland leaves it when the Polish account opens; two boosted posts share a name."""
    ends = polish_days(days)
    poland = [
        Ad("Leads - Poland", ad.kind, ad.rates, ad.ad_group, ad.name, ends=ends, starts=None) for ad in _split(WARSAW)
    ]
    posts = [Ad("Boosted posts", Kind.REACH, POST, "Followers", POST_NAME)] * 2
    return Account("Brightwater Social", tuple(_split(SOCIAL) + poland + posts), 0.78, whole_conversions=True)


POLISH_SOCIAL: Final = Account("Brightwater Polska Social", tuple(_split(WARSAW)), 0.78, whole_conversions=True)

RUSSIAN_SOCIAL: Final = Account(
    "Brightwater Алматы",
    (
        Ad("Лиды - Руководство по интеграции", Kind.LEADS, Rates(2900, 0.0112, 0.52, 0.12)),
        Ad("Лиды - Вебинар", Kind.LEADS, Rates(2300, 0.011, 0.5, 0.12)),
        Ad("Лиды - Примеры внедрений", Kind.LEADS, Rates(2000, 0.0112, 0.53, 0.12)),
        Ad("Лиды - Аудит процессов", Kind.LEADS, Rates(1400, 0.011, 0.5, 0.12), ends=480),
        Ad("Лиды - Консультация", Kind.LEADS, Rates(1400, 0.011, 0.5, 0.12), starts=480),
        Ad("Продвижение публикаций", Kind.REACH, Rates(1500, 0.006, 0.2)),
    ),
    0.8,
    whole_conversions=True,
)
