"""Taking numbers away: values of KPIs, what they say, whole datasets."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.options import (
    FirstOption,
    FormOption,
    FromOption,
    HomeOption,
    KindOption,
    LastOption,
    OutOption,
    OutputFormat,
    SplitOption,
    ToOption,
    WhereOption,
    a_day,
    app,
    ending_of,
    required_day,
    snapshot_to_read,
    writable,
)
from core.errors import UsageError
from core.language import _
from core.period import Grain, Period
from metrics.query import Query
from metrics.signals import FEWEST, Rules
from terminal import complain, known, print_csv, print_json, print_table, written_out

if TYPE_CHECKING:
    import pandas as pd

    from core.config import Configuration
    from warehouse.snapshot import Snapshot


@app.command()
def kpi(  # noqa: PLR0913 - each parameter is an option of the command
    names: Annotated[list[str], typer.Argument(help="KPIs by name.", metavar="NAME")],
    first: FirstOption,
    last: LastOption,
    by: Annotated[Grain, typer.Option(help="How long the periods are.")] = Grain.TOTAL,
    split: SplitOption = None,
    where: WhereOption = None,
    form: FormOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Values of KPIs."""
    from metrics.evaluate import evaluate  # noqa: PLC0415 - pandas takes long to import

    snapshot, configuration = snapshot_to_read(home)
    query = Query(
        tuple(names), asked_days(first, last), by, tuple(split or ()), filters(where or []), configuration.calendar
    )
    found = evaluate(snapshot, query, configuration)
    warn_of_unmet(snapshot, query, configuration)
    for caution in found.warnings:
        complain(f"⚠ {caution.text}")
    failures = list({str(error): error for error in found.failed.values()}.values())
    if not failures or form is not OutputFormat.JSON:
        print_rows(found.table, form)
    for failure in failures[1:]:
        complain(str(failure))
    if failures:
        raise failures[0]


def asked_days(first: str, last: str) -> Period:
    """The days from *first* to *last*. Raises UsageError."""
    return Period(required_day("--from", first), required_day("--to", last))


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


def warn_of_unmet(snapshot: Snapshot, query: Query, reporting: Configuration) -> None:
    """Say on standard error which filters no row meets: no mistake, but often a value misspelt."""
    from metrics.unmet import unmet  # noqa: PLC0415 - sqlglot takes long to import

    for each in unmet(snapshot, query, reporting):
        complain("⚠ " + each.said(f"{each.dimension}={each.value}"))


def print_rows(table: pd.DataFrame, form: OutputFormat) -> None:
    """A frame of KPI values as a table, CSV or JSON; days in ISO form, None for no value."""
    rows: list[dict[Any, Any]] = table.to_dict("records")
    for row in rows:
        row |= {name: f"{row[name]:%Y-%m-%d}" for name in ("period_start", "period_end")}
        row |= {name: known(row[name]) for name in ("value", "numerator", "denominator")}
        row["complete"] = bool(row["complete"])
    print_as(form, list(table.columns), rows)


def print_as(form: OutputFormat, columns: list[str], rows: list[dict[str, object]]) -> None:
    """*rows*, all with these *columns*, as a table, CSV or JSON."""
    if form is OutputFormat.JSON:
        print_json(rows)
    elif form is OutputFormat.CSV:
        print_csv(columns, rows)
    else:
        print_table(columns, [tuple(row.values()) for row in rows])


