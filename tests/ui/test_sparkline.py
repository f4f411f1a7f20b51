"""Sparklines as pictures: where points are, gaps, and the last point."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from core.period import Period
from metrics.figure import Point
from ui import cards
from ui.sparkline import HEIGHT, MARGIN, WIDTH, drawing, picture
from ui.theme import BLUE, ORANGE

SVG = "{http://www.w3.org/2000/svg}"


def points(path: ET.Element) -> list[tuple[float, float]]:
    """The points of a path."""
    pairs = re.findall(r"([\d.]+) ([\d.]+)", path.attrib["d"])
    return [(float(x), float(y)) for x, y in pairs]


def drawn(*values: float | None, complete: bool = True) -> ET.Element:
    return ET.fromstring(drawing(values, BLUE, complete=complete))  # noqa: S314 - our own drawing


def test_the_lowest_is_at_the_bottom_and_the_highest_at_the_top() -> None:
    path = drawn(1, 3, 2).findall(f"{SVG}path")[0]
    assert points(path) == [(MARGIN, HEIGHT - MARGIN), (WIDTH / 2, MARGIN), (WIDTH - MARGIN, HEIGHT / 2)]


def test_a_period_that_the_data_begins_in_the_middle_of_is_no_jump() -> None:
    day = date(2026, 11, 2)
    week = Period(day, day)
    series = [Point(week, 1.0, complete=False), Point(week, 7.0, complete=True), Point(week, 6.0, complete=False)]
    assert cards.drawn(series) == [None, 7.0, 6.0]
    # Where nothing is whole yet, all there is.
    assert cards.drawn(series[:1]) == [1.0]


def test_equal_values_are_a_level_line_in_the_middle() -> None:
    path = drawn(5, 5).findall(f"{SVG}path")[0]
    assert {y for _x, y in points(path)} == {HEIGHT / 2}


def test_a_gap_breaks_the_line() -> None:
    first, second = drawn(1, 2, None, 2, 1).findall(f"{SVG}path")
    assert len(points(first)) == len(points(second)) == 2


def test_a_lone_value_is_a_dot() -> None:
    (path,) = drawn(None, 4, None).findall(f"{SVG}path")
    assert points(path)[0] == points(path)[1]


def test_the_last_point_stands_out() -> None:
    (circle,) = drawn(1, 2).findall(f"{SVG}circle")
    assert circle.attrib["class"] == "full"
    assert float(circle.attrib["cx"]) == WIDTH - MARGIN


def test_an_incomplete_point_is_hollow_and_its_line_dashed() -> None:
    root = drawn(1, 2, 3, complete=False)
    assert root.findall(f"{SVG}circle")[0].attrib["class"] == "hollow"
    solid, dashed = root.findall(f"{SVG}path")
    assert len(points(solid)) == 2
    assert dashed.attrib["stroke-dasharray"] == "3 3"


def test_a_mark_is_an_upright_line_between_two_points() -> None:
    # Three points: at 6, 90 and 174; halfway between the last two is 132.
    svg = ET.fromstring(drawing((1, 2, 3), BLUE, mark=1.5))  # noqa: S314 - our own drawing
    (upright,) = (path for path in svg.findall(f"{SVG}path") if "style" in path.attrib)
    assert points(upright) == [(132.0, 0.0), (132.0, HEIGHT)]


def test_nothing_known_draws_nothing() -> None:
    root = drawn(None, None)
    assert root.findall(f"{SVG}path") == root.findall(f"{SVG}circle") == []


def test_the_picture_is_a_data_address_with_colours_for_both_grounds() -> None:
    address = picture([1, 2], ORANGE)
    assert address.startswith("data:image/svg+xml,")
    assert not set(' "<>#') & set(address)
    assert f"light-dark({ORANGE.light}, {ORANGE.dark})" in unquote(address)
