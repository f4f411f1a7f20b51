"""Everything the doctor looks at: the home, its sources, and how fresh their data is."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.checks import examine_sources
from connectors.lags import expected_lags
from core.config import read_configuration
from core.errors import KokpitError
from core.language import _, ngettext
from journal.address import journal_url
from journal.backup import entries_in, has_journal
from metrics.conversion import unrated
from metrics.freshness import freshness
from metrics.unmet import idle_targets
from warehouse.doctor import OK, PROBLEM, WARNING, Finding, examine
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home
    from metrics.freshness import Freshness


def findings(home: Home) -> Iterator[Finding]:
    """What there is to say about *home*, each with the next step."""
    yield from examine(home)
    yield from _journal(home)
    with suppress(KokpitError):  # the findings so far tell it
        configuration = read_configuration(home)
        yield from examine_sources(home, configuration)
        today = datetime.now(configuration.zone).date()
        snapshot = open_snapshot(home.warehouse)
        for source in freshness(snapshot, configuration, today, expected_lags(configuration)):
            if source.late:
                yield Finding("freshness", WARNING, *_late(source))
        if lacking := unrated(snapshot, configuration, today):
            yield Finding("currency", WARNING, lacking.message, lacking.next_step)
        for idle in idle_targets(snapshot, configuration):
            kpi, part = idle.target.kpi, f"{idle.target.dimension}={idle.target.dimension_value or ''}"
            yield Finding("targets", WARNING, f"{kpi}: {idle.said(part)}", _("Correct it in the plan's targets."))


def _late(source: Freshness) -> tuple[str, str]:
    """How far *source* reaches, and what brings it up to date."""
    if source.fetched_as:
        text = ngettext(
            "{source}: {dataset} ends on {day}; it may be {n} day behind.",
            "{source}: {dataset} ends on {day}; it may be {n} days behind.",
            source.lag_days,
        )
        step = _("Refresh {source}, or allow it more days: expected_lag in kokpit.toml.")
        told = text.format(source=source.source, dataset=source.dataset, day=source.newest, n=source.lag_days)
        return told, step.format(source=repr(source.fetched_as))
    text = _("{source}: {dataset} ends on {day}.")
    told = text.format(source=source.source, dataset=source.dataset, day=source.newest)
    return told, _("Export the days since then and load them.")


def _journal(home: Home) -> Iterator[Finding]:
    """Whether what people said can be read, if they said anything yet."""
    try:
        url = journal_url(home)
        if has_journal(url):
            count = entries_in(url)
            text = ngettext("{n} entry of the journal", "{n} entries of the journal", count).format(n=count)
            yield Finding("journal", OK, f"{url.render_as_string(hide_password=True)}: {text}.")
    except KokpitError as error:
        yield Finding("journal", PROBLEM, error.message, error.next_step)
