"""What a snapshot has loaded of a dataset: sources, their days, how far they are final, their currencies.

Read with one statement for each dataset and kept for as long as the snapshot is. Days between the first and the last
day of a load are loaded, with or without rows; so is a gap of up to a week between two loads, since tools leave out
days on which nothing happened. Tables whose rows are no days (leads, tasks) reach from their first row to the last
thing that happened to one of them, and a quiet week longer when the export was made later; three times the usual time
between two rows longer, where that is more and the export was made by then. A register (customers) is how things are
on the day before its export. What people plan holds for all days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from sqlglot import exp

from core.period import DAY, Period
from warehouse.claims import abandoned
from warehouse.contract import Type
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from warehouse.contract import Dataset
    from warehouse.snapshot import Snapshot

DIALECT: Final = "duckdb"
BRIDGED: Final = timedelta(days=7)
SILENT: Final = timedelta(days=35)
QUIET: Final = 3
_NOT_SOURCE: Final = frozenset({"filters", "slice"})
ALL_DAYS: Final = Period(date(1990, 1, 1), date(2199, 12, 31))
_AHEAD: Final = "due"
"""How columns begin that hold a day ahead."""
_TOOLS: Final = {"site": "search_console", "property": "google_analytics"}


@dataclass(frozen=True)
class LoadFacts:
    """What the load log knows that matters for numbers: when the export was made, its days, its control total.

    Its totals *differ* only as long as nobody has said why.
    """

    name: str
    exported_at: datetime | None
    started_at: datetime | None
    first_day: date | None
    last_day: date | None
    differs: bool
    source: str | None = None

    @property
    def made_at(self) -> datetime | None:
        """When the export was made. The time of loading stands for one that is unknown, or lies before its last day."""
        if self.exported_at and self.last_day and self.exported_at.date() < self.last_day - DAY:
            return self.started_at
        return self.exported_at or self.started_at


@dataclass(eq=False)
class Span:
    """What is loaded of one scope of a dataset (a platform's account; a site's search type by query).

    *loaded* are its days without bridges, *periods* its rows longer than a day, *lost* the days among the loaded ones
    that were known as a part of such a row, which gave way, *last* the day up to which loads speak
    for it, *final* the newest day whose numbers no longer change, *fed_by* where the newest load came from. *known* are
    the measures that any of its rows has, *lacking* those that any has not.
    """

    scope: dict[str, str | None]
    loaded: list[Period] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    lost: list[Period] = field(default_factory=list)
    last: date = date.min
    final: date | None = None
    known: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    currencies: dict[str | None, Period] = field(default_factory=dict)
    doubtful: list[tuple[str, Period]] = field(default_factory=list)
    fed_by: str | None = None
    newest_load: tuple[date, int] = (date.min, 0)

    @property
    def first(self) -> date:
        """Its first loaded day."""
        return self.loaded[0].start

    @property
    def source(self) -> tuple[str | None, ...]:
        """The platform and account, or the site and search type."""
        return tuple(value for name, value in self.scope.items() if name not in _NOT_SOURCE)

    @property
    def label(self) -> str:
        """The source in words: its names, the tool's for an unknown site or property, or where its rows came from."""
        names = {**_TOOLS, **{name: value for name, value in self.scope.items() if value}}
        return (
            " · ".join(names[name] for name in self.scope if name in names and name not in _NOT_SOURCE)
            or self.fed_by
            or "?"
        )

    @property
    def gaps(self) -> list[Period]:
        """The days between its loads that no load speaks for."""
        return [Period(a.end + DAY, b.start - DAY) for a, b in pairwise(self.loaded)]


def source_columns(dataset: Dataset) -> tuple[str, ...]:
    """The columns that tell the sources of *dataset* apart."""
    return tuple(name for name in dataset.scope if name not in _NOT_SOURCE)


_Row = dict[str, Any]


@dataclass(frozen=True)
class _Facts:
    rows: list[_Row]
    periods: list[_Row]
    loads: dict[int, LoadFacts]
    lost: list[tuple[tuple[str | None, ...], date]]


@dataclass
class _Kept:
    facts: dict[str, _Facts] = field(default_factory=dict)
    spans: dict[tuple[str, int, ZoneInfo], list[Span]] = field(default_factory=dict)
    filled: dict[tuple[str, str], bool] = field(default_factory=dict)


