"""The terminal front end: load files, ask for KPIs, take datasets away, look after the warehouse."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from typer.exceptions import TyperException

from core.config import Home, demo_home, read_configuration, user_home
from core.errors import KokpitError, UsageError
from core.language import _, use_language
from core.period import Grain, Period
from terminal import (
    complain,
    known,
    own_mistake,
    pipe_is_closed,
    print_csv,
    print_json,
    print_table,
    progress_bar,
    say,
    speak_utf8,
    tell,
    wants_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from connectors.exports.results import FileResult
    from core.config import Configuration
    from warehouse.doctor import Finding

app = typer.Typer(
    help="Kokpit: the cockpit of a marketing department that is run by processes.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
SYMBOLS: Final = {"ok": "✓", "warning": "⚠", "problem": "✕"}
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199


class OutputFormat(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def named(*names: str, metavar: str, says: str) -> typer.models.OptionInfo:
    """An option that takes a value."""
    option: typer.models.OptionInfo = typer.Option(*names, metavar=metavar, help=says)
    return option


HOME: Final = "The home folder; KOKPIT_HOME or data/home otherwise."
DEMO_HOME: Final = "Where to build it; its own home otherwise."
LOCALE: Final = "How numbers and days are written: en-US, en-GB, pl, ru, de."
HomeOption = Annotated[Path | None, named("--home", metavar="DIR", says=HOME)]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]
FromOption = Annotated[str | None, named("--from", metavar="DAY", says="The first day, such as 2026-11-16.")]
ToOption = Annotated[str | None, named("--to", metavar="DAY", says="The last day.")]
LastDayOption = Annotated[str | None, named(metavar="DAY", says="The last day with data; yesterday otherwise.")]
FormatOption = Annotated[str | None, named("--format", metavar="NAME", says="The format, when it is not recognised.")]
AccountOption = Annotated[str | None, named(metavar="NAME", says="The account or site, when the file does not say.")]
LocaleOption = Annotated[str | None, named(metavar="NAME", says=LOCALE)]
DatasetOption = Annotated[str | None, named(metavar="NAME", says="What the rows are; guessed otherwise.")]
SetOption = Annotated[list[str] | None, named("--set", metavar="COLUMN=HEADER", says="Which column of the file it is.")]
ConstantOption = Annotated[
    list[str] | None, named("--constant", metavar="COLUMN=VALUE", says="A value that holds for all rows.")
]
NameOption = Annotated[str | None, named("--name", metavar="NAME", says="What to call the mapping.")]
SplitOption = Annotated[list[str] | None, named(metavar="DIM", says="Split by a dimension; may be repeated.")]
WhereOption = Annotated[list[str] | None, named(metavar="DIM=VALUE", says="Only these; may be repeated.")]
KindOption = Annotated[str | None, named("--format", metavar="FORMAT", says="csv, parquet or xlsx; else as FILE ends.")]
OutOption = Annotated[Path | None, named(metavar="FILE", says="The file to write; standard output otherwise.")]


def home_at(path: Path | None) -> tuple[Home, Configuration]:
    """The home asked for with its configuration; messages are in its language from here on. Raises UsageError."""
    home = home_named(path) if path else user_home()
    if home.path.exists() and not home.path.is_dir():
        raise UsageError(_("{path} is not a folder.").format(path=home.path), _("Name a folder with --home."))
    configuration = read_configuration(home)
    use_language(configuration.language)
    return home, configuration


def home_named(path: Path) -> Home:
    """The home in the folder *path*. Raises UsageError."""
    try:
        return Home(path.expanduser())
    except RuntimeError as error:
        raise UsageError(_("{path} names no user.").format(path=path), _("Name a folder with --home.")) from error


def home_to_read(path: Path | None) -> tuple[Home, Configuration]:
    """The home asked for; says so when nothing is there yet."""
    home, configuration = home_at(path)
    if not home.path.exists():
        complain("⚠ " + _("There is no folder {path} yet: everything is empty.").format(path=home.path))
    return home, configuration


@app.command()
def demo(
    home: Annotated[Path | None, named("--home", metavar="DIR", says=DEMO_HOME)] = None,
    last_day: LastDayOption = None,
) -> None:
    """Build the demonstration department in its own home."""
    from data.demo.build import build_demo  # noqa: PLC0415 - the generator is needed by this command only

    last = a_day("--last-day", last_day)
    place = home_named(home) if home else demo_home()
    with progress_bar(hidden=False) as bar:
        results = build_demo(place, last, bar)
    loaded = [result.rows_loaded for result in results if result.rows_loaded]
    text = _("The demonstration department is ready in {path}: {rows} rows from {tables} tables.")
    say(text.format(path=place.path, rows=sum(loaded), tables=len(loaded)))


@app.command()
def load(  # noqa: PLR0913 - each parameter is an option of the command
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.", metavar="PATH")],
    format_name: FormatOption = None,
    account: AccountOption = None,
    locale: LocaleOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Load exports: each file is recognised, checked and merged; what is refused is told."""
    from connectors.exports.load import Options, load_files  # noqa: PLC0415 - DuckDB takes a moment to import
    from connectors.exports.results import FAILED, REFUSED  # noqa: PLC0415

    place, _configuration = home_at(home)
    with progress_bar(hidden=as_json) as bar:
        results = load_files(place, paths, Options(format_name, account, locale, dry_run), bar)
    if as_json:
        print_json({"files": [result.as_dict() for result in results]})
    else:
        print_results(results, dry_run=dry_run)
    if any(result.status in (REFUSED, FAILED) for result in results):
        raise typer.Exit(1)


