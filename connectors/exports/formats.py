"""Declarations of export formats: one TOML file per platform report, read and checked once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from connectors.exports.headers import skeleton, without_currency
from connectors.exports.json_tables import JsonTable
from connectors.exports.preamble import Preamble
from connectors.exports.rules import NO_RULES, Rules, read_rules
from connectors.exports.wide import Wide
from core.errors import ConfigurationError, suggestion
from core.language import LANGUAGES, current_language
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.contract import Dataset

FOLDER: Final = Path(__file__).parent / "formats"
RANGE: Final = "range"
"""The pseudo-column of a cell that holds two days, such as ``2025-12-08 - 2025-12-13``."""
AUXILIARY: Final = frozenset(
    {
        RANGE,
        "nth_day",
        "starts",
        "ends",
        "position",
        "result_kind",
        "slice_value",
        "closed_won",
        "closed_lost",
        "source_medium",
    }
)
"""Columns a declaration may bind beyond the dataset's own."""

LOAD_ID: Final = "load_id"
_LETTERS: Final = re.compile(r"[^\W\d_]")
_PLAIN: Final = frozenset({"name", "title", "dataset", "source", "role", "compare", "verified", "locale"})
_KEYS: Final = frozenset(
    {
        "name", "title", "dataset", "source", "constants", "required", "evidence", "forbidden", "columns", "values",
        "ignored", "segments", "totals", "steps", "slices", "void", "file_name", "role", "compare",
        "rules", "json", "verified",
        "preamble", "prefixes", "wide", "locale", "account_digits",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Totals:
    """How a format's own totals rows are told: by the word their label starts with, or (*blank*) by having no name.

    Where only *sums* count, a row without a name is a total if it is the sum of the others, and data if it is not.

    *own* are labels that speak for the rows of the file, the first pattern before the others; *account* for the whole
    account; *parts* for some of the rows. Where a label has to be *leading*, it counts only as the first thing in a row
    of numbers: no day, and no other text.
    """

    words: tuple[str, ...]
    own: tuple[re.Pattern[str], ...]
    account: re.Pattern[str]
    parts: re.Pattern[str]
    blank: bool = False
    leading: bool = False
    sums: bool = False

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """What a label looks like: one of the words, and then a mark, a number or nothing."""
        words = "|".join(re.escape(word).replace("\\ ", " ") for word in self.words)
        return re.compile(rf"^({words})( ?[:(–-]| \d|$)", re.IGNORECASE)

    def is_sum(self, cells: Iterable[str]) -> bool:
        """Whether a row of *cells* is a label and nothing but numbers; days look like numbers here."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        return bool(filled and self.labels.search(filled[0])) and not any(map(_LETTERS.search, filled[1:]))

    def rank(self, label: str) -> int | None:
        """How well the total with this *label* speaks for all rows of the file, 0 best; None when it does not."""
        if label == "":
            return 0
        account = self.account.search(label)
        found = [place for place, pattern in enumerate(self.own) if pattern.search(label) and not account]
        return found[0] if found else len(self.own) if account else None

    def is_usual(self, label: str) -> bool:
        """Whether the platform is known to label totals like this."""
        return self.rank(label) is not None or self.parts.search(label) is not None


BELOW_A_TABLE: Final = Totals(
    words=("Total", "Totals", "Grand total", "Sum", "Razem", "Suma", "Łącznie", "Ogółem", "Итого", "Всего", "Сумма"),
    own=(re.compile("."),),
    account=re.compile("$^"),
    parts=re.compile("$^"),
    leading=True,
)
"""Sums that people write below a table, in formats that say nothing of totals."""


@dataclass(frozen=True)
class Void:
    """Where one of *headers* says something: in rows whose column *when* has a word of *counts* and none of *never*."""

    headers: frozenset[str]
    when: str
    counts: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """One report of one platform: which headers mean what, in which language.

    One that is not *verified* was declared from public documentation, before any real file was seen. Its *locale* says
    how numbers and days are written that can be read in two ways. *account_digits* are the groups of digits in the
    number of an account, which is written with hyphens between them or without.
    """

    name: str
    title: str
    dataset: str
    source: str
    role: str = "data"
    exact: bool = False
    compare: bool = False
    constants: dict[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    forbidden: frozenset[str] = frozenset()
    columns: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    ignored: dict[str, list[str]] = field(default_factory=dict)
    segments: frozenset[str] = frozenset()
    slices: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    void: dict[str, Void] = field(default_factory=dict)
    totals: Totals = BELOW_A_TABLE
    steps: dict[str, str] = field(default_factory=dict)
    file_name: tuple[re.Pattern[str], ...] = ()
    rules: Rules = NO_RULES
    json: JsonTable | None = None
    verified: bool = True
    preamble: Preamble = field(default_factory=Preamble)
    prefixes: dict[str, str] = field(default_factory=dict)
    wide: Wide | None = None
    locale: str | None = None
    account_digits: tuple[int, ...] = ()

    @property
    def contract(self) -> Dataset:
        """The dataset that rows of this format go into."""
        return DATASETS[self.dataset]

    @cached_property
    def by_header(self) -> dict[str, list[tuple[str, str, int]]]:
        """Skeleton of a header → (column, language, preference) for every spelling declared."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for column, spellings in {**self.columns, **self._slice_columns()}.items():
            for language, headers in spellings.items():
                for preference, header in enumerate(headers):
                    found.setdefault(skeleton(header), []).append((column, language, preference))
        return found

    @cached_property
    def evidence_bones(self) -> frozenset[str]:
        """The skeletons of the headers that only this platform writes."""
        return frozenset(map(skeleton, self.evidence))

    def _slice_columns(self) -> dict[str, dict[str, list[str]]]:
        return {f"slice:{name}": spellings for name, spellings in self.slices.items()}

    @cached_property
    def ignored_headers(self) -> dict[str, set[str]]:
        """Skeleton of a known but unneeded header → the languages it is written so in."""
        found: dict[str, set[str]] = {}
        for language, headers in self.ignored.items():
            for header in headers:
                found.setdefault(skeleton(header), set()).add(language)
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The skeletons of all headers that the declaration knows."""
        return frozenset(self.by_header) | frozenset(self.ignored_headers) | self.segments

    def steps_text(self) -> str:
        """What to do in the platform so that the export has a day column, in the reader's language."""
        return self.steps.get(current_language()) or self.steps.get("en", "Add the day column and export again.")


def read_format(path: Path) -> Format:
    """The declaration in *path*. Raises ConfigurationError naming the file, the key and the nearest known name."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise ConfigurationError(message, "Correct the place named.") from error
    _check(path, document)
    return _build(path, document)


def _check(path: Path, document: dict[str, Any]) -> None:
    for key in document.keys() - _KEYS:
        message = f"{path}: the key {key!r} is not known."
        raise ConfigurationError(message, suggestion(key, _KEYS))
    for key in ("name", "title", "dataset", "source"):
        if key not in document:
            message = f"{path}: the key {key!r} is missing."
            raise ConfigurationError(message, "Add it at the top of the file.")
    if document["dataset"] not in DATASETS:
        message = f"{path}: the dataset {document['dataset']!r} is not known."
        raise ConfigurationError(message, suggestion(document["dataset"], DATASETS))
    known = {*DATASETS[document["dataset"]].by_name, *AUXILIARY}
    for column, spellings in document.get("columns", {}).items():
        if column not in known:
            message = f"{path}: columns.{column} is no column of {document['dataset']}."
            raise ConfigurationError(message, suggestion(column, known))
        _check_languages(path, f"columns.{column}", spellings)
    _check_languages(path, "ignored", document.get("ignored", {}))


def _check_languages(path: Path, place: str, spellings: dict[str, Any]) -> None:
    for language in spellings:
        if language not in LANGUAGES:
            message = f"{path}: {place}.{language} is no known language."
            raise ConfigurationError(message, suggestion(language, LANGUAGES))


def _build(path: Path, document: dict[str, Any]) -> Format:
    plain = {key: value for key, value in document.items() if key in _PLAIN}
    return Format(
        **plain,
        constants=document.get("constants", {}),
        required=tuple(document.get("required", ())),
        evidence=tuple(document.get("evidence", ())),
        forbidden=frozenset(map(skeleton, document.get("forbidden", ()))),
        columns=document.get("columns", {}),
        values={
            column: {k.casefold(): v for k, v in pairs.items()} for column, pairs in document.get("values", {}).items()
        },
        ignored=document.get("ignored", {}),
        segments=frozenset(map(skeleton, document.get("segments", ()))),
        slices=document.get("slices", {}),
        void={column: _void(rule) for column, rule in document.get("void", {}).items()},
        totals=_totals(document.get("totals")),
        steps=document.get("steps", {}),
        file_name=tuple(re.compile(pattern) for pattern in document.get("file_name", ())),
        rules=read_rules(path, document.get("rules", {}), {*DATASETS[document["dataset"]].by_name, *AUXILIARY}),
        json=JsonTable(**document["json"]) if "json" in document else None,
        preamble=Preamble.read(f"{path}: preamble", document.get("preamble", {})),
        prefixes=document.get("prefixes", {}),
        wide=Wide.read(f"{path}: wide", document["wide"]) if "wide" in document else None,
        account_digits=tuple(document.get("account_digits", ())),
    )


def _void(rule: dict[str, Any]) -> Void:
    headers = frozenset(map(skeleton, rule["headers"]))
    return Void(headers, rule["when"], tuple(rule["counts"]), tuple(rule["never"]))


def _totals(table: dict[str, Any] | None) -> Totals:
    if table is None:
        return BELOW_A_TABLE
    return Totals(
        words=tuple(table["words"]),
        own=tuple(re.compile(pattern, re.IGNORECASE) for pattern in table.get("own", ())),
        account=re.compile(table.get("account", "$^"), re.IGNORECASE),
        parts=re.compile(table.get("parts", "$^"), re.IGNORECASE),
        blank=table.get("blank", False),
        sums=table.get("sums", False),
    )


@cache
def formats() -> dict[str, Format]:
    """Every format that ships with Kokpit, by name."""
    found = [read_format(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {declared.name: declared for declared in found}


@cache
def own_formats() -> tuple[Format, ...]:
    """Kokpit's own CSV: for every dataset that people may load, its column names as the header."""
    written_by_kokpit = {"loads", "rejects"}
    return tuple(
        Format(
            name="kokpit",
            title="Kokpit CSV",
            dataset=dataset.name,
            source="kokpit",
            exact=True,
            required=tuple(c.name for c in dataset.columns if c.required and c.name != "day_end"),
            columns={c.name: {"en": [c.name]} for c in dataset.columns if c.name != LOAD_ID},
            # Of a table that was taken straight from a snapshot: a load has a number of its own.
            ignored={"en": [LOAD_ID]},
        )
        for dataset in DATASETS.values()
        if dataset.name not in written_by_kokpit
    )


def header_column(declared: Format, header: str) -> tuple[list[tuple[str, str, int]], str | None]:
    """What *header* means in *declared*: its columns with language and preference, and a currency it carries."""
    found = declared.by_header.get(skeleton(header))
    if found:
        return found, None
    name, currency = without_currency(header)
    return (declared.by_header.get(skeleton(name), []), currency) if currency else ([], None)
