"""Selections of the tables of one dataset as one statement, with the views they read, and its answer told apart again.

The views' SQL is put in front as common tables; the days, the zone and the rates it needs are bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from core.period import DAY
from metrics.coverage import DIALECT
from metrics.tables import with_needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from core.period import Period
    from metrics.statement import Bound, Selection

_LOCAL: Final = re.compile(r"\blocal\(([a-z_.]+)\)")
_TODAY: Final = re.compile(r"\btoday\(\)")
_OWN: Final = re.compile(r"\bown\(\)")
_MOMENTS: Final = re.compile(r"\bmoments\b")
_RATES: Final = re.compile(r"\b(FROM|JOIN) rates\b")
_NOTHING: Final = {"sum": "CAST(NULL AS DOUBLE)", "rows": "CAST(NULL AS BIGINT)"}


@dataclass(frozen=True)
class Surroundings:
    """What the views of a statement may ask for.

    The *zone* the team works in; the last known day of every period (*moments*) and of all (*known*); what each foreign
    currency is worth on each day of *period*, the days on which money may have moved that counts in those *asked* for;
    the name of the own *company*.
    """

    zone: str
    moments: Sequence[date]
    known: date
    asked: Period
    period: Period
    rates: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    company: str = ""


def text(selections: Sequence[Selection], bind: Bound, around: Surroundings) -> str:
    """The statement for *selections*: where there are several, each row begins with the number of its own."""
    sql = _one(selections[0]) if len(selections) == 1 else _union(selections)
    return with_views([selection.table for selection in selections], sql, bind, around)


def with_views(tables: Sequence[str], sql: str, bind: Bound, around: Surroundings) -> str:
    """*sql*, with whatever its *tables* are made of put in front."""
    made = _Tables(bind, around)
    views = [f"{view.name} AS ({made.of(view.sql)})" for view in with_needed(tables)]
    return f"WITH {', '.join([*made.texts, *views])} {sql}" if views else sql


def answers(selections: Sequence[Selection], answer: pa.Table) -> list[tuple[Selection, pa.Table]]:
    """The rows of *answer* that belong to each of *selections*."""
    if len(selections) == 1:
        return [(selections[0], answer)]
    return [(s, answer.filter(pc.equal(answer["selection"], number))) for number, s in enumerate(selections)]


class _Tables:
    """The common tables that views ask for beside datasets, made once when the first view needs them."""

    def __init__(self, bind: Bound, around: Surroundings) -> None:
        self.bind, self.around = bind, around
        self.made: dict[str, str] = {}

    @property
    def texts(self) -> list[str]:
        """Their definitions."""
        return [f"{name} AS ({sql})" for name, sql in self.made.items()]

    def of(self, sql: str) -> str:
        """*sql* of a view with everything it asks for in its place."""
        sql = _LOCAL.sub(lambda found: f"timezone({self._bound(self.around.zone)}, timezone('UTC', {found[1]}))", sql)
        sql = _TODAY.sub(lambda _: f"CAST({self._bound(self.around.known)} AS DATE)", sql)
        sql = _OWN.sub(lambda _: f"CAST({self._bound(self.around.company.strip().lower() or None)} AS VARCHAR)", sql)
        if _MOMENTS.search(sql) and "moments" not in self.made:
            self.made["moments"] = self._moments()
        if _RATES.search(sql) and "rates" not in self.made:
            self.made["rates"] = self._rates()
        return sql

    def _bound(self, value: object) -> str:
        return str(self.bind(value).sql(DIALECT))

    def _moments(self) -> str:
        return f"SELECT unnest(CAST({self._bound(list(self.around.moments))} AS DATE[])) AS day"

    def _rates(self) -> str:
        days = [self.around.period.start + offset * DAY for offset in range(self.around.period.days)]
        each = [
            f"SELECT {self._bound(currency)} AS currency, unnest(CAST({self._bound(days)} AS DATE[])) AS day, "
            f"unnest(CAST({self._bound(list(series))} AS DOUBLE[])) AS rate"
            for currency, series in self.around.rates.items()
        ]
        nothing = "SELECT NULL::VARCHAR AS currency, NULL::DATE AS day, NULL::DOUBLE AS rate WHERE false"
        return " UNION ALL ".join(each) or nothing


def _one(selection: Selection) -> str:
    return str(selection.select.sql(DIALECT, copy=False))


def _union(selections: Sequence[Selection]) -> str:
    names = dict.fromkeys(name for selection in selections for name in selection.select.named_selects)
    order = sorted(names, key=lambda name: (name.startswith("sum_"), name.startswith("rows_")))
    return " UNION ALL ".join(_padded(number, s, order) for number, s in enumerate(selections))


def _padded(number: int, selection: Selection, order: Sequence[str]) -> str:
    mine = set(selection.select.named_selects)
    columns = [f'"{name}"' if name in mine else f'{_NOTHING[name.split("_")[0]]} AS "{name}"' for name in order]
    return f"SELECT {number} AS selection, {', '.join(columns)} FROM ({_one(selection)})"