@app.command()
def signals(  # noqa: PLR0913 - each parameter is an option of the command
    name: Annotated[str, typer.Argument(help="One KPI.", metavar="NAME")],
    first: FirstOption,
    last: LastOption,
    by: Annotated[Grain, typer.Option(help="How long the periods are.")] = Grain.WEEK,
    where: WhereOption = None,
    rules: Annotated[Rules | None, typer.Option(help="What counts as a signal.")] = None,
    form: FormOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """Signal or noise: the limits of a KPI, its points, and which rule flagged which."""
    from metrics.behaviour import behaviour  # noqa: PLC0415 - pandas takes long to import
    from metrics.verdict import reason  # noqa: PLC0415 - so does what it imports

    snapshot, configuration = snapshot_to_read(home)
    query = Query((name,), asked_days(first, last), by, (), filters(where or []), configuration.calendar)
    asked = rules or Rules(configuration.signal_rules)
    told = behaviour(snapshot, query, configuration, asked)
    found = told.as_dict(by.value)
    warn_of_unmet(snapshot, query, configuration)
    points: list[dict[str, Any]] = found["points"]
    if found["center"] is None:
        known = sum(point["value"] is not None and bool(point["complete"]) for point in points)
        text = _("Too few points to tell signal from noise: {n} of {least}.")
        complain("⚠ " + text.format(n=known, least=FEWEST))
    if told.untold:
        complain("⚠ " + reason(told.untold, by))
    if form is OutputFormat.JSON:
        print_json(found)
        return
    if form is OutputFormat.TABLE:
        names = ("center", "lower", "upper", "range_limit", "provisional")
        print_table(names, [tuple(found[each] for each in names)])
    rows = [{**point, "flags": " ".join(point["flags"])} for point in points]
    print_as(form, list(points[0]), rows)


@app.command()
def drivers(  # noqa: PLR0913 - each parameter is an option of the command
    name: Annotated[str, typer.Argument(help="One KPI.", metavar="NAME")],
    first: FirstOption,
    last: LastOption,
    before: Annotated[str, typer.Option(metavar="DAY", help="The first day of the period before.")],
    before_to: Annotated[str, typer.Option("--before-to", metavar="DAY", help="The last day of it.")],
    split: Annotated[str, typer.Option(metavar="DIM", help="The dimension whose parts are to explain it.")],
    where: WhereOption = None,
    form: FormOption = OutputFormat.TABLE,
    home: HomeOption = None,
) -> None:
    """What moved: the change of a KPI as the sum of what each part contributed."""
    from metrics.movement import as_dict, movement  # noqa: PLC0415 - pandas takes long to import

    snapshot, configuration = snapshot_to_read(home)
    earlier = Period(required_day("--before", before), required_day("--before-to", before_to))
    days = asked_days(first, last)
    query = Query((name,), days, Grain.TOTAL, (split,), filters(where or []), configuration.calendar)
    found = movement(snapshot, query, earlier, configuration)
    warn_of_unmet(snapshot, query, configuration)
    if found is None:
        message = _("{kpi} has no value in one of the two periods.").format(kpi=name)
        raise UsageError(message, _("Ask for periods that have data."))
    told = as_dict(name, found)
    parts: list[dict[str, Any]] = told["parts"]
    if form is OutputFormat.JSON:
        print_json(told)
        return
    if form is OutputFormat.TABLE:
        names = ("before", "after", "change", "residual")
        print_table(names, [tuple(told[each] for each in names)])
    print_as(form, list(parts[0]), parts)


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
    from warehouse import export as exporting  # noqa: PLC0415 - DuckDB takes a moment to import

    snapshot, _configuration = snapshot_to_read(home)
    days = (a_day("--from", first), a_day("--to", last))
    contract = exporting.dataset_named(dataset)
    kind = form or (ending_of(out, exporting.FORMATS) if out and out.suffix else "csv")
    if out:
        exporting.export(snapshot, contract, days, kind, writable(out))
        return
    if kind != "csv" and sys.stdout.isatty():
        raise UsageError(_("A terminal cannot show {format}.").format(format=kind), _("Name a file with --out."))
    with tempfile.TemporaryDirectory(prefix="kokpit-") as folder:
        file = Path(folder) / "export"
        exporting.export(snapshot, contract, days, kind, file)
        with written_out(), file.open("rb") as written:
            sys.stdout.flush()
            shutil.copyfileobj(written, sys.stdout.buffer)
