"""Looking after a home: undoing the last load, finding what is wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import typer

from commands.options import HomeOption, JsonOption, app, home_at, home_named
from core.config import read_configuration, user_home
from core.errors import KokpitError
from core.language import _, use_language
from terminal import print_json, say

SYMBOLS: Final = {"ok": "✓", "warning": "⚠", "problem": "✕"}


@app.command()
def rollback(home: HomeOption = None) -> None:
    """Go back to the snapshot before the last load."""
    from warehouse import undo  # noqa: PLC0415 - DuckDB takes a moment to import

    place, _configuration = home_at(home)
    files = undo.undone(place.warehouse)
    generation = undo.rollback(place.warehouse)
    if files:
        say(_("Taken back: {files}.").format(files=", ".join(files)))
    current = _("Snapshot {number} is current again.").format(number=generation)
    say(current if generation else _("The first load is undone: nothing is loaded any more."))


@app.command()
def doctor(*, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Check configuration, rights, sources, clock, disk, versions, snapshots and freshness; say what to do."""
    from commands.checkup import findings  # noqa: PLC0415 - pandas takes long to import
    from warehouse.doctor import PROBLEM  # noqa: PLC0415 - the same of DuckDB

    place = home_named(home) if home else user_home()
    with suppress(KokpitError):
        use_language(read_configuration(place).language)
    found = list(findings(place))
    if as_json:
        print_json({"findings": [finding.as_dict() for finding in found]})
    else:
        for finding in found:
            say(f"{SYMBOLS[finding.state]} {finding.check}: {finding.finding} {finding.next_step}")
    if any(finding.state == PROBLEM for finding in found):
        raise typer.Exit(1)
