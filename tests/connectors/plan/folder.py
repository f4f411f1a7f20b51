"""A plan folder for tests: files written into it, then brought as a refresh does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from connectors.plan.source import PlanFolder
from connectors.plan.tables import Known, PlanTable
from warehouse.writer import writing

if TYPE_CHECKING:
    from connectors.base import Connector, SourceResult
    from core.config import Home

KNOWN: Final = Known(
    kpis={"roas": "Return on ad spend", "spend": "Spend", "ctr": "Click-through rate"},
    processes={"paid_ads": "Paid ads"},
    never_negative=frozenset({"roas"}),
    shares=frozenset({"ctr"}),
)
PEOPLE: Final = "person_id,name\nanna,Anna Lis\njan,Jan Kos\n"


def put(home: Home, **files: str | bytes) -> None:
    """Write *files*, named by their stem, into the plan folder of *home*; text as CSV, bytes as a workbook."""
    home.plan.mkdir(exist_ok=True)
    for stem, content in files.items():
        if isinstance(content, bytes):
            (home.plan / f"{stem}.xlsx").write_bytes(content)
        else:
            (home.plan / f"{stem}.csv").write_text(content, encoding="utf-8")


def bring(home: Home) -> list[SourceResult]:
    """What a refresh makes of the plan of *home*; published when anything changed."""
    with writing(home.warehouse) as writer:
        folder: Connector = PlanFolder(home, KNOWN)
        folder.fetch(lambda _label, _share: None)
        results = folder.bring(writer)
        if writer.changed:
            writer.publish()
            folder.published()
    return results


def table(name: str, *rows: dict[str, Any]) -> PlanTable:
    """*rows* as a table that began in the first line of a CSV file."""
    return PlanTable(name, f"{name}.csv", list(rows), list(range(2, len(rows) + 2)))
