"""The KPI dictionary: everything that the catalogue says, as a document.

``make dictionary`` writes it to docs/kpis.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from metrics.catalog import CATALOGUE
from metrics.dimensions import DIMENSION_NAMES
from metrics.model import Better, Unit
from metrics.processes import PROCESSES
from metrics.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from metrics.model import Kpi
    from metrics.processes import Process

DOCUMENT: Final = Path(__file__).parent.parent / "docs" / "kpis.md"
UNITS: Final = {
    Unit.MONEY: "money, in the reporting currency",
    Unit.COUNT: "number",
    Unit.FRACTION: "share, in percent",
    Unit.RATIO: "ratio",
    Unit.POSITION: "position",
    Unit.HOURS: "hours",
    Unit.DAYS: "days",
    Unit.SCORE: "score",
}
BETTER: Final = {
    Better.HIGHER: "higher",
    Better.LOWER: "lower",
    Better.IN_RANGE: "within a range",
    Better.NEITHER: "neither",
}
_HEAD: Final = """# KPIs

Written by `make dictionary` from the declarations under `metrics/`: change those, not this file. A team's own KPIs,
without code, are in [its plan](plan.md).
"""


def dictionary() -> str:
    """The document: the KPIs process by process, in the order of the catalogue."""
    return "\n".join([_HEAD, *(line for process in PROCESSES.values() for line in _process(process))])


def datasets(kpi: Kpi) -> tuple[str, ...]:
    """Every dataset that must be final for *kpi* to be."""
    tables = [TABLES[part.table] for part in kpi.expression.parts]
    return tuple(dict.fromkeys(name for table in tables for name in table.datasets))


def _process(process: Process) -> Iterator[str]:
    yield f"## {process.name}\n"
    yield f"`{process.id}`. {process.purpose}\n"
    for kpi in CATALOGUE.values():
        if kpi.process == process.id:
            yield f"### {kpi.name}\n"
            yield f"`{kpi.id}`. {kpi.meaning}\n"
            yield from (f"- {term}: {text}" for term, text in _facts(kpi) if text)
            yield ""


def _facts(kpi: Kpi) -> Iterator[tuple[str, str]]:
    yield "Formula", kpi.formula
    yield "Unit", UNITS[kpi.unit]
    yield "Better", BETTER[kpi.better]
    yield "Split by", ", ".join(DIMENSION_NAMES[name] for name in kpi.dimensions)
    yield "Bounds", _bounds(kpi)
    yield "Final after", f"{kpi.lag_days} {'day' if kpi.lag_days == 1 else 'days'}"
    yield "Data", ", ".join(f"`{name}`" for name in datasets(kpi))
    yield "Definition", kpi.definition
    yield "Alignment", kpi.alignment


def _bounds(kpi: Kpi) -> str:
    lowest = "" if kpi.lower is None else f"at least {kpi.lower:g}"
    highest = "" if kpi.upper is None else f"at most {kpi.upper:g}"
    return ", ".join(filter(None, (lowest, highest)))


if __name__ == "__main__":
    DOCUMENT.write_text(dictionary(), encoding="utf-8")
