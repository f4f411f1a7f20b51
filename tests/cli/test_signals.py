"""`signals` and `drivers`: the contract of their answers; the arithmetic is tested beside the modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from core.config import Home
    from tests.cli.conftest import Kokpit

WEEKS: Final = ("--from", "2026-10-19", "--to", "2026-11-15")
BEFORE: Final = ("--from", "2026-11-09", "--to", "2026-11-15", "--before", "2026-11-02", "--before-to", "2026-11-08")
SIGNALS: Final = "kpi by center lower upper range_limit rules provisional autocorrelation points"


def test_signals_as_json(kokpit: Kokpit, department: Home) -> None:
    answer = kokpit("signals", "spend", *WEEKS, "--format", "json")
    assert (answer.code, answer.errors) == (0, "")
    assert list(answer.json) == SIGNALS.split()
    assert (answer.json["by"], answer.json["rules"], answer.json["provisional"]) == ("week", "wheeler", True)
    point = answer.json["points"][0]
    assert list(point) == ["period_start", "value", "moving_range", "flags", "complete"]
    assert point["period_start"] == "2026-10-19"


def test_the_points_as_csv(kokpit: Kokpit, department: Home) -> None:
    head, *rows = kokpit("signals", "spend", *WEEKS, "--format", "csv").out.splitlines()
    assert head == "period_start,value,moving_range,flags,complete"
    assert len(rows) == 4


def test_the_limits_stand_above_the_table_of_points(kokpit: Kokpit, department: Home) -> None:
    lines = kokpit("signals", "spend", *WEEKS, "--rules", "nelson").out.splitlines()
    assert lines[0].split() == ["center", "lower", "upper", "range_limit", "provisional"]
    assert lines[2].split() == ["period_start", "value", "moving_range", "flags", "complete"]


def test_drivers_of_a_ratio_as_json(kokpit: Kokpit, department: Home) -> None:
    answer = kokpit("drivers", "ctr", *BEFORE, "--split", "platform", "--format", "json")
    assert (answer.code, answer.errors) == (0, "")
    assert list(answer.json) == ["kpi", "before", "after", "change", "parts", "residual"]
    assert {part["segment"] for part in answer.json["parts"]} == {"google_ads", "meta_ads"}
    assert all(list(part) == ["segment", "rate", "mix", "change"] for part in answer.json["parts"])
    assert answer.json["change"] == pytest.approx(sum(part["change"] for part in answer.json["parts"]))


def test_drivers_of_a_sum_have_only_a_change(kokpit: Kokpit, department: Home) -> None:
    answer = kokpit("drivers", "spend", *BEFORE, "--split", "platform", "--format", "json")
    assert all(list(part) == ["segment", "change"] for part in answer.json["parts"])
    head = kokpit("drivers", "spend", *BEFORE, "--split", "platform", "--format", "csv").out.splitlines()[0]
    assert head == "segment,change"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("signals", "spent", *WEEKS), "Did you mean spend"),
        (("drivers", "spend", *BEFORE, "--split", "plattform"), "Did you mean platform?"),
        (("drivers", "spend", *BEFORE[:6], "--before-to", "2020-01-01", "--split", "platform"), "2020-01-01"),
    ],
)
def test_wrong_usage_is_told(kokpit: Kokpit, department: Home, arguments: tuple[str, ...], told: str) -> None:
    answer = kokpit(*arguments)
    assert answer.code == 2
    assert told in answer.errors


def test_a_period_without_data_has_nothing_to_explain(kokpit: Kokpit, department: Home) -> None:
    earlier = ("--before", "2020-01-06", "--before-to", "2020-01-12", "--split", "platform")
    answer = kokpit("drivers", "spend", *BEFORE[:4], *earlier)
    assert answer.code == 2
    assert "spend has no value in one of the two periods." in answer.errors
