"""A nursery of loaders: every line it reads on standard input has it fork one that loads until it is killed.

A child loads exports without end. The number of the load is every click in it: a reader who sees two numbers at once
has seen half a load. Both accounts come in files of their own, so a load is made of two merges.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path
from typing import Final

from connectors.exports.load import load_files
from connectors.exports.results import LOADED
from core.config import Home

ACCOUNTS: Final = ("111-111-1111", "222-222-2222")
DAYS: Final = 28
CAMPAIGNS: Final = 20
ROWS: Final = len(ACCOUNTS) * DAYS * CAMPAIGNS
START: Final = 1_767_225_600
"""The first of January 2026: load number 1 was exported a second later, and so on."""


def write_exports(folder: Path, number: int) -> list[Path]:
    """The files of load *number*: the same days of both accounts, restated."""
    folder.mkdir(exist_ok=True)
    files = []
    for account in ACCOUNTS:
        lines = ["Day,Customer ID,Campaign,Currency code,Impr.,Clicks,Cost"]
        for day in range(1, DAYS + 1):
            lines += [f"2025-12-{day:02d},{account},C{c},EUR,{number},{number},{number}.00" for c in range(CAMPAIGNS)]
        file = folder / f"{account}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        os.utime(file, (START + number, START + number))
        files.append(file)
    return files


def load(home: Home, folder: Path, number: int) -> None:
    """Load the files of load *number*. Fails when one of them is not loaded."""
    results = load_files(home, write_exports(folder, number))
    assert [result.status for result in results] == [LOADED, LOADED], [result.message for result in results]


def _forever(home: Home, folder: Path, first: int) -> None:
    for number in count(first):
        load(home, folder, number)


def _nursery(home: Home, folder: Path) -> None:
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _forever(home, folder, int(line))
        _say(str(child))
        os.waitpid(child, 0)
        _say("gone")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _nursery(Home(Path(sys.argv[1])), Path(sys.argv[2]))
