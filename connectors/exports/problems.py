"""What can be wrong with a row: SQL that names the first cell of it that does not hold what its column is for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from core.period import DAY
from warehouse.contract import Type
from warehouse.schema import literal, quoted

if TYPE_CHECKING:
    from connectors.exports.staging import Staging

FIRST_YEAR: Final = 2000
OWN_DAYS: Final = ("day", "day_end")
"""The columns that say which days a row covers; they are looked at on their own."""


def problem(staging: Staging) -> str:
    """The first thing that is wrong with a row, as ``column number|reason``; NULL when nothing is."""
    cases = [
        *_faulty_formulas(staging),
        *_days(staging),
        *_currencies(staging),
        *_signs(staging),
        *_numbers(staging),
        *_others(staging),
        *_missing_values(staging),
    ]
    return f"CASE {' '.join(cases)} END" if cases else "NULL::VARCHAR"


def _faulty_formulas(staging: Staging) -> list[str]:
    """Cells of a workbook that hold an error, which would be a text like any other."""
    places = sorted(staging.table.columns.values()) if staging.typed else []
    return [f"WHEN {sql.is_faulty(f'c{index}')} THEN '{index}|{sql.FAULTY_FORMULA}'" for index in places]


def _days(staging: Staging) -> list[str]:
    if "day" not in staging.dataset.by_name:
        return []
    columns = staging.table.columns
    place = next((columns[name] for name in ("day", "range", "nth_day", "starts") if name in columns), -1)
    reason = sql.SEVERAL_DAYS if staging.by_start_and_end else sql.NOT_A_DAY
    today = datetime.now(UTC).date()
    last = date(today.year + 1, 12, 31)
    end = quoted(staging.dataset.last_day)
    within = f"day < DATE '{FIRST_YEAR}-01-01' OR {end} > DATE '{last}' OR {end} < day"
    no_day = f"day IS NULL OR {end} IS NULL"
    cases = [f"WHEN {no_day} THEN '{place}|{reason}'", f"WHEN {within} THEN '{place}|{sql.DAY_OUT_OF_RANGE}'"]
    if "day" in columns:
        short = sql.has_short_year(f"c{place}")
        cases.insert(0, f"WHEN ({no_day} OR {within}) AND {short} THEN '{place}|{sql.SHORT_YEAR}'")
    if staging.dataset.measured:
        # Somewhere it is tomorrow already; the last day of a period may lie ahead while the period runs.
        cases.append(f"WHEN day > DATE '{today + DAY}' THEN '{place}|{sql.DAY_TO_COME}'")
    return cases


def _numbers(staging: Staging) -> list[str]:
    cases = []
    for name, index in staging.table.columns.items():
        column = staging.dataset.by_name.get(name)
        if column is None or column.type not in (Type.WHOLE, Type.DECIMAL) or name in staging.table.declared.void:
            continue
        cell, value = f"c{index}", quoted(name)
        reason = sql.NOT_WHOLE if column.type is Type.WHOLE else sql.NOT_A_NUMBER
        cases.append(f"WHEN {value} IS NULL AND NOT ({sql.is_unknown(cell)}) THEN '{index}|{reason}'")
        if column.minimum is not None:
            cases.append(f"WHEN {value} < {column.minimum} THEN '{index}|{sql.NEGATIVE}'")
    for index in staging.loosely_bound().values():
        cases.append(f"WHEN n{index} IS NULL AND NOT ({sql.is_unknown(f'c{index}')}) THEN '{index}|{sql.NOT_A_NUMBER}'")
        cases.append(f"WHEN n{index} < 0 THEN '{index}|{sql.NEGATIVE}'")
    return cases


def _others(staging: Staging) -> list[str]:
    """Cells that are no yes or no, no moment, no day (beside the day of the row itself)."""
    reasons = {Type.YES_NO: sql.NOT_YES_NO, Type.MOMENT: sql.NOT_A_MOMENT, Type.DAY: sql.NOT_A_DAY}
    found = [
        (column, staging.table.columns[column.name], reasons[column.type])
        for column in staging.typed_columns
        if column.type in reasons and column.name in staging.table.columns and column.name not in OWN_DAYS
    ]
    return [
        f"WHEN {quoted(column.name)} IS NULL AND NOT ({sql.is_unknown(f'c{index}')}){staging.wanted(column)} "
        f"THEN '{index}|{reason}'"
        for column, index, reason in found
    ]


def _currencies(staging: Staging) -> list[str]:
    """Cells that name no currency, or another one than the headings: nobody knows what their money is worth."""
    index = staging.table.columns.get("currency")
    if index is None or "currency" not in staging.dataset.by_name:
        return []
    # Most rows are in the money of the first one; a comparison spares them the closer look.
    other = f"currency <> {literal(staging.usual_currency)}" if staging.usual_currency else "currency IS NOT NULL"
    found = [f"WHEN {other} AND NOT {sql.is_currency('currency')} THEN '{index}|{sql.NOT_A_CURRENCY}'"]
    if staging.table.currency:
        found.append(f"WHEN currency <> {literal(staging.table.currency)} THEN '{index}|{sql.OTHER_CURRENCY}'")
    return found


def _signs(staging: Staging) -> list[str]:
    """Amounts with the sign of another currency than their row or heading names."""
    if staging.currency is None:
        return []
    loose = staging.loosely_bound().values()
    values = {i: f"n{i}" if i in loose else quoted(name) for name, i in staging.table.columns.items()}
    currency = staging.or_usual("currency")
    return [
        f"WHEN {values[i]} IS NULL AND {sql.has_other_sign(f'c{i}', currency)} THEN '{i}|{sql.OTHER_SIGN}'"
        for i in sorted(staging.money_cells())
    ]


def _missing_values(staging: Staging) -> list[str]:
    """Cells without which a row says nothing; days are looked at on their own."""
    needed = [c.name for c in staging.dataset.columns if c.required and c.name not in OWN_DAYS]
    columns = staging.table.columns
    places = {name: columns.get(name, columns.get("slice_value", -1)) for name in needed}
    return [
        f"WHEN {quoted(name)} IS NULL THEN '{place}|{sql.MISSING}'"
        for name, place in places.items()
        if name not in staging.table.declared.constants
    ]
