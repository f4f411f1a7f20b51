"""The terminal front end: load files, ask for KPIs, take datasets away, look after the warehouse."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from connectors.exports.load import Options, load_files
from connectors.exports.results import FAILED, REFUSED, FileResult
from core.config import Home, demo_home, read_configuration, user_home
from core.errors import KokpitError, UsageError
from core.language import use_language
from core.period import Grain, Period
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.config import Configuration

app = typer.Typer(
    help="Kokpit: the cockpit of a marketing department that is run by processes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False, soft_wrap=True)
SYMBOLS: Final = {"ok": "✓", "warning": "⚠", "problem": "✕"}


class OutputFormat(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


HomeOption = Annotated[Path | None, typer.Option("--home", help="The home folder; KOKPIT_HOME or data/home otherwise.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]
DayOption = Annotated[str | None, typer.Option(metavar="DAY", help="A day such as 2026-11-16.")]


@contextmanager
def told(*, as_json: bool = False) -> Iterator[None]:
    """Tell errors of the family as one readable paragraph, and leave with the right number; never a traceback."""
    try:
        yield
    except KokpitError as error:
        errors.print(str(error), markup=False)
        if as_json:
            print_json({"error": error.as_dict()})
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from error
    except BrokenPipeError:
        # The reader of a pipe, such as head, has seen enough.
        sys.stderr.close()
        raise typer.Exit(0) from None


def print_json(value: object) -> None:
    """Write *value* to standard output as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def home_at(path: Path | None) -> tuple[Home, Configuration]:
    """The home asked for with its configuration; messages are in its language from here on."""
    home = Home(path.expanduser()) if path else user_home()
    configuration = read_configuration(home)
    use_language(configuration.language)
    return home, configuration


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error that shows the file at hand and the share done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=errors, transient=True, disable=hidden or not errors.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda label, share: bar.update(task, description=label[:40], completed=share)


@app.command()
def demo(
    home: Annotated[Path | None, typer.Option("--home", help="Where to build it; its own home otherwise.")] = None,
    last_day: DayOption = None,
) -> None:
    """Build the demonstration department in its own home."""
    from data.demo.build import build_demo  # noqa: PLC0415 - the generator is needed by this command only

    with told(), progress_bar(hidden=False) as tell:
        place = Home(home.expanduser()) if home else demo_home()
        results = build_demo(place, a_day("--last-day", last_day), tell)
        rows = sum(result.rows_loaded for result in results)
        output.print(f"The demonstration department is ready in {place.path}: {rows} rows from {len(results)} tables.")


