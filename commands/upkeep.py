"""Looking after a home: undoing the last load, finding what is wrong."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final

import typer

from commands.options import HomeOption, JsonOption, app, home_at, home_named
from core.config import read_configuration, user_home
from core.errors import KokpitError
from core.language import _, use_language
from terminal import print_json, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.config import Home
    from warehouse.doctor import Finding

SYMBOLS: Final = {"ok": "✓", "warning": "⚠", "problem": "✕"}


@app.command()
def rollback(home: HomeOption = None) -> None:
    """Go back to the snapshot before the last load."""
    from warehouse.undo import rollback as go_back  # noqa: PLC0415

    place, _configuration = home_at(home)
    generation = go_back(place.warehouse)
    current = _("Snapshot {number} is current again.").format(number=generation)
    say(current if generation else _("The first load is undone: nothing is loaded any more."))


@app.command()
def doctor(*, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Check configuration, rights, disk, versions, snapshots and freshness; say what to do."""
    from warehouse.doctor import PROBLEM, examine  # noqa: PLC0415

    place = home_named(home) if home else user_home()
    with suppress(KokpitError):
        use_language(read_configuration(place).language)
    found = [*examine(place), *late_sources(place)]
    if as_json:
        print_json({"findings": [finding.as_dict() for finding in found]})
    else:
        for finding in found:
            say(f"{SYMBOLS[finding.state]} {finding.check}: {finding.finding} {finding.next_step}")
    if any(finding.state == PROBLEM for finding in found):
        raise typer.Exit(1)


def late_sources(home: Home) -> Iterator[Finding]:
    """A warning for each source whose newest week is missing; nothing where the home itself has a problem."""
    from metrics.freshness import freshness  # noqa: PLC0415 - pandas takes long to import
    from warehouse.doctor import WARNING, Finding  # noqa: PLC0415
    from warehouse.snapshot import open_snapshot  # noqa: PLC0415

    with suppress(KokpitError):
        configuration = read_configuration(home)
        today = datetime.now(configuration.zone).date()
        for source in freshness(open_snapshot(home.warehouse), configuration, today):
            if source.late:
                text = _("{source}: {dataset} ends on {day}.")
                text = text.format(source=source.source, dataset=source.dataset, day=source.newest)
                yield Finding("freshness", WARNING, text, _("Export the days since then and load them."))
