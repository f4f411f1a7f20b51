"""Telling totals, footers and rejected rows apart, and comparing the file's own totals with the sums of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from connectors.exports.expressions import NOT_A_DAY
from connectors.exports.results import Control
from warehouse.contract import Type
from warehouse.schema import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

DATA: Final = "data"
TOTAL: Final = "total"
FOOTER: Final = "footer"
REJECTED: Final = "rejected"
_ODD: Final = "line BIGINT, problem VARCHAR, raw VARCHAR[], label VARCHAR, kind VARCHAR"
CONTROLLED: Final = (
    "impressions", "clicks", "cost", "conversions", "conversion_value", "sessions", "engaged_sessions", "key_events",
    "revenue",
)  # fmt: skip
_APART: Final = ("day", "starts", "ends", "currency", "account", "device", "network")
"""Columns that totals rows fill like rows of data."""


def classify(runner: Runner, staging: Staging) -> None:
    """The table ``odd`` (line, problem, raw, label, kind): every row that is not plainly data.

    A row with a total's label and no day is a total. With a day it may be data all the same: a campaign may be called
    “Total: Brand”. Then it has further texts, as data has; or, in a file without further texts, a label no platform
    uses and sums that no day has. So may a row without any name be, where the platform is known for no such totals.
    """
    runner.run(f"CREATE OR REPLACE TEMP TABLE odd ({_ODD})")
    if not staging.has_odd_rows:
        return
    others, kept_apart = _text_cells(staging)
    own = [place + 1 for place in range(staging.table.width) if place not in staging.table.apart()]
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE looked_at AS
        SELECT file_line AS line, problem, raw, CASE WHEN labelled THEN {_label(staging)} END AS label,
            len(list_filter(list_select(raw, {own}::BIGINT[]), lambda x: trim(x) <> '')) = 0 AS blank,
            {_letters(others)} > 1 AS has_texts
        FROM staged_all WHERE raw IS NOT NULL"""
    )
    if staging.table.declared.totals.leading:
        _classify_by_place(runner, staging)
        return
    usual = _usual_labels(runner, staging)
    # A bare “Total” may be a campaign's name as well as a label, so there the sums decide.
    spelt_out = f"label IN ({usual}) AND regexp_matches(label, '[:(]')"
    told = "true" if kept_apart else f"({spelt_out}) OR line IN ({_equal_to_their_day(staging)})"
    undated = f"coalesce(ends_with(problem, '{NOT_A_DAY}'), false)"
    if "day" not in staging.table.columns:
        undated += f" OR label IN ({usual})"
    runner.run(
        f"""INSERT INTO odd SELECT line, problem, raw, label, CASE
            WHEN blank THEN '{FOOTER}'
            WHEN (label = '' AND ({_nameless_totals(runner, staging)})) OR (label <> '' AND ({undated})) THEN '{TOTAL}'
            WHEN label <> '' AND NOT has_texts AND (problem IS NOT NULL OR {told}) THEN '{TOTAL}'
            WHEN problem IS NULL THEN '{DATA}'
            ELSE '{REJECTED}' END
        FROM looked_at"""
    )


def _classify_by_place(runner: Runner, staging: Staging) -> None:
    """The same where nothing is known of the totals: a row with a label first, and beside it neither text nor day."""
    times = [index + 1 for index in sorted(staging.time_cells())]
    dated = f"list_filter(list_select(raw, {times}::BIGINT[]), lambda x: trim(x) NOT IN ('', label))"
    runner.run(
        f"""INSERT INTO odd SELECT line, problem, raw, label, CASE
            WHEN blank THEN '{FOOTER}'
            WHEN label IS NOT NULL AND NOT has_texts AND len({dated}) = 0 THEN '{TOTAL}'
            WHEN problem IS NULL THEN '{DATA}'
            ELSE '{REJECTED}' END
        FROM looked_at"""
    )


def _label(staging: Staging) -> str:
    """The cell that labels a row as a total; empty when it is told by having no name."""
    totals = staging.table.declared.totals
    cells = "list_transform(raw, lambda x: trim(regexp_replace(x, '[\\s\\x{a0}]+', ' ', 'g')))"
    if totals.leading:
        cells = f"list_filter({cells}, lambda x: x <> '')[:1]"
    matching = f"list_filter({cells}, lambda x: regexp_matches(x, {literal(totals.labels.pattern)}, 'i'))"
    found = f"list_extract({matching}, 1)"
    nameless = staging.nameless() if totals.blank or totals.sums else None
    # A name may begin like a label, and be none.
    return f"coalesce({found}, CASE WHEN {nameless} THEN '' END)" if nameless else found


def _text_cells(staging: Staging) -> tuple[list[int], bool]:
    """The columns that hold texts in rows of data, and whether any of them is more than a name."""
    table = staging.table
    skipped = {
        *staging.measure_cells(),
        *table.segments,
        *table.apart(),
        *(table.columns.get(name, -1) for name in _APART),
    }
    others = [index for index in range(len(table.headers)) if index not in skipped]
    return others, bool(set(others) - set(table.entity_cells()))


