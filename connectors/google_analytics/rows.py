"""Analytics' answers as tables: pure, without a network."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DIMENSIONS: Final = {
    "channel_group": "sessionDefaultChannelGroup",
    "source": "sessionSource",
    "medium": "sessionMedium",
    "campaign": "sessionCampaignName",
    "landing_page": "landingPage",
}
"""Columns of web_traffic, and what Analytics calls them."""
MEASURES: Final = ("sessions", "engaged_sessions", "users", "key_events", "revenue")
WHOLE: Final = 3
_FLAGS: Final = b"kokpit"

Row = tuple[Any, ...]


def table(pages: Sequence[dict[str, Any]], dimensions: Sequence[str], final_until: date) -> pa.Table:
    """The report as rows of web_traffic; days up to *final_until* are final. What Analytics warns of goes with it."""
    days: list[date] = []
    texts: list[list[str]] = [[] for _name in dimensions]
    numbers: list[list[float]] = [[] for _name in MEASURES]
    for row in (row for page in pages for row in page.get("rows", [])):
        first, *others = (cell.get("value", "") for cell in row["dimensionValues"])
        days.append(datetime.strptime(first, "%Y%m%d").date())  # noqa: DTZ007 - a day in the property's own zone
        for values, text in zip(texts, others, strict=True):
            values.append(text)
        for figures, cell in zip(numbers, row["metricValues"], strict=True):
            figures.append(float(cell.get("value") or 0))
    metadata = pages[0].get("metadata", {}) if pages else {}
    day = pa.array(days, pa.date32())
    columns = {"day": day, "day_end": day}
    columns |= {name: pa.array(values, pa.string()) for name, values in zip(dimensions, texts, strict=True)}
    for place, (name, figures) in enumerate(zip(MEASURES, numbers, strict=True)):
        found = pa.array(figures, pa.float64())
        columns[name] = found.cast(pa.int64()) if place < WHOLE else found
    columns["currency"] = pa.array([metadata.get("currencyCode")] * len(days), pa.string())
    columns["is_final"] = pa.array([day <= final_until for day in days], pa.bool_())
    flags = sorted({flag for page in pages for flag in _flags(page.get("metadata", {}))})
    return pa.table(columns).replace_schema_metadata({_FLAGS: json.dumps(flags)})


def _flags(metadata: dict[str, Any]) -> Iterable[str]:
    if metadata.get("dataLossFromOtherRow"):
        yield "other"
    if metadata.get("subjectToThresholding"):
        yield "threshold"
    for sampled in metadata.get("samplingMetadatas", []):
        read, space = float(sampled.get("samplesReadCount", 0)), float(sampled.get("samplingSpaceSize", 0))
        yield f"sampled {read / space:.0%}" if space else "sampled"


def notes(tables: Iterable[pa.Table]) -> list[str]:
    """What Analytics warns of, in words."""
    flags = sorted({flag for each in tables for flag in json.loads((each.schema.metadata or {}).get(_FLAGS, b"[]"))})
    found = []
    if "other" in flags:
        found.append(_('Analytics has put rare values together as "(other)": fewer dimensions would show more.'))
    if "threshold" in flags:
        found.append(_("Analytics has left out rows with few users, to protect them."))
    samples = [flag.removeprefix("sampled").strip() for flag in flags if flag.startswith("sampled")]
    if samples:
        text = _("The numbers are estimated from a sample of the visits: {shares}.")
        found.append(text.format(shares=", ".join(share or "?" for share in samples)))
    return found


def by_day(rows: Iterable[Row]) -> dict[date, set[Row]]:
    """Rows (the first column is the day) by day, in the precision the warehouse keeps."""
    found: dict[date, set[Row]] = defaultdict(set)
    for day, *values in rows:
        found[day].add(tuple(round(value, 6) if isinstance(value, float) else value for value in values))
    return found
