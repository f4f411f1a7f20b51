"""The pack of a review: its minutes and numbers as one file to take away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import HomeOption, Language, app, ending_of, home_to_read, named, writable
from core.errors import AccessError, UsageError
from core.language import _, use_language
from terminal import complain, say

if TYPE_CHECKING:
    from core.config import Home
    from journal.work import Journal


@app.command()
def pack(
    review: Annotated[str, typer.Argument(metavar="REVIEW", help="The number of a review, or last.")],
    out: Annotated[Path, named("--out", metavar="FILE", says="The file to write: .html, .pdf, .xlsx or .csv.")],
    language: Annotated[Language | None, typer.Option("--lang", help="Its language; the home's otherwise.")] = None,
    home: HomeOption = None,
) -> None:
    """The minutes and numbers of a review as one file: as presented when it was closed, else as they are now."""
    from pack.formats import FORMS  # noqa: PLC0415 - pandas and the database of the journal take long to import
    from pack.material import gather  # noqa: PLC0415 - the same
    from pack.minutes import find_review  # noqa: PLC0415 - the same
    from warehouse.snapshot import open_snapshot  # noqa: PLC0415 - the same

    place, configuration = home_to_read(home)
    ending = ending_of(out, FORMS)
    target = writable(out)
    journal = replace(_journal(place), zone=configuration.zone)
    found = find_review(journal, review)
    use_language(language or configuration.language)
    material = gather(journal, found, open_snapshot(place.warehouse), configuration, datetime.now(UTC))
    _write(target, FORMS[ending].made(material))
    say(_("{file} is written: {contents}.").format(file=out, contents=found.title))
    if material.lack:
        complain(f"⚠ {_('Numbers')}: {material.lack}")


def _journal(home: Home) -> Journal:
    """The journal of *home*, to be read. Raises UsageError when there is none."""
    from journal.address import journal_url  # noqa: PLC0415 - the database takes a moment to import
    from journal.backup import has_journal  # noqa: PLC0415 - the same
    from journal.opening import open_journal  # noqa: PLC0415 - the same
    from journal.people import Actor  # noqa: PLC0415 - the same
    from journal.words import Role  # noqa: PLC0415 - the same

    if not has_journal(journal_url(home)):
        message = _("There is no journal in {path} yet, so no review either.").format(path=home.path)
        raise UsageError(message, _("Plan a review in the cockpit first, or name another folder with --home."))
    return open_journal(home, Actor("", Role.VIEWER))


def _write(file: Path, content: bytes) -> None:
    """Write *file*, as a whole or not at all. Raises AccessError."""
    part = file.with_name(file.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(file)
    except OSError as error:
        message = _("{file} cannot be written: {error}.").format(file=file, error=error.strerror or error)
        raise AccessError(message, _("Check that the disk has room and that you may write there.")) from error
    finally:
        with suppress(OSError):
            part.unlink()
