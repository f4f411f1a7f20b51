"""All caching of the ui. Every key begins with what tells the snapshot from all others, so nothing is ever cleared."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Final, TypeVar, cast

import streamlit as st
from cachetools import TTLCache, cached

from connectors.lags import expected_lags
from core.config import Configuration, Home, read_configuration
from core.language import current_language
from core.period import Grain, Period
from metrics import freshness as fresh
from metrics import targets as wanted
from metrics.evaluate import evaluate
from metrics.own import catalogue
from metrics.query import Query
from metrics.unmet import idle_targets as find_idle
from metrics.unmet import unmet as find_unmet
from warehouse.datasets import DATASETS, PLAN
from warehouse.schema import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from journal.work import Journal
    from metrics.evaluate import Evaluation
    from metrics.freshness import Freshness
    from metrics.targets import Target
    from metrics.unmet import Idle, Unmet
    from ui.homes import Shown

HOUR: Final = 3600.0
"""Seconds that an answer is kept."""
MOST: Final = 1024
"""Answers that are remembered at once."""
ALL_TIME: Final = Period(date(1990, 1, 1), date(2199, 12, 31))
_SHARED: Final = {"platform": "impressions", "account": "impressions", "site": "organic_impressions"}

Value = TypeVar("Value")


def _key(state: str, question: str, make: Callable[[], object]) -> tuple[str, str]:  # noqa: ARG001 - says how
    return state, question


# Streamlit's own cache takes five times as long to find an answer, dozens of times on a page. Of readers who ask the
# same at once, the first computes and the others wait for its answer.
@cached(TTLCache(MOST, HOUR), key=_key, condition=Condition())
def _answer(state: str, question: str, make: Callable[[], object]) -> object:  # noqa: ARG001 - a key
    return make()


@cached(TTLCache(MOST, HOUR), key=_key, condition=Condition())
def _noted(state: str, question: str, make: Callable[[], object]) -> object:  # noqa: ARG001 - a key
    return make()


def remember(shown: Shown, question: object, make: Callable[[], Value]) -> Value:
    """What *make* gives, asked once for each snapshot and *question*, whose text names everything it depends on.

    The reader's language belongs to every question: errors and hints in an answer are words already.
    Whoever asks again gets the same object, not to be changed: copies would be a fifth of the work.
    """
    text = repr((current_language(), question))
    if text not in shown.answers:
        shown.answers[text] = _answer(shown.snapshot.identity, text, make)
    return cast("Value", shown.answers[text])


def noted(journal: Journal, question: object, make: Callable[[], Value]) -> Value:
    """What *make* reads from *journal*, read again only after somebody has written; not to be changed either."""
    state = journal.database.state()
    if state is None:
        return make()
    return cast("Value", _noted(state, repr((current_language(), question)), make))


def configuration(home: Home) -> Configuration:
    """The configuration of *home* as the file stands now."""
    path = home.configuration
    changed = path.stat().st_mtime_ns if path.exists() else 0
    return _configuration(str(home.path), changed)


@st.cache_data(max_entries=16, ttl=HOUR, show_spinner=False)
def _configuration(home: str, changed: int) -> Configuration:  # noqa: ARG001 - part of the key
    return read_configuration(Home(Path(home)))


def evaluation(shown: Shown, query: Query, reporting: Configuration) -> Evaluation:
    """The answer to *query*."""
    question = ("evaluation", query, reporting.currency, reporting.time_zone, reporting.company)
    return remember(shown, question, lambda: evaluate(shown.snapshot, query, reporting))


def freshness(shown: Shown, reporting: Configuration) -> tuple[Freshness, ...]:
    """How far each source's data reaches."""
    if not shown.generation:
        return ()
    day = day_of(shown, reporting)
    expected = expected_lags(reporting)
    question = ("freshness", day, reporting.time_zone, expected)
    return remember(shown, question, lambda: fresh.freshness(shown.snapshot, reporting, day, expected))


def known_to(shown: Shown, query: Query, reporting: Configuration) -> Mapping[str, date | None]:
    """For each KPI of *query*, the newest day that is final in every live source of it."""
    question = ("known to", query, reporting.time_zone)
    return remember(shown, question, lambda: fresh.known_to(shown.snapshot, query, reporting))


def targets(shown: Shown) -> tuple[Target, ...]:
    """Every target of the plan."""
    return remember(shown, "targets", lambda: wanted.targets(shown.snapshot)) if shown.generation else ()


def unmet(shown: Shown, query: Query, reporting: Configuration) -> tuple[Unmet, ...]:
    """The filters of *query* that no row meets."""
    question = ("unmet", query.kpis, query.where)
    return remember(shown, question, lambda: tuple(find_unmet(shown.snapshot, query, reporting)))


def idle_targets(shown: Shown, reporting: Configuration) -> tuple[Idle, ...]:
    """The targets for parts that hold for nothing."""
    return remember(shown, "idle targets", lambda: tuple(find_idle(shown.snapshot, reporting)))


def values(shown: Shown, name: str, reporting: Configuration, **where: str) -> tuple[str, ...]:
    """The values of the dimension *name* that there is data for, in alphabetical order."""
    known = catalogue(shown.snapshot)
    kpi = _SHARED.get(name) or next(kpi.id for kpi in known.values() if name in kpi.dimensions)
    filters = {key: (value or None,) for key, value in where.items() if key in known[kpi].dimensions}
    query = Query((kpi,), ALL_TIME, Grain.TOTAL, (name,), where=filters)
    found = evaluation(shown, query, reporting).table[name]
    return tuple(sorted((value or "" for value in found), key=str.casefold))


def columns_with_values(shown: Shown, dataset: str) -> frozenset[str]:
    """The columns of *dataset* that hold anything at all."""
    return remember(shown, ("columns", dataset), lambda: _columns_with_values(shown, dataset))


def planned(shown: Shown) -> frozenset[str]:
    """The datasets of the plan that have rows."""
    return remember(shown, "planned", lambda: _planned(shown))


def _planned(shown: Shown) -> frozenset[str]:
    return frozenset(dataset.name for dataset in PLAN if columns_with_values(shown, dataset.name))


def _columns_with_values(shown: Shown, dataset: str) -> frozenset[str]:
    sql = f"SELECT count(COLUMNS(*)) FROM {quoted(DATASETS[dataset].name)}"  # noqa: S608 - a contract's own name
    names = DATASETS[dataset].by_name
    return frozenset(name for name, count in zip(names, shown.snapshot.rows(sql)[0], strict=True) if count)


def today(reporting: Configuration) -> date:
    """The day it is where the team works."""
    return datetime.now(reporting.zone).date()


def day_of(shown: Shown, reporting: Configuration) -> date:
    """The day that *shown* is seen on: today; the demonstration always the day after its last."""
    return _demonstrated_day(shown, reporting) if shown.is_demo else today(reporting)


def _demonstrated_day(shown: Shown, reporting: Configuration) -> date:
    far = date(1970, 1, 1)
    sources = remember(shown, "demonstration", lambda: fresh.freshness(shown.snapshot, reporting, far))
    return max((source.newest for source in sources), default=far) + timedelta(days=1)
