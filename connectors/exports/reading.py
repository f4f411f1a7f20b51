"""Reading one recognised table into staged rows, and telling its lines apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports.below import set_apart
from connectors.exports.binding import ENTITIES
from connectors.exports.broken import LEFT_OUT, LONGEST, refuse_vast_lines, sort_broken_lines
from connectors.exports.conventions import Columns, decide
from connectors.exports.dates import is_month_first
from connectors.exports.moments import day_part
from connectors.exports.money import currency_of
from connectors.exports.preamble import SEVERAL_DAYS, period_of, refuse_periods
from connectors.exports.sample import rows_all_over
from connectors.exports.staging import Context, Staging
from connectors.exports.totals import DATA, REJECTED, classify
from connectors.exports.workbooks import NUMBER_MARK
from core.errors import FileError
from core.money import CURRENCIES
from core.remarks import _
from warehouse.contract import Type
from warehouse.datasets import REJECTS
from warehouse.merge import identity_columns
from warehouse.schema import listed, literal, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.binding import Table
    from connectors.exports.members import Member
    from warehouse.merge import Runner

_ROUNDED: Final = re.compile(rf"{NUMBER_MARK}?\d([.,]\d+)?[eE]\+?\d+|{NUMBER_MARK}\d{{16,}}")
"""A number as spreadsheet programs show long ones; as a number they keep no more than 15 digits."""
AT_ONCE: Final = 4 << 20
"""Bytes that are read at a time: in smaller parts than the usual 32 MB, no processor waits long for the last one."""


def prepare(member: Member, table: Table, context: Context, locale: str | None) -> Staging:
    """How *member* is to be read. Raises FileError when its days are missing, AmbiguousFileError with a question."""
    sample = rows_all_over(member.text, table.delimiter, table.skip_lines, table.width)
    _refuse_repeated(member, table, sample)
    table.currency = currency_of(member.name, table, sample, context.currency)
    _refuse_rounded_ids(member, table, sample)
    _refuse_without_days(member, table, sample, context)
    conventions = decide(member.name, _columns(table, sample), table.language, locale)
    staging = Staging(table, conventions, context, typed=member.typed)
    staging.plain = frozenset(i for i in staging.measure_cells() if sql.is_plain(row[i] for row in sample))
    staging.usual_currency = _usual_currency(table, sample)
    return staging


def _usual_currency(table: Table, sample: list[list[str]]) -> str | None:
    """The currency that the first row names, if it is one."""
    named = sample[0][table.columns["currency"]] if sample and "currency" in table.columns else None
    return named if named in CURRENCIES else None


def _columns(table: Table, sample: list[list[str]]) -> Columns:
    dataset = table.declared.contract
    by_type: dict[Type, list[str]] = {Type.WHOLE: [], Type.DECIMAL: [], Type.DAY: []}
    for name, index in table.columns.items():
        kind = Type.DECIMAL if name == "position" else _type_of(dataset.by_name.get(name))
        kind = Type.DAY if name in ("starts", "ends") else kind
        if _is_time(table, name, kind):
            by_type[Type.DAY] += [day_part(row[index]) for row in sample]
        elif kind in by_type:
            by_type[kind] += [row[index] for row in sample]
    return Columns(by_type[Type.WHOLE], by_type[Type.DECIMAL], by_type[Type.DAY], _month_first(table))


def _is_time(table: Table, name: str, kind: Type) -> bool:
    """Whether the cells say a day, perhaps with a time."""
    if kind is Type.MOMENT:
        return name not in table.declared.rules.minutes_since
    return kind is Type.DAY


def _type_of(column: object) -> Type:
    return getattr(column, "type", Type.TEXT)


def _month_first(table: Table) -> bool | None:
    """Whether the file's own title writes the month first (``January 17, 2024``); None when it has no such title."""
    days = table.declared.preamble.days
    if days and "/" in days and period_of(table):
        return days.startswith("%m")
    found = (is_month_first(" ".join(cells)) for cells in table.preamble)
    return next((first for first in found if first is not None), None)


