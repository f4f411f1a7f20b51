"""Everything the doctor looks at: the home, its sources, and how fresh their data is."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from connectors.checks import examine_sources
from core.config import read_configuration
from core.errors import KokpitError
from core.language import _
from metrics.freshness import freshness
from warehouse.doctor import WARNING, Finding, examine
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home


def findings(home: Home) -> Iterator[Finding]:
    """What there is to say about *home*, each with the next step."""
    yield from examine(home)
    with suppress(KokpitError):  # the findings so far tell it
        configuration = read_configuration(home)
        yield from examine_sources(home, configuration)
        today = datetime.now(configuration.zone).date()
        for source in freshness(open_snapshot(home.warehouse), configuration, today):
            if source.late:
                text = _("{source}: {dataset} ends on {day}.")
                text = text.format(source=source.source, dataset=source.dataset, day=source.newest)
                yield Finding("freshness", WARNING, text, _("Export the days since then and load them."))