def _letters(cells: list[int]) -> str:
    """How many of *cells* have letters in them."""
    chosen = ", ".join(str(index + 1) for index in cells)
    return f"len(list_filter(list_select(raw, [{chosen}]::BIGINT[]), lambda x: regexp_matches(x, '\\pL')))"


def _usual_labels(runner: Runner, staging: Staging) -> str:
    """The labels found that the platform is known to use, as an SQL list."""
    totals = staging.table.declared.totals
    found = [label for (label,) in runner.run("SELECT DISTINCT label FROM looked_at WHERE label <> ''")]
    return ", ".join(literal(label) for label in found if totals.is_usual(label)) or "NULL"


def _nameless_totals(runner: Runner, staging: Staging) -> str:
    """Which rows without a name are totals: all, or those that are the sum of the plain rows, of their day or of all.

    The rows are only summed when there is one without a name.
    """
    if not staging.table.declared.totals.sums:
        return "true"
    if not runner.run("SELECT 1 FROM looked_at WHERE label = '' LIMIT 1"):
        return "false"
    return f"line IN ({_equal_to_their_day(staging)}) OR line IN ({_equal_to_all(staging)})"


def _equal_to_their_day(staging: Staging) -> str:
    """The lines of labelled rows that are the sum of the plain rows of their day."""
    return _equal(staging, "GROUP BY day", "d.day = t.day")


def _equal_to_all(staging: Staging) -> str:
    """The lines of labelled rows that are the sum of all plain rows."""
    return _equal(staging, "", "true")


def _equal(staging: Staging, grouped: str, same: str) -> str:
    measured = [name for name in CONTROLLED if name in staging.table.columns]
    if not measured:
        return "NULL"
    sums = ", ".join(f"sum({name}) AS {name}" for name in measured)
    # Whole numbers are not rounded.
    allowed = {name: 0 if staging.dataset.by_name[name].type is Type.WHOLE else 0.01 for name in measured}
    equal = " AND ".join(
        f"abs(coalesce(t.{name}, 0) - coalesce(d.{name}, 0)) <= {allowed[name]} * d.n" for name in measured
    )
    return f"""SELECT t.file_line FROM staged_all t JOIN (
        SELECT any_value(day) AS day, count(*) AS n, {sums} FROM staged_all WHERE raw IS NULL {grouped}) d ON {same}
        WHERE t.labelled AND d.n > 0 AND {equal}"""


def controls(runner: Runner, staging: Staging, rows: int) -> tuple[Control, ...]:
    """The file's own totals beside the sums of its rows, for every additive column that has both."""
    measured = [name for name in CONTROLLED if name in staging.table.columns]
    lines = _declaring_lines(runner, staging) if staging.has_odd_rows else []
    if not lines or not measured:
        return ()
    sums = ", ".join(f"sum({quoted(name)})::DOUBLE" for name in measured)
    listed = ", ".join(map(str, lines))
    declared = runner.run(f"SELECT {sums} FROM staged_all WHERE file_line IN ({listed})")[0]
    several = "min(currency) < max(currency)" if "currency" in staging.table.columns else "false"
    in_several, *summed = runner.run(f"SELECT {several}, {sums} FROM staged")[0]
    found = dict(zip(measured, zip(declared, summed, strict=True), strict=True))
    if in_several:
        # Nobody adds pounds to euros: such a total is in a currency of its own.
        found = {name: pair for name, pair in found.items() if not staging.dataset.by_name[name].money}
    return tuple(
        Control(name, float(said), float(summed or 0), rows)
        for name, (said, summed) in found.items()
        if said is not None
    )


def _declaring_lines(runner: Runner, staging: Staging) -> list[int]:
    """The totals rows that speak for exactly the rows of the file: one for all of it, or one for each part."""
    totals = staging.table.declared.totals
    parts = [name for name in ("device", "network", "segment") if name in staging.dataset.by_name]
    part = " OR ".join(f"{name} IS NOT NULL" for name in parts) or "false"
    rows = runner.run(
        f"""SELECT o.line, o.label, o.problem IS NULL, {part} FROM odd o JOIN staged_all s ON s.file_line = o.line
        WHERE o.kind = '{TOTAL}' ORDER BY o.line"""
    )
    if totals.sums:
        rows = _without_some_days(runner, rows)
    ranks = [rank for _line, label, *_rest in rows if (rank := totals.rank(label)) is not None]
    if not ranks:
        return []
    chosen = [(line, dated, parted) for line, label, dated, parted in rows if totals.rank(label) == min(ranks)]
    for sort in ((False, False), (False, True), (True, False), (True, True)):
        found = [line for line, dated, parted in chosen if (dated, parted) == sort]
        if found:
            return found[:1] if sort == (False, False) else found
    return []


def _without_some_days(runner: Runner, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """*rows* without the totals of days that have no name, unless every day has one: some days are not the file."""
    nameless = [line for line, label, dated, _parted in rows if dated and not label]
    if nameless and len(nameless) == runner.run("SELECT count(DISTINCT day) FROM staged")[0][0]:
        return [*rows]
    return [row for row in rows if row[0] not in nameless]
