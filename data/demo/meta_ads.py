"""Meta Ads exports by day as CSV: the English and the Polish account, ad by ad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from data.demo.accounts import Kind
from data.demo.files import exports, save
from data.demo.meta_accounts import POLISH_SOCIAL, polish_days, social_account
from data.demo.simulate import CENT, simulate
from data.demo.text import POLISH_MONTHS, SHORT_ENGLISH_MONTHS, short, table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.demo.accounts import Account
    from data.demo.files import Period
    from data.demo.simulate import Rows
    from data.demo.timeline import Counts, Series, Timeline

LEAD_INDICATOR: Final = "actions:leadgen.other"
REACH_INDICATOR: Final = "reach"

ENGLISH: Final = (
    ("Day", "day"),
    ("Account name", "account"),
    ("Campaign name", "campaign"),
    ("Ad set name", "ad_group"),
    ("Ad name", "ad"),
    ("Reach", "reach"),
    ("Frequency", "frequency"),
    ("Impressions", "impressions"),
    ("Currency", "currency"),
    ("Amount spent (EUR)", "cost"),
    ("Clicks (all)", "all_clicks"),
    ("Link clicks", "clicks"),
    ("Results", "results"),
    ("Result indicator", "indicator"),
    ("Cost per results", "cost_per_result"),
    ("Reporting starts", "day"),
    ("Reporting ends", "day"),
)
POLISH: Final = (
    ("Dzień", "day"),
    ("Nazwa konta", "account"),
    ("Nazwa kampanii", "campaign"),
    ("Nazwa zestawu reklam", "ad_group"),
    ("Nazwa reklamy", "ad"),
    ("Wydana kwota (EUR)", "cost"),
    ("Wyświetlenia", "impressions"),
    ("Zasięg", "reach"),
    ("Kliknięcia linku", "clicks"),
    ("Kliknięcia (wszystkie)", "all_clicks"),
    ("CPC (wszystkie) (EUR)", "cost_per_any_click"),
    ("Wyniki", "results"),
    ("Typ wyniku", "indicator"),
    ("Początek raportowania", "day"),
    ("Koniec raportowania", "day"),
)


class Social(NamedTuple):
    """What Meta counts besides the measures every platform has."""

    reach: Counts
    all_clicks: Counts
    has_results: Series


def social(account: Account, rows: Rows) -> Social:
    """Reach, clicks of all kinds, and which rows can have results at all."""
    frequency = 1.05 + rows.luck * 0.35
    reach = np.ceil(rows.measures.impressions / frequency).astype(np.int64)
    all_clicks = rows.measures.clicks + np.floor(rows.measures.clicks * 0.45 + rows.luck).astype(np.int64)
    leads = np.array([ad.kind is Kind.LEADS for ad in account.ads], dtype=np.float64)[rows.lines]
    return Social(reach, all_clicks, leads)


def quoted(text: str) -> str:
    """*text* as Meta writes it: in quotation marks as soon as a space or a comma is in it."""
    return '"' + text.replace('"', '""') + '"' if " " in text or "," in text or '"' in text else text


def _quotients(above: Counts, below: Counts, digits: int = 8) -> list[str]:
    pairs = zip(above.tolist(), below.tolist(), strict=True)
    return [short(part / whole, digits) if whole else "" for part, whole in pairs]


def columns(account: Account, rows: Rows) -> dict[str, list[str]]:
    """Every cell of an export's rows, by what it is."""
    measures, extra, lines = rows.measures, social(account, rows), rows.lines.tolist()
    results = (measures.conversions // CENT).tolist()
    texts = {
        "campaign": [quoted(ad.campaign) for ad in account.ads],
        "ad_group": [quoted(ad.ad_group) for ad in account.ads],
        "ad": [quoted(ad.name) for ad in account.ads],
        "indicator": [LEAD_INDICATOR if ad.kind is Kind.LEADS else REACH_INDICATOR for ad in account.ads],
    }
    numbers = {
        "reach": list(map(str, extra.reach.tolist())),
        "frequency": _quotients(measures.impressions, extra.reach),
        "impressions": list(map(str, measures.impressions.tolist())),
        "cost": [short(cents / CENT) for cents in measures.cost.tolist()],
        "all_clicks": list(map(str, extra.all_clicks.tolist())),
        "clicks": list(map(str, measures.clicks.tolist())),
        "results": [str(result) if result else "" for result in results],
        "cost_per_result": _quotients(measures.cost, measures.conversions),
        "cost_per_any_click": _quotients(measures.cost, extra.all_clicks * CENT),
    }
    names = {field: [values[line] for line in lines] for field, values in texts.items()}
    account_cells = {"account": [quoted(account.name)] * len(lines), "currency": [account.currency] * len(lines)}
    return names | numbers | account_cells | {"day": rows.day_texts()}


def export(account: Account, header: Sequence[tuple[str, str]], rows: Rows) -> bytes:
    """One export as the bytes of its file, newest day first."""
    cells = columns(account, rows)
    body = table([list(reversed(cells[field])) for _, field in header], ",")
    return ("\ufeff" + ",".join(quoted(title) for title, _ in header) + "\n" + body + "\n").encode()


def _english_name(period: Period) -> str:
    first, last = (f"{day.day}-{SHORT_ENGLISH_MONTHS[day.month - 1]}-{day.year}" for day in period)
    return f"Brightwater-Social-Ads-{first}{last}.csv"


def _polish_name(period: Period) -> str:
    first, last = (f"{day.day}-{POLISH_MONTHS[day.month - 1]}-{day.year}" for day in period)
    return f"Brightwater-Polska-Social-Reklamy-{first}{last}.csv"


def write_meta_csv(inbox: Path, timeline: Timeline) -> None:
    """Write the English and the Polish account's exports into *inbox*; the Polish account opened late."""
    english = social_account(timeline.count)
    opened = timeline.days[timeline.days_from_end(polish_days(timeline.count))]
    for account, header, since, name in (
        (english, ENGLISH, timeline.first, _english_name),
        (POLISH_SOCIAL, POLISH, opened, _polish_name),
    ):
        history = simulate(account, timeline)
        for period in exports(timeline, since):
            rows = history.rows(timeline.index(period.first), timeline.index(period.last))
            save(inbox / name(period), export(account, header, rows), period.downloaded)
