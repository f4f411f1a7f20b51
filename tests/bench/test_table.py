"""The frame of the measurements: what keeps a limit, and what the run ends with."""

from __future__ import annotations

import importlib
import io
import math
import types

import pytest
from rich.console import Console

from tests.bench import __main__ as bench
from tests.bench.table import Measurement, table


@pytest.mark.parametrize(
    ("value", "more_is_better", "holds"),
    [
        (1.2, False, True),
        (1.25, False, True),
        (1.26, False, False),
        (1.26, True, True),
        (1.24, True, False),
        (math.nan, False, False),
        (math.nan, True, False),
    ],
)
def test_a_limit_is_kept_up_to_and_at_it(value: float, more_is_better: bool, holds: bool) -> None:
    assert Measurement("loading", value, "×", 1.25, more_is_better=more_is_better).holds == holds


def test_the_table_shows_what_was_measured_and_what_was_missed() -> None:
    shown = _printed(
        [Measurement("loading", 1.1, "×", 1.25, "1M rows"), Measurement("reruns", 12, "/s", 40, more_is_better=True)]
    )
    assert "│loading │    1.1 × │ ≤ 1.25 × │ kept   │ 1M rows│" in shown
    assert "│reruns  │    12 /s │  ≥ 40 /s │ MISSED │" in shown


@pytest.mark.parametrize(("value", "code"), [(1.0, 0), (2.0, 1)])
def test_the_run_ends_with_one_when_a_limit_is_missed(value: float, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.SimpleNamespace(measurements=lambda: [Measurement("loading", value, "×", 1.25)])
    monkeypatch.setattr(bench, "modules", lambda: ["loading"])
    monkeypatch.setattr(importlib, "import_module", lambda _name: module)
    assert bench.main([], _console()) == code


def test_an_unknown_name_is_refused() -> None:
    console = _console()
    assert bench.main(["nothing_like_this"], console) == 2
    assert "nothing_like_this" in _text(console)


def _console() -> Console:
    return Console(file=io.StringIO(), width=120)


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _printed(measurements: list[Measurement]) -> str:
    console = _console()
    console.print(table(measurements))
    return _text(console)
