"""What a connector is: it fetches the rows of one configured source, then brings them into the warehouse."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from core.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source
    from core.errors import KokpitError
    from warehouse.writer import Writer

LOADED: Final = "loaded"
UNCHANGED: Final = "unchanged"
REFUSED: Final = "refused"
FAILED: Final = "failed"


@dataclass
class SourceResult:
    """What became of one source, or of one part of it (a tab, a detail): counts, days, and what to say about it.

    *status* is loaded, unchanged (nothing was new), refused (this part; its last good data stays) or failed.
    """

    source: str
    kind: str
    status: str = LOADED
    part: str = ""
    dataset: str = ""
    rows_loaded: int = 0
    rows_replaced: int = 0
    rows_rejected: int = 0
    first_day: date | None = None
    last_day: date | None = None
    message: str = ""
    next_step: str = ""
    error_kind: str = ""
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """As the command line's ``--json`` writes it; days in ISO form."""
        days = {"first_day": self.first_day, "last_day": self.last_day}
        return {**asdict(self), **{name: day.isoformat() if day else None for name, day in days.items()}}

    @classmethod
    def failure(cls, source: Source, error: KokpitError, part: str = "", status: str = FAILED) -> SourceResult:
        """The result of a source that *error* kept from being read."""
        result = cls(source.name, source.kind, status, part)
        result.message, result.next_step, result.error_kind = error.message, error.next_step, error.kind
        return result


def named(source: str, message: str) -> str:
    """*message* with the name of the *source* it is about, once."""
    is_named = isinstance(message, Remark) and message.values.get("name") == source
    return message if is_named else f"{source}: {message}"


class Connector(Protocol):
    """One configured source on its way in. Made anew for each refresh; `fetch` may run beside other connectors'."""

    source: Source

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Read what is new over the network, and keep it so that a later run continues where this one was cut off.

        *tell* is told what is being read and the share done. Raises KokpitError; nothing else reaches the caller.
        """

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Merge what was fetched into the writer's copy, which is published later. One connector at a time."""

    def published(self) -> None:
        """What was brought is durable now: whatever was kept for a cut-off run may go."""


@dataclass(frozen=True)
class Sample:
    """A handful of rows as people read them, and a sentence on what was read. Nothing of it is kept."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    told: str


@runtime_checkable
class Sampler(Protocol):
    """A connector that can try its access out."""

    def sample(self) -> Sample:
        """Read a handful of rows over the network, and keep nothing. Raises KokpitError."""


@dataclass(frozen=True)
class Kind:
    """A kind of source: what makes its connector, and the keys it understands in ``kokpit.toml``."""

    name: str
    make: Callable[[Source, Home, Configuration, Known], Connector]
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    scope: str = ""
    """What it asks Google to be allowed; empty for what needs no credentials."""
    endpoint: str = ""
    """Where it is reached, unless the source's own ``endpoint`` says otherwise: for the doctor."""
