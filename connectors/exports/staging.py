"""One statement that reads a recognised file into typed rows, each with what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from connectors.exports import expressions as sql
from connectors.exports import moments, owners, ruled
from connectors.exports.binding import ENTITIES, visits_by
from connectors.exports.headers import skeleton
from connectors.exports.problems import problem
from connectors.exports.workbooks import NUMBER_MARK
from warehouse.contract import Type
from warehouse.schema import literal, quoted, usual

if TYPE_CHECKING:
    from connectors.exports.binding import Table
    from connectors.exports.conventions import Conventions
    from core.period import Period
    from warehouse.contract import Column, Dataset

LABEL_CELLS: Final = 4
VERBATIM: Final = ("query", "page", "search_term")
"""Columns in which every text counts as it is: people do search for “null”."""
_CELL: Final = re.compile(r"\b[cn]\d+\b")


@dataclass(frozen=True)
class Context:
    """What is known about a table from outside its rows: the reader's answers, the file's name, its neighbours."""

    account: str | None = None
    period: Period | None = None
    search_type: str = "web"
    filters: str = ""
    zone: str = "UTC"
    """The time zone that days and times are meant in where a file names none."""
    currency: str | None = None
    """The currency that amounts are taken to be in where a file names none."""

    @property
    def asked(self) -> str | None:
        """All of it in one line: the same bytes mean other rows when this differs."""
        period = f"{self.period.start} – {self.period.end}" if self.period else None
        kind = self.search_type if self.search_type != "web" else None
        return " · ".join(part for part in (self.account, period, kind, self.filters) if part) or None


@dataclass
class Staging:
    """How the cells of one recognised table become the columns of its dataset."""

    table: Table
    conventions: Conventions
    context: Context
    typed: bool = False
    plain: frozenset[int] = frozenset()
    """The positions of columns whose cells are plain numbers, as far as was looked."""
    usual_currency: str | None = None
    """The currency of the first rows, as far as was looked."""
    has_numbered_rows: bool = False
    has_odd_rows: bool = True
    """Whether any of the rows read is not plainly one of data."""
    has_lines_apart: bool = True
    """Whether any line is to be told apart from the rows of data: an odd row, or no row at all."""
    below: tuple[int, tuple[str, ...]] | None = None
    """The line that another table below starts in, with its headings; None as a rule."""
    _values: dict[str, str] = field(default_factory=dict)

    @property
    def dataset(self) -> Dataset:
        """The contract that the rows are to meet."""
        return self.table.declared.contract

    @property
    def reading(self) -> str:
        """How the cells are read, for the load log: numbers, days, and the time zone where there are times."""
        times = {column.name for column in self.dataset.columns if column.type in (Type.MOMENT, Type.DAY)}
        zoned = not self.keeps_whole_rows and times & self.table.columns.keys()
        return f"{self.conventions} · {self.context.zone}" if zoned else str(self.conventions)

    @property
    def keeps_whole_rows(self) -> bool:
        """Whether a rejected row may be kept as it stood: not one of a help desk or CRM, which is full of people."""
        return self.dataset.daily or self.table.declared.exact

    def cell(self, column: str) -> str | None:
        """The SQL name of the cell bound to *column*, if the file has it."""
        index = self.table.columns.get(column)
        return None if index is None else f"c{index}"

    def select(self, relation: str) -> str:
        """The statement over *relation* (``c0``, ``c1``, …): columns from cells, labelled, problem, raw."""
        typed = ", ".join(f"{self.value(column)} AS {quoted(column.name)}" for column in self.typed_columns)
        cells = ", ".join(f"c{index}" for index in range(self.table.width))
        numbers = "".join(f", {self._number(index)} AS n{index}" for index in sorted(self.measure_cells()))
        derived = "".join(f"{quoted(column.name)}, " for column in self.typed_columns if not self.is_constant(column))
        kept = "".join(f", n{index}" for index in self.loosely_bound().values())
        return f"""SELECT {derived}labelled, problem,
                CASE WHEN problem IS NOT NULL OR labelled THEN [{cells}] END AS raw
            FROM (SELECT {self._with_nameless()}, {problem(self)} AS problem FROM (
                SELECT {typed}, {self._labelled()} AS labelled, {cells}{kept}
                FROM (SELECT *{numbers} FROM {relation})))"""

    def _number(self, index: int) -> str:
        """The expression for the number in a cell; an amount in another currency than its row's is none."""
        currency = self.currency if index in self.money_cells() else None
        unless = sql.has_other_sign(f"c{index}", self.or_usual(currency)) if currency else ""
        plain = index in self.plain
        return sql.decimal(f"c{index}", self.conventions, typed=self.typed, plain=plain, unless=unless or "false")

    @property
    def currency(self) -> str | None:
        """The expression for a row's currency; None where nothing names one."""
        column = self.dataset.by_name.get("currency")
        value = self.value(column) if column else None
        return None if value is None or value.startswith("CAST(NULL") else value

    def or_usual(self, currency: str) -> str:
        """The expression *currency* for that of a row; the usual one where the row leaves its cell blank."""
        usual = self.context.currency if self.cell("currency") else None
        return f"coalesce({currency}, {literal(usual)})" if usual else currency

    def money_cells(self) -> set[int]:
        """The positions of the columns that hold amounts."""
        return {self.table.columns[name] for name in self.dataset.money if name in self.table.columns}

    def whole_rows(self) -> str:
        """The statement over the table ``records`` that adds ``file_line`` and the columns that are equal in all rows.

        Rows are kept in the order of the file, so their place tells the line; counting while reading would take all but
        one processor out of the work.
        """
        columns = ", ".join(
            f"{self.value(column)} AS {quoted(column.name)}" if self.is_constant(column) else quoted(column.name)
            for column in self.typed_columns
        )
        return f"SELECT {columns}, rowid + 1 AS file_line, labelled, problem, raw FROM records"

    @property
    def typed_columns(self) -> list[Column]:
        """The columns of the dataset that rows of the file may fill."""
        return [column for column in self.dataset.columns if column.name != "load_id"]

    def constants(self) -> dict[str, str | None]:
        """The columns that have the same value in every row, with its expression; None for no value."""
        varying = {"occurrence"} if self.has_numbered_rows else set()
        values = {c.name: self.value(c) for c in self.typed_columns if self.is_constant(c) and c.name not in varying}
        return {name: None if value.startswith("CAST(NULL") else value for name, value in values.items()}

    def is_constant(self, column: Column) -> bool:
        """Whether *column* has the same value in every row: it comes from no cell."""
        return not _CELL.search(self.value(column))

    def value(self, column: Column) -> str:
        """The expression for *column*: its cell, a constant of the format, what the context says, or NULL."""
        if column.name not in self._values:
            self._values[column.name] = self._value(column)
        return self._values[column.name]

    def _value(self, column: Column) -> str:
        special = self._special(column.name)
        if special is not None:
            return f"CAST({special} AS {column.type.value})"
        cell = self.cell(column.name)
        if cell is None:
            return usual(column)
        return self._from_cell(column, cell)

    def _from_cell(self, column: Column, cell: str) -> str:
        if column.type in (Type.DAY, Type.MOMENT):
            return self._time(column, cell)
        number = cell.replace("c", "n", 1)
        if column.type is Type.WHOLE:
            value = sql.whole(number)
            return f"coalesce({value}, {column.default})" if column.default else value
        if column.type is Type.DECIMAL:
            divisor = self.table.declared.rules.divided.get(column.name)
            return f"CAST({number} / {divisor} AS DECIMAL(18,6))" if divisor else self._unless_void(column.name, number)
        if column.type is Type.YES_NO:
            read = sql.verbatim if self.table.declared.exact else sql.yes_no
            return f"TRY_CAST({read(cell, typed=self.typed)} AS BOOLEAN)"
        return self._text(column, cell)

    def _time(self, column: Column, cell: str) -> str:
        """A day or a moment; in a table of days a day is what the cell says, whatever the zone."""
        exact = self.table.declared.exact
        if column.type is Type.DAY and (self.dataset.daily or exact):
            return sql.day(cell, self.conventions, typed=self.typed)
        since = self.table.declared.rules.minutes_since.get(column.name)
        if since:
            time = moments.later(self.value(self.dataset.by_name[since]), cell.replace("c", "n", 1))
        else:
            elsewhere = moments.exported if exact else moments.moment
            read = moments.local_day if column.type is Type.DAY else elsewhere
            time = read(cell, self.conventions, self.context.zone, typed=self.typed)
        return time if exact else f"CASE WHEN true{self.wanted(column)} THEN {time} END"

    def wanted(self, column: Column) -> str:
        """The further conditions under which a cell of *column* counts: an open deal has no day of closing."""
        where = self.table.declared.rules.where.get(column.name, {})
        return "".join(
            f" AND ({self.value(self.dataset.by_name[other])}) IN ({', '.join(map(literal, allowed))})"
            for other, allowed in where.items()
        )

    def _text(self, column: Column, cell: str) -> str:
        values = self.table.declared.values.get(column.name, {})
        rules = self.table.declared.rules
        cells = [f"c{index}" for index in self.table.repeated[column.name]] if column.name in rules.joined else [cell]
        texts = (self._name(column.name, sql.chosen(cell, values)) for cell in cells)
        text = ruled.together(rules, column.name, texts)
        if column.name.endswith("_id"):
            starts = " OR ".join(sql.may_start_with(each, ("[", " ", NUMBER_MARK)) for each in cells)
            bare = f"CASE WHEN starts_with({text}, '[') THEN trim({text}, '[]') ELSE {text} END"
            text = f"CASE WHEN {starts} THEN {bare} ELSE {text} END"
        if column.name in self.table.declared.prefixes:
            text = f"regexp_replace({text}, {literal('^' + self.table.declared.prefixes[column.name])}, '')"
        return f"coalesce({text}, {literal(column.default)})" if column.default is not None else text

    def _name(self, column: str, cell: str) -> str:
        """The cell as text; NULL where it says nothing."""
        if self.table.declared.exact:
            return sql.exported(cell, typed=self.typed)
        if column in VERBATIM:
            return sql.verbatim(cell, typed=self.typed)
        return sql.name(cell, typed=self.typed)

    def _unless_void(self, column: str, value: str) -> str:
        """No value where the number means something else in this row, or nobody says what."""
        rule = self.table.declared.void.get(column)
        if rule is None or skeleton(self.table.headers[self.table.columns[column]]) not in rule.headers:
            return value
        cell = self.cell(rule.when)
        if cell is None:
            return "NULL"
        counts, never = (
            " OR ".join(f"contains(lower({cell}), {literal(word)})" for word in words)
            for words in (rule.counts, rule.never)
        )
        return f"CASE WHEN ({counts}) AND NOT ({never}) THEN {value} END"

    def _special(self, name: str) -> str | None:
        """Columns that do not come from a cell of their own name."""
        declared, context = self.table.declared, self.context
        if name in declared.constants:
            return literal(declared.constants[name])
        if name in ("day", "day_end"):
            return self._day(name)
        if self.cell(name) is not None and name not in ("account", "site", "property", "currency"):
            return None
        constants = {"shape": self.shape, "level": self.level, "slice": self.table.slice or visits_by(self.table)}
        if "site" in self.dataset.by_name:
            constants |= {"search_type": context.search_type, "filters": context.filters}
        if name in constants:
            value = constants[name]
            return literal(value) if value is not None else "NULL"
        return ruled.from_others(declared.rules, name, self.cell) or self._derived(name)

    def _derived(self, name: str) -> str | None:
        if name in ("account", "site", "property", "currency"):
            return self._said_or_known(name, self.table.currency if name == "currency" else self.context.account)
        if name == "segment" and self.table.segments:
            parts = ", ".join(sql.name(f"c{index}", typed=self.typed) for index in self.table.segments)
            return f"nullif(concat_ws(' · ', {parts}), '')"
        if name == "position_sum" and self.cell("position"):
            position, shown = (self.table.columns[column] for column in ("position", "impressions"))
            return f"TRY_CAST(n{position}::DOUBLE * n{shown}::DOUBLE AS DECIMAL(18,6))"
        if name in ("source", "medium") and self.cell("source_medium"):
            whole = self._name(name, self.cell("source_medium") or "")
            return sql.name(f"split_part({whole}, ' / ', {1 if name == 'source' else 2})", typed=self.typed)
        if name == self.table.slice and self.cell("slice_value"):
            values = self.table.declared.values.get(name, {})
            return self._name(name, sql.chosen(self.cell("slice_value") or "", values))
        return None

    def _said_or_known(self, name: str, known: str | None) -> str:
        """What the row says, otherwise what is known for the whole file."""
        cell = self.cell(name)
        otherwise = literal(known) if known else "NULL"
        if not cell:
            return otherwise
        if name == "currency" and not known:
            otherwise = sql.currency_by_sign(f"c{place}" for place in sorted(self.money_cells()))
        said = self._name(name, sql.chosen(cell, self.table.declared.values.get(name, {})))
        if name == "account":
            said = owners.number(said, cell, self.table.declared)
        value = f"coalesce({f'upper({said})' if name == 'currency' else said}, {otherwise})"
        usual = self.usual_currency and literal(self.usual_currency)
        return f"CASE WHEN {cell} = {usual} THEN {usual} ELSE {value} END" if name == "currency" and usual else value

    def _day(self, name: str) -> str:
        """The first or last day a row covers: its day, its range of days, or the period of the whole file."""
        own = self.cell(name) or (self.cell("day") if not self.table.declared.exact else None)
        if name == "day_end" and self.table.declared.exact and not self.cell("day_end"):
            own = self.cell("day")
        if own:
            return sql.day(own, self.conventions, typed=self.typed)
        span = self.cell("range")
        if span:
            side = "left" if name == "day" else "right"
            return f"TRY_CAST({side}(trim({span}), 10) AS DATE)"
        starts, ends = self.cell("starts"), self.cell("ends")
        if starts and ends and not self.dataset.periods:
            first, last = (sql.day(cell, self.conventions, typed=self.typed) for cell in (starts, ends))
            return f"CASE WHEN {first} = {last} THEN {first} END"
        if self.context.period and (nth := self.cell("nth_day")):
            return sql.nth_day(self.context.period.start, nth)
        if self.context.period:
            return f"DATE '{self.context.period.start if name == 'day' else self.context.period.end}'"
        return "NULL::DATE"

    @property
    def shape(self) -> str:
        """The key columns the export has, and its further breakdowns: what makes two exports comparable row by row."""
        bound = {*self.table.columns, *(("source", "medium") if self.cell("source_medium") else ())}
        keys = [name for name in self.dataset.key if name in bound and name not in ("day", "day_end", "occurrence")]
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
        first = range(min(LABEL_CELLS, len(self.table.headers)))
        named = {self.table.columns[name] for name in VERBATIM if name in self.table.columns}
        places = sorted({*first, *named, *self.table.entity_cells()} - self.measure_cells() - self.table.apart())
        spelt = {form for word in totals.words for form in (word, word.lower(), word.upper())}
        label = literal(f"^[ \u00a0]*({'|'.join(sorted(map(re.escape, spelt)))})")
        starts = {" ", "\u00a0", *spelt}
        conditions = [
            f"CASE WHEN {sql.may_start_with(f'c{index}', starts)} THEN regexp_matches(c{index}, {label}) ELSE false END"
            for index in places
        ]
        if totals.blank:
            conditions.append(
                "(" + " AND ".join(f"({sql.is_unknown(f'c{index}')})" for index in self.table.entity_cells()) + ")"
            )
        return f"coalesce({' OR '.join(conditions)}, false)"

    def _with_nameless(self) -> str:
        """All columns so far; where a row without a name may be a total, it is labelled as well."""
        nameless = self.nameless() if self.table.declared.totals.sums else None
        return f"* REPLACE (labelled OR ({nameless}) AS labelled)" if nameless else "*"

    def nameless(self) -> str | None:
        """Whether nothing in the row names a campaign, an ad or the like; None where the file has no such column."""
        named = [c.name for c in self.typed_columns if self.table.columns.get(c.name) in self.table.entity_cells()]
        return " AND ".join(f"{quoted(name)} IS NULL" for name in named) or None

    def measure_cells(self) -> set[int]:
        """The positions of the columns that hold numbers."""
        numeric = {c.name for c in self.dataset.columns if c.type in (Type.WHOLE, Type.DECIMAL)} | {"position"}
        numeric |= set(self.table.declared.rules.minutes_since)
        return {index for name, index in self.table.columns.items() if name in numeric}

    def time_cells(self) -> set[int]:
        """The positions of the columns that hold days or moments."""
        times = {c.name for c in self.dataset.columns if c.type in (Type.DAY, Type.MOMENT)} | {
            "starts",
            "ends",
            "range",
        }
        return {index for name, index in self.table.columns.items() if name in times}

    def loosely_bound(self) -> dict[str, int]:
        """Columns of numbers that do not stand in the dataset as they stand in the file."""
        loose = {"position", *self.table.declared.void}
        return {name: index for name, index in self.table.columns.items() if name in loose}

    @property
    def by_start_and_end(self) -> bool:
        """Whether each row names the first and last day it covers, and no single day."""
        columns = self.table.columns
        return "day" not in columns and "starts" in columns and "ends" in columns
