"""What a closed review presented, beside what the same numbers are now, and why they differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.language import _
from core.period import DAY, Grain, Period
from journal.operations import reviews
from metrics.catalog import CATALOGUE
from metrics.figure import points
from metrics.own import catalogue
from metrics.query import Query
from metrics.restated import Circumstances, LaterLoad, Presented, Restated, ordered, restated
from metrics.tables import TABLES
from metrics.targets import in_force
from ui import loadlog, queries, values
from warehouse.datasets import FACTS, PLAN
from warehouse.schema import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from journal.models import FrozenValue, Review
    from journal.work import Journal
    from metrics.model import Kpi
    from ui.screen import Screen

_LOADS: Final = """
    SELECT load_id, dataset, source, account, name, first_day, last_day, coalesce(rows_replaced, 0) > 0, finished_at > ?
    FROM loads
    -- A file whose rows were all kept out changed nothing.
    WHERE status = 'loaded' AND NOT (
        coalesce(rows_rejected, 0) > 0 AND coalesce(rows_loaded, 0) + coalesce(rows_replaced, 0) = 0
    )
    ORDER BY load_id
"""
OWN: Final = "kokpit"
"""The source of tables under Kokpit's own headings."""
_PLANS: Final = frozenset(dataset.name for dataset in PLAN)
_LENGTHS: Final = ((Grain.DAY, 1), (Grain.WEEK, 7), (Grain.MONTH, 31), (Grain.QUARTER, 92))


class Group(NamedTuple):
    """What is asked for at once: values of one length, of the whole or of one part."""

    grain: Grain
    dimension: str
    value: str


@dataclass(frozen=True)
class Revised:
    """Everything that a review presented when it was closed, and the targets that are others now, in words."""

    at: datetime
    found: tuple[Restated, ...]
    retargeted: tuple[str, ...]

    @property
    def changed(self) -> list[Restated]:
        """What is another number now."""
        return [each for each in self.found if each.changed]


def closed(journal: Journal) -> list[Review]:
    """The reviews that were closed, the latest first."""
    return [review for review in reviews.reviews(journal) if review.closings]


def revised(screen: Screen, journal: Journal, review: Review) -> Revised | None:
    """What *review* presented when it was last closed, beside what it is now; None where nothing is frozen."""
    about = (journal.database.name, review.id, review.changed_at, screen.language, screen.configuration)
    return queries.remember(screen.shown, ("revised", *about), lambda: _revised(screen, journal, review))


def _revised(screen: Screen, journal: Journal, review: Review) -> Revised | None:
    frozen = reviews.frozen_values(journal, review.id) if review.closings else []
    if not frozen:
        return None
    at = frozen[0].frozen_at
    now = _now(screen, frozen)
    later = _later(screen, at, {(each.dimension, each.dimension_value) for each in frozen})
    found = []
    for each in frozen:
        around, group = _circumstances(screen, each), _group(each)
        found += [
            restated(shown, now.get((each.kpi, group, shown.period)), around, later) for shown in _presented(each)
        ]
    return Revised(at, tuple(ordered(found)), tuple(filter(None, (_retargeted(screen, f) for f in frozen))))


def _presented(frozen: FrozenValue) -> list[Presented]:
    """The values that were frozen of one KPI, the latest first."""
    known_to = _day(_part(frozen, "freshness").get("known_to"))
    found = []
    for each in frozen.shown.get("values") or ():
        period = _period(each)
        if period is None:
            continue
        final = bool(each.get("complete", True)) and (known_to is None or known_to >= period.end)
        found.append(Presented(frozen.kpi, frozen.dimension, frozen.dimension_value, period, each.get("value"), final))
    return sorted(found, key=lambda shown: shown.period, reverse=True)


def _part(frozen: FrozenValue, name: str) -> dict[str, Any]:
    return frozen.shown.get(name) or {}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _period(kept: Mapping[str, Any]) -> Period | None:
    start = _day(kept.get("period_start"))
    end = _day(kept.get("period_end")) or start
    return Period(start, end) if start and end and start <= end else None


def _group(frozen: FrozenValue) -> Group:
    """How the values of one KPI were asked for: by the grain that was kept, else by their length."""
    kept = _part(frozen, "facts").get("grain")
    if kept not in set(Grain):
        days = max((shown.period.days for shown in _presented(frozen)), default=7)
        kept = next((grain for grain, most in _LENGTHS if days <= most), Grain.YEAR)
    return Group(Grain(kept), frozen.dimension, frozen.dimension_value)


