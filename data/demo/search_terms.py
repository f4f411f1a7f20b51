"""The English account's search terms report: what people typed, as far as Google shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from data.demo.accounts import Kind
from data.demo.files import exports, save
from data.demo.google_accounts import ENGLISH_ACCOUNT
from data.demo.google_ads import NOTHING, metric_columns
from data.demo.google_dialects import ENGLISH_ADS
from data.demo.simulate import CENT, History, Measures, Rows, simulate, stacked
from data.demo.text import cell, table
from data.demo.timeline import generator

if TYPE_CHECKING:
    from pathlib import Path

    from data.demo.files import Period
    from data.demo.timeline import Counts, Timeline

VISIBLE: Final = 0.55
TERMS_BY_GROUP: Final = {
    "ERP to CRM": ("erp crm integration", "connect erp to crm", "crm erp sync", "erp integration company"),
    "ERP to web shop": ("erp web shop integration", "connect online shop to erp", "erp stock sync"),
    "Accounting": ("erp accounting interface", "automatic invoice posting", "accounting integration"),
    "WMS integration": ("wms erp integration", "wms integrator", "warehouse system interface"),
    "Barcode and RFID": ("barcode scanner erp", "rfid warehouse setup"),
    "Integration platform": (
        "integration platform",
        "managed api integration",
        "api monitoring service",
        "ipaas provider",
    ),
    "EDI": ("edi provider", "edi as a service", "edi onboarding"),
    "Brand": ("brightwater integration", "brightwater", "bright water integration"),
    "Migration": ("data migration company", "erp data migration", "data migration plan"),
    "Modernisation": ("legacy system integration", "modernise legacy erp", "legacy api"),
    "Fair": ("integration trade fair", "warehouse fair demo"),
}
MATCHES: Final = ("Exact match", "Phrase match", "Broad match")
HEADER: Final = (
    ("Search term", "term"),
    ("Match type", "match"),
    ("Added/Excluded", "added"),
    ("Campaign", "campaign"),
    ("Ad group", "ad_group"),
    ("Keyword", "keyword"),
    ("Day", "day"),
    ("Account", "account"),
    ("Impr.", "impressions"),
    ("Interactions", "clicks"),
    ("Clicks", "clicks"),
    ("CTR", "ctr"),
    ("Avg. CPC", "cost_per_click"),
    ("Currency code", "currency"),
    ("Cost", "cost"),
    ("Conversions", "conversions"),
    ("Conv. value", "value"),
    ("Campaign type", "kind"),
)
REPORT: Final = replace(
    ENGLISH_ADS,
    title="Search terms report",
    columns=HEADER,
    totals=("Search terms", "Other search terms", "Account", "Search"),
)


@dataclass(frozen=True)
class Term:
    """What was typed, and the keyword that caught it."""

    campaign: str
    ad_group: str
    text: str
    match: str

    @property
    def keyword(self) -> str:
        """The keyword in Google's notation: exact in brackets, phrase in quotation marks."""
        root = self.text if self.match == "Exact match" else " ".join(self.text.split()[:2])
        return {"Exact match": f"[{root}]", "Phrase match": f'"{root}"', "Broad match": root}[self.match]


def _terms(campaign: str, ad_group: str) -> list[Term]:
    texts = TERMS_BY_GROUP[ad_group]
    terms = [Term(campaign, ad_group, text, MATCHES[place % len(MATCHES)]) for place, text in enumerate(texts)]
    return [*terms, Term(campaign, ad_group, texts[0], "Broad match")]


def _split(random: np.random.Generator, whole: Counts, shares: list[float]) -> Counts:
    return random.multinomial(whole, [*shares, 1 - sum(shares)]).T[:-1].astype(np.int64)


