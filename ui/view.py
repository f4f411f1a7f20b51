"""What the reader looks at – period, grain, comparison, filters, language – and how the address says it. Pure.

The address holds stable names, never translated labels, so that a link works for a reader of another language.
What is left out is the default.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from core.language import LANGUAGES, _
from core.period import Grain, Period
from core.presets import Preset
from metrics.compare import Comparison
from metrics.dimensions import DIMENSION_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARED_FILTERS: Final = ("platform", "account", "site")
FILTERS: Final = (*SHARED_FILTERS, *(name for name in DIMENSION_NAMES if name not in SHARED_FILTERS))
CHOICES: Final = ("process", "kpi", "split", "rows", "review", "step", "entry", "who", "what")
SEARCH: Final = "q"
ADDRESSED: Final = {name: f"{name}_is" if name in CHOICES else name for name in FILTERS}
"""What each filter is called in the address, where a choice of the page may have its name."""
ALL_ROWS: Final = "all"
GRAINS: Final = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
ME: Final = "me"
"""Who reads: part of the address, but of nothing that is drawn from the numbers."""
NOT_OURS: Final = ("embed", "embed_options")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class View:
    """One reader's choices. A filter's value ``""`` stands for rows without a value."""

    language: str = ""
    preset: Preset = Preset.LAST_WEEK
    custom: Period | None = None
    grain: Grain = Grain.WEEK
    comparison: Comparison = Comparison.PREVIOUS
    filters: tuple[tuple[str, str], ...] = ()
    process: str = ""
    kpi: str = ""
    split: str = ""
    rows: str = ""
    search: str = ""
    review: str = ""
    step: str = ""
    entry: str = ""
    who: str = ""
    what: str = ""

    def having(self, **changes: Any) -> Self:  # noqa: ANN401 - any of the fields
        """The same with *changes*."""
        return replace(self, **changes)

    def filtered(self, **values: str | None) -> Self:
        """The same with the filters *values* set (None takes a filter away)."""
        kept = {name: value for name, value in self.filters if name not in values}
        kept |= {name: value for name, value in values.items() if value is not None}
        return self.having(filters=tuple((name, kept[name]) for name in FILTERS if name in kept))

    def shared(self) -> Self:
        """What every page has in common: without the choices and filters of one page."""
        filters = tuple((name, value) for name, value in self.filters if name in SHARED_FILTERS)
        return self.having(filters=filters, **dict.fromkeys((*CHOICES, "search"), ""))

    def where(self, names: Iterable[str] = FILTERS) -> dict[str, tuple[str | None, ...]]:
        """The filters among *names*, as a question to the metrics asks for them."""
        return {name: (value or None,) for name, value in self.filters if name in set(names)}

    def query(self) -> dict[str, str]:
        """The address's query: everything that differs from the default."""
        plain = View()
        custom = self.custom if self.preset is Preset.CUSTOM else None
        pairs = {
            "lang": self.language,
            "period": "" if self.preset is plain.preset else self.preset.value,
            "from": custom.start.isoformat() if custom else "",
            "to": custom.end.isoformat() if custom else "",
            "by": "" if self.grain is plain.grain else self.grain.value,
            "compare": "" if self.comparison is plain.comparison else self.comparison.value,
            **{name: getattr(self, name) for name in CHOICES},
            SEARCH: self.search,
        }
        filters = {ADDRESSED[name]: value for name, value in self.filters}
        return {name: value for name, value in pairs.items() if value} | filters


def read(query: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view that *query* describes, and a sentence on everything in it that is not understood."""
    notes: list[str] = []
    custom = _custom(query, notes)
    preset = _choice(Preset, query, "period", Preset.CUSTOM if custom else Preset.LAST_WEEK, notes)
    language = query.get("lang", "")
    if language and language not in LANGUAGES:
        notes.append(_unknown_value("lang", language))
    view = View(
        language=language if language in LANGUAGES else "",
        preset=Preset.LAST_WEEK if preset is Preset.CUSTOM and not custom else preset,
        custom=custom,
        grain=_grain(query, notes),
        comparison=_choice(Comparison, query, "compare", Comparison.PREVIOUS, notes),
        filters=tuple((name, query[asked]) for name, asked in ADDRESSED.items() if asked in query),
        **{name: query.get(name, "") for name in CHOICES},
        search=query.get(SEARCH, "").strip(),
    )
    known = {"lang", "period", "from", "to", "by", "compare", *ADDRESSED.values(), *CHOICES, SEARCH, ME, *NOT_OURS}
    notes += [_unknown_name(name) for name in query if name not in known]
    return view, tuple(notes)


def _choice(kind: type[Choice], query: Mapping[str, str], name: str, default: Choice, notes: list[str]) -> Choice:
    text = query.get(name, default.value)
    try:
        return kind(text)
    except ValueError:
        notes.append(_unknown_value(name, text))
        return default


def _grain(query: Mapping[str, str], notes: list[str]) -> Grain:
    grain = _choice(Grain, query, "by", Grain.WEEK, notes)
    if grain in GRAINS:
        return grain
    notes.append(_unknown_value("by", grain.value))
    return Grain.WEEK


def _custom(query: Mapping[str, str], notes: list[str]) -> Period | None:
    texts = [query.get(name, "") for name in ("from", "to")]
    if not any(texts):
        return None
    try:
        start, end = (date.fromisoformat(text) for text in texts)
    except ValueError:
        notes.append(_unknown_value("from – to", " – ".join(texts)))
        return None
    return Period(min(start, end), max(start, end))


def _unknown_value(name: str, value: str) -> str:
    return _("“{value}” is not known as a value of “{name}”; the usual one is shown.").format(name=name, value=value)


def _unknown_name(name: str) -> str:
    return _("“{name}” in the address is not known here and was left out.").format(name=name)
