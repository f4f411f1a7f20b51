"""The chart of a series as SVG: even ticks, limits where they hold, rings, hollow points, flags."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from core.colours import BLUE, ORANGE
from core.period import Grain, Period
from metrics import standing
from metrics.catalog import find
from metrics.compare import change
from metrics.figure import Figure, Point
from metrics.status import Aims, Goal
from pack.charts import HALF, chart, sparkline
from pack.frozen import Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

MONDAY = date(2026, 6, 1)
STEADY = [10.0, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]


def seen(
    values: Sequence[float | None], kpi: str = "clicks", goal: Goal | Aims | None = None, start: date | None = None
) -> Seen:
    found = find(kpi)
    days = [Period(MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 6)) for n in range(len(values))]
    series = tuple(Point(period, value, True) for period, value in zip(days, values, strict=True))
    held = standing.of(found, series, goal, [start] if start else [])
    figure = Figure(found, None, True, None, change(found, None, None), None, None, series, held)
    return Seen(figure, days[-1] if days else None, Grain.WEEK, "EUR")


def ticks(svg: str) -> list[tuple[float, str]]:
    found = re.findall(r"<text x='[\d.]+' y='([\d.]+)' fill='#\w+' text-anchor='end'>([^<]*)<", svg)
    return [(float(y), told) for y, told in found]


def test_ticks_are_even_and_read_upwards() -> None:
    # The lower limit of 5.68 and the upper one of 16.32 belong on the chart, too.
    found = ticks(chart(seen([*STEADY])))
    assert [told for _y, told in found] == ["5", "10", "15", "20"]
    assert [y for y, _told in found] == sorted((y for y, _told in found), reverse=True)


def test_the_first_position_is_at_the_top() -> None:
    found = ticks(chart(seen([3.0, 4, 3, 4, 3, 4, 3], "average_position")))
    assert [y for y, _told in found] == sorted(y for y, _told in found)


def test_signals_have_rings_and_incomplete_values_are_hollow() -> None:
    shown = seen([*STEADY, 40, 11])
    last = replace(shown.figure.series[-1], complete=False)
    svg = chart(replace(shown, figure=replace(shown.figure, series=(*shown.figure.series[:-1], last))))
    # Outside the limits is 40; the eighth to the twelfth value complete a run below the mean of 13.1.
    assert svg.count("r='8'") == 6
    # More clicks are better: the run below the mean is worse.
    assert (
        svg.count(f"r='8' fill='none' stroke='{ORANGE.light}'"),
        svg.count(f"r='8' fill='none' stroke='{BLUE.light}'"),
    ) == (5, 1)
    assert svg.count("fill='#FFFFFF'") == 1
    assert svg.count("stroke-dasharray='4 4'") == 1


def test_limits_are_drawn_where_they_hold_and_the_target_everywhere() -> None:
    start = MONDAY + timedelta(7 * 6)
    svg = chart(seen([*STEADY[:6], 20.0, 22, 20, 22, 20, 22], goal=Goal(value=15), start=start))
    limits = re.findall(r"<path d='M([\d.]+) [\d.]+H630' stroke='#\w+' fill='none' stroke-dasharray='2 4'/>", svg)
    (goal,) = re.findall(rf"<path d='M([\d.]+) [^']+L630.0 [\d.]+' fill='none' stroke='{BLUE.light}'", svg)
    dots = re.findall(r"<circle cx='([\d.]+)' cy='[\d.]+' r='3'", svg)
    assert limits == [dots[6], dots[6]]
    assert float(goal) < float(dots[0])


def test_the_target_steps_where_another_holds() -> None:
    aims = Aims(Goal(value=10), (None, None, *[Goal(value=15)] * 4, *[Goal(value=10)] * 6), moved=True)
    svg = chart(seen(STEADY, goal=aims))
    (path,) = re.findall(rf"<path d='M([^']+)' fill='none' stroke='{BLUE.light}'", svg)
    spots = [tuple(map(float, spot.split())) for spot in path.split("L")]
    # On the ticks of 15 and 10, from halfway between the second and the third dot on.
    heights = [y - 4 for y, told in ticks(svg) if told in ("15", "10")]
    assert [y for _x, y in spots] == pytest.approx([heights[1]] * 8 + [heights[0]] * 12, abs=0.06)
    dots = [float(x) for x in re.findall(r"<circle cx='([\d.]+)' cy='[\d.]+' r='3'", svg)]
    assert spots[0][0] == pytest.approx((dots[1] + dots[2]) / 2, abs=0.06)


def test_events_of_one_week_share_a_flag_and_others_have_none() -> None:
    week, later = Period(MONDAY, MONDAY), Period(date(2030, 1, 1), date(2030, 1, 1))
    svg = chart(seen([*STEADY]), [week, week, later])
    assert "font-weight='bold'>1, 2</text>" in svg
    assert svg.count("font-weight='bold'") == 1


def test_a_half_has_fewer_names_of_periods() -> None:
    names = re.findall(r"text-anchor='middle'>(W\d+)<", chart(seen(STEADY * 4), (), HALF))
    assert names[0] == "W17"
    assert len(names) < len(re.findall(r"text-anchor='middle'>(W\d+)<", chart(seen(STEADY * 4))))


@pytest.mark.parametrize("values", [[], [None, None], [5.0], [0.0, 0, 0], [-3.0, None, 4], [1e12, 3e12], [1e-9, 2e-9]])
def test_whatever_the_values_there_is_a_picture(values: list[float | None]) -> None:
    for svg in (chart(seen(values)), sparkline(seen(values))):
        assert svg.startswith("<svg ")
        assert svg.endswith("</svg>")
        assert "nan" not in svg
        assert "inf" not in svg.replace("sans-serif", "")


def test_the_sparkline_ends_in_the_colour_of_where_it_stands() -> None:
    assert ORANGE.light in sparkline(seen([*STEADY, 40], "cpc"))
    assert BLUE.light in sparkline(seen([*STEADY, 40]))
    assert "<rect" in sparkline(seen([*STEADY]))
