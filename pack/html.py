"""A document as one HTML file: nothing to load, no script, and clean on A4. Whatever people wrote is text."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.language import _
from pack.document import Card, Chart, Facts, Gallery, Heading, Listing, Marks, Picture, Said, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pack.document import Block, Cell, Document, Section

STYLE: Final = (Path(__file__).parent / "pack.css").read_text(encoding="utf-8")
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_FOLDS: Final = {True: 5, False: 3}
"""In how many tables beside each other the numbers of a chart stand: of a wide one, and of one of two."""
_WORTH_CONTENTS: Final = 3
_TONES: Final = {True: "good", False: "bad", None: "same"}


def html(document: Document) -> bytes:
    """The whole file."""
    sections = "".join(_section(number, each) for number, each in enumerate(document.sections, 1))
    told = (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)} – Kokpit</title><style>{STYLE}</style></head><body>"
        f'<header><p class="about">{escape(document.about)}</p><h1 dir="auto">{escape(document.title)}</h1>'
        f'<p class="lead">{escape(document.lead)}</p>{_facts(document.facts)}{_contents(document)}</header>'
        f"<main>{sections}</main><footer>{escape(document.foot)} · Kokpit</footer></body></html>\n"
    )
    return told.encode()


def _contents(document: Document) -> str:
    if len(document.sections) < _WORTH_CONTENTS:
        return ""
    links = "".join(
        f'<a href="#part-{number}">{escape(section.title)}</a>' for number, section in enumerate(document.sections, 1)
    )
    return f'<nav aria-label="{escape(_("Contents"))}">{links}</nav>'


def _section(number: int, section: Section) -> str:
    inner = "".join(map(_block, section.blocks))
    css = ' class="apart"' if section.apart else ""
    return f'<section id="part-{number}"{css}><h2>{escape(section.title)}</h2>{inner}</section>'


def _block(block: Block, *, wide: bool = True) -> str:
    if isinstance(block, Chart):
        return f"<figure>{_picture(block.picture)}{_folded(block.numbers, wide=wide)}</figure>"
    return _WRITERS[type(block)](block)


def _text(text: Text) -> str:
    return f'<p class="{"quiet" if text.quiet else "plain"}">{escape(text.text)}</p>'


def _heading(heading: Heading) -> str:
    about = f" <small>{escape(heading.about)}</small>" if heading.about else ""
    return f'<h3 dir="auto">{escape(heading.text)}{about}</h3>'


def _gallery(gallery: Gallery) -> str:
    return f'<div class="gallery">{"".join(map(_card, gallery.cards))}</div>'


def _facts(facts: Facts) -> str:
    pairs = "".join(f'<dt>{escape(term)}</dt><dd dir="auto">{escape(text)}</dd>' for term, text in facts.pairs)
    return f'<dl class="facts">{pairs}</dl>'


def _said(said: Said) -> str:
    by = f" <small>{escape(said.by)}</small>" if said.by else ""
    text = f'<p class="words" dir="auto">{escape(said.text)}</p>' if said.text else ""
    return f'<div class="said"><h4>{escape(said.label)}{by}</h4>{text}</div>'


def _card(card: Card) -> str:
    inner = "".join(_block(block, wide=card.wide) for block in card.blocks)
    about = f" <small>{escape(card.about)}</small>" if card.about else ""
    change = f'<span class="change">{escape(card.change)}</span>' if card.change else ""
    value = f'<span class="value">{escape(card.value)}</span>' if card.value else ""
    return (
        f'<article class="card {_TONES[card.good]} {"wide" if card.wide else "half"}">'
        f'<h3 dir="auto">{escape(card.title)}{about}</h3>'
        f'<p class="stands">{value}{change}{_marks(card.marks)}</p>{inner}</article>'
    )


def _marks(marks: Marks) -> str:
    return "".join(
        f'<span class="mark {_TONES[mark.good]}"><b aria-hidden="true">{escape(mark.sign)}</b> '
        f"{escape(mark.word)}</span>"
        for mark in marks.marks
    )


def _picture(picture: Picture) -> str:
    hidden = f'role="img" aria-label="{escape(picture.told)}"' if picture.told else 'aria-hidden="true"'
    return f'<div class="picture" {hidden}>{picture.svg}</div>'


def _listing(listing: Listing, css: str = "listing") -> str:
    whole = sum(listing.shares) or 1
    columns = "".join(
        f'<col style="width:{100 * share / whole:.1f}%">' if share else "<col>" for share in listing.shares
    )
    head = "".join(_heading_cell(place, heading, listing) for place, heading in enumerate(listing.headings))
    rows = "".join(
        f"<tr>{''.join(_cell(place, cell, listing) for place, cell in enumerate(row))}</tr>" for row in listing.rows
    )
    return (
        f'<table class="{css}"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _heading_cell(place: int, heading: str, listing: Listing) -> str:
    return f'<th scope="col"{_number(place, listing)} dir="auto">{escape(heading)}</th>'


def _cell(place: int, cell: Cell, listing: Listing) -> str:
    """One cell, with its column's heading for a screen that is too narrow for columns."""
    about = f'{_number(place, listing)} data-label="{escape(listing.headings[place])}"'
    match cell:
        case Picture():
            return f"<td{about}>{_picture(cell)}</td>"
        case Marks():
            return f"<td{about}>{_marks(cell)}</td>"
        case _:
            return f'<td{about} dir="auto">{escape(cell)}</td>'


def _number(place: int, listing: Listing) -> str:
    return ' class="number"' if place in listing.right else ""


def _folded(listing: Listing, *, wide: bool) -> str:
    """The numbers of a chart as several short tables beside each other."""
    height = max(1, -(-len(listing.rows) // _FOLDS[wide]))
    parts = [listing.rows[at : at + height] for at in range(0, len(listing.rows), height)]
    tables = (Listing(listing.headings, part, listing.shares, listing.right) for part in parts)
    return f'<div class="numbers">{"".join(_listing(table, "small") for table in tables)}</div>'


_WRITERS: Final[dict[type[Block], Callable[[Any], str]]] = {
    Text: _text,
    Said: _said,
    Heading: _heading,
    Facts: _facts,
    Listing: _listing,
    Card: _card,
    Gallery: _gallery,
}
