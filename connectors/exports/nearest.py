"""What a table that no format explains is nearest to, and what to do about it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale

from connectors.exports.binding import bind
from connectors.exports.headers import skeleton, without_currency
from connectors.exports.sample import HEADER_WITHIN
from connectors.exports.unknown import sample_of
from core.errors import FileError, UnknownFileError, suggestion
from core.language import N_, current_locale
from core.remarks import _, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.binding import Table
    from connectors.exports.formats import Format
    from connectors.exports.members import Member

FOREIGN: Final = Path(__file__).parent / "foreign.toml"
NEAREST: Final = 3
FEWEST: Final = 2
"""How many headers have to be known before a report counts as near, or a language as spoken."""
LEAST_SHARE: Final = 0.25
START: Final = 80
EVIDENCE: Final = "evidence"
TELL: Final = N_("Or say what its columns are: {command}.")


@dataclass(frozen=True)
class Attempt:
    """A table as a declaration explains it, and the required columns that it *missed*."""

    table: Table
    missed: list[str]

    @property
    def declared(self) -> Format:
        """The declaration."""
        return self.table.declared

    @property
    def nearness(self) -> tuple[bool, float, int]:
        """How near the table is: by headers that only this platform writes, by the share of headers known."""
        known = self.table.known
        return self.table.is_evident and bool(self.declared.evidence), known * known / self._width, -len(self.missed)

    @property
    def is_near(self) -> bool:
        """Whether enough headers are known to speak of nearness at all."""
        return self.table.known >= FEWEST and self.table.known >= LEAST_SHARE * self._width

    @property
    def _width(self) -> int:
        return max(len(self.table.headers), 1)


def missed(table: Table) -> list[str]:
    """The required columns (alternatives separated by ``|``) that were not found; headers only the platform has."""
    found = {*table.columns, *(["slice"] if table.slice else [])}
    missing = [needed for needed in table.declared.required if not found & set(needed.split("|"))]
    return missing if table.is_evident else [*missing, EVIDENCE]


def unknown(member: Member, text: str, attempts: list[Attempt], candidates: Sequence[Format]) -> FileError:
    """The error for a *member* starting with *text* that none of *candidates* explains."""
    lines = [" ".join(line.split()) for line in text.lstrip("\ufeff").split("\n")]
    first = next(filter(None, lines), "")[:START]
    if not first:
        message = _("{file} is empty: it holds nothing but blank lines.").format(file=member.name)
        return FileError(message, _("Download it again; the download was probably cut off."))
    sample = sample_of(member)
    message = _(
        "{file} is not recognised: its first {n} lines hold no header row of a known report. It starts with “{start}”."
    )
    message = message.format(file=member.name, n=HEADER_WITHIN, start=first)
    command = f'python cli.py map "{member.container}"'
    if sample is None:
        step = _(
            "There is no row with the names of the columns in it. Download the report with its header row, as CSV or "
            "XLSX, or write the names above its first row."
        )
        return FileError(joined([message, _nearest(member, attempts)]), step)
    surplus = _surplus(sample.headers, candidates)
    if surplus:
        return UnknownFileError(joined([message, surplus[0]]), joined([surplus[1], _(TELL).format(command=command)]))
    language, headers = _in_english(sample.headers)
    if language:
        attempts = [Attempt(table, missed(table)) for declared in candidates if (table := bind(declared, headers))]
        told = _("Its headers seem to be in a language that exports are not read in: {language}.")
        message = joined([message, told.format(language=language)])
        step = _("Switch the tool to English, Polish or Russian and export it again; or tell its columns: {command}.")
    elif any(attempt.is_near for attempt in attempts):
        step = _("Download the report with its header row, as CSV or XLSX; or say what its columns are: {command}.")
    else:
        step = _(
            "If its language is not English, Polish or Russian, switch the tool to one of them and export it again. "
            "Otherwise say what its columns are: {command}."
        )
    return UnknownFileError(joined([message, _nearest(member, attempts)]), step.format(command=command))


def _surplus(headers: Sequence[str], candidates: Sequence[Format]) -> tuple[str, str] | None:
    """What to say of Kokpit's own table with columns that it does not have, and what to do; None for other tables.

    Such a column is not left out silently: it may be one of the table's own, misspelt, that tells its rows apart.
    """
    own = [
        declared
        for declared in candidates
        if declared.exact and {*declared.required} <= {*headers} and len({*headers} & declared.columns.keys()) >= FEWEST
    ]
    if not own:
        return None
    near = max(own, key=lambda declared: len({*headers} & declared.columns.keys()))
    others = [header for header in headers if header not in near.columns]
    if not others or len(others) * 2 > len(headers):
        return None
    message = _("It is nearly Kokpit's own table {dataset}, which has no column {columns}.")
    step = _("Delete that column, or write its name as the table has it. {names}")
    left = near.columns.keys() - {*headers}
    names = suggestion(others[0], left) if left else ""
    return message.format(dataset=near.dataset, columns=", ".join(map(repr, others))), step.format(names=names).rstrip()


def _is_named_like(member: Member, declared: Format) -> bool:
    """Whether the file is called as the platform calls such files, whatever the language of its headers."""
    names = (member.container.name, member.folder, member.name)
    return any(pattern.match(name) for pattern in declared.file_name for name in names)


def _nearest(member: Member, attempts: list[Attempt]) -> str:
    """The reports that *attempts* came nearest to, with the headers that they lack; those that lack none alone."""
    whole = [attempt for attempt in attempts if not attempt.missed]
    nearest: dict[str, str] = {}
    ranked = [(_is_named_like(member, attempt.declared), attempt.nearness, attempt) for attempt in whole or attempts]
    for _named, _nearness, attempt in sorted(ranked, key=lambda each: each[:2], reverse=True):
        if attempt.is_near and len(nearest) < NEAREST and attempt.declared.role != "context":
            nearest.setdefault(attempt.declared.title, _headers(attempt))
    if not nearest:
        return ""
    if whole:
        return _("It looks like: {reports}.").format(reports="; ".join(nearest))
    reports = "; ".join(f"{title} ({headers})" for title, headers in nearest.items())
    return _("Nearest reports, and the headers they lack: {reports}.").format(reports=reports)


def _headers(attempt: Attempt) -> str:
    names = []
    for needed in attempt.missed:
        spellings = [_first_spelling(attempt.declared, option) for option in needed.split("|")]
        names.append(" / ".join(dict.fromkeys(spellings)))
    return ", ".join(dict.fromkeys(names))


def _first_spelling(declared: Format, column: str) -> str:
    if column == EVIDENCE:
        return " / ".join(declared.evidence[:NEAREST])
    if column == "slice":
        return " / ".join(next(iter(spellings.values()))[0] for spellings in declared.slices.values())
    return next(iter(declared.columns.get(column, {"en": [column]}).values()))[0]


@cache
def _foreign() -> dict[str, dict[str, str]]:
    """For each language the skeletons of its headers and their English names."""
    words = tomllib.loads(FOREIGN.read_text(encoding="utf-8"))
    return {language: {skeleton(word): english for word, english in each.items()} for language, each in words.items()}


def _in_english(headers: Sequence[str]) -> tuple[str, list[str]]:
    """The language that most *headers* are in, in the reader's own, and the headers in English; "" for none."""
    bones = [skeleton(without_currency(header)[0]) for header in headers]
    hits = {language: sum(bone in words for bone in bones) for language, words in _foreign().items()}
    language = max(hits, key=hits.__getitem__)
    if hits[language] < FEWEST:
        return "", list(headers)
    words = _foreign()[language]
    english = [words.get(bone, header) for bone, header in zip(bones, headers, strict=True)]
    return Locale.parse(language).get_display_name(current_locale()) or language, english
