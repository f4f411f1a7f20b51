"""The three sites in Search Console: what people search for, which pages they find, in which language the export is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from data.demo.text import POLISH_MONTHS, RUSSIAN_MONTHS, SHORT_ENGLISH_MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Wording:
    """How Search Console names files, columns and values in one language."""

    files: tuple[str, ...]
    keys: tuple[str, ...]
    metrics: tuple[str, ...]
    filters: tuple[tuple[str, str], str, str]
    months: Sequence[str]
    year_suffix: str
    countries: tuple[str, ...]
    devices: tuple[str, str, str]
    appearances: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """A property, and how it does on a plain weekday."""

    name: str
    wording: Wording
    address: str
    impressions: float
    click_rate: float
    position: float
    brand: tuple[str, ...]
    topics: tuple[str, ...]
    questions: tuple[str, ...]
    slugs: tuple[str, ...] = ()
    quiet_day: int | None = None
    weekly: bool = False

    @property
    def zip_stem(self) -> str:
        """The property as it stands in the name of a download."""
        return self.name.replace("://", "___").replace("/", "_")

    @property
    def queries(self) -> list[str]:
        """Brand searches first, then every question about every topic."""
        asked = [question.format(topic) for question, topic in product(self.questions, self.topics)]
        return [*self.brand, *asked]

    @property
    def pages(self) -> list[str]:
        """The home page, then a page and an article for each topic."""
        slugs = self.slugs or [topic.replace(" ", "-") for topic in self.topics]
        kinds = ("", "guide/", "case/", "blog/")
        return [self.address, *(f"{self.address}{kind}{slug}/" for kind, slug in product(kinds, slugs))]


ENGLISH: Final = Wording(
    files=("Chart", "Queries", "Pages", "Countries", "Devices", "Search appearance", "Filters"),
    keys=("Date", "Top queries", "Top pages", "Country", "Device", "Search Appearance"),
    metrics=("Clicks", "Impressions", "CTR", "Position"),
    filters=(("Filter", "Value"), "Search type,Web", "Date"),
    months=SHORT_ENGLISH_MONTHS,
    year_suffix="",
    countries=(
        "Germany",
        "United Kingdom",
        "Netherlands",
        "Poland",
        "United States",
        "Austria",
        "Sweden",
        "India",
        "France",
        "Czechia",
    ),
    devices=("Desktop", "Mobile", "Tablet"),
    appearances=("Translated results", "Videos"),
)
POLISH: Final = Wording(
    files=("Wykres", "Zapytania", "Strony", "Kraje", "Urządzenia", "Wygląd w wynikach wyszukiwania", "Filtry"),
    keys=(
        "Data",
        "Najpopularniejsze zapytania",
        "Najpopularniejsze strony",
        "Kraj",
        "Urządzenie",
        "Wygląd w wynikach wyszukiwania",
    ),
    metrics=("Kliknięcia", "Wyświetlenia", "CTR", "Pozycja"),
    filters=(("Filtr", "Wartość"), "Typ wyszukiwania,Internet", "Data"),
    months=POLISH_MONTHS,
    year_suffix="",
    countries=("Polska", "Niemcy", "Wielka Brytania", "Czechy", "Holandia", "Norwegia"),
    devices=("Komputer", "Komórka", "Tablet"),
    appearances=(),
)
RUSSIAN: Final = Wording(
    files=("Диаграмма", "Запросы", "Страницы", "Страны", "Устройства", "Вид в поиске", "Фильтры"),
    keys=("Дата", "Популярные запросы", "Популярные страницы", "Страна", "Устройство", "Вид в поиске"),
    metrics=("Kлики", "Показы", "CTR", "Позиция"),
    filters=(("Фильтр", "Значение"), "Тип поиска,Веб", "Дата"),
    months=RUSSIAN_MONTHS,
    year_suffix=" г.",
    countries=("Казахстан", "Узбекистан", "Киргизия", "Грузия", "Армения"),
    devices=("ПК", "Мобильный", "Планшет"),
    appearances=(),
)

SITES: Final = (
    Site(
        "brightwater.example",
        ENGLISH,
        "https://www.brightwater.example/",
        impressions=34_000,
        click_rate=0.023,
        position=11.6,
        brand=("brightwater", "brightwater integration", "brightwater careers", "bright water integration"),
        topics=(
            "erp integration",
            "crm integration",
            "web shop integration",
            "wms integration",
            "edi",
            "api integration",
            "data migration",
            "legacy integration",
            "warehouse automation",
            "barcode scanning",
            "rfid",
            "integration platform",
            "master data",
            "invoice automation",
            "order management",
            "supplier portal",
            "customer portal",
            "product data",
        ),
        questions=(
            "{}",
            "{} services",
            "{} company",
            "what is {}",
            "{} cost",
            "{} examples",
            "{} checklist",
            "{} best practices",
            "{} for manufacturers",
            "{} for wholesalers",
            "{} software",
            "{} consultant",
            "how does {} work",
            "{} project plan",
            "{} tutorial",
            "{} vs manual work",
        ),
        weekly=True,
    ),
    Site(
        "https://www.brightwater-group.example/pl/",
        POLISH,
        "https://www.brightwater-group.example/pl/",
        impressions=9_800,
        click_rate=0.026,
        position=10.4,
        brand=("brightwater polska", "brightwater integracja"),
        topics=(
            "integracja erp",
            "integracja crm",
            "integracja sklepu z erp",
            "integracja wms",
            "edi",
            "integracja api",
            "migracja danych",
            "automatyzacja magazynu",
            "kody kreskowe",
            "obieg faktur",
        ),
        questions=(
            "{}",
            "{} cena",
            "{} firma",
            "co to jest {}",
            "{} przykłady",
            "{} wdrożenie",
            "{} krok po kroku",
            "{} dla produkcji",
            "{} dla hurtowni",
            "{} usługi",
        ),
    ),
    Site(
        "https://www.brightwater-group.example/ru/",
        RUSSIAN,
        "https://www.brightwater-group.example/ru/",
        impressions=6_400,
        click_rate=0.028,
        position=9.8,
        brand=("brightwater алматы", "брайтуотер интеграция"),
        topics=(
            "интеграция erp",
            "интеграция crm",
            "интеграция интернет магазина",
            "интеграция wms",
            "edi",
            "интеграция api",
            "перенос данных",
            "автоматизация склада",
        ),
        questions=(
            "{}",
            "{} цена",
            "{} компания",
            "что такое {}",
            "{} примеры",
            "{} внедрение",
            "{} для производства",
            "{} пошагово",
            "{} услуги",
        ),
        slugs=("erp", "crm", "web-shop", "wms", "edi", "api", "data-migration", "warehouse"),
        quiet_day=3,
    ),
)
