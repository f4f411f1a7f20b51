"""Texts that are not one table as it is: several below each other, or one with a column for each day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from connectors.exports.fingerprints import fingerprint, known
from connectors.exports.formats import formats
from connectors.exports.sample import head_text
from connectors.exports.text import surveyed
from connectors.exports.wide import made_long

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.members import Member

LARGEST: Final = 32 << 20
"""Tables are stacked to be looked at, so such files are small."""


def tables_in(member: Member, work: Path) -> list[Member]:
    """The tables of *member*: it alone, each of several that are stacked, or a wide one made long."""
    if member.refusal:
        return [member]
    long = _new(work)
    if made_long(member.text, long, [d.wide for d in formats().values() if d.wide]):
        return [_with_text(member, long)]
    return [member] if member.typed or member.text.stat().st_size > LARGEST else _stacked(member, work)


def _stacked(member: Member, work: Path) -> list[Member]:
    """The tables of *member*, each with the lines that stand above the first one; *member* itself if it has only one.

    A format's ``preamble.stacked`` says which line begins a table; remarks directly above it belong to it.
    """
    head = head_text(member.text)
    patterns = [declared.preamble.stacked for declared in formats().values() if declared.preamble.stacked]
    pattern = next((pattern for pattern in patterns if pattern.search(head)), None)
    if pattern is None:
        return [member]
    with member.text.open(encoding="utf-8", newline="") as file:
        lines = file.readlines()
    begins = [place for place, line in enumerate(lines) if pattern.match(line)]
    if len(begins) < 2:  # noqa: PLR2004 - several
        return [member]
    above = lines[: begins[0]]
    starts = [begins[0], *(_with_remarks(lines, place) for place in begins[1:])]
    blocks = [lines[begin:end] for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [_part(member, work, number, above + block) for number, block in enumerate(blocks, start=1)]


def _with_remarks(lines: list[str], place: int) -> int:
    while lines[place - 1].startswith("#"):
        place -= 1
    return place


def _part(member: Member, work: Path, number: int, lines: list[str]) -> Member:
    text = _new(work)
    text.write_text("".join(lines), encoding="utf-8", newline="")
    return replace(_with_text(member, text), label=f"{member.label}/{number}")


def _new(work: Path) -> Path:
    return work / f"{sum(1 for _ in work.iterdir()):05d}.csv"


def _with_text(member: Member, text: Path) -> Member:
    return replace(member, text=text, survey=surveyed(text), hashed=known(fingerprint(text)))