def _now(screen: Screen, frozen: Sequence[FrozenValue]) -> dict[tuple[str, Group, Period], float | None]:
    """The present values of all that was frozen: one question for each length and part."""
    measured = known(screen) if screen.shown.generation else {}
    together: dict[Group, list[FrozenValue]] = defaultdict(list)
    for each in frozen:
        kpi = measured.get(each.kpi)
        if kpi and _presented(each) and (not each.dimension or each.dimension in kpi.dimensions):
            together[_group(each)].append(each)
    found: dict[tuple[str, Group, Period], float | None] = {}
    for group, members in together.items():
        periods = [shown.period for each in members for shown in _presented(each)]
        span = Period(min(period.start for period in periods), max(period.end for period in periods))
        where = {group.dimension: (group.value or None,)} if group.dimension else {}
        kpis = tuple(dict.fromkeys(each.kpi for each in members))
        query = Query(kpis, span, group.grain, where=where, calendar=screen.configuration.calendar, lenient=True)
        answer = queries.evaluation(screen.shown, query, screen.configuration)
        for name in kpis:
            found |= {(name, group, point.period): point.value for point in points(answer.series(name))}
    return found


def known(screen: Screen) -> Mapping[str, Kpi]:
    """Every KPI there is now, by its id."""
    return catalogue(screen.shown.snapshot) if screen.shown.generation else CATALOGUE


def _circumstances(screen: Screen, frozen: FrozenValue) -> Circumstances:
    kpi = known(screen).get(frozen.kpi)
    if kpi is None:
        return Circumstances(gone=True)
    facts = _part(frozen, "facts")
    made_of = {name for part in kpi.expression.parts for name in TABLES[part.table].datasets}
    plans = made_of & _PLANS | ({"exchange_rates"} if kpi.is_money else set())
    definition, formula = frozen.shown.get("definition"), facts.get("formula")
    currency = facts.get("currency")
    return Circumstances(
        datasets=frozenset(made_of - _PLANS),
        plans=frozenset(plans),
        redefined=bool(definition and definition != kpi.definition) or bool(formula and formula != kpi.formula),
        other_currency=bool(kpi.is_money and currency and currency != screen.configuration.currency),
    )


def _later(screen: Screen, at: datetime, parts: Collection[tuple[str, str]]) -> tuple[LaterLoad, ...]:
    """What was loaded since the review was closed, with the days of its rows for each of *parts*."""
    if not screen.shown.generation:
        return ()
    found: list[LaterLoad] = []
    before: dict[tuple[object, ...], list[Period]] = defaultdict(list)
    older: set[str] = set()
    held = {part: _held(screen, *part) for part in parts}
    loads = screen.shown.snapshot.rows(_LOADS, [at.astimezone(UTC).replace(tzinfo=None)])
    for number, dataset, source, account, name, start, end, replaced, since in loads:
        days = Period(start, end) if start and end else None
        # Kokpit's own tables, and files of accounts that were never together before, speak for rows of others.
        whose = ((dataset, source, account), (dataset, source), (dataset,))[2 if source == OWN else 0 :]
        earlier = next((before[each] for each in whose if before[each]), [])
        if since:
            mine = {part: of[dataset].get(number, ()) for part, of in held.items() if dataset in of}
            file = loadlog.file_name(name or "")
            first = dataset not in older
            found.append(LaterLoad(dataset or "", file, days, bool(replaced), mine, tuple(earlier), first))
        else:
            older.add(dataset)
        for each in ((dataset, source, account), (dataset, source), (dataset,)):
            before[each] += [days] if days else []
    return tuple(found)


def _held(screen: Screen, dimension: str, value: str) -> dict[str, dict[int, list[Period]]]:
    """The days on which each load has rows of one part now, by dataset: where rows are days and know the part."""
    found: dict[str, dict[int, list[Period]]] = {}
    for dataset in FACTS:
        if not dataset.daily or (dimension and dimension not in dataset.by_name):
            continue
        of = f"WHERE {quoted(dimension)} IS NOT DISTINCT FROM ?" if dimension else ""
        table = f"{quoted(dataset.name)} {of}"
        asked = f"SELECT DISTINCT load_id, day, {dataset.last_day} FROM {table} ORDER BY ALL"  # noqa: S608 - own names
        loads = found.setdefault(dataset.name, defaultdict(list))
        for number, start, end in screen.shown.snapshot.rows(asked, [value or None] if dimension else []):
            days = loads[number]
            # Days in a row are one period: every value that changed asks about all of them.
            span = Period(start, end or start)
            if days and days[-1].end + DAY >= start:
                last = days.pop()
                span = Period(last.start, max(last.end, span.end))
            days.append(span)
    return found


def _retargeted(screen: Screen, frozen: FrozenValue) -> str:
    """That the target over the newest period presented is another one now; nothing where it is the same."""
    kpi, shown = known(screen).get(frozen.kpi), _presented(frozen)
    if kpi is None or not shown:
        return ""
    part = {frozen.dimension: frozen.dimension_value} if frozen.dimension else {}
    goal = in_force(queries.targets(screen.shown), kpi, shown[0].period, part)
    kept = _part(frozen, "target")
    then = [kept.get(name) for name in ("value", "low", "high")]
    now = [goal.value, goal.low, goal.high] if goal else [None] * 3
    if then == now:
        return ""
    currency = screen.configuration.currency
    written = [
        " – ".join(values.short(kpi, end, currency) for end in ends if end is not None) or _("none")
        for ends in (then, now)
    ]
    return _("{kpi}: the target was {then}, now it is {now}.").format(kpi=_(kpi.name), then=written[0], now=written[1])
