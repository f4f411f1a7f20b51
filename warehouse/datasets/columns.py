"""Columns that contracts share."""

from __future__ import annotations

from typing import Final

from core.language import N_
from warehouse.contract import Column, Part, Type, attribute, key

LOAD: Final = attribute("load_id", "The load that brought the row (see the dataset loads).", Type.WHOLE)
SHAPE: Final = attribute("shape", "The key columns the export had; one shape per account and day.")
DAY: Final = key("day", "The day, in the account's own time zone.", Type.DAY, required=True)
FIRST: Final = key("day", "The first day the row covers.", Type.DAY, required=True)
LAST: Final = key("day_end", "The last day the row covers; the same as day for daily rows.", Type.DAY, required=True)
OCCURRENCE: Final = key("occurrence", "Tells apart rows that share all names: 1, 2, ….", Type.WHOLE, default="1")
SYSTEM: Final = Column(
    "system",
    Type.TEXT,
    Part.KEY,
    "The system it comes from: numbers of two systems may be equal.",
    by_format=("amocrm", "bitrix24", "hubspot", "zendesk", "zoho"),
)
CURRENCY: Final = attribute(
    "currency", N_("Three-letter code of the money columns; empty when the source does not say.")
)
