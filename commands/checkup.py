"""Everything the doctor looks at: the home, its sources, and how fresh their data is."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.checks import examine_sources
from core.config import read_configuration
from core.errors import KokpitError
from core.language import _, ngettext
from journal.address import journal_url
from journal.backup import entries_in, has_journal
from metrics.freshness import freshness
from warehouse.doctor import OK, PROBLEM, WARNING, Finding, examine
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home


def findings(home: Home) -> Iterator[Finding]:
    """What there is to say about *home*, each with the next step."""
    yield from examine(home)
    yield from _journal(home)
    with suppress(KokpitError):  # the findings so far tell it
        configuration = read_configuration(home)
        yield from examine_sources(home, configuration)
        today = datetime.now(configuration.zone).date()
        for source in freshness(open_snapshot(home.warehouse), configuration, today):
            if source.late:
                text = _("{source}: {dataset} ends on {day}.")
                text = text.format(source=source.source, dataset=source.dataset, day=source.newest)
                yield Finding("freshness", WARNING, text, _("Export the days since then and load them."))


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
