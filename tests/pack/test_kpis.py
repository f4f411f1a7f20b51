"""A KPI in words, as the pack has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metrics.catalog import find
from metrics.compare import change
from pack.kpis import moved
from tests.pack.test_frozen import STEADY, seen


@pytest.mark.parametrize(("value", "told"), [(10.2004, ""), (10.4, "▲\N{NO-BREAK SPACE}+0.2")])
def test_what_rounds_to_nothing_has_not_moved(value: float, told: str) -> None:
    kpi = find("average_position")
    shown = seen([*STEADY])
    assert moved(replace(shown, figure=replace(shown.figure, kpi=kpi, change=change(kpi, value, 10.2)))) == told