def print_results(results: list[FileResult], *, dry_run: bool) -> None:
    """The loaded files as a table; the refused ones on standard error, each with its next step."""
    from connectors.exports.results import EMPTY, FAILED, REFUSED  # noqa: PLC0415 - DuckDB takes a moment to import

    rows = []
    for result in results:
        days = f"{result.first_day} – {result.last_day}" if result.first_day else ""
        counts = (result.rows_loaded, result.rows_replaced, result.rows_rejected, result.rows_total)
        rows.append((Path(result.path).name, result.status, result.format or "?", *counts, days))
    heads = (_("file"), _("status"), _("format"), _("rows"), _("replaced"), _("rejected"), _("totals"), _("days"))
    print_table(heads, rows)
    for result in results:
        if result.status in (REFUSED, FAILED):
            complain(f"✕ {result.path}: {result.message} {result.next_step}")
        if result.status == EMPTY:
            say(f"{result.path}: {result.message} {result.next_step}")
        for note in result.notes:
            say(f"⚠ {Path(result.path).name}: {note}")
    if dry_run:
        say(_("This was a dry run: nothing was loaded."))


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
    from mapping_command import Asked, run  # noqa: PLC0415 - DuckDB takes a moment to import

    place, _configuration = home_at(home)
    asked = Asked(dataset, columns or (), constants or (), title, locale, save, replace)
    if not run(place, file, asked, as_json=as_json):
        raise typer.Exit(1)


