"""``python -m tests.bench [NAME…]``: take the measurements of the named modules (of all of them), print, judge."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console

import tests.bench
from tests.bench.table import Measurement, table

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME: Final = {"__main__", "table"}


def modules() -> list[str]:
    """The names of the modules that measure something."""
    names = (module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return sorted(name for name in names if name not in FRAME and not name.startswith(("_", "test_")))


def measure(names: Sequence[str], console: Console) -> list[Measurement]:
    """The measurements of the modules *names* (those with ``measurements()``), one module after the other."""
    taken: list[Measurement] = []
    for name in names:
        module = importlib.import_module(f"tests.bench.{name}")
        if not hasattr(module, "measurements"):
            continue
        with console.status(f"Measuring {name} …"):
            taken += module.measurements()
    return taken


def main(asked: Sequence[str], console: Console) -> int:
    """Measure, print, and give 1 when a limit is missed, 2 for an unknown name."""
    unknown = sorted(set(asked) - set(modules()))
    if unknown:
        console.print(f"No such measurements: {', '.join(unknown)}. There are: {', '.join(modules())}.")
        return 2
    taken = measure(asked or modules(), console)
    console.print(table(taken))
    missed = [measurement.name for measurement in taken if not measurement.holds]
    console.print(f"Missed: {', '.join(missed)}." if missed else f"All {len(taken)} limits kept.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Console(width=None if sys.stdout.isatty() else 140)))