def _group_measures(group: Measures, shares: list[float], random: np.random.Generator) -> Measures:
    clicks = _split(random, group.clicks, shares)
    impressions = clicks + _split(random, group.impressions - group.clicks, shares)
    cost = group.cost * clicks // np.maximum(group.clicks, 1)
    conversions = np.minimum(_split(random, group.conversions // CENT, shares) * CENT, clicks * CENT)
    value = group.value * conversions // np.maximum(group.conversions, 1)
    return Measures(impressions, clicks, cost, conversions, value)


def search_terms(timeline: Timeline) -> tuple[list[Term], History]:
    """The visible terms of every search ad group, and their history: always a part of the account's."""
    account, random = simulate(ENGLISH_ACCOUNT, timeline), generator("search terms")
    groups: dict[tuple[str, str], list[int]] = {}
    for line, ad in enumerate(ENGLISH_ACCOUNT.ads):
        if ad.kind is Kind.SEARCH:
            groups.setdefault((ad.campaign, ad.ad_group), []).append(line)
    terms: list[Term] = []
    parts: list[Measures] = []
    for (campaign, ad_group), lines in groups.items():
        found = _terms(campaign, ad_group)
        weights = 1 / np.arange(1.0, len(found) + 1)
        shares = (weights / weights.sum() * VISIBLE).tolist()
        measures = Measures(*(np.array(column.sum(axis=0)) for column in _each(account.measures.at(lines))))
        terms += found
        parts.append(_group_measures(measures, shares, random))
    stack = Measures(*(np.concatenate(column) for column in zip(*map(_each, parts), strict=True)))
    live = stack.impressions > 0
    return terms, History(timeline, stack, live, random.random(live.shape), CENT)


def _each(measures: Measures) -> tuple[Counts, ...]:
    return (measures.impressions, measures.clicks, measures.cost, measures.conversions, measures.value)


def _totals(rows: Rows, account: Rows) -> Measures:
    search = np.array([ad.kind is Kind.SEARCH for ad in ENGLISH_ACCOUNT.ads])[account.lines]
    visible, whole, searched = rows.measures.total(), account.measures.total(), account.measures.total(search)
    other = tuple(all_searches - seen for all_searches, seen in zip(searched, visible, strict=True))
    return stacked([visible, other, whole, searched])


def report(terms: list[Term], rows: Rows, account: Rows, period: Period) -> bytes:
    """One search terms report as the bytes of its file."""
    lines = rows.lines.tolist()
    chosen = [terms[line] for line in lines]
    columns = metric_columns(rows.measures, REPORT.numbers, REPORT.money) | {
        "term": [term.text for term in chosen],
        "match": [term.match for term in chosen],
        "added": ["Added" if term.match == "Exact match" else "None" for term in chosen],
        "campaign": [term.campaign for term in chosen],
        "ad_group": [term.ad_group for term in chosen],
        "keyword": [term.keyword for term in chosen],
        "day": rows.day_texts(),
        "account": [ENGLISH_ACCOUNT.name] * len(lines),
        "currency": [ENGLISH_ACCOUNT.currency] * len(lines),
        "kind": ["Search"] * len(lines),
    }
    labels = [REPORT.total.format(name) for name in REPORT.totals]
    dashes = dict.fromkeys(columns, [NOTHING] * len(labels))
    foot = dashes | metric_columns(_totals(rows, account), REPORT.numbers, REPORT.money)
    foot |= {"term": labels, "currency": [ENGLISH_ACCOUNT.currency] * len(labels)}
    body = [table([list(map(cell, part[field])) for _, field in HEADER], ",") for part in (columns, foot)]
    return REPORT.encode([*REPORT.preamble(period), ",".join(title for title, _ in HEADER), *body])


def write_search_terms(inbox: Path, timeline: Timeline) -> None:
    """Write the English account's search terms into *inbox*, one file a half-year."""
    terms, history = search_terms(timeline)
    account = simulate(ENGLISH_ACCOUNT, timeline)
    for period in exports(timeline, timeline.first):
        first, last = timeline.index(period.first), timeline.index(period.last)
        content = report(terms, history.rows(first, last), account.rows(first, last), period)
        save(inbox / f"Search terms report {period.first} - {period.last}.csv", content, period.downloaded)