_LOADS: Final = exp.select(
    "load_id",
    exp.column("name", quoted=True),
    "exported_at",
    "started_at",
    "first_day",
    "last_day",
    exp.func("coalesce", exp.column("control_differs"), exp.false()).and_(exp.column("explanation").is_(exp.null())),
    exp.column("source", quoted=True),
).from_("loads")
_lock = Lock()
_kept: WeakKeyDictionary[Snapshot, _Kept] = WeakKeyDictionary()


def spans(snapshot: Snapshot, name: str, lag_days: int, zone: ZoneInfo) -> list[Span]:
    """What *snapshot* has loaded of the dataset *name*, where a day is final *lag_days* after it in *zone*."""
    with _lock:
        kept = _kept.setdefault(snapshot, _Kept())
        key = (name, lag_days, zone)
        if key not in kept.spans:
            if name not in kept.facts:
                kept.facts[name] = _facts(snapshot, DATASETS[name])
            kept.spans[key] = _build(DATASETS[name], kept.facts[name], lag_days, zone)
        return kept.spans[key]


def is_filled(snapshot: Snapshot, name: str, told: str) -> bool:
    """Whether any row of the dataset *name* has a value in its column *told*."""
    with _lock:
        filled = _kept.setdefault(snapshot, _Kept()).filled
        if (name, told) not in filled:
            known = exp.column(told, quoted=True).is_(exp.null()).not_()
            sql = exp.select(exp.Literal.number(1)).from_(name).where(known).limit(1).sql(DIALECT)
            filled[name, told] = bool(snapshot.rows(sql))
        return filled[name, told]


def _facts(snapshot: Snapshot, dataset: Dataset) -> _Facts:
    rows = snapshot.arrow(_rows_statement(dataset).sql(DIALECT)).to_pylist()
    periods = snapshot.arrow(_periods_statement(dataset).sql(DIALECT)).to_pylist() if dataset.periods else []
    loads = {load_id: LoadFacts(*known) for load_id, *known in snapshot.rows(_LOADS.sql(DIALECT))}
    return _Facts(rows, periods, loads, abandoned(snapshot, dataset))


def _rows_statement(dataset: Dataset) -> exp.Select:
    groups = [*dataset.scope, *(c for c in ("currency", "is_final", "load_id") if c in dataset.by_name)]
    columns: list[exp.Expr] = [exp.column(name, quoted=True) for name in groups]
    first, last = _ends(dataset)
    columns += [exp.alias_(exp.Min(this=first), "first_day"), exp.alias_(exp.Max(this=last), "last_day")]
    columns += [exp.alias_(exp.Count(this=exp.column(m, quoted=True)), f"known_{m}") for m in dataset.measures]
    columns.append(exp.alias_(exp.Count(this=exp.Star()), "rows"))
    numbers = [exp.Literal.number(n + 1) for n in range(len(groups))]
    return exp.select(*columns).from_(dataset.name).group_by(*numbers)


def _ends(dataset: Dataset) -> tuple[exp.Expr, exp.Expr]:
    """The first and the last day that a row tells of."""
    if dataset.daily:
        return exp.column("day"), exp.column(dataset.last_day)
    if not dataset.began:
        return exp.cast(exp.Literal.string(ALL_DAYS.start.isoformat()), "DATE"), exp.null()
    past = [c.name for c in dataset.columns if c.type in (Type.DAY, Type.MOMENT) and not c.name.startswith(_AHEAD)]
    latest = exp.func("greatest", *(exp.column(name, quoted=True) for name in past))
    return exp.cast(exp.column(dataset.began), "DATE"), exp.cast(latest, "DATE")


def _periods_statement(dataset: Dataset) -> exp.Select:
    columns = [exp.column(name, quoted=True) for name in (*dataset.scope, "day", "day_end")]
    longer = exp.GT(this=exp.column("day_end"), expression=exp.column("day"))
    return exp.select(*columns).distinct().from_(dataset.name).where(longer)


