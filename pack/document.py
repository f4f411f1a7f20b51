"""A document as a row of blocks that know nothing of how they are printed: HTML and PDF show the same ones."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final


@dataclass(frozen=True)
class Picture:
    """A drawing, and what it shows in words."""

    svg: str
    told: str = ""


@dataclass(frozen=True)
class Mark:
    """A status: a sign, a word, and whether that is good (True), bad (False) or neither."""

    sign: str
    word: str
    good: bool | None = None


@dataclass(frozen=True)
class Marks:
    """Several statuses in one cell."""

    marks: tuple[Mark, ...]


Cell = str | Picture | Marks


@dataclass(frozen=True)
class Text:
    """A paragraph of our own words; *quiet* ones stand back."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Said:
    """What a person wrote, as they wrote it: line breaks and all."""

    label: str
    text: str
    by: str = ""


@dataclass(frozen=True)
class Listing:
    """A table. *shares* are the widths of its columns, 0 for as wide as needed; *right* the columns of numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]
    right: tuple[int, ...] = ()


def without_blanks(listing: Listing) -> Listing:
    """*listing* without the columns in which no cell says anything."""
    kept = [place for place in range(len(listing.headings)) if any(row[place] for row in listing.rows)]
    return Listing(
        headings=tuple(listing.headings[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in listing.rows),
        shares=tuple(listing.shares[place] for place in kept),
        right=tuple(new for new, place in enumerate(kept) if place in listing.right),
    )


@dataclass(frozen=True)
class Chart:
    """A picture, with the numbers it shows as a table in several columns below."""

    picture: Picture
    numbers: Listing


@dataclass(frozen=True)
class Card:
    """One KPI: its value large, its status, and blocks below. *wide* ones have the page's width to themselves."""

    title: str
    about: str
    value: str
    change: str
    marks: Marks
    good: bool | None
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True)
class Facts:
    """Terms, and what they stand for."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str
    about: str = ""


@dataclass(frozen=True)
class Gallery:
    """Cards beside each other."""

    cards: tuple[Card, ...]


Block = Text | Said | Listing | Chart | Card | Facts | Heading | Gallery


@dataclass(frozen=True)
class Section:
    """A part of the document; *apart* ones start on a new page."""

    title: str
    blocks: tuple[Block, ...]
    apart: bool = False


@dataclass(frozen=True)
class Document:
    """The whole. *lead* says in a sentence what it comes to, *foot* stands on every page."""

    title: str
    about: str
    lead: str
    facts: Facts
    sections: tuple[Section, ...]
    foot: str
    language: str


_KIND: Final = "kind"


def as_data(part: Any) -> Any:  # noqa: ANN401 - any part of a document
    """*part* as JSON has it, each block with its kind."""
    if isinstance(part, tuple):
        return [as_data(each) for each in part]
    if hasattr(part, "__dataclass_fields__"):
        found = {field.name: as_data(getattr(part, field.name)) for field in fields(part)}
        return {_KIND: type(part).__name__.lower(), **found}
    return part
