"""What a reader must know about a value before trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from core.language import N_, _
from metrics.basis import torn
from metrics.dimensions import MEASURE_NAMES
from metrics.model import Known
from metrics.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from metrics.asked import Asked
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.model import Aggregate


class Concern(StrEnum):
    """The kinds of reservation about a value."""

    CURRENCY_UNKNOWN = "currency_unknown"
    CONTROL_DIFFERS = "control_differs"
    MEASURE_UNKNOWN = "measure_unknown"
    PERIODS_LEFT_OUT = "periods_left_out"
    SITES_OVERLAP = "sites_overlap"


_WHOLE_DOMAIN: Final = "sc-domain:"
_TEXTS: Final = {
    Concern.CURRENCY_UNKNOWN: N_("The exports of {sources} name no currency; their money is taken as {detail}."),
    Concern.CONTROL_DIFFERS: N_("The rows of {detail} ({sources}) do not add up to the totals that the file declares."),
    Concern.MEASURE_UNKNOWN: N_("Not reported by {sources}, so missing from sums and ratios: {detail}."),
    Concern.SITES_OVERLAP: N_("{detail} includes {sources}: the same searches are counted twice. Filter by site."),
    Concern.PERIODS_LEFT_OUT: N_("Rows of {sources} for several days cross the border of a period and are left out."),
}


@dataclass(frozen=True)
class Caution:
    """A reservation about the values of *kpis*, because of *sources*.

    *detail* is the currency assumed, the load that does not add up, the measure that is not reported, or the site that
    includes others.
    """

    concern: Concern
    kpis: tuple[str, ...]
    sources: tuple[str, ...]
    detail: str = ""

    @property
    def text(self) -> str:
        """The reservation as a sentence in the reader's language."""
        detail = MEASURE_NAMES.get(self.detail, self.detail)
        return _(_TEXTS[self.concern]).format(sources=", ".join(self.sources), detail=_(detail))


def cautions(asked: Sequence[Asked], buckets: Buckets, currency: str, split: Sequence[str]) -> tuple[Caution, ...]:
    """The reservations about *asked* in *buckets*, each once with all the KPIs and sources that it touches."""
    touched: dict[tuple[Concern, str], tuple[dict[str, None], dict[str, None]]] = {}
    for one in asked:
        for part, base in zip(one.kpi.expression.parts, one.bases, strict=True):
            overlaps = () if "site" in split else _overlaps(base, buckets)
            for concern, detail, source in (*_found(part, base, buckets, currency), *overlaps):
                kpis, sources = touched.setdefault((concern, detail), ({}, {}))
                kpis[one.kpi.id] = sources[source] = None
    return tuple(
        Caution(concern, tuple(kpis), tuple(sources), detail) for (concern, detail), (kpis, sources) in touched.items()
    )


def _found(part: Aggregate, base: Basis, buckets: Buckets, currency: str) -> Iterator[tuple[Concern, str, str]]:
    table = TABLES[part.table]
    is_money = part.column in table.money
    may_lack = bool(table.sql) or Known(part.column) in part.where
    for span in base.spans:
        if not any(days.overlap(buckets.period) for days in span.loaded):
            continue
        unnamed = span.currencies.get(None)
        if is_money and unnamed and unnamed.overlap(buckets.period):
            yield Concern.CURRENCY_UNKNOWN, currency, span.label
        for load, days in span.doubtful:
            if days.overlap(buckets.period):
                yield Concern.CONTROL_DIFFERS, load, span.label
        if part.column not in span.known and not may_lack:
            yield Concern.MEASURE_UNKNOWN, part.column, span.label
        if not table.at_end and torn(span, buckets):
            yield Concern.PERIODS_LEFT_OUT, "", span.label


def _overlaps(base: Basis, buckets: Buckets) -> Iterator[tuple[Concern, str, str]]:
    """Search Console properties of which one includes the other."""
    used = [span for span in base.spans if any(days.overlap(buckets.period) for days in span.loaded)]
    sites = sorted({site for span in used if (site := span.scope.get("site"))})
    for outer in sites:
        for inner in sites:
            if inner != outer and _includes(outer, inner):
                yield Concern.SITES_OVERLAP, outer, inner


def _includes(outer: str, inner: str) -> bool:
    if not outer.startswith(_WHOLE_DOMAIN):
        return inner.startswith(outer)
    domain = outer.removeprefix(_WHOLE_DOMAIN)
    host = urlsplit(inner).hostname or inner.removeprefix(_WHOLE_DOMAIN)
    return host == domain or host.endswith(f".{domain}")
