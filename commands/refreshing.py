"""Bringing in what is new from everything the home names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import HomeOption, JsonOption, app, home_at
from connectors.base import FAILED, REFUSED, named
from connectors.plan.tables import Known
from core.language import _
from metrics.names import kpi_names, never_negative, process_names, shares
from terminal import complain, print_json, print_table, progress_bars, say

if TYPE_CHECKING:
    from connectors.refresh import Report


@app.command()
def refresh(
    names: Annotated[list[str] | None, typer.Argument(help="Sources by name; all otherwise.", metavar="SOURCE")] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Bring in what is new: from the configured sources, the plan and the inbox."""
    from connectors.refresh import refresh as bring_in  # noqa: PLC0415 - DuckDB takes a moment to import

    place, configuration = home_at(home)
    with progress_bars(hidden=as_json) as bars:
        report = bring_in(
            place, configuration, names or (), bars, Known(kpi_names(), process_names(), never_negative(), shares())
        )
    if as_json:
        print_json(report.as_dict())
    else:
        print_sources(report)
    if not report.is_whole:
        raise typer.Exit(1)


def print_sources(report: Report) -> None:
    """What became of each source as a table; what went wrong on standard error, each with its next step."""
    rows = []
    for result in report.sources:
        days = f"{result.first_day} – {result.last_day}" if result.first_day else ""
        counts = (result.rows_loaded, result.rows_replaced, result.rows_rejected)
        rows.append((result.source, result.part, result.status, *counts, days))
    if not rows:
        say(_("There is nothing to refresh: no source is configured, and there is no plan and no inbox."))
        return
    print_table((_("source"), _("part"), _("status"), _("rows"), _("replaced"), _("rejected"), _("days")), rows)
    for result in report.sources:
        name = f"{result.source}/{result.part}" if result.part else result.source
        if result.status in (FAILED, REFUSED):
            complain(f"✕ {named(name, result.message)} {result.next_step}")
        for note in result.notes:
            say(f"⚠ {name}: {note}")
    say(
        _("Snapshot {number} is published.").format(number=report.snapshot) if report.snapshot else _("Nothing is new.")
    )
