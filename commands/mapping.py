"""Saying what a file is that no format knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.options import HomeOption, JsonOption, LocaleOption, app, home_at, named

DatasetOption = Annotated[str | None, named(metavar="NAME", says="What the rows are; guessed otherwise.")]
SetOption = Annotated[list[str] | None, named("--set", metavar="COLUMN=HEADER", says="Which column of the file it is.")]
ConstantOption = Annotated[
    list[str] | None, named("--constant", metavar="COLUMN=VALUE", says="A value that holds for all rows.")
]
NameOption = Annotated[str | None, named("--name", metavar="NAME", says="What to call the mapping.")]


@app.command("map")
def map_file(  # noqa: PLR0913 - each parameter is an option of the command
    file: Annotated[Path, typer.Argument(help="A file that no format knows.", metavar="FILE")],
    dataset: DatasetOption = None,
    columns: SetOption = None,
    constants: ConstantOption = None,
    title: NameOption = None,
    locale: LocaleOption = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the mapping and load the file.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a mapping of the same name.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Say what the columns of an unknown file are: shows a guess and a preview; with --save keeps it and loads."""
    from commands.mapped import Asked, run  # noqa: PLC0415 - DuckDB takes a moment to import

    place, _configuration = home_at(home)
    asked = Asked(dataset, columns or (), constants or (), title, locale, save, replace)
    if not run(place, file, asked, as_json=as_json):
        raise typer.Exit(1)
