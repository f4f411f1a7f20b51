"""Google Ads downloads with a segment: by device, or with totals of every day between the rows."""

from __future__ import annotations

from typing import Final

from tests.connectors.exports.case import Data, Table
from tests.connectors.exports.google_ads import ENGLISH, MEASURES, above, ad_row, declared
from tests.connectors.exports.writers import Report, Row, summed

DEVICES: Final = {"desktop": "Computers", "mobile": "Mobile phones", "tablet": "Tablets"}
BY_DEVICE: Final = Report(
    columns=(
        ("Device", "device"),
        ("Campaign", "campaign"),
        ("Campaign type", "=Search"),
        ("Day", "day"),
        ("Currency code", "currency"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
    ),
    preamble=("Campaign report", "2 March 2026 - 4 March 2026"),
    style=ENGLISH,
)


def device_rows() -> list[Row]:
    """Three devices on each of three days."""
    devices = list(DEVICES)
    return [ad_row(place, campaign="Cars", device=devices[place // 3], level="campaign") for place in range(9)]


def device_file(data: Data) -> bytes:
    """A segmented report: its totals carry the segment in the first column and their label in the second."""
    rows = data["ad_performance"]
    totals = []
    for device, name in DEVICES.items():
        sums = summed((row for row in rows if row["device"] == device), *MEASURES)
        for label in ("Total: Search", "Total: Campaigns", "Total: Account"):
            cells = BY_DEVICE.total(label, 1, {**sums, "currency": "EUR"})
            totals.append([name, *cells[1:]])
    return BY_DEVICE.file([{**row, "device": DEVICES[row["device"]]} for row in rows], totals)


def device_tables(data: Data) -> tuple[Table, ...]:
    rows = data["ad_performance"]
    return (Table("google_ads", rows=len(rows), preamble=3, totals=9, declared=declared(summed(rows, *MEASURES))),)


BY_DAY: Final = Report(
    columns=(
        ("Day", "day"),
        ("Campaign", "campaign"),
        ("Currency code", "currency"),
        ("Impr.", "impressions"),
        ("Clicks", "clicks"),
        ("Cost", "cost"),
        ("Conversions", "conversions"),
    ),
    preamble=("Campaign report", "2 March 2026 - 4 March 2026"),
    style=ENGLISH,
)


def by_day_file(data: Data) -> bytes:
    """A report by day with totals of each day between the rows; the account's include a removed campaign."""
    rows = data["ad_performance"]
    lines: list[list[str]] = []
    for day in sorted({row["day"] for row in rows}):
        today = [row for row in rows if row["day"] == day]
        sums = summed(today, *MEASURES)
        lines += map(BY_DAY.cells, today)
        for label, part in (
            ("Total: Campaigns", sums),
            ("Total: Search", summed(today[:1], *MEASURES)),
            ("Total: Account", above(sums)),
        ):
            lines.append(BY_DAY.total(label, 1, {**part, "day": day, "currency": "EUR"}))
    return BY_DAY.encoding.bytes(BY_DAY.text(lines))


def by_day_tables(data: Data) -> tuple[Table, ...]:
    rows = data["ad_performance"]
    days = len({row["day"] for row in rows})
    sums = declared(summed(rows, *MEASURES))
    return (Table("google_ads", rows=len(rows), preamble=3, totals=3 * days, declared=sums),)