def _refuse_repeated(member: Member, table: Table, sample: list[list[str]]) -> None:
    """Raise FileError when one header stands twice over different values: nobody can know which one is meant."""
    for name, places in table.repeated.items():
        if name in table.declared.rules.joined:
            continue
        if len(places) > 1 and any(row[places[0]] != row[other] for row in sample for other in places[1:]):
            header = table.headers[places[0]]
            message = _("{file}: the column “{header}” appears {n} times with different values.")
            raise FileError(
                message.format(file=member.name, header=header, n=len(places)),
                _("Keep only one of them and export again."),
            )


def _refuse_rounded_ids(member: Member, table: Table, sample: list[list[str]]) -> None:
    """Raise FileError when a spreadsheet program has rounded the ids that rows are told apart by."""
    for name in table.declared.contract.key:
        index = table.columns.get(name)
        if index is None or not name.endswith("_id"):
            continue
        rounded = next((row[index] for row in sample if _ROUNDED.fullmatch(row[index].strip())), None)
        if rounded:
            message = _("{file}: the column “{header}” holds {value}: a spreadsheet program has rounded the numbers.")
            raise FileError(
                message.format(file=member.name, header=table.headers[index], value=rounded.strip(NUMBER_MARK)),
                _("Download it again and load it without opening and saving it in between."),
            )


def _refuse_without_days(member: Member, table: Table, sample: list[list[str]], context: Context) -> None:
    columns, dataset = table.columns, table.declared.contract
    if not sample or not dataset.daily or {"day", "range"} & columns.keys() or _covers_days(table, context):
        return
    message = _("{file}: it has no column with the day, so its numbers belong to no day.")
    if {"starts", "ends"} <= columns.keys() and not dataset.periods:
        named = [row for row in sample if any(row[index].strip() for index in table.entity_cells())]
        if all(row[columns["starts"]] == row[columns["ends"]] for row in named):
            return
        message = _(SEVERAL_DAYS)
    raise FileError(message.format(file=member.name), table.declared.steps_text())


def _covers_days(table: Table, context: Context) -> bool:
    """Whether what is known from outside the rows says which days they cover: a single one, unless periods are kept."""
    period = context.period
    return period is not None and (table.declared.contract.periods or period.start == period.end)


def read(runner: Runner, member: Member, staging: Staging) -> bool:
    """Fill the tables ``staged_all`` (every record, typed), ``odd`` (all that is not plainly data) and ``broken``.

    Returns whether rows may share their whole key with another one.
    """
    refuse_vast_lines(member, staging)
    relation = _relation(member, staging)
    runner.run("DROP TABLE IF EXISTS reject_errors")
    runner.run("DROP TABLE IF EXISTS reject_scans")
    runner.run(f"CREATE OR REPLACE TEMP TABLE records AS {staging.select(relation)}")
    runner.run(f"CREATE OR REPLACE TEMP VIEW staged_all AS {staging.whole_rows()}")
    names = _identity_names(staging)
    counts = f"count(*), count(raw), count(DISTINCT hash({_values(staging, _shortest_key(staging, names))}))"
    records, odd, keys = runner.run(f"SELECT {counts} FROM staged_all")[0]
    if keys < records:
        keys = runner.run(f"SELECT count(DISTINCT hash({_values(staging, names)})) FROM staged_all")[0][0]
    odd += sort_broken_lines(runner, member, staging, records)
    staging.has_odd_rows = bool(odd)
    staging.has_lines_apart = bool(odd or runner.run("SELECT 1 FROM broken LIMIT 1"))
    classify(runner, staging)
    set_apart(runner, staging)
    if staging.by_start_and_end:
        _refuse_several_days(runner, member, staging)
    refuse_periods(runner, member, staging)
    return bool(keys < records)


