"""Weeks of a marketing department in which nothing happens: what chance alone makes of counts, shares, money and times.

Weekends are slow, each week has luck of its own that resembles the last week's a little, and much is small or rare.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from metrics.catalog import CATALOGUE

if TYPE_CHECKING:
    from metrics.model import Kpi

Weeks = npt.NDArray[np.float64]
Make = Callable[[np.random.Generator, Weeks], Weeks]

RESEMBLING: Final = 0.15
"""How much the luck of a week resembles that of the week before."""
SHAPE: Final = np.array([1.04, 1.06, 1.05, 1.02, 0.92, 0.3, 0.3]) / 5.69


def _luck(dice: np.random.Generator, weeks: int, spread: float) -> Weeks:
    found = dice.normal(0, 1, weeks)
    for week in range(1, weeks):
        found[week] = RESEMBLING * found[week - 1] + (1 - RESEMBLING**2) ** 0.5 * found[week]
    return np.asarray(np.exp(spread * found), np.float64)


def counts(mean: float, spread: float = 0.05) -> Make:
    """*mean* things a week, more on working days."""

    def make(dice: np.random.Generator, level: Weeks) -> Weeks:
        expected = mean * level * _luck(dice, len(level), spread)
        return np.asarray(dice.poisson(expected[:, None] * SHAPE).sum(axis=1), np.float64)

    return make


def shares(mean: float, share: float) -> Make:
    """The *share* of about *mean* things a week; no value for a week without any."""

    def make(dice: np.random.Generator, level: Weeks) -> Weeks:
        of = counts(mean)(dice, np.ones(len(level))).astype(int)
        found = dice.binomial(of, np.clip(share * level * _luck(dice, len(level), 0.03), 0, 1))
        return np.array([part / whole if whole else np.nan for part, whole in zip(found, of, strict=True)])

    return make


def money(mean: float, spread: float) -> Make:
    """What about *mean* deals or clicks a week come to, each worth something else."""

    def make(dice: np.random.Generator, level: Weeks) -> Weeks:
        of = counts(mean)(dice, level).astype(int)
        return np.array([dice.lognormal(8, spread, each).sum() for each in of.tolist()])

    return make


def times(mean: float, spread: float) -> Make:
    """The median time that about *mean* things a week take."""

    def make(dice: np.random.Generator, level: Weeks) -> Weeks:
        of = counts(mean)(dice, np.ones(len(level))).astype(int)
        found = [np.median(dice.lognormal(1, spread, each)) if each else np.nan for each in of.tolist()]
        return np.array(found) * level

    return make


NAMES: Final = ("clicks", "qualification_rate", "spend", "first_response_hours")
_COUNT, _SHARE, _MONEY, _TIME = (CATALOGUE[name] for name in NAMES)
KINDS: Final[tuple[tuple[Kpi, Make], ...]] = (
    *((_COUNT, counts(mean)) for mean in (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)),
    *((_COUNT, counts(mean)) for mean in (1.5, 2, 3, 4, 5, 6, 8, 9, 12, 18, 25, 33, 45, 60)),
    *((_COUNT, counts(mean)) for mean in (150, 500, 800, 3000, 8000, 9000, 40_000, 300_000, 450_000)),
    *((_SHARE, shares(mean, share)) for mean in (1, 3, 11) for share in (0.25, 0.85)),
    *((_SHARE, shares(mean, share)) for mean in (30, 500, 8000) for share in (0.03, 0.2, 0.45)),
    *((_MONEY, money(mean, 0.5)) for mean in (0.2, 0.5, 4, 30, 400, 900)),
    *((_TIME, times(mean, spread)) for mean in (9, 25, 33, 48, 60) for spread in (0.5, 0.7)),
)
"""Sixty KPIs, from those that seldom happen to hundreds of thousands a week."""


def kpis() -> list[Kpi]:
    """The sixty, told apart by their names."""
    return [replace(kpi, id=f"{kpi.id}_{number}") for number, (kpi, _make) in enumerate(KINDS)]


def history(seed: int, weeks: int, changes: dict[int, tuple[int, float]] | None = None) -> list[list[float | None]]:
    """Each of the sixty over *weeks*; *changes* says from which week on a number is multiplied by how much."""
    told = []
    for number, (_kpi, make) in enumerate(KINDS):
        level = np.ones(weeks)
        begins, factor = (changes or {}).get(number, (weeks, 1.0))
        level[begins:] = factor
        values = make(np.random.default_rng([seed, number]), level)
        told.append([None if np.isnan(value) else float(value) for value in values])
    return told
