"""Sources of the tests' own: connectors that read no network but behave like those that do."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import TYPE_CHECKING, Final

from connectors.base import LOADED, UNCHANGED, Kind, SourceResult
from connectors.exports.batch import Batch, Options
from connectors.registry import KINDS
from core.errors import AccessError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source
    from warehouse.writer import Writer

HEADER: Final = "day,platform,account,campaign,currency,impressions,clicks,cost\n"


@dataclass
class Rows:
    """A source with a row for each of its *clicks*; *slow* seconds to read; it counts what is done to it."""

    source: Source
    home: Home
    clicks: list[int] = field(default_factory=list)
    slow: float = 0.0
    done: list[str] = field(default_factory=list)

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Wait as a network would have one wait."""
        tell("half", 0.5)
        time.sleep(self.slow)
        tell("", 1.0)
        self.done.append("fetch")

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Load the rows."""
        self.done.append("bring")
        with TemporaryDirectory() as work:
            file = Path(work) / "rows.csv"
            lines = (
                f"2026-11-{day:02d},google_ads,{self.source.name},Brand,EUR,1000,{clicks},1.00\n"
                for day, clicks in enumerate(self.clicks, start=1)
            )
            file.write_text(HEADER + "".join(lines), encoding="utf-8")
            (found,) = Batch(writer, Path(work), Options()).load([file], lambda _label, _share: None)
        status = LOADED if found.load_id else UNCHANGED
        return [SourceResult(self.source.name, self.source.kind, status, rows_loaded=found.rows_loaded)]

    def published(self) -> None:
        """Take note."""
        self.done.append("published")


@dataclass
class Meeting(Rows):
    """A source that is read only while two others are."""

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Wait for the others. Raises BrokenBarrierError when they do not come."""
        TABLE.wait(timeout=30)


@dataclass
class Barred(Rows):
    """A source that may not be read."""

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Fail as a source does."""
        message = f"{self.source.name} refused the key of robot@example.com (403)."
        raise AccessError(message, "Share it with robot@example.com.")


@dataclass
class HalfBarred(Rows):
    """A source that fails only when it is brought."""

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Fail as a source does."""
        message = f"{self.source.name} lost its column day."
        raise AccessError(message, "Put it back.")


@dataclass
class Silent(Rows):
    """A source that has nothing to say."""

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Say nothing."""
        return []


@dataclass
class Mistaken(Rows):
    """A source whose connector has a mistake of ours."""

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Fail as no connector should."""
        message = "by nothing"
        raise ZeroDivisionError(message)


@dataclass
class Full(Rows):
    """A source that finds no room on the disk."""

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Fail as the operating system does."""
        raise OSError(28, "No space left on device", "fetched/part")


TABLE: Final = Barrier(3)
MADE: Final[dict[str, Rows]] = {}
"""The connectors made last, by source."""
_CONNECTORS: Final = {
    "rows": Rows,
    "silent": Silent,
    "meeting": Meeting,
    "barred": Barred,
    "half": HalfBarred,
    "mistaken": Mistaken,
    "full": Full,
}


def make(source: Source, home: Home, _configuration: Configuration, _known: Known) -> Rows:
    """A connector for *source*."""
    made = _CONNECTORS[source.kind](
        source, home, list(source.options.get("clicks", [])), float(source.options.get("slow", 0))
    )
    MADE[source.name] = made
    return made


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``kokpit.toml`` name the tests' kinds of source."""
    for name in _CONNECTORS:
        monkeypatch.setitem(KINDS, name, Kind(name, make, ("clicks",), ("slow", "endpoint")))


def configure(home: Home, *sources: tuple[str, str, str], more: str = "") -> None:
    """Write a ``kokpit.toml`` with *sources*: name, kind, further keys."""
    blocks = (f'[[source]]\nname = "{name}"\nkind = "{kind}"\n{keys}\n' for name, kind, keys in sources)
    home.configuration.write_text("".join([more, *blocks]), encoding="utf-8")
