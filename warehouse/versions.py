"""What is installed against what ``requirements.txt`` asks for."""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINE: Final = re.compile(r"([A-Za-z0-9._-]+)\s*>=\s*([\d.]+)\s*,\s*<\s*([\d.]+)")


@dataclass(frozen=True)
class Package:
    """A required package: *installed* is None when it is missing; from *lowest* up to, without, *limit* is right."""

    name: str
    lowest: str
    limit: str
    installed: str | None

    @property
    def fits(self) -> bool:
        """Whether the installed version is one that was tested, or promised to be like it."""
        return bool(self.installed) and _order(self.lowest) <= _order(str(self.installed)) < _order(self.limit)


def required_packages(requirements: Path) -> Iterator[Package]:
    """The packages that the file *requirements* names with both bounds; none where there is no such file."""
    text = requirements.read_text(encoding="utf-8") if requirements.exists() else ""
    for line in text.splitlines():
        if match := _LINE.match(line):
            yield Package(match[1], match[2], match[3], _installed(match[1]))


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _order(version: str) -> tuple[int, ...]:
    """The numbers of *version* without the zeros at its end, so that 2 and 2.0 are the same."""
    numbers = [int(number) for number in re.findall(r"\d+", version.split("+", maxsplit=1)[0])]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
