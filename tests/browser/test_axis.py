"""Which periods the axis of a chart names, by the expression that the browser is given."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest

from ui.charts import EVERY_SO_MANY

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Vega's functions in JavaScript; what comes back is each label with the place it takes on the axis.
LABELS: Final = """([expression, names, width]) => {
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = "14px sans-serif"
  const vega = [() => names, (list) => list.length, (list, by) => list.join(by), Math.round, Math.ceil, width]
  const told = new Function("domain", "length", "join", "round", "ceil", "width", "datum", `return ${expression}`)
  return names.map((label, place) => {
    const text = told(...vega, { label, index: place / (names.length - 1 || 1) })
    const middle = (place + 0.5) * width / names.length
    const half = pen.measureText(text).width / 2
    return { text, place, left: middle - half, right: middle + half }
  }).filter((each) => each.text)
}"""
WEEKS: Final = [f"W{week}" for week in range(22, 48)]
DAYS: Final = [f"{day} окт." for day in range(1, 32)] + [f"{day} нояб." for day in range(1, 23)]
MONTHS: Final = [f"нояб. {year}" for year in range(10, 34)]


@pytest.mark.parametrize("width", [290, 620, 980, 1300])
@pytest.mark.parametrize("names", [WEEKS, DAYS, MONTHS, ["2026"], ["Q3", "Q4"]], ids=lambda names: names[-1])
def test_the_newest_period_is_named_and_every_so_many_before(page: Page, names: list[str], width: int) -> None:
    labels = page.evaluate(LABELS, [EVERY_SO_MANY, names, width])
    assert labels[-1]["text"] == names[-1]
    steps = {later["place"] - earlier["place"] for earlier, later in pairwise(labels)}
    assert len(steps) <= 1
    assert all(later["left"] - earlier["right"] >= 4 for earlier, later in pairwise(labels))


def test_where_there_is_room_each_is_named(page: Page) -> None:
    assert [label["text"] for label in page.evaluate(LABELS, [EVERY_SO_MANY, WEEKS, 980])] == WEEKS
