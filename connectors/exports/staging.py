"""One statement that reads a recognised file into typed rows, each with what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports.headers import skeleton
from warehouse.contract import Part, Type
from warehouse.schema import literal, quoted

if TYPE_CHECKING:
    from connectors.exports.conventions import Conventions
    from connectors.exports.recognise import Table
    from core.period import Period
    from warehouse.contract import Column, Dataset

ENTITIES: Final = ("campaign", "ad_group", "ad", "keyword")
FIRST_YEAR: Final = 2000
LABEL_CELLS: Final = 4
PREFIX: Final = 5
_CELL: Final = re.compile(r"\b[cn]\d+\b")


@dataclass(frozen=True)
class Context:
    """What is known about a table from outside its rows: the reader's answers, the file's name, its neighbours."""

    account: str | None = None
    period: Period | None = None
    search_type: str = "web"
    filters: str = ""


@dataclass
class Staging:
    """How the cells of one recognised table become the columns of its dataset."""

    table: Table
    conventions: Conventions
    context: Context
    typed: bool = False
    named_days: dict[str, date] = field(default_factory=dict)

    @property
    def dataset(self) -> Dataset:
        """The contract that the rows are to meet."""
        return self.table.declared.contract

    def cell(self, column: str) -> str | None:
        """The SQL name of the cell bound to *column*, if the file has it."""
        index = self.table.columns.get(column)
        return None if index is None else f"c{index}"

    def select(self, relation: str) -> str:
        """The statement over *relation* (``c0``, ``c1``, …): columns from cells, labelled, problem, raw."""
        typed = ", ".join(f"{self.value(column)} AS {quoted(column.name)}" for column in self._columns)
        cells = ", ".join(f"c{index}" for index in range(self.table.width))
        numbers = "".join(
            f", {sql.decimal(f'c{index}', self.conventions, typed=self.typed)} AS n{index}"
            for index in sorted(self.measure_cells())
        )
        derived = "".join(f"{quoted(column.name)}, " for column in self._columns if not self.is_constant(column))
        return f"""SELECT {derived}labelled, problem,
                CASE WHEN problem IS NOT NULL OR labelled THEN [{cells}] END AS raw
            FROM (SELECT *, {self._problem()} AS problem FROM (
                SELECT {typed}, {self._labelled()} AS labelled, {cells} FROM (SELECT *{numbers} FROM {relation})))"""

    def whole_rows(self) -> str:
        """The statement over the table ``records`` that adds ``line`` and the columns which are the same in every row.

        Rows are kept in the order of the file, so their place tells the line; counting while reading would take all but
        one processor out of the work.
        """
        columns = ", ".join(
            f"{self.value(column)} AS {quoted(column.name)}" if self.is_constant(column) else quoted(column.name)
            for column in self._columns
        )
        return f"SELECT {columns}, rowid + 1 AS line, labelled, problem, raw FROM records"

    @property
    def _columns(self) -> list[Column]:
        return [column for column in self.dataset.columns if column.name != "load_id"]

    def constants(self) -> dict[str, str]:
        """The columns that have the same value in every row, with the expression of that value."""
        return {column.name: self.value(column) for column in self._columns if self.is_constant(column)}

    def is_constant(self, column: Column) -> bool:
        """Whether *column* has the same value in every row: it comes from no cell."""
        return not _CELL.search(self.value(column))

    def value(self, column: Column) -> str:
        """The expression for *column*: its cell, a constant of the format, what the context says, or NULL."""
        special = self._special(column.name)
        if special is not None:
            return f"CAST({special} AS {column.type.value})"
        cell = self.cell(column.name)
        if cell is None:
            return f"CAST({literal(column.default) if column.default is not None else 'NULL'} AS {column.type.value})"
        return self._from_cell(column, cell)

    def _from_cell(self, column: Column, cell: str) -> str:
        if column.type is Type.DAY:
            return sql.day(cell, self.conventions, self.named_days, typed=self.typed)
        number = cell.replace("c", "n", 1)
        if column.type is Type.WHOLE:
            value = sql.whole(number)
            return f"coalesce({value}, {column.default})" if column.default else value
        if column.type is Type.DECIMAL:
            return self._unless_void(column.name, number)
        if column.type in (Type.YES_NO, Type.MOMENT):
            return f"TRY_CAST({cell} AS {column.type.value})"
        return self._text(column, cell)

    def _text(self, column: Column, cell: str) -> str:
        values = self.table.declared.values.get(column.name, {})
        text = sql.name(sql.chosen(cell, values), typed=self.typed)
        if column.name.endswith("_id"):
            text = f"trim({text}, '[]')"
        if self.table.declared.exact:
            # Kokpit's own export puts an apostrophe before what a spreadsheet would run as a formula.
            text = f"regexp_replace({text}, '^''(''*[=+@\\t\\r-])', '\\1')"
        return f"coalesce({text}, {literal(column.default)})" if column.default is not None else text

    def _unless_void(self, column: str, value: str) -> str:
        """No value where the format says that the number means something else in this row."""
        rule = self.table.declared.void.get(column)
        cell = self.cell(rule.when) if rule else None
        chosen = self.table.headers[self.table.columns[column]]
        if rule is None or cell is None or skeleton(chosen) not in rule.headers:
            return value
        conditions = " OR ".join(f"contains(lower({cell}), {literal(word)})" for word in rule.contains)
        return f"CASE WHEN {cell} IS NULL OR NOT ({conditions}) THEN {value} END"

    def _special(self, name: str) -> str | None:
        """Columns that do not come from a cell of their own name."""
        declared, context = self.table.declared, self.context
        if name in declared.constants:
            return literal(declared.constants[name])
        if name in ("day", "day_end"):
            return self._day(name)
        if self.cell(name) is not None and name not in ("account", "site"):
            return None
        constants = {"shape": self.shape, "level": self.level, "slice": self.table.slice, "currency": self.table.currency}
        if "site" in self.dataset.by_name:
            constants |= {"search_type": context.search_type, "filters": context.filters}
        if name in constants:
            value = constants[name]
            return literal(value) if value is not None else "NULL"
        return self._derived(name)

    def _derived(self, name: str) -> str | None:
        if name in ("account", "site"):
            cell = self.cell(name)
            given = literal(self.context.account) if self.context.account else "NULL"
            return f"coalesce({sql.name(cell, typed=self.typed)}, {given})" if cell else given
        if name == "segment" and self.table.segments:
            return f"concat_ws(' · ', {', '.join(f'c{index}' for index in self.table.segments)})"
        if name == "position_sum" and self.cell("position"):
            return f"TRY_CAST(n{self.table.columns['position']}::DOUBLE * n{self.table.columns['impressions']}::DOUBLE AS DECIMAL(18,6))"
        if name == self.table.slice and self.cell("slice_value"):
            return sql.name(sql.chosen(self.cell("slice_value") or "", self.table.declared.values.get(name, {})), typed=self.typed)
        return None

    def _day(self, name: str) -> str:
        """The first or last day a row covers: its day, its range of days, or the period of the whole file."""
        own = self.cell(name) or (self.cell("day") if not self.table.declared.exact else None)
        if name == "day_end" and self.table.declared.exact and not self.cell("day_end"):
            own = self.cell("day")
        if own:
            return sql.day(own, self.conventions, self.named_days, typed=self.typed)
        span = self.cell("range")
        if span:
            side = "left" if name == "day" else "right"
            return f"TRY_CAST({side}(trim({span}), 10) AS DATE)"
        starts, ends = self.cell("starts"), self.cell("ends")
        if starts and ends and not self.dataset.periods:
            first, last = (sql.day(cell, self.conventions, self.named_days, typed=self.typed) for cell in (starts, ends))
            return f"CASE WHEN {first} = {last} THEN {first} END"
        if self.context.period:
            return f"DATE '{self.context.period.start if name == 'day' else self.context.period.end}'"
        return "NULL::DATE"

    @property
    def shape(self) -> str:
        """The key columns the export has, and its further breakdowns: what makes two exports comparable row by row."""
        keys = [name for name in self.dataset.key if name in self.table.columns and name not in ("day", "day_end", "occurrence")]
        extra = [skeleton(self.table.headers[index]) for index in self.table.segments]
        scope = set(self.dataset.scope)
        return ",".join([name for name in keys if name not in scope] + sorted(extra)) or "total"

    @property
    def level(self) -> str:
        """The finest entity the export has."""
        present = [e for e in ENTITIES if e in self.table.columns or f"{e}_id" in self.table.columns]
        return present[-1] if present else "account"

    def _labelled(self) -> str:
        """Whether the row may be a totals row: a label among its first cells or names, or no name at all."""
        totals = self.table.declared.totals
        if totals is None:
            return "false"
        first = range(min(LABEL_CELLS, len(self.table.headers)))
        places = sorted({*first, *self._entity_cells()} - self.measure_cells() - {self.table.columns.get("day", -1)})
        starts = "'Total', 'Итого', 'Всего', 'Razem', 'Suma', 'Suma:', 'Łączn', 'Ogółe', 'Resul', 'Резул', 'Wynik'"
        letters = "'T', 'И', 'В', 'R', 'S', 'Ł', 'O', 'Р', 'W', ' '"
        conditions = [
            f"(substr(c{index}, 1, 1) IN ({letters}) AND left(ltrim(c{index}), {PREFIX}) IN ({starts}))" for index in places
        ]
        if totals.blank and totals.blank in self.dataset.by_name:
            blank = " AND ".join(f"({sql.is_unknown(f'c{index}')})" for index in self._entity_cells())
            conditions.append(f"({blank})")
        return f"coalesce({' OR '.join(conditions)}, false)"

    def _entity_cells(self) -> list[int]:
        names = {*ENTITIES, *(f"{entity}_id" for entity in ENTITIES)}
        return [index for name, index in self.table.columns.items() if name in names]

    def measure_cells(self) -> set[int]:
        """The positions of the columns that hold numbers."""
        numeric = {c.name for c in self.dataset.columns if c.type in (Type.WHOLE, Type.DECIMAL)} | {"position"}
        return {index for name, index in self.table.columns.items() if name in numeric}

    def _checked(self) -> dict[str, int]:
        numeric = {c.name for c in self.dataset.columns if c.type in (Type.WHOLE, Type.DECIMAL)}
        return {name: index for name, index in self.table.columns.items() if name in numeric and name not in self.table.declared.void}

    def _problem(self) -> str:
        """The first thing that is wrong with a row, as ``column number|reason``; NULL when nothing is."""
        cases = [*self._day_problems(), *self._number_problems(), *self._missing_values()]
        return f"CASE {' '.join(cases)} END" if cases else "NULL::VARCHAR"

    def _day_problems(self) -> list[str]:
        if "day" not in self.dataset.by_name:
            return []
        place = next((self.table.columns[name] for name in ("day", "range", "starts") if name in self.table.columns), -1)
        reason = sql.SEVERAL_DAYS if self.by_start_and_end else sql.NOT_A_DAY
        last = date(datetime.now(UTC).year + 1, 12, 31)
        end = quoted(self.dataset.last_day)
        within = f"day < DATE '{FIRST_YEAR}-01-01' OR {end} > DATE '{last}' OR {end} < day"
        return [
            f"WHEN day IS NULL OR {end} IS NULL THEN '{place}|{reason}'",
            f"WHEN {within} THEN '{place}|{sql.DAY_OUT_OF_RANGE}'",
        ]

    @property
    def by_start_and_end(self) -> bool:
        """Whether each row names the first and last day it covers, and no single day."""
        columns = self.table.columns
        return "day" not in columns and "starts" in columns and "ends" in columns

    def _number_problems(self) -> list[str]:
        cases = []
        for name, index in self._checked().items():
            column = self.dataset.by_name[name]
            cell, value = f"c{index}", quoted(name)
            reason = sql.NOT_WHOLE if column.type is Type.WHOLE else sql.NOT_A_NUMBER
            cases.append(f"WHEN {value} IS NULL AND NOT ({sql.is_unknown(cell)}) THEN '{index}|{reason}'")
            if column.minimum is not None:
                cases.append(f"WHEN {value} < {column.minimum} THEN '{index}|{sql.NEGATIVE}'")
        return cases

    def _missing_values(self) -> list[str]:
        needed = [c for c in self.dataset.columns if c.required and c.part is Part.KEY and c.type is Type.TEXT]
        return [
            f"WHEN {quoted(c.name)} IS NULL THEN '{self.table.columns.get(c.name, self.table.columns.get('slice_value', -1))}|{sql.MISSING}'"
            for c in needed
            if c.name not in self.table.declared.constants
        ]
