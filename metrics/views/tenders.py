"""Tenders: deals that were a tender, as they were entered and as they were decided."""

from __future__ import annotations

from typing import Final

from metrics.view import View

_ENTERED: Final = ("pipeline", "stage", "outcome", "kind", "source", "channel", "partner", "owner")
_DECIDED: Final = (*_ENTERED, "lost_reason", "competitor")
_TOLD: Final = ("deals.is_tender",)
_TENDERS: Final = "coalesce(d.is_tender, NOT EXISTS (SELECT 1 FROM deals WHERE is_tender IS NOT NULL))"
"""A deal that does not say is no tender, unless no deal says: then nothing is known of tenders."""


def _split(dimensions: tuple[str, ...]) -> str:
    return ", ".join(f'd."{name}"' for name in dimensions)


BIDS_ENTERED: Final = View(
    name="bids_entered",
    base="deals",
    sql=f"""
        SELECT CAST(local(d.created_at) AS DATE) AS day, {_split(_ENTERED)}, CASE WHEN d.is_tender THEN 1 END AS bids,
            CASE WHEN d.is_tender THEN CAST(d.decision_makers_known AS BIGINT) END AS makers_known
        FROM deals AS d WHERE d.created_at IS NOT NULL AND {_TENDERS}
    """,
    dimensions=_ENTERED,
    measures=("bids", "makers_known"),
    told_by={"bids": _TOLD},
)
BIDS_DECIDED: Final = View(
    name="bids_decided",
    base="deals",
    sql=f"""
        SELECT CAST(local(d.closed_at) AS DATE) AS day, {_split(_DECIDED)}, d.currency,
            CASE WHEN d.is_tender THEN 1 END AS bids,
            CASE WHEN d.is_tender THEN CAST(d.outcome = 'won' AS BIGINT) END AS won,
            CASE WHEN d.is_tender THEN CAST(d.outcome = 'lost' AS BIGINT) END AS lost,
            CASE WHEN d.is_tender THEN d.amount END AS amount,
            CASE WHEN d.is_tender THEN CASE WHEN d.outcome = 'won' THEN d.amount ELSE 0 END END AS won_amount
        FROM deals AS d WHERE d.closed_at IS NOT NULL AND d.outcome IN ('won', 'lost') AND {_TENDERS}
    """,
    dimensions=_DECIDED,
    measures=("bids", "won", "lost", "amount", "won_amount"),
    money=("amount", "won_amount"),
    told_by={"bids": _TOLD, "lost": _TOLD},
)

VIEWS: Final = (BIDS_ENTERED, BIDS_DECIDED)
