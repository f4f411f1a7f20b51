"""The Google Ads reports of the three accounts, by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.files import exports, save
from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.google_dialects import ENGLISH_ADS, POLISH_CAMPAIGNS, RUSSIAN_CAMPAIGNS, Dialect
from data.demo.simulate import Measures, Rows, simulate, stacked
from data.demo.text import NumberStyle, cell, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.demo.accounts import Account
    from data.demo.files import Period
    from data.demo.timeline import Counts, Timeline

NOTHING: Final = " --"
PERCENT: Final = 10_000

REPORTS: Final = (
    (ENGLISH_ACCOUNT, ENGLISH_ADS, "Ad report {}.csv"),
    (POLISH_ACCOUNT, POLISH_CAMPAIGNS, "Raport kampanii {}.csv"),
    (RUSSIAN_ACCOUNT, RUSSIAN_CAMPAIGNS, "Отчет о кампании {}.csv"),
)


def _ratios(above: Counts, below: Counts, scale: float, write: Callable[[float], str]) -> list[str]:
    quotients = np.divide(above * scale, below, out=np.zeros(len(above)), where=below > 0).tolist()
    return [write(value) if base else NOTHING for value, base in zip(quotients, below.tolist(), strict=True)]


def metric_columns(measures: Measures, numbers: NumberStyle, money: NumberStyle) -> dict[str, list[str]]:
    """Every number of a report as text, by what it is."""

    def percent(value: float) -> str:
        return numbers.write(value / 100, 2) + "%"

    def amount(value: float) -> str:
        return money.write(value / 100, 2)

    return {
        "impressions": numbers.counts(measures.impressions),
        "clicks": numbers.counts(measures.clicks),
        "ctr": _ratios(measures.clicks, measures.impressions, PERCENT, percent),
        "cost_per_click": _ratios(measures.cost, measures.clicks, 1, amount),
        "cost": money.hundredths(measures.cost),
        "conversions": numbers.hundredths(measures.conversions),
        "conversion_rate": _ratios(measures.conversions, measures.clicks, 100, percent),
        "cost_per_conversion": _ratios(measures.cost, measures.conversions, 100, amount),
        "value": numbers.hundredths(measures.value),
    }


def report(account: Account, dialect: Dialect, rows: Rows, period: Period) -> bytes:
    """One report as the bytes of its file."""
    columns = _names(account, dialect, rows) | metric_columns(rows.measures, dialect.numbers, dialect.money)
    sums, labels = _totals(account, dialect, rows)
    under = _total_names(account, dialect, labels) | metric_columns(sums, dialect.numbers, dialect.money)
    cells = [list(map(cell, columns[field])) for _, field in dialect.columns]
    foot = [list(map(cell, under[field])) for _, field in dialect.columns]
    header = dialect.delimiter.join(title for title, _ in dialect.columns)
    body = [table(part, dialect.delimiter) for part in (cells, foot)]
    return dialect.encode([*dialect.preamble(period), header, *body])


def _names(account: Account, dialect: Dialect, rows: Rows) -> dict[str, list[str]]:
    today = int(rows.days[-1])
    ended = [rows.timeline.days_from_end(ad.ends) <= today for ad in account.ads]
    lines = rows.lines.tolist()
    texts = {
        "campaign": [ad.campaign for ad in account.ads],
        "ad_group": [ad.ad_group for ad in account.ads],
        "ad": [ad.name for ad in account.ads],
        "ad_id": [ad.number for ad in account.ads],
        "url": [_landing_page(ad.ad_group) for ad in account.ads],
        "kind": [dialect.kinds[ad.kind] for ad in account.ads],
        "state": [dialect.states[over] for over in ended],
    }
    names = {field: [values[line] for line in lines] for field, values in texts.items()}
    constant = {"account": account.name, "currency": account.currency}
    return names | {field: [text] * len(lines) for field, text in constant.items()} | {"day": rows.day_texts()}


def _landing_page(ad_group: str) -> str:
    return "https://www.brightwater.example/" + ad_group.lower().replace(" ", "-")


def _totals(account: Account, dialect: Dialect, rows: Rows) -> tuple[Measures, list[str]]:
    kinds = np.array([ad.kind.value for ad in account.ads])[rows.lines]
    sums = [rows.measures.total()] * len(dialect.totals)
    sums += [rows.measures.total(kinds == kind.value) for kind in dialect.kinds]
    labels = [dialect.total.format(name) for name in (*dialect.totals, *dialect.kinds.values())]
    return stacked(sums), labels


def _total_names(account: Account, dialect: Dialect, labels: list[str]) -> dict[str, list[str]]:
    first, *others = (field for _, field in dialect.columns)
    blank = [NOTHING] + [""] * (len(labels) - 1)
    kinds = [NOTHING] + [""] * (len(dialect.totals) - 1) + list(dialect.kinds.values())
    return dict.fromkeys(others, blank) | {first: labels, "kind": kinds, "currency": [account.currency] * len(labels)}


def write_google_ads(inbox: Path, timeline: Timeline) -> None:
    """Write the three accounts' reports into *inbox*, one file a half-year."""
    for account, dialect, name in REPORTS:
        history = simulate(account, timeline)
        for period in exports(timeline, timeline.first):
            rows = history.rows(timeline.index(period.first), timeline.index(period.last))
            path = inbox / name.format(f"{period.first} - {period.last}")
            save(path, report(account, dialect, rows, period), period.downloaded)