def _shortest_key(staging: Staging, names: list[str]) -> list[str]:
    """Those of *names* that tell rows apart as a rule: an id of the finest entity makes those above it needless."""
    needless = set(ENTITIES) | {f"{entity}_id" for entity in ENTITIES}
    finest = f"{staging.level}_id"
    return [name for name in names if name not in needless or name == finest] if finest in names else names


def _values(staging: Staging, names: list[str]) -> str:
    """The columns *names* as SQL values: an id stands for the name beside it."""
    ids = dict(staging.dataset.identity)
    columns = staging.dataset.by_name
    values = []
    for name in names:
        parts = [part for part in (name, ids.get(name)) if part and not staging.is_constant(columns[part])]
        if parts:
            values.append(f"coalesce({', '.join(map(quoted, parts))})")
    return ", ".join(values) or "0"


def _relation(member: Member, staging: Staging) -> str:
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(staging.table.width))
    options = f"columns={{{columns}}}, auto_detect=false, header=false, skip={staging.table.skip_lines}"
    options += f", delim={literal(staging.table.delimiter)}, quote='\"', escape='\"', compression='none'"
    options += f", store_rejects=true, buffer_size={AT_ONCE}, max_line_size={LONGEST}"
    return f"read_csv({literal(str(member.text))}, {options})"


def _refuse_several_days(runner: Runner, member: Member, staging: Staging) -> None:
    several = f"kind = '{REJECTED}' AND ends_with(problem, '{sql.SEVERAL_DAYS}')"
    if runner.run(f"SELECT count(*) FROM odd WHERE {several}")[0][0]:
        raise FileError(_(SEVERAL_DAYS).format(file=member.name), staging.table.declared.steps_text())


def stage(runner: Runner, staging: Staging, *, repeated: bool) -> None:
    """The view ``staged``: the rows of data, those that share all names numbered; second copies go to ``odd``."""
    dataset = staging.dataset
    columns = [c.name for c in dataset.columns if c.name != "load_id"]
    data = f"(raw IS NULL OR file_line IN (SELECT line FROM odd WHERE kind = '{DATA}'))"
    data = data if staging.has_odd_rows else "true"
    runner.run("DROP VIEW IF EXISTS staged")
    if not repeated or not _numbered(runner, staging, data):
        runner.run(f"CREATE TEMP VIEW staged AS SELECT {listed(columns)}, file_line FROM staged_all WHERE {data}")
        return
    if "occurrence" not in dataset.by_name:
        cells = ", ".join(f"s.{quoted(c)}::VARCHAR" for c in columns)
        runner.run(
            f"""INSERT INTO odd SELECT s.line, '-1|{sql.TWICE}', s.cells, NULL, '{REJECTED}'
            FROM (SELECT file_line AS line, [{cells}] AS cells FROM staged_all s) s
            JOIN numbers n ON n.line = s.line WHERE n.number > 1"""
        )
        staging.has_lines_apart = True
        kept = f"{data} AND file_line NOT IN (SELECT line FROM numbers WHERE number > 1)"
        runner.run(f"CREATE TEMP VIEW staged AS SELECT {listed(columns)}, file_line FROM staged_all WHERE {kept}")
        return
    staging.has_numbered_rows = True
    values = ", ".join(
        "coalesce(n.number, s.occurrence) AS occurrence" if c == "occurrence" else f"s.{quoted(c)}" for c in columns
    )
    runner.run(
        f"""CREATE TEMP VIEW staged AS SELECT {values}, s.file_line FROM (SELECT * FROM staged_all WHERE {data}) s
        LEFT JOIN numbers n ON n.line = s.file_line"""
    )


def _numbered(runner: Runner, staging: Staging, data: str) -> bool:
    """The table ``numbers`` (line, number) of rows that share their whole key with another; whether there are any."""
    key = identity_columns(staging.dataset)
    rows = f"(SELECT {key}, file_line FROM staged_all WHERE {data})"
    names = _identity_names(staging)
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS SELECT {listed(names)} FROM {rows}
        GROUP BY ALL HAVING count(*) > 1"""
    )
    if not runner.run("SELECT count(*) FROM repeated")[0][0]:
        return False
    same = " AND ".join(f"r.{quoted(n)} IS NOT DISTINCT FROM k.{quoted(n)}" for n in names)
    partition = ", ".join(f"k.{quoted(n)}" for n in names)
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE numbers AS
        SELECT k.file_line AS line, row_number() OVER (PARTITION BY {partition} ORDER BY k.file_line) AS number
        FROM {rows} k JOIN repeated r ON {same}"""
    )
    return True


