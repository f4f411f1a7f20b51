"""Invented companies, people and partners: the names that the department's tables share."""

from __future__ import annotations

import zlib
from functools import cache
from itertools import product
from typing import Final

MARKETS: Final = ("west", "pl", "asia")
CURRENCIES: Final = {"west": "EUR", "pl": "PLN", "asia": "EUR"}
RATES: Final = {"west": 1.0, "pl": 4.25, "asia": 1.0}
"""The currency of each market, and how much of it a euro is worth."""
SALES: Final = {"west": ("Greta Holm", "Felix Amsel"), "pl": ("Iga Wrona", "Kamil Bobrek"), "asia": ("Timur Seitov",)}
"""Who sells in each market."""
COMPETITORS: Final = ("Nordkette Systems", "Kontur Integracja", "Tessaline Group")
PARTNERS: Final = ("Hafenwerk", "Datamolo", "Stacklinde", "Regalia", "Orbitus", "Silkbridge")
"""Partners by the short name that the plan has them under."""
INDUSTRIES: Final = ("Manufacturing", "Wholesale", "Retail", "Logistics")
LOYAL: Final = {"west": 36, "pl": 24, "asia": 12}
"""So many companies of each market are customers already when the two years begin."""

_STARTS: Final = {
    "west": "Alder Birke Corvin Dorn Elmar Falken Gusta Hollen Ilm Jasper Kiesel Linde Marl Nessel Oster Pfeil Quell "
    "Rohr Sander Tannen Ulmen Vesper Weser Yster Zander",
    "pl": "Brzozo Dębo Grabo Jawo Kaszta Lipo Mala Orzecho Sosno Wierzbo Jesio Klono Modrze Olszo Topolo Ciso Buko "
    "Jarzębo Wiązo Świerko",
    "asia": "Altyn Baykol Chinar Dala Ertis Kokjar Sayran Tulpar Arna Bulak Jibek Kerben Muz Nurtau Ormon",
}
_ENDS: Final = {
    "west": "au Foods|berg Tools|dal Logistics|hof Paper|ia Textiles|mark Lighting|ora Pharma|rup Seafood|"
    "stad Furniture|wald Timber|wik Packaging|zell Optics|lund Garden|sund Marine|feld Bikes|brück Spares|heim Toys|"
    "kamp Plastics|more Dairy|tal Ceramics",
    "pl": "rek Meble|wit Opakowania|pol Hurt|lin Tekstylia|mar Logistyka|bud Materiały|dom Wyposażenie|lek Apteki|"
    "mix Pasze|tor Części|nar Sport|wex Elektro|san Ceramika|ster Stal|gran Kamień",
    "asia": " Trade| Foods| Mining Supply| Retail| Logistics| Build| Agro| Textile| Energy| Pharma| Auto| Cargo",
}


@cache
def company_names(market: str) -> tuple[str, ...]:
    """The companies of a *market*, always the same ones in the same order; the first are customers from the start."""
    return tuple(first + last for last, first in product(_ENDS[market].split("|"), _STARTS[market].split()))


def industry(company: str) -> str:
    """What a company does."""
    return INDUSTRIES[zlib.crc32(company.encode()) % len(INDUSTRIES)]


def loyal_customers() -> list[tuple[str, str]]:
    """Market and name of the companies that are customers when the two years begin."""
    return [(market, name) for market in MARKETS for name in company_names(market)[: LOYAL[market]]]