@app.command()
def kpi(  # noqa: PLR0913 - each parameter is an option of the command
    names: Annotated[list[str], typer.Argument(help="KPIs by name.", metavar="NAME")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, such as 2026-11-16.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")],
    by: Annotated[Grain, typer.Option(help="How long the periods are.")] = Grain.TOTAL,
    split: SplitOption = None,
    where: WhereOption = None,
    form: Annotated[OutputFormat, typer.Option("--format", help="How to write them.")] = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Values of KPIs."""
    from metrics.evaluate import evaluate  # noqa: PLC0415 - pandas takes long to import
    from metrics.query import Query  # noqa: PLC0415
    from warehouse.snapshot import open_snapshot  # noqa: PLC0415

    place, configuration = home_to_read(home)
    period = Period(required_day("--from", first), required_day("--to", last))
    query = Query(tuple(names), period, by, tuple(split or ()), filters(where or []), configuration.calendar)
    found = evaluate(open_snapshot(place.warehouse), query, configuration)
    for caution in found.warnings:
        complain(f"⚠ {caution.text}")
    failures = list({str(error): error for error in found.failed.values()}.values())
    if not failures or form is not OutputFormat.JSON:
        print_rows(found.table, form)
    for failure in failures[1:]:
        complain(str(failure))
    if failures:
        raise failures[0]


def filters(texts: list[str]) -> dict[str, tuple[str | None, ...]]:
    """``DIM=VALUE`` conditions as allowed values by dimension; an empty value means rows without one."""
    allowed: dict[str, tuple[str | None, ...]] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            message = _("--where {text} is not DIM=VALUE.").format(text=repr(text))
            raise UsageError(message, _("Write it like --where platform=google_ads."))
        allowed[name] = (*allowed.get(name, ()), value or None)
    return allowed


def print_rows(table: pd.DataFrame, form: OutputFormat) -> None:
    """A frame of KPI values as a table, CSV or JSON; days in ISO form, None for no value."""
    rows: list[dict[str, object]] = table.to_dict("records")  # type: ignore[assignment]
    for row in rows:
        row |= {name: f"{row[name]:%Y-%m-%d}" for name in ("period_start", "period_end")}
        row |= {name: known(row[name]) for name in ("value", "numerator", "denominator")}  # type: ignore[arg-type]
        row["complete"] = bool(row["complete"])
    if form is OutputFormat.JSON:
        print_json(rows)
    elif form is OutputFormat.CSV:
        print_csv(list(table.columns), rows)
    else:
        print_table(list(table.columns), [tuple(row.values()) for row in rows])


@app.command()
def export(  # noqa: PLR0913 - each parameter is an option of the command
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Any dataset, loads and rejects included.")],
    first: FromOption = None,
    last: ToOption = None,
    form: KindOption = None,
    out: OutOption = None,
    home: HomeOption = None,
) -> None:
    """Any dataset as CSV, Parquet or XLSX."""
    from warehouse import export as exporting  # noqa: PLC0415
    from warehouse.snapshot import open_snapshot  # noqa: PLC0415

    place, _configuration = home_to_read(home)
    days = (a_day("--from", first), a_day("--to", last))
    contract = exporting.dataset_named(dataset)
    ending = out.suffix.lower().lstrip(".") if out else ""
    kind = form or (ending if ending in exporting.FORMATS else "csv")
    snapshot = open_snapshot(place.warehouse)
    if out:
        exporting.export(snapshot, contract, days, kind, writable(out))
        return
    if kind != "csv" and sys.stdout.isatty():
        raise UsageError(_("A terminal cannot show {format}.").format(format=kind), _("Name a file with --out."))
    with tempfile.TemporaryDirectory(prefix="kokpit-") as folder:
        file = Path(folder) / "export"
        exporting.export(snapshot, contract, days, kind, file)
        sys.stdout.flush()
        with file.open("rb") as written:
            shutil.copyfileobj(written, sys.stdout.buffer)


def writable(file: Path) -> Path:
    """*file*. Raises UsageError when it cannot be written where it is asked for."""
    if file.is_dir() or not file.parent.is_dir():
        raise UsageError(_("{file} cannot be written.").format(file=file), _("Name a file in a folder that exists."))
    return file


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


def a_day(option: str, text: str | None) -> date | None:
    """The day an option names, if it was given. Raises UsageError."""
    return required_day(option, text) if text else None


def required_day(option: str, text: str) -> date:
    """The day an option names. Raises UsageError."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        message = _("{option} {text} is not a day.").format(option=option, text=repr(text))
        raise UsageError(message, _("Write it like 2026-11-16.")) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("{option} {text} is too far away.").format(option=option, text=repr(text))
        raise UsageError(message, _("Name a day from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR))
    return day


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* (the program's own, unless given) ask for; returns the exit code."""
    asked = sys.argv[1:] if arguments is None else arguments
    arguments = arguments if asked else ["--help"]
    as_json = wants_json(asked)
    try:
        code = typer.main.get_command(app)(args=arguments, prog_name="cli.py", standalone_mode=False)
        sys.stdout.flush()
    except KokpitError as error:
        tell(error, as_json=as_json)
        return 2 if isinstance(error, UsageError) else 1
    except TyperException as error:
        tell(misunderstood(error), as_json=as_json)
        return 2
    except BrokenPipeError:
        return pipe_is_closed()
    return code or 0


def misunderstood(error: TyperException) -> UsageError:
    """What Typer says about a wrong command or option, as one of our own errors."""
    context = getattr(error, "ctx", None)
    command = f"python {context.command_path}" if context else "python cli.py"
    return UsageError(
        error.format_message().replace("Value error, ", ""), _("See: {command}.").format(command=f"{command} --help")
    )


if __name__ == "__main__":
    sys.excepthook = own_mistake
    speak_utf8()
    sys.exit(main())
