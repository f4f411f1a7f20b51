"""One snapshot being asked for one evaluation: counts the statements, and never runs the same one twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    import pyarrow as pa

    from metrics.basis import Basis
    from warehouse.snapshot import Snapshot


@dataclass
class Session:
    """*snapshot*, asked in the time zone *zone*."""

    snapshot: Snapshot
    zone: ZoneInfo
    statements: int = 0
    bases: dict[tuple[object, ...], Basis] = field(default_factory=dict)
    _answers: dict[tuple[str, str], list[tuple[Any, ...]]] = field(default_factory=dict)

    def arrow(self, sql: str, parameters: Sequence[object]) -> pa.Table:
        """The answer to *sql* as an Arrow table."""
        self.statements += 1
        return self.snapshot.arrow(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to *sql* as rows."""
        key = (sql, repr(parameters))
        if key not in self._answers:
            self.statements += 1
            self._answers[key] = self.snapshot.rows(sql, parameters)
        return self._answers[key]
