"""Several tables one below the other in a single text: each becomes a table of its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from connectors.exports.formats import formats
from connectors.exports.sample import head_text
from connectors.exports.text import Survey

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.members import Member

LARGEST: Final = 32 << 20
"""Tables are stacked to be looked at, so such files are small."""


def parts_of(member: Member, work: Path) -> list[Member]:
    """The tables of *member*, each with the lines that stand above the first one; *member* itself if it has only one.

    A format's ``preamble.stacked`` says which line begins a table; remarks directly above it belong to it.
    """
    patterns = [declared.preamble.stacked for declared in formats().values() if declared.preamble.stacked]
    if member.refusal or member.typed or member.text.stat().st_size > LARGEST:
        return [member]
    head = head_text(member.text)
    pattern = next((pattern for pattern in patterns if pattern.search(head)), None)
    if pattern is None:
        return [member]
    with member.text.open(encoding="utf-8", newline="") as file:
        lines = file.readlines()
    begins = [place for place, line in enumerate(lines) if pattern.match(line)]
    if len(begins) == 1:
        return [member]
    above = lines[: begins[0]]
    starts = [_with_remarks(lines, place) for place in begins[1:]]
    blocks = [lines[begin:end] for begin, end in zip([begins[0], *starts], [*starts, len(lines)], strict=True)]
    return [_part(member, work, number, above + block) for number, block in enumerate(blocks, start=1)]


def _with_remarks(lines: list[str], place: int) -> int:
    while lines[place - 1].startswith("#"):
        place -= 1
    return place


def _part(member: Member, work: Path, number: int, lines: list[str]) -> Member:
    content = "".join(lines).encode()
    text = work / f"{sum(1 for _ in work.iterdir()):05d}.csv"
    text.write_bytes(content)
    survey = Survey()
    survey.add(content)
    survey.end()
    sha256 = hashlib.sha256(content).hexdigest()
    return replace(member, label=f"{member.label}/{number}", text=text, survey=survey, sha256=sha256)
