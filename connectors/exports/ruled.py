"""SQL of a format's rules: columns that are told by others, and texts put together and cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.exports import expressions as sql
from connectors.exports import moments
from warehouse.schema import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from connectors.exports.rules import Rules

    Cells = Callable[[str], str | None]


def from_others(rules: Rules, name: str, cell: Cells) -> str | None:
    """The column *name* as *rules* read it from the cells of others; None when no rule speaks of it."""
    if name in rules.told:
        return _told(rules, name, cell)
    return moments.born(cell(rules.born[name]) or "NULL") if name in rules.born else None


def _told(rules: Rules, name: str, cell: Cells) -> str:
    """What the words of other columns say: the first that says anything; NULL when all are silent."""
    sources = [(found, words) for by, words in rules.told[name].items() if (found := cell(by))]
    if not sources:
        return "NULL"
    cases = [
        f"WHEN lower(trim({found})) = {literal(word)} THEN {literal(meaning)}"
        for found, words in sources
        for word, meaning in words.items()
    ]
    silent = " AND ".join(f"({sql.is_unknown(found)})" for found, _words in sources)
    otherwise = literal(rules.otherwise[name]) if name in rules.otherwise else "NULL"
    return f"CASE {' '.join(cases)} WHEN {silent} THEN NULL ELSE {otherwise} END"


def together(rules: Rules, name: str, texts: Iterable[str]) -> str:
    """The text of the column *name*: of several *texts* all where they are joined, without what is removed."""
    first, *others = texts
    text = f"nullif(concat_ws(', ', {', '.join([first, *others])}), '')" if others else first
    if name not in rules.removed:
        return text
    return f"nullif(trim(regexp_replace({text}, {literal(rules.removed[name])}, '', 'g')), '')"
