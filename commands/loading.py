"""Bringing rows in: the demonstration department, files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.options import (
    DEMO_HOME,
    AccountOption,
    FormatOption,
    HomeOption,
    JsonOption,
    LastDayOption,
    LocaleOption,
    a_day,
    a_path,
    app,
    home_at,
    home_named,
    named,
)
from connectors.exports.results import EMPTY, FAILED, REFUSED
from connectors.plan.tables import Known
from core.config import demo_home
from core.errors import UsageError
from core.language import _
from metrics.names import kpi_names, never_negative, process_names, shares
from terminal import complain, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from connectors.exports.results import FileResult


DEMO_SINCE: Final = 2003
"""The demonstration's two years and what it compares them with have to lie where days are taken for real."""


@app.command()
def demo(
    home: Annotated[Path | None, named("--home", metavar="DIR", says=DEMO_HOME, parser=a_path)] = None,
    last_day: LastDayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Build the demonstration department in its own home."""
    from data.demo.build import build_demo  # noqa: PLC0415 - the generator is needed by this command only

    today = datetime.now().astimezone().date()
    last = a_day("--last-day", last_day, range(DEMO_SINCE, today.year + 1))
    if last and last > today:
        message = _("--last-day {day} has not come yet.").format(day=last)
        raise UsageError(message, _("Name today or an earlier day; without the option it is yesterday."))
    place = home_named(home) if home else demo_home()
    with progress_bar(hidden=as_json) as bar:
        results = build_demo(place, last, bar)
    loaded = [result.rows_loaded for result in results if result.rows_loaded]
    if as_json:
        print_json({"home": str(place.path), "rows": sum(loaded), "tables": len(loaded)})
        return
    text = _("The demonstration department is ready in {path}: {rows} rows from {tables} tables.")
    say(text.format(path=place.path, rows=sum(loaded), tables=len(loaded)))


@app.command()
def load(  # noqa: PLR0913 - each parameter is an option of the command
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.", metavar="PATH", parser=a_path)],
    format_name: FormatOption = None,
    account: AccountOption = None,
    locale: LocaleOption = None,
    again: Annotated[bool, typer.Option("--again", help="Files loaded before count as exports of now.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Load exports: each file is recognised, checked and merged; what is refused is told."""
    from connectors.exports.load import Options, load_files  # noqa: PLC0415 - DuckDB takes a moment to import

    place, _configuration = home_at(home)
    with progress_bar(hidden=as_json) as bar:
        known = Known(kpi_names(), process_names(), never_negative(), shares())
        options = Options(format_name, account, locale, dry_run, again, known=known)
        results = load_files(place, paths, options, bar)
    if as_json:
        print_json({"files": [result.as_dict() for result in results]})
    else:
        print_results(results, dry_run=dry_run)
    if any(result.status in (REFUSED, FAILED) for result in results):
        raise typer.Exit(1)


def print_results(results: list[FileResult], *, dry_run: bool) -> None:
    """The loaded files as a table; the refused ones on standard error, each with its next step."""
    rows = []
    for result in results:
        days = f"{result.first_day} – {result.last_day}" if result.first_day else ""
        rows.append((Path(result.path).name, result.status, result.format or "?", *_counts(result), days))
    heads = (_("file"), _("status"), _("format"), _("rows"), _("replaced"), _("rejected"), _("totals"), _("days"))
    print_table(heads, rows)
    for result in results:
        if result.status in (REFUSED, FAILED):
            complain(f"✕ {result.path}: {result.message} {result.next_step}")
        if result.repeated:
            there = _("already there: {n}").format(n=result.rows_replaced)
            say(f"{result.path}: {result.message} {result.next_step}".rstrip() + f" ({there})")
        elif result.status == EMPTY:
            say(f"{result.path}: {result.message} {result.next_step}".rstrip())
        for note in result.notes:
            say(f"⚠ {Path(result.path).name}: {note}")
    if dry_run:
        say(_("This was a dry run: nothing was loaded."))


def _counts(result: FileResult) -> tuple[object, ...]:
    """The rows that are new, replaced, rejected, totals; of a file that was loaded before, none is any of these now."""
    if result.repeated:
        return ("",) * 4
    return result.rows_loaded, result.rows_replaced, result.rows_rejected, result.rows_total
