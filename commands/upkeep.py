"""Looking after a home: undoing the last load, keeping what cannot be loaded again, finding what is wrong."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.options import HomeOption, JsonOption, app, home_at, home_named
from core.config import read_configuration, user_home
from core.errors import BrokenWarehouseError, KokpitError
from core.language import _, ngettext, use_language
from terminal import print_json, say

if TYPE_CHECKING:
    from commands.archive import Contents

SYMBOLS: Final = {"ok": "✓", "warning": "⚠", "problem": "✕"}


@app.command()
def rollback(*, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Go back to the snapshot before the last load."""
    from warehouse import undo  # noqa: PLC0415 - DuckDB takes a moment to import
    from warehouse.generations import current_generation  # noqa: PLC0415 - the same

    place, _configuration = home_at(home)
    seen = None
    with suppress(BrokenWarehouseError):
        seen = current_generation(place.warehouse)
    # What is named is what is undone: a load that ends meanwhile is not taken back in its place.
    files, explained = undo.undone(place.warehouse), undo.unsaid(place.warehouse)
    generation = undo.rollback(place.warehouse, seen)
    if as_json:
        print_json({"files": files, "snapshot": generation or None})
        return
    if files:
        say(_("Taken back: {files}.").format(files=", ".join(files)))
    if explained:
        text = _("Taken back: the last word on why the totals differ in {files}.")
        say(text.format(files=", ".join(explained)))
    current = _("Snapshot {number} is current again.").format(number=generation)
    say(current if generation else _("The first load is undone: nothing is loaded any more."))


@app.command()
def explain(
    load: Annotated[int, typer.Argument(help="Its number in the load log: load_id in `export loads`.", metavar="LOAD")],
    text: Annotated[str, typer.Argument(help='Why its totals differ; "" takes it back.', metavar="TEXT")],
    *,
    by: Annotated[str, typer.Option(help="Who says so.", metavar="NAME")] = "",
    home: HomeOption = None,
) -> None:
    """Say why the totals that a loaded file declares are not what its rows sum to; KPIs then warn of it no more."""
    from warehouse import explain as explanations  # noqa: PLC0415 - DuckDB takes a moment to import

    place, _configuration = home_at(home)
    generation = explanations.explain(place.warehouse, load, text, by)
    say(_("Kept. Snapshot {number} is current; `rollback` undoes it.").format(number=generation))


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as kokpit.zip.", metavar="FILE")],
    home: HomeOption = None,
) -> None:
    """Keep the journal, the plan and the settings, which no export can bring back, in one file."""
    from commands import archive  # noqa: PLC0415 - the database of the journal takes a moment to import

    place, _configuration = home_at(home)
    said = told(archive.back_up(place, file))
    say(_("{file} is written: {contents}.").format(file=file, contents=said))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", metavar="FILE")],
    home: HomeOption = None,
) -> None:
    """Make journal, plan and settings what they were when the backup was written; what was loaded stays."""
    from commands import archive  # noqa: PLC0415 - the database of the journal takes a moment to import

    place = home_named(home) if home else user_home()
    with suppress(KokpitError):
        use_language(read_configuration(place).language)
    contents, before = archive.restore(place, file)
    say(_("{home} is as it was: {contents}.").format(home=place.path, contents=told(contents)))
    if before:
        say(_("What was there before is kept in {file}.").format(file=before))


def told(contents: Contents) -> str:
    """What is in a backup, in words."""
    files = ngettext("{n} file", "{n} files", contents.files).format(n=contents.files)
    if contents.entries is None:
        return _("{files}, no journal").format(files=files)
    entries = ngettext("{n} entry of the journal", "{n} entries of the journal", contents.entries)
    return f"{files}, {entries.format(n=contents.entries)}"


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
