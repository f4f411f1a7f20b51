"""Telling totals, footers and rejected rows apart, and comparing the file's own totals with the sums of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.exports.results import Control
from warehouse.schema import literal, quoted

if TYPE_CHECKING:
    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

DATA: Final = "data"
TOTAL: Final = "total"
FOOTER: Final = "footer"
REJECTED: Final = "rejected"
_ODD: Final = "line BIGINT, problem VARCHAR, raw VARCHAR[], label VARCHAR, kind VARCHAR"
CONTROLLED: Final = ("impressions", "clicks", "cost", "conversions", "conversion_value")


def classify(runner: Runner, staging: Staging, *, some: bool) -> None:
    """The table ``odd`` (line, kind, label, problem, raw): every staged row that is not plainly data, if there are *some*."""
    if not some:
        runner.run(f"CREATE OR REPLACE TEMP TABLE odd ({_ODD})")
        return
    totals = staging.table.declared.totals
    first = "list_extract(list_filter(raw, lambda x: trim(x) <> ''), 1)"
    label = "NULL"
    if totals:
        cells = "list_transform(raw, lambda x: trim(x))"
        matching = f"list_filter({cells}, lambda x: regexp_matches(x, {literal(totals.labels.pattern)}))"
        label = f"list_extract({matching}, 1)"
        if totals.blank:
            label = f"CASE WHEN labelled AND ({label}) IS NULL THEN '' ELSE {label} END"
    texts = _other_texts(staging)
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE odd AS
        SELECT line, problem, raw, label, CASE
            WHEN blank THEN '{FOOTER}'
            WHEN label IS NOT NULL AND (problem IS NOT NULL OR NOT ({texts})) THEN '{TOTAL}'
            WHEN problem IS NULL THEN '{DATA}'
            ELSE '{REJECTED}' END AS kind
        FROM (SELECT line, problem, raw, {first} IS NULL AS blank,
            CASE WHEN labelled THEN {label} END AS label FROM staged_all WHERE raw IS NOT NULL)"""
    )
    _check_by_arithmetic(runner, staging)


def _other_texts(staging: Staging) -> str:
    """Whether a labelled row has further names, as a row of data would: a campaign may well be called “Total: …”."""
    numeric = staging.measure_cells()
    apart = ("day", "starts", "ends", "currency", "account", "device", "network")
    skipped = {*staging.table.segments, *(staging.table.columns.get(name, -1) for name in apart)}
    others = [index for index in range(len(staging.table.headers)) if index not in numeric | skipped]
    chosen = ", ".join(str(index + 1) for index in others)
    return f"len(list_filter(list_select(raw, [{chosen}]::BIGINT[]), lambda x: regexp_matches(x, '\\pL'))) > 1"


def _check_by_arithmetic(runner: Runner, staging: Staging) -> None:
    """A labelled row with a valid day and nothing else to tell by: a total equals the sum of its day's other rows."""
    measured = [name for name in CONTROLLED if name in staging.table.columns]
    if not measured or "day" not in staging.table.columns:
        return
    sums = ", ".join(f"sum({name}) AS {name}" for name in measured)
    equal = " AND ".join(f"abs(coalesce(t.{name}, 0) - coalesce(d.{name}, 0)) <= 0.01 * d.n" for name in measured)
    runner.run(
        f"""UPDATE odd SET kind = '{DATA}' WHERE kind = '{TOTAL}' AND problem IS NULL AND label <> '' AND line NOT IN (
            SELECT t.line FROM staged_all t JOIN (
                SELECT day, count(*) AS n, {sums} FROM staged_all WHERE raw IS NULL GROUP BY day) d ON d.day = t.day
            WHERE {equal})"""
    )


def controls(runner: Runner, staging: Staging, rows: int) -> tuple[Control, ...]:
    """The file's own totals beside the sums of its rows, for every additive column that has both."""
    measured = [name for name in CONTROLLED if name in staging.table.columns and name in staging.dataset.by_name]
    lines = _declaring_lines(runner, staging) if staging.table.declared.totals else []
    if not lines or not measured:
        return ()
    sums = ", ".join(f"sum({quoted(name)})::DOUBLE" for name in measured)
    listed = ", ".join(map(str, lines))
    declared = runner.run(f"SELECT {sums} FROM staged_all WHERE line IN ({listed})")[0]
    summed = runner.run(f"SELECT {sums} FROM staged")[0]
    return tuple(
        Control(name, float(said), float(found or 0), rows)
        for name, said, found in zip(measured, declared, summed, strict=True)
        if said is not None
    )


def _declaring_lines(runner: Runner, staging: Staging) -> list[int]:
    """The totals rows that speak for exactly the rows of the file: its own kind first, the account's otherwise."""
    declared = staging.table.declared.totals
    rows = runner.run(f"SELECT line, label, problem IS NULL FROM odd WHERE kind = '{TOTAL}' ORDER BY line")
    if declared is None or not rows:
        return []
    own = [(line, dated) for line, label, dated in rows if declared.own.search(label)]
    account = [(line, dated) for line, label, dated in rows if declared.account.search(label)]
    chosen = [row for row in own if row not in account] or account
    whole = [line for line, dated in chosen if not dated]
    return whole[:1] or [line for line, _ in chosen]
