"""The KPI chart's spec: layers, encodings, axes. No browser is needed to see that it says the right thing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.language import use_language
from metrics.catalog import find
from metrics.model import Unit
from ui.charts import ANEW, FLAGS, LARGE, LONE_VALUE, Lines, lines_spec, look, spec


def made(
    kpi: str = "clicks",
    before: str = "a year before",
    highest: float = 100,
    language: str = "en",
    *,
    limits: bool = False,
) -> dict[str, Any]:
    use_language(language)
    lines = ("lower", "center", "upper") if limits else ()
    return spec(look(find(kpi), "EUR", before, (0, highest), lines))


def encoded(layer: dict[str, Any]) -> str:
    """What a layer draws upwards."""
    return str(layer["encoding"]["y"].get("field", ""))


def test_what_stands_behind_is_drawn_first() -> None:
    assert [encoded(layer) for layer in made()["layer"]] == ["before", "value", "open", "value", "hollow", ""]


def test_without_a_comparison_there_is_no_faint_line() -> None:
    assert [encoded(layer) for layer in made(before="")["layer"]] == ["value", "open", "value", "hollow", ""]


def test_limits_stand_behind_and_a_ring_around_each_signal() -> None:
    layers = made(limits=True)["layer"]
    assert [encoded(layer) for layer in layers][:5] == ["before", "lower", "upper", "center", "signal"]
    assert layers[1]["mark"]["strokeDash"] == [2, 4]
    assert layers[4]["mark"]["filled"] is False
    assert layers[4]["encoding"]["color"] == {"field": "ring", "type": "nominal", "legend": None, "scale": None}


def test_where_limits_begin_anew_there_is_a_line_and_a_word_at_its_foot() -> None:
    use_language("en")
    layers = spec(look(find("clicks"), "EUR", "", (1.0, 100.0), (ANEW,)))["layer"]
    rule, word = (layer for layer in layers if "transform" in layer)
    assert (rule["mark"]["type"], rule["transform"]) == ("rule", [{"filter": "isValid(datum.anew)"}])
    assert (word["encoding"]["text"]["field"], word["encoding"]["y"]) == ("anew", {"value": "height"})


def test_what_is_incomplete_is_dashed_and_hollow() -> None:
    layers = {encoded(layer): layer["mark"] for layer in made()["layer"]}
    assert layers["open"]["strokeDash"] == [5, 4]
    assert layers["hollow"]["filled"] is False


def test_no_colour_is_fixed_but_the_grey_behind() -> None:
    colours = [layer["mark"].get("color") for layer in made()["layer"]]
    assert colours == ["#8A93A1", None, None, None, None, None]


def test_the_rows_come_from_streamlit_alone() -> None:
    text = json.dumps(made())
    assert '"data"' not in text
    assert '"datasets"' not in text


def test_a_better_position_is_higher_up() -> None:
    scales = [layer["encoding"]["y"].get("scale", {}) for layer in made("average_position")["layer"]]
    assert [scale["reverse"] for scale in scales if "reverse" in scale] == [True]


def test_a_target_of_one_period_is_a_dash_since_a_line_needs_two() -> None:
    layers = spec(look(find("cpc"), "EUR", "", (1, 2), ("goal", "lone_goal")))["layer"]
    marks = {encoded(layer): layer["mark"]["type"] for layer in layers}
    assert (marks["goal"], marks["lone_goal"]) == ("line", "tick")


@pytest.mark.parametrize("lines", [(FLAGS,), (ANEW,), ("lone_goal",), (FLAGS, ANEW, "lone_goal")])
def test_the_periods_stand_in_the_order_of_a_line_over_all_of_them(lines: tuple[str, ...]) -> None:
    first = spec(look(find("clicks"), "EUR", "", (1.0, 100.0), lines))["layer"][0]
    assert (first["mark"]["type"], first["encoding"]["x"]["sort"], first.get("transform")) == ("line", None, None)


@pytest.mark.parametrize(("kpi", "step"), [("clicks", 1), ("spend", None), ("average_position", None)])
def test_what_is_counted_has_whole_numbers_on_the_axis(kpi: str, step: int | None) -> None:
    assert made(kpi)["config"]["axisY"].get("tickMinStep") == step


@pytest.mark.parametrize(("drawn", "from_zero"), [((0.496284, 0.496284), True), ((0.4, 0.5), False), ((), False)])
def test_an_axis_of_one_number_begins_at_zero_instead_of_telling_all_its_digits(
    drawn: tuple[float, ...], from_zero: bool
) -> None:
    (scale,) = (
        layer["encoding"]["y"]["scale"]
        for layer in spec(look(find("cpc"), "EUR", "", drawn))["layer"]
        if "scale" in layer["encoding"]["y"]
    )
    assert scale["zero"] is from_zero


def test_shares_are_percents_on_the_axis() -> None:
    axis = made("ctr", highest=0.1)["config"]["axisY"]
    assert axis["labelExpr"] == f"format(datum.value, {LONE_VALUE} ? '.3~p' : '~%')"


@pytest.mark.parametrize(
    ("kpi", "highest", "language", "thousands", "ones"),
    [
        ("clicks", LARGE, "en", "'' + format(abs(datum.value) / 1000, #) + 'K'", "'' + format(@, #) + ''"),
        ("clicks", LARGE - 1, "en", "", "'' + format(@, #) + ''"),
        ("spend", LARGE, "en", "'€' + format(abs(datum.value) / 1000, #) + 'K'", "'€' + format(@, #) + ''"),
        ("spend", LARGE, "pl", "/ 1000, #) + '\xa0tys.\xa0€'", "'' + format(@, #) + '\xa0€'"),
        ("clicks", LARGE, "ru", "/ 1000, #) + '\xa0тыс.'", "'' + format(@, #) + ''"),
        ("first_response_hours", 100, "en", "", "abs(datum.value) == 1 ? '1 hr' : '' + format(@, #) + ' hrs'"),
        ("cycle_time_days", 100, "pl", "", "abs(datum.value) == 1 ? '1 dzień' : '' + format(@, #) + ' dni'"),
    ],
)
def test_the_axis_is_written_as_the_tiles_are(
    kpi: str, highest: float, language: str, thousands: str, ones: str
) -> None:
    told = made(kpi, highest=highest, language=language)["config"]["axisY"]["labelExpr"]
    told = told.replace(f"{LONE_VALUE} ? ',.3~r' : ',~r'", "#")
    assert thousands in told
    assert (">= 1000 ?" in told) == bool(thousands)
    assert ones.replace("@", "abs(datum.value) / 1") in told


def test_the_tooltip_is_text_in_the_readers_writing() -> None:
    fields = [row["field"] for row in made()["layer"][-1]["encoding"]["tooltip"]]
    assert fields == ["named", "told", "told_before", "note"]
    assert [row["field"] for row in made(before="")["layer"][-1]["encoding"]["tooltip"]] == ["named", "told", "note"]


@pytest.mark.parametrize(
    ("language", "decimal", "percent"), [("en", ".", "%"), ("pl", ",", "%"), ("ru", ",", "\N{NO-BREAK SPACE}%")]
)
def test_the_axis_speaks_the_readers_language(language: str, decimal: str, percent: str) -> None:
    written = made(language=language)["config"]["locale"]["number"]
    assert (written["decimal"], written["percent"]) == (decimal, percent)


def test_several_lines_have_their_own_colours_and_no_legend() -> None:
    wanted = Lines(
        Unit.MONEY, "EUR", "Cost", (("Google Ads", "#111111"), ("other", "#222222")), large=False, language="en"
    )
    layers = lines_spec(wanted)["layer"]
    assert [encoded(layer) for layer in layers] == ["value", "open", "value", "hollow"]
    colour = layers[0]["encoding"]["color"]
    assert colour["scale"] == {"domain": ["Google Ads", "other"], "range": ["#111111", "#222222"]}
    assert colour["legend"] is None
    assert "strokeDash" in layers[1]["mark"]
