"""What an answer already says is not asked again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.period import Period
from metrics.figures import over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.evaluate import Evaluation

THIS = Period(date(2026, 11, 9), date(2026, 11, 15))
LAST = THIS.moved(-7)


def test_values_that_are_known_are_taken() -> None:
    def ask(names: Sequence[str], days: Period) -> Evaluation:
        raise AssertionError((names, days))

    known = {("clicks", THIS): 3.0, ("clicks", LAST): 2.0, ("cpc", THIS): None, ("cpc", LAST): 1.0}
    spans = {"clicks": (THIS, LAST), "cpc": (THIS, LAST), "none": None}
    assert over(spans, 0, known, ask) == {"clicks": 3.0, "cpc": None}
    assert over(spans, 1, known, ask) == {"clicks": 2.0, "cpc": 1.0}
