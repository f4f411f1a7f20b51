"""What every load spoke for: kept also when all of its rows lost, so that the order of loading never matters."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final

from warehouse.schema import listed, literal, quoted

if TYPE_CHECKING:
    from datetime import date, datetime

    from warehouse.contract import Dataset
    from warehouse.loads import Load
    from warehouse.merge import Runner
    from warehouse.snapshot import Snapshot

CREATE: Final = """CREATE TABLE IF NOT EXISTS target.claims (
    dataset VARCHAR, scope VARCHAR, first DATE, last DATE, shape VARCHAR, load_id BIGINT, exported_at TIMESTAMP)"""
_BETWEEN: Final = "\x1f"
_UNKNOWN: Final = "\x1e"


def naive(moment: datetime | None) -> datetime | None:
    """*moment* in UTC without a zone, as the warehouse keeps it: the database would shift it to the local time."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment and moment.tzinfo else moment


def scope_text(dataset: Dataset, prefix: str) -> str:
    """The scope of a row in one expression, unknown parts told from all others."""
    parts = ", ".join(f"coalesce({prefix}.{quoted(name)}, {literal(_UNKNOWN)})" for name in dataset.scope)
    return f"concat_ws({literal(_BETWEEN)}, {parts})"


def scope_of(text: str) -> tuple[str | None, ...]:
    """The scope that `scope_text` wrote."""
    return tuple(None if part == _UNKNOWN else part for part in text.split(_BETWEEN))


def claim(runner: Runner, dataset: Dataset, load: Load) -> None:
    """Keep what the table ``staged`` speaks for."""
    end = dataset.last_day
    columns = listed(dict.fromkeys((*dataset.scope, "day", end, "shape")))
    runner.run(
        f"""INSERT INTO target.claims
        SELECT {literal(dataset.name)}, {scope_text(dataset, "s")}, day, {end}, shape, {load.load_id}, $1
        FROM (SELECT DISTINCT {columns} FROM staged) s""",
        [naive(load.exported_at)],
    )


def give_up(runner: Runner, dataset: Dataset, loads: str) -> None:
    """Forget what *loads* (their numbers, listed) spoke for."""
    runner.run(f"DELETE FROM target.claims WHERE dataset = {literal(dataset.name)} AND load_id IN ({loads})")


def find_clashes(runner: Runner, dataset: Dataset, load: Load) -> None:
    """Fill ``superseded`` (line) and ``gone`` (rid, replaced): days at another shape or over another period.

    A newer claim beats staged rows even where its own rows have lost to a still newer one.
    """
    end = dataset.last_day
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE claimed AS SELECT scope, first, last, shape FROM target.claims
        WHERE dataset = {literal(dataset.name)} AND load_id = {load.load_id}"""
    )
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE beaten AS SELECT * FROM claimed n WHERE EXISTS (
            SELECT 1 FROM target.claims c WHERE c.dataset = {literal(dataset.name)} AND c.exported_at > $1
            AND c.scope = n.scope AND c.first <= n.last AND c.last >= n.first
            AND (c.first <> n.first OR c.last <> n.last OR c.shape IS DISTINCT FROM n.shape))""",
        [naive(load.exported_at)],
    )
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE superseded AS SELECT s.file_line AS line FROM staged s JOIN beaten b
        ON b.scope = {scope_text(dataset, "s")} AND b.first = s.day AND b.last = s.{end}
        AND b.shape IS NOT DISTINCT FROM s.shape"""
    )
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE gone AS SELECT e.rid, false AS replaced FROM existing e
        WHERE NOT e.newer AND EXISTS (SELECT 1 FROM claimed n WHERE n.scope = {scope_text(dataset, "e")}
            AND n.first <= e.{end} AND n.last >= e.day
            AND (n.first <> e.day OR n.last <> e.{end} OR n.shape IS DISTINCT FROM e.old_shape))"""
    )


def abandoned(snapshot: Snapshot, dataset: Dataset) -> list[tuple[tuple[str | None, ...], date]]:
    """The days, by scope, of rows longer than a day that gave way to others which do not speak for all of these days.

    What happened on them was known, as a part of a sum, and is not any more.
    """
    kept = "SELECT 1 FROM duckdb_tables() WHERE database_name = 'facts' AND table_name = 'claims'"
    if not dataset.periods or not dataset.has_shapes or not snapshot.rows(kept):
        return []
    found = snapshot.rows(
        f"""WITH said AS (SELECT scope, first, last, load_id FROM facts.claims
            WHERE dataset = {literal(dataset.name)} AND scope IN
                (SELECT scope FROM facts.claims WHERE dataset = {literal(dataset.name)} AND last > first)),
        longer AS (SELECT DISTINCT {scope_text(dataset, "r")} AS scope, day AS first, day_end AS last
            FROM {quoted(dataset.name)} r WHERE day_end > day),
        gone AS (SELECT scope, first, last FROM said WHERE last > first EXCEPT SELECT scope, first, last FROM longer),
        told AS (SELECT scope, min(first) AS first, max(last) AS last FROM said WHERE first = last
            GROUP BY scope, load_id UNION ALL SELECT scope, first, last FROM longer)
        SELECT DISTINCT scope, day::DATE
        FROM (SELECT scope, unnest(generate_series(first, last, INTERVAL 1 DAY)) AS day FROM gone) d
        WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.scope = d.scope AND d.day BETWEEN t.first AND t.last)"""
    )
    return [(scope_of(scope), day) for scope, day in found]