@app.command()
def load(  # noqa: PLR0913 - each parameter is an option of the command
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips.", metavar="PATH…")],
    format_name: Annotated[str | None, typer.Option("--format", help="The format, when it is not recognised.")] = None,
    account: Annotated[str | None, typer.Option(help="The ad account or site, when the file does not say.")] = None,
    locale: Annotated[str | None, typer.Option(help="How numbers and days are written: en-US, en-GB, pl, ru, de.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Load exports: each file is recognised, checked and merged; what is refused is told."""
    with told(as_json=as_json):
        place, _ = home_at(home)
        with progress_bar(hidden=as_json) as tell:
            results = load_files(place, paths, Options(format_name, account, locale, dry_run), tell)
        if as_json:
            print_json({"files": [result.as_dict() for result in results]})
        else:
            print_results(results)
        if any(result.status in (REFUSED, FAILED) for result in results):
            raise typer.Exit(1)


def print_results(results: list[FileResult]) -> None:
    """The loaded files as a table, the refused ones below, each with its next step."""
    table = Table("file", "format", "rows", "replaced", "rejected", "totals", "days", box=None, pad_edge=False)
    for result in results:
        days = f"{result.first_day} – {result.last_day}" if result.first_day else result.status
        counts = (result.rows_loaded, result.rows_replaced, result.rows_rejected, result.rows_total)
        table.add_row(Path(result.path).name, result.format or "?", *map(str, counts), days)
    output.print(table)
    for result in results:
        if result.status in (REFUSED, FAILED):
            errors.print(f"✕ {result.path}: {result.message} {result.next_step}", markup=False)
        for note in result.notes:
            output.print(f"⚠ {Path(result.path).name}: {note}", markup=False)


@app.command()
def kpi(  # noqa: PLR0913 - each parameter is an option of the command
    names: Annotated[list[str], typer.Argument(help="KPIs by name.", metavar="NAME…")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")],
    by: Annotated[Grain, typer.Option(help="How long the periods are.")] = Grain.TOTAL,
    split: Annotated[list[str] | None, typer.Option(metavar="DIM", help="Split by a dimension; may be repeated.")] = None,
    where: Annotated[list[str] | None, typer.Option(metavar="DIM=VALUE", help="Only these; may be repeated.")] = None,
    form: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Values of KPIs."""
    from metrics.evaluate import evaluate  # noqa: PLC0415 - pandas takes long to import
    from metrics.query import Query  # noqa: PLC0415

    with told(as_json=form is OutputFormat.JSON):
        place, configuration = home_at(home)
        period = Period(required_day("--from", first), required_day("--to", last))
        query = Query(tuple(names), period, by, tuple(split or ()), filters(where or []), configuration.calendar)
        found = evaluate(open_snapshot(place.warehouse), query, configuration)
        for caution in found.warnings:
            errors.print(f"⚠ {caution.text}", markup=False)
        for failure in found.failed.values():
            raise failure
        print_rows(found.table, form)


def filters(texts: list[str]) -> dict[str, tuple[str | None, ...]]:
    """``DIM=VALUE`` conditions as allowed values by dimension; an empty value means rows without one."""
    allowed: dict[str, tuple[str | None, ...]] = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            message = f"--where {text!r} is not DIM=VALUE."
            raise UsageError(message, "Write it like --where platform=google_ads.")
        allowed[name] = (*allowed.get(name, ()), value or None)
    return allowed


def print_rows(table: Any, form: OutputFormat) -> None:  # noqa: ANN401 - a pandas frame, imported late
    """A frame of KPI values as a table, CSV or JSON; days in ISO form, no value as empty or null."""
    rows = json.loads(table.to_json(orient="records", date_format="iso", double_precision=15))
    for row in rows:
        for name in ("period_start", "period_end"):
            row[name] = row[name][:10]
    if form is OutputFormat.JSON:
        print_json(rows)
    elif form is OutputFormat.CSV:
        sys.stdout.write(table.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))
    else:
        shown = Table(*table.columns, box=None, pad_edge=False)
        for row in rows:
            shown.add_row(*(shown_cell(value) for value in row.values()))
        output.print(shown)


def shown_cell(value: object) -> str:
    """One value for reading in a terminal."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@app.command()
def export(  # noqa: PLR0913 - each parameter is an option of the command
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Any dataset, loads and rejects included.")],
    first: Annotated[str | None, typer.Option("--from", metavar="DAY")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY")] = None,
    form: Annotated[str, typer.Option("--format", help="csv, parquet or xlsx.")] = "csv",
    out: Annotated[Path | None, typer.Option(help="The file to write; standard output otherwise.")] = None,
    home: HomeOption = None,
) -> None:
    """Any dataset as CSV, Parquet or XLSX."""
    from warehouse.export import dataset_named, export as write  # noqa: PLC0415

    with told():
        place, _ = home_at(home)
        days = (a_day("--from", first), a_day("--to", last))
        contract = dataset_named(dataset)
        snapshot = open_snapshot(place.warehouse)
        if out:
            writable(out)
            write(snapshot, contract, days, form, out)
            return
        with tempfile.TemporaryDirectory(prefix="kokpit-") as folder:
            file = Path(folder) / f"export.{form}"
            write(snapshot, contract, days, form, file)
            sys.stdout.buffer.write(file.read_bytes())
            sys.stdout.buffer.flush()


def writable(file: Path) -> None:
    """Raise UsageError when *file* cannot be written where it is asked for."""
    if file.is_dir() or not file.parent.exists():
        message = f"{file} cannot be written."
        raise UsageError(message, "Name a file in a folder that exists.")


@app.command()
def rollback(home: HomeOption = None) -> None:
    """Go back to the snapshot before the last load."""
    from warehouse.writer import rollback as go_back  # noqa: PLC0415

    with told():
        place, _ = home_at(home)
        generation = go_back(place.warehouse)
        output.print(f"Snapshot {generation} is current again." if generation else "Nothing is loaded any more.")


@app.command()
def doctor(*, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Check configuration, rights, disk, versions and snapshots; say what to do."""
    from warehouse.doctor import PROBLEM, examine  # noqa: PLC0415

    with told(as_json=as_json):
        found = examine(Home(home.expanduser()) if home else user_home())
        if as_json:
            print_json({"findings": [finding.as_dict() for finding in found]})
        else:
            for finding in found:
                output.print(f"{SYMBOLS[finding.state]} {finding.check}: {finding.finding} {finding.next_step}", markup=False)
        if any(finding.state == PROBLEM for finding in found):
            raise typer.Exit(1)


def a_day(option: str, text: str | None) -> date | None:
    """The day an option names, if it was given. Raises UsageError."""
    return required_day(option, text) if text else None


def required_day(option: str, text: str) -> date:
    """The day an option names. Raises UsageError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        message = f"{option} {text!r} is not a day."
        raise UsageError(message, "Write it like 2026-11-16.") from error


if __name__ == "__main__":
    app()
