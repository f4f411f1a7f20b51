"""The three Google Ads accounts: invented campaigns, ad groups and headlines."""

from __future__ import annotations

from typing import Final

from data.demo.accounts import Account, Ad, Kind, Rates

SHARES: Final = (0.5, 0.3, 0.2)
DISPLAY: Final = Rates(12000, 0.0055, 0.62, 0.012, 240)
PORTALS: Final = Rates(5200, 0.004, 0.55)
ERP: Final = Rates(930, 0.043, 3.1, 0.062, 420)
WAREHOUSE: Final = Rates(650, 0.041, 2.7, 0.061, 400)
PLATFORM: Final = Rates(680, 0.042, 2.9, 0.062, 430)
MIGRATION: Final = Rates(570, 0.042, 2.8, 0.061, 410)
BRAND: Final = Rates(220, 0.21, 0.55, 0.085, 380)
FAIR: Final = Rates(14, 0.042, 2.8, 0.06, 400)

# campaign, kind, ad group, rates of the ad group, headlines, first and last day counted back from the end
ENGLISH: Final = (
    (
        "Search | ERP integration",
        "ERP to CRM",
        ERP,
        ("Connect ERP and CRM", "One Customer Record", "ERP Sync in 6 Weeks"),
    ),
    (
        "Search | ERP integration",
        "ERP to web shop",
        ERP,
        ("Web Shop Meets ERP", "Orders Without Retyping", "Live Stock Levels"),
    ),
    ("Search | ERP integration", "Accounting", ERP.scaled(0.7), ("Close the Month Faster", "Invoices That Match")),
    (
        "Search | Warehouse",
        "WMS integration",
        WAREHOUSE,
        ("WMS Integration Experts", "Know What Is in Stock", "Ship It Today"),
    ),
    (
        "Search | Warehouse",
        "Barcode and RFID",
        WAREHOUSE.scaled(0.7),
        ("Barcode and RFID Setup", "Scan Once, Post Twice"),
    ),
    (
        "Search | Platform",
        "Integration platform",
        PLATFORM,
        ("Managed Integration", "An API for Every System", "24/7 Monitoring"),
    ),
    ("Search | Platform", "EDI", PLATFORM.scaled(0.8), ("EDI as a Service", "Onboard Partners in Days")),
    ("Search | Brand", "Brand", BRAND, ("Brightwater Integration", "Brightwater: Official Site")),
)
DATA_MIGRATION: Final = ("Move Your Data Safely", "Data Migration Plan", "Zero Downtime Switch")
LEGACY: Final = ("Keep Your Old System", "Legacy Systems, New APIs", "Modernise Step by Step")
SPRING_FAIR: Final = ("Meet Us at the Fair", "Book a Demo at Hall 4")


def _ads(campaign: str, kind: Kind, group: str, rates: Rates, names: tuple[str, ...]) -> list[Ad]:
    weights = SHARES[: len(names)]
    scale = [share / sum(weights) for share in weights]
    return [Ad(campaign, kind, rates.scaled(share), group, name) for share, name in zip(scale, names, strict=True)]


def _between(ads: list[Ad], starts: int | None, ends: int) -> list[Ad]:
    return [Ad(ad.campaign, ad.kind, ad.rates, ad.ad_group, ad.name, starts, ends) for ad in ads]


def _english() -> tuple[Ad, ...]:
    ads = [ad for campaign, group, rates, names in ENGLISH for ad in _ads(campaign, Kind.SEARCH, group, rates, names)]
    migration = _ads("Search | Data migration", Kind.SEARCH, "Migration", MIGRATION, DATA_MIGRATION)
    legacy = _ads("Search | Legacy systems", Kind.SEARCH, "Modernisation", MIGRATION, LEGACY)
    fair = _ads("Search | Spring fair", Kind.SEARCH, "Fair", FAIR, SPRING_FAIR)
    remarketing = _ads(
        "Display | Remarketing", Kind.DISPLAY, "Site visitors", DISPLAY, ("Still Copying Data?", "See It Running")
    )
    ads += _between(migration, None, 310) + _between(legacy, 310, 0)
    portals = _ads(
        "Display | Industry portals", Kind.DISPLAY, "Portals", PORTALS, ("Banner for Wholesalers", "Banner for Makers")
    )
    ads += _between(fair, 620, 580) + remarketing + portals
    return tuple(ads)


ENGLISH_ACCOUNT: Final = Account("Brightwater Integration", _english(), weekend=0.42)

POLISH_ACCOUNT: Final = Account(
    "Brightwater Polska",
    (
        Ad("Wyszukiwarka | Integracja ERP", Kind.SEARCH, Rates(950, 0.047, 1.55, 0.068, 310)),
        Ad("Wyszukiwarka | Automatyzacja magazynu", Kind.SEARCH, Rates(640, 0.046, 1.45, 0.067, 300)),
        Ad("Wyszukiwarka | Integracja API", Kind.SEARCH, Rates(480, 0.046, 1.6, 0.066, 320)),
        Ad("Wyszukiwarka | Marka", Kind.SEARCH, Rates(90, 0.23, 0.35, 0.09, 280)),
        Ad("Wyszukiwarka | Migracja danych", Kind.SEARCH, Rates(330, 0.046, 1.5, 0.067, 300), ends=425),
        Ad("Wyszukiwarka | Modernizacja systemów", Kind.SEARCH, Rates(330, 0.046, 1.5, 0.067, 300), starts=425),
        Ad("PMax | Integracja systemów", Kind.PERFORMANCE_MAX, Rates(2600, 0.017, 0.85, 0.045, 290)),
        Ad("Sieć reklamowa | Remarketing", Kind.DISPLAY, Rates(7000, 0.005, 0.32, 0.012, 210)),
    ),
    weekend=0.45,
)

RUSSIAN_ACCOUNT: Final = Account(
    "Brightwater Центральная Азия",
    (
        Ad("Поиск | Интеграция ERP", Kind.SEARCH, Rates(820, 0.052, 0.95, 0.064, 230)),
        Ad("Поиск | Автоматизация склада", Kind.SEARCH, Rates(560, 0.05, 0.9, 0.063, 220)),
        Ad("Поиск | Интеграция API", Kind.SEARCH, Rates(380, 0.05, 0.98, 0.063, 230)),
        Ad("Поиск | Бренд", Kind.SEARCH, Rates(55, 0.24, 0.22, 0.088, 200)),
        Ad("Поиск | Миграция данных", Kind.SEARCH, Rates(260, 0.05, 0.92, 0.063, 220), ends=190),
        Ad("Поиск | Модернизация систем", Kind.SEARCH, Rates(260, 0.05, 0.92, 0.063, 220), starts=190),
        Ad("Максимум | Системный интегратор", Kind.PERFORMANCE_MAX, Rates(2100, 0.018, 0.5, 0.042, 210)),
    ),
    weekend=0.46,
)