def _identity_names(staging: Staging) -> list[str]:
    named = {name for _, name in staging.dataset.identity}
    return [name for name in staging.dataset.key if name not in named]


def write_rejects(runner: Runner, staging: Staging, load_id: int, table: str = "target.rejects") -> None:
    """Keep every rejected row as it stood in the file, with its line, its column and the reason, in *table*."""
    headers = ", ".join(literal(header) for header in staging.table.headers) or "''"
    kept = ", ".join(map(str, _cells_to_keep(staging)))
    mark = literal(staging.table.delimiter)
    skip = staging.table.skip_lines
    # A record's line: the header's, its own number, and the broken lines above it, which were not counted.
    runner.run(
        f"""CREATE OR REPLACE TEMP TABLE shifts AS
        SELECT line - {skip} - row_number() OVER (ORDER BY line) AS records_above FROM broken"""
    )
    runner.run(
        f"""INSERT INTO {table} SELECT {load_id},
            {skip} + line + (SELECT count(*) FROM shifts WHERE records_above < line),
            [{headers}][split_part(problem, '|', 1)::INT + 1], split_part(problem, '|', 2),
            replace(array_to_string(list_transform(raw, lambda x, i:
                CASE WHEN len(raw) = {staging.table.width} AND i NOT IN ({kept}) THEN '{LEFT_OUT}'
                WHEN contains(x, {mark}) OR contains(x, '"') OR contains(x, chr(10))
                THEN '"' || replace(x, '"', '""') || '"' ELSE coalesce(x, '') END
            ), {mark}), {literal(NUMBER_MARK)}, '')
        FROM odd WHERE kind = '{REJECTED}'"""
    )
    raw = "raw" if staging.keeps_whole_rows else f"'{LEFT_OUT}'"
    runner.run(f"INSERT INTO {table} SELECT {load_id}, line, NULL, reason, {raw} FROM broken WHERE kind = '{REJECTED}'")


def rejects_file(runner: Runner, staging: Staging, load_id: int, folder: Path) -> Path:
    """A file in *folder* with every rejected row of a table that brings none, as `write_rejects` keeps them."""
    file = folder / f"rejects {load_id}.parquet"
    columns = ", ".join(f"{quoted(column.name)} {column.type.value}" for column in REJECTS.columns)
    runner.run(f"CREATE OR REPLACE TEMP TABLE kept_out ({columns})")
    write_rejects(runner, staging, load_id, "kept_out")
    runner.run(f"COPY kept_out TO {literal(str(file))} (FORMAT PARQUET)")
    runner.run("DROP TABLE kept_out")
    return file


def _cells_to_keep(staging: Staging) -> list[int]:
    """The cells (1-based) that a rejected row is kept with: where rows tell of people, those loaded as they stand."""
    cleaned = staging.table.declared.rules.removed
    bound = [index + 1 for name, index in staging.table.columns.items() if name not in cleaned]
    return [*range(1, staging.table.width + 1)] if staging.keeps_whole_rows else bound


def reject_superseded(runner: Runner, staging: Staging) -> None:
    """Put the rows that a newer export already has among the rejected ones."""
    cells = ", ".join(f"{quoted(c.name)}::VARCHAR" for c in staging.dataset.columns if c.name != "load_id")
    runner.run(
        f"""INSERT INTO odd SELECT file_line, '-1|{sql.NEWER}', [{cells}], NULL, '{REJECTED}'
        FROM staged WHERE file_line IN (SELECT line FROM superseded)"""
    )
