"""What a reader must know about a value before trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from core import numbers
from core.language import N_, _
from metrics.basis import torn
from metrics.coverage import BRIDGED, merged
from metrics.dimensions import MEASURE_NAMES
from metrics.lacking import lacking
from metrics.model import Known
from metrics.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.period import Period
    from metrics.asked import Asked
    from metrics.basis import Basis
    from metrics.buckets import Buckets
    from metrics.model import Aggregate
    from metrics.query import Query
    from metrics.session import Session

    Cautions = tuple["Caution", ...]
    _Touched = tuple["Concern", str, str, tuple[Period, ...]]


class Concern(StrEnum):
    """The kinds of reservation about a value."""

    CURRENCY_UNKNOWN = "currency_unknown"
    CONTROL_DIFFERS = "control_differs"
    MEASURE_UNKNOWN = "measure_unknown"
    PERIODS_LEFT_OUT = "periods_left_out"
    SITES_OVERLAP = "sites_overlap"
    PART_UNKNOWN = "part_unknown"
    DAYS_BRIDGED = "days_bridged"
    DAYS_LOST = "days_lost"


NAMED: Final = 3
_WHOLE_DOMAIN: Final = "sc-domain:"
_TEXTS: Final = {
    Concern.CURRENCY_UNKNOWN: N_("Rows of {sources} name no currency; their money is taken as {detail}."),
    Concern.CONTROL_DIFFERS: N_("The rows of {detail} ({sources}) do not add up to the totals that the file declares."),
    Concern.MEASURE_UNKNOWN: N_(
        "Not reported by {sources}: {detail}. Sums lack it, while ratios count everything else of these sources."
    ),
    Concern.SITES_OVERLAP: N_("{detail} includes {sources}: the same searches are counted twice. Filter by site."),
    Concern.PART_UNKNOWN: N_("Part of the rows of {sources} report no {detail}; the ratio's other half counts them."),
    Concern.DAYS_BRIDGED: N_("No rows of {sources} for {detail}; counted as days on which nothing happened."),
    Concern.DAYS_LOST: N_(
        "{sources} has no numbers for {detail} any more: rows for several days, which held them, gave way to newer "
        "ones. Load an export of these days."
    ),
    Concern.PERIODS_LEFT_OUT: N_("Rows of {sources} for several days cross the border of a period and are left out."),
}


@dataclass(frozen=True)
class Caution:
    """A reservation about the values of *kpis*, because of *sources*.

    *detail* is the currency assumed, the load that does not add up, the measure that is not reported, or the site that
    includes others; *days* are those that no load speaks for, or none any more.
    """

    concern: Concern
    kpis: tuple[str, ...]
    sources: tuple[str, ...]
    detail: str = ""
    days: tuple[Period, ...] = ()

    @property
    def text(self) -> str:
        """The reservation as a sentence in the reader's language."""
        detail = _(MEASURE_NAMES.get(self.detail, self.detail)) or _listed(self.days)
        return _(_TEXTS[self.concern]).format(sources=_some(sorted(self.sources)), detail=detail)


def _listed(days: tuple[Period, ...]) -> str:
    return _some([*map(numbers.days, days)])


def _some(names: Sequence[str]) -> str:
    """The first of *names*, and how many more there are."""
    told = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return f"{told} (+{more})" if more > 0 else told


def cautions(session: Session, asked: Sequence[Asked], query: Query, buckets: Buckets, currency: str) -> Cautions:
    """The reservations about *asked* in *buckets*, each once with all the KPIs and sources that it touches."""
    touched: dict[tuple[Concern, str, tuple[Period, ...]], tuple[dict[str, None], dict[str, None]]] = {}
    found = [(one.kpi.id, *each) for one in asked for each in _about(one, query, buckets, currency)]
    found += [(kpi, Concern.PART_UNKNOWN, name, source, ()) for kpi, name, source in lacking(session, asked, buckets)]
    for kpi, concern, detail, source, days in found:
        kpis, sources = touched.setdefault((concern, detail, days), ({}, {}))
        kpis[kpi] = sources[source] = None
    return tuple(
        Caution(concern, tuple(kpis), tuple(sources), detail, days)
        for (concern, detail, days), (kpis, sources) in touched.items()
    )


def _about(one: Asked, query: Query, buckets: Buckets, currency: str) -> Iterator[_Touched]:
    for part, base in zip(one.kpi.expression.parts, one.bases, strict=True):
        overlaps = () if "site" in query.split else _overlaps(base, buckets)
        for concern, detail, source in (*_found(part, base, buckets, currency), *overlaps):
            yield concern, detail, source, ()
        yield from ((Concern.DAYS_LOST, "", source, days) for source, days in _lost(base, buckets))
        if not one.matched:
            yield from ((Concern.DAYS_BRIDGED, "", source, days) for source, days in _bridged(base, buckets))


def _bridged(base: Basis, buckets: Buckets) -> Iterator[tuple[str, tuple[Period, ...]]]:
    """The sources with days that no load of theirs speaks for, and that count as loaded all the same."""
    counted = merged([days for span in base.spans for days in span.loaded], BRIDGED)
    for span in base.spans:
        asked = [days for gap in span.gaps if (days := gap.overlap(buckets.period))]
        bridged = tuple(days for days in asked if any(days.overlap(whole) == days for whole in counted))
        if bridged:
            yield span.label, bridged


def _lost(base: Basis, buckets: Buckets) -> Iterator[tuple[str, tuple[Period, ...]]]:
    """The sources with days that were known as a part of a longer row, which gave way."""
    for span in base.spans:
        if days := tuple(asked for lost in span.lost if (asked := lost.overlap(buckets.period))):
            yield span.label, days


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
            # Two names of one domain include each other, which is told once.
            if inner != outer and _includes(outer, inner) and not (inner < outer and _includes(inner, outer)):
                yield Concern.SITES_OVERLAP, outer, inner


def _includes(outer: str, inner: str) -> bool:
    """Whether *inner* is a part of *outer*; a bare name is a whole domain, as Search Console shows those."""
    if urlsplit(outer).hostname:
        return inner.startswith(outer)
    domain, host = _host(outer), _host(inner)
    return host == domain or host.endswith(f".{domain}")


def _host(site: str) -> str:
    return urlsplit(site).hostname or site.removeprefix(_WHOLE_DOMAIN).rstrip("/").lower()