def _build(dataset: Dataset, facts: _Facts, lag_days: int, zone: ZoneInfo) -> list[Span]:
    found: dict[tuple[str | None, ...], Span] = {}
    # What a row speaks for depends on the zone: the facts themselves stay as they are, for another one.
    for row in map(dict, facts.rows):
        if row["first_day"] is None:
            continue
        scope = {name: row[name] for name in dataset.scope}
        span = found.setdefault(tuple(scope.values()), Span(scope))
        load = facts.loads.get(row.get("load_id") or 0)
        _reach(dataset, row, load, zone)
        _add(span, dataset, row, load)
        final = _final_day(row, load, lag_days, zone)
        if final and (span.final is None or final > span.final):
            span.final = final
    for row in facts.periods:
        found[tuple(row[name] for name in dataset.scope)].periods.append(Period(row["day"], row["day_end"]))
    for names, day in facts.lost:
        if names in found:
            found[names].lost.append(Period(day, day))
    for span in found.values():
        span.loaded, span.lost = merged(span.loaded, DAY), merged(span.lost, DAY)
    return list(found.values())


def _reach(dataset: Dataset, row: _Row, load: LoadFacts | None, zone: ZoneInfo) -> None:
    """Set the last day that *row* speaks for, where its rows are no days."""
    if dataset.measured:
        return
    made = load.made_at.replace(tzinfo=UTC).astimezone(zone).date() if load and load.made_at else None
    if not dataset.began:
        row["last_day"] = made or ALL_DAYS.end
        return
    last = max(row["last_day"] or row["first_day"], row["first_day"])
    if dataset.register and made:
        row["last_day"] = min(max(last, made - DAY), made)
        return
    usual = (last - row["first_day"]) / row["rows"]
    quiet = min(SILENT, max(BRIDGED, QUIET * usual))
    # An export made much later may be of an old period: it says little of the time in between.
    if made and made - last > quiet + DAY:
        quiet = BRIDGED
    row["last_day"] = min(max(last, min(made - DAY, last + quiet)), made) if made else last
    row["last_day"] = max(row["last_day"], row["first_day"])


def _add(span: Span, dataset: Dataset, row: _Row, load: LoadFacts | None) -> None:
    days = Period(row["first_day"], row["last_day"]) if row["first_day"] != ALL_DAYS.start else ALL_DAYS
    # A file speaks for all its accounts on all its days, also for one that was silent at first or at the end.
    start = min(days.start, (load and load.first_day) or days.start)
    end = max(days.end, (load and load.last_day) or days.end)
    span.loaded.append(Period(start, end))
    span.last = max(span.last, row["last_day"] if days is ALL_DAYS else end)
    if load and (end, row["load_id"]) > span.newest_load:
        span.newest_load, span.fed_by = (end, row["load_id"]), load.source
    span.known.update(measure for measure in dataset.measures if row[f"known_{measure}"])
    span.lacking.update(measure for measure in dataset.measures if row[f"known_{measure}"] < row["rows"])
    if any(row[f"known_{measure}"] for measure in dataset.money):
        before = span.currencies.get(row["currency"], days)
        span.currencies[row["currency"]] = Period(min(before.start, days.start), max(before.end, days.end))
    if load and load.differs:
        span.doubtful.append((load.name, days))


def _final_day(row: _Row, load: LoadFacts | None, lag_days: int, zone: ZoneInfo) -> date | None:
    """The newest final day of rows that came together: what the source says, else the export's day less the lag."""
    if row.get("is_final") is not None:
        return row["last_day"] if row["is_final"] else None
    if row["first_day"] == ALL_DAYS.start:
        return ALL_DAYS.end
    last: date = max(row["last_day"], (load and load.last_day) or row["last_day"])
    made_at = load and load.made_at
    if not made_at:
        return last - lag_days * DAY
    return min(last, made_at.replace(tzinfo=UTC).astimezone(zone).date() - lag_days * DAY)


def merged(periods: list[Period], bridge: timedelta) -> list[Period]:
    """*periods* in order, those joined that overlap or lie at most *bridge* apart."""
    found: list[Period] = []
    for period in sorted(periods):
        if found and period.start - found[-1].end <= bridge:
            found[-1] = Period(found[-1].start, max(found[-1].end, period.end))
        else:
            found.append(period)
    return found


def live(found: list[Span]) -> list[Span]:
    """Those of *found* that still report: a source silent for over five weeks, while others go on, has ended."""
    newest = max((span.last for span in found), default=date.min)
    return [span for span in found if newest - span.last <= SILENT]
