"""A team with one spreadsheet, read as a refresh reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from connectors.plan.tables import Known
from connectors.registry import KINDS
from core.config import Configuration, Home, Source
from tests.google.sheets import KEY, Sheet, Sheets
from warehouse.attempts import logged, rejected
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

KNOWN: Final = Known({name: name for name in ("cpl", "ctr", "roas", "nps", "ces", *(f"k{n}" for n in range(6)))})

if TYPE_CHECKING:
    from connectors.base import SourceResult
    from tests.google.server import GoogleServer


@dataclass
class Team:
    """The home, the server, and the spreadsheet on it."""

    home: Home
    google: GoogleServer
    sheets: Sheets = field(default_factory=lambda: Sheets([]))
    told: list[tuple[str, float]] = field(default_factory=list)
    known: Known = KNOWN

    def tab(self, title: str, *rows: list[Any], **more: Any) -> Sheet:  # noqa: ANN401 - what a Sheet takes
        """A tab more in the spreadsheet."""
        self.sheets.tabs.append(Sheet(title, list(rows), **more))
        return self.sheets.tabs[-1]

    def refresh(self, tabs: object = None, **options: object) -> dict[str, SourceResult]:
        """Read the spreadsheet, and publish when something was brought. The results by tab."""
        given = {"spreadsheet": KEY, "endpoint": self.google.endpoint, **({"tabs": tabs} if tabs else {}), **options}
        source = Source("team sheet", "google_sheets", given)
        connector = KINDS["google_sheets"].make(source, self.home, Configuration(), self.known)
        connector.fetch(lambda name, share: self.told.append((name, share)))
        with writing(self.home.warehouse) as writer:
            results = connector.bring(writer)
            if writer.changed:
                writer.publish()
        connector.published()
        return {result.part: result for result in results}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the warehouse answers."""
        return open_snapshot(self.home.warehouse).rows(sql)

    @property
    def generation(self) -> int:
        """The number of the snapshot that readers see."""
        return open_snapshot(self.home.warehouse).generation

    def rejects(self) -> list[tuple[Any, ...]]:
        """Line, column and reason of everything kept out by the last load."""
        last = f"(SELECT max(load_id) FROM {logged(self.home.warehouse)})"
        kept = rejected(self.home.warehouse)
        return self.rows(f'SELECT line, "column", reason FROM {kept} WHERE load_id = {last} ORDER BY line')
