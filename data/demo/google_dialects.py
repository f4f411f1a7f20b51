"""How Google Ads writes its reports: English CSV, Polish "Excel CSV", Russian CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from data.demo.accounts import Kind
from data.demo.text import (
    ENGLISH,
    ENGLISH_MONTHS,
    PLAIN,
    POLISH,
    POLISH_MONTHS,
    RUSSIAN,
    RUSSIAN_MONTHS,
    NumberStyle,
    day_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.demo.files import Period


@dataclass(frozen=True)
class Dialect:
    """How one language and flavour of a report is written. *columns* pairs each header with what stands under it."""

    title: str
    encoding: str
    mark: bytes
    delimiter: str
    months: Sequence[str]
    numbers: NumberStyle
    money: NumberStyle
    columns: tuple[tuple[str, str], ...]
    total: str
    totals: tuple[str, ...]
    kinds: dict[Kind, str]
    states: tuple[str, str]

    def preamble(self, period: Period) -> list[str]:
        """The report's name and its range."""
        first, last = (day_text(day, self.months) for day in period)
        return [self.title, f"{first} - {last}"]

    def encode(self, lines: Sequence[str]) -> bytes:
        """The lines as the bytes of a file."""
        return self.mark + ("\n".join(lines) + "\n").encode(self.encoding)


ENGLISH_KINDS: Final = {Kind.SEARCH: "Search", Kind.DISPLAY: "Display"}

ENGLISH_ADS: Final = Dialect(
    title="Ad report",
    encoding="utf-8",
    mark=b"",
    delimiter=",",
    months=ENGLISH_MONTHS,
    numbers=ENGLISH,
    money=PLAIN,
    columns=(
        ("Ad status", "state"),
        ("Headline 1", "ad"),
        ("Final URL", "url"),
        ("Ad ID", "ad_id"),
        ("Campaign", "campaign"),
        ("Ad group", "ad_group"),
        ("Day", "day"),
        ("Account", "account"),
        ("Campaign type", "kind"),
        ("Currency code", "currency"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("CTR", "ctr"),
        ("Avg. CPC", "cost_per_click"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
        ("Conv. rate", "conversion_rate"),
        ("Cost / conv.", "cost_per_conversion"),
        ("Conv. value", "value"),
    ),
    total="Total: {}",
    totals=("All but removed ads", "Account"),
    kinds=ENGLISH_KINDS,
    states=("Enabled", "Paused"),
)

POLISH_CAMPAIGNS: Final = Dialect(
    title="Raport kampanii",
    encoding="utf-16-le",
    mark=b"\xff\xfe",
    delimiter="\t",
    months=POLISH_MONTHS,
    numbers=POLISH,
    money=POLISH,
    columns=(
        ("Stan kampanii", "state"),
        ("Kampania", "campaign"),
        ("Dzień", "day"),
        ("Konto", "account"),
        ("Typ kampanii", "kind"),
        ("Kod waluty", "currency"),
        ("Wyświetlenia", "impressions"),
        ("Kliknięcia", "clicks"),
        ("CTR", "ctr"),
        ("Śr. CPC", "cost_per_click"),
        ("Koszt", "cost"),
        ("Konwersje", "conversions"),
        ("Współczynnik konwersji", "conversion_rate"),
        ("Koszt / konw.", "cost_per_conversion"),
        ("Wartość konw.", "value"),
    ),
    total="Razem: {}",
    totals=("kampanie", "konto"),
    kinds={
        Kind.SEARCH: "Wyszukiwarka",
        Kind.DISPLAY: "Sieć reklamowa",
        Kind.PERFORMANCE_MAX: "Performance Max",
    },
    states=("Włączona", "Wstrzymana"),
)

RUSSIAN_CAMPAIGNS: Final = Dialect(
    title="Отчет о кампании",
    encoding="utf-8",
    mark=b"\xef\xbb\xbf",
    delimiter=",",
    months=RUSSIAN_MONTHS,
    numbers=RUSSIAN,
    money=RUSSIAN,
    columns=(
        ("Статус кампании", "state"),
        ("Кампания", "campaign"),
        ("День", "day"),
        ("Аккаунт", "account"),
        ("Тип кампании", "kind"),
        ("Код валюты", "currency"),
        ("Показы", "impressions"),
        ("Kлики", "clicks"),
        ("CTR", "ctr"),
        ("Ср. цена за клик", "cost_per_click"),
        ("Расходы", "cost"),
        ("Конверсии", "conversions"),
        ("Коэфф. конверсии", "conversion_rate"),
        ("Стоимость/конв.", "cost_per_conversion"),
        ("Ценность конв.", "value"),
    ),
    total="Итого ({})",
    totals=("Кампании", "Аккаунт"),
    kinds={Kind.SEARCH: "Поиск", Kind.PERFORMANCE_MAX: "Максимальная эффективность"},
    states=("Включено", "Приостановлено"),
)
