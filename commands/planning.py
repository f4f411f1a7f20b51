"""The plan: an empty one to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import HomeOption, Language, app, home_at, named
from connectors.plan.tables import Known
from core.language import _, use_language
from metrics.names import kpi_names, process_names
from terminal import say


@app.command("plan-template")
def plan_template(
    out: Annotated[Path, named("--out", metavar="FILE", says="The workbook to write, such as plan.xlsx.")],
    language: Annotated[Language | None, typer.Option(help="Its language; the home's otherwise.")] = None,
    home: HomeOption = None,
) -> None:
    """An empty plan as a workbook, with headers, examples, choices and comments."""
    from connectors.plan.template import write_template  # noqa: PLC0415 - DuckDB takes a moment to import

    _place, configuration = home_at(home)
    use_language(language or configuration.language)
    write_template(out, Known(kpi_names(), process_names()))
    say(_("{file} is ready: fill it in, then put it as plan.xlsx into the folder plan of the home.").format(file=out))
