"""The views that KPIs count beside the datasets themselves, by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from metrics.views import (
    advertising,
    base,
    channels,
    customers,
    desk,
    directory,
    expenses,
    news,
    office,
    pipeline,
    publishing,
    searching,
    spending,
    tasks,
    tenders,
    typed,
    voices,
)

if TYPE_CHECKING:
    from metrics.view import View

VIEWS: Final[tuple[View, ...]] = (
    office.OFFICE,
    *desk.VIEWS,
    *channels.VIEWS,
    *expenses.VIEWS,
    *pipeline.VIEWS,
    *tenders.VIEWS,
    *customers.VIEWS,
    *advertising.VIEWS,
    *searching.VIEWS,
    *publishing.VIEWS,
    *news.VIEWS,
    *voices.VIEWS,
    *tasks.VIEWS,
    *spending.VIEWS,
    *directory.VIEWS,
    *base.VIEWS,
    *typed.VIEWS,
)
