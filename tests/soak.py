"""``python -m tests.soak --minutes N``: thirty people type into one review, then readers open every page all the time.

While they read, loads publish new snapshots.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil
from rich.console import Console

from tests.bench.table import Measurement, table
from tests.browser.chromium import browsing, errors_shown, find_chromium, new_context, visit
from tests.browser.serving import serving
from tests.browser.shown_pages import addresses
from tests.demonstration import build_demonstration, kokpit
from tests.typists import in_the_journal, one_review, people, type_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from tests.browser.serving import Cockpit

# Streamlit keeps a session for two minutes after its reader has left; growth before that says nothing.
WARM_UP_SECONDS: Final = 180
SHORTEST_MINUTES: Final = 5.0
LONGEST_MINUTES: Final = 240
TYPISTS: Final = 30
NOTES: Final = 10
PIECES: Final = 5


@dataclass
class Record:
    """What was seen while the cockpit was in use, one entry a round."""

    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    open_files: list[int] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def measurements(self) -> list[Measurement]:
        """How the last round compares with the first after warming up."""
        warm = next(place for place, seconds in enumerate(self.seconds) if seconds >= WARM_UP_SECONDS)
        files = self.open_files[-1] / self.open_files[warm]
        return [
            Measurement("errors shown", len(self.errors), "", 0, "; ".join(self.errors)[:80]),
            Measurement("memory", self.megabytes[-1] / self.megabytes[warm], "×", 1.25, f"{self.megabytes[-1]:.0f} MB"),
            Measurement("open files", files, "×", 1.25, f"{self.open_files[-1]} after {len(self.open_files)} rounds"),
            Measurement("slowest page", max(self.slowest[warm:]), "s", 10, "a fresh browser each round"),
        ]


def main(arguments: Sequence[str]) -> int:
    """Keep the cockpit busy; 1 when an error was shown or something grew."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--minutes", type=float, default=10)
    minutes = min(max(parser.parse_args(arguments).minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    executable = find_chromium()
    if executable is None:
        sys.exit("The soak needs Chromium: install it, or name one in KOKPIT_CHROMIUM.")
    with tempfile.TemporaryDirectory() as folder:
        typed = _type(Path(folder))
        home = build_demonstration(Path(folder) / "home")
        with serving(home, lifetime=int(minutes * 60) + 600) as cockpit, browsing(executable) as browser:
            record = _use(cockpit, browser, minutes)
    measurements = [*typed, *record.measurements()]
    Console().print(table(measurements))
    return 0 if all(measurement.holds for measurement in measurements) else 1


def _type(folder: Path) -> list[Measurement]:
    """Thirty people at one review, each writing notes in several pieces, as fast as the server takes them."""
    typists = people(TYPISTS)
    home, review = one_review(folder / "typists", typists)
    with serving(home.path, lifetime=1800) as cockpit:
        written = asyncio.run(type_together(cockpit.url, review, typists, (NOTES, PIECES)))
    kept, begun = in_the_journal(home, typists)
    whole = {name: (notes, written.begun[name]) for name, notes in written.kept.items()}
    lost = sum((kept.get(name), begun.get(name)) != theirs for name, theirs in whole.items())
    told = f"{TYPISTS} people, {NOTES} notes each in {PIECES} pieces; a piece took {written.slowest:.1f} s at most"
    return [Measurement("people who lost words", lost, "", 0, told)]


def _use(cockpit: Cockpit, browser: Browser, minutes: float) -> Record:
    """Rounds of reading every page, with a load before each, for *minutes*."""
    record = Record()
    server = psutil.Process(cockpit.pid)
    exported = cockpit.home.parent / "again.csv"
    kokpit("export", "ad_performance", "--home", str(cockpit.home), "--out", str(exported))
    started = time.monotonic()
    while time.monotonic() < started + minutes * 60:
        _shuffle(exported)
        kokpit("load", str(exported), "--home", str(cockpit.home))
        _read_everything(cockpit, browser, record)
        record.seconds.append(time.monotonic() - started)
        record.megabytes.append(server.memory_info().rss / 2**20)
        record.open_files.append(server.num_fds())
    return record


def _shuffle(file: Path) -> None:
    """Bring the rows of *file* into another order: the same numbers as a new export, since one file loads only once."""
    head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    random.shuffle(rows)
    file.write_text(head + "".join(rows), encoding="utf-8")


def _read_everything(cockpit: Cockpit, browser: Browser, record: Record) -> None:
    """Open every page in a fresh browser profile and note what it showed."""
    context = new_context(browser)
    page = context.new_page()
    slowest = 0.0
    for address in addresses():
        started = time.monotonic()
        visit(page, cockpit.page(address))
        slowest = max(slowest, time.monotonic() - started)
        record.errors += [f"{address}: {text}" for text in errors_shown(page)]
    record.slowest.append(slowest)
    context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
