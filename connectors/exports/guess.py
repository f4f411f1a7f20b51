"""What an unknown table may be: the datasets it fits, best first, each with the headers of its columns. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

from connectors.exports.headers import skeleton, without_currency
from connectors.exports.shapes import currency_in, is_day, share, tells_apart
from connectors.exports.vocabulary import bones, columns_of, file_words, has_to_be_known, mappable, spellings
from core.money import CURRENCIES
from warehouse.contract import Type
from warehouse.datasets import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors.exports.unknown import Sample
    from warehouse.contract import Column

CERTAIN: Final = 0.5
"""From this score on a header's name speaks for a column by itself."""
LEAST: Final = 0.3
LATER: Final = 0.01
"""What a spelling loses for each one that stands before it."""
LEAST_SHARE: Final = 0.5
JUST_A_NUMBER: Final = 0.7
PART_OF_NAME: Final = 0.6
BY_SHAPE: Final = 0.3
SHORTEST: Final = 4
MISSING: Final = 0.5
"""What is left of the confidence for each column that has to be known and is not."""
UNSAID: Final = 0.8
"""The same where people can say it for the whole file, such as the platform of ads."""
NAMED_BY_FILE: Final = 1.4
_NUMBERS_OF_THINGS: Final = frozenset(map(bones, ("id", "nr", "no", "numer", "number", "номер", "ид", "lp", "п/п", "")))
_MONEY: Final = frozenset({"money", "price", "total"})
_AMOUNTS: Final = frozenset({"amount", "value"})
_OF_MONEY: Final = _AMOUNTS | {"currency"}
ADDRESSED: Final = frozenset({"content_items", "url"})
SAID_FOR_ALL: Final = frozenset({"platform", "kpi", "process"})
_PLATFORMS: Final = {
    "google": "google_ads", "meta": "meta_ads", "facebook": "meta_ads", "instagram": "meta_ads",
    "linkedin": "linkedin_ads", "bing": "microsoft_ads", "microsoft": "microsoft_ads", "tiktok": "tiktok_ads",
    "pinterest": "pinterest_ads", "yandex": "yandex_direct", "яндекс": "yandex_direct", "direct": "yandex_direct",
    "vk": "vk_ads", "вк": "vk_ads",
}  # fmt: skip
_BY_WORD: Final = {bones(word): platform for word, platform in _PLATFORMS.items()}


@dataclass(frozen=True)
class Guess:
    """One dataset that a table may belong to; *columns* say which header each column is, *confidence* is 0 to 1."""

    dataset: str
    columns: dict[str, str]
    constants: dict[str, str]
    language: str
    confidence: float

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns without which no row says anything, and which nothing was found for."""
        return missing(self.dataset, {*self.columns, *self.constants})


@dataclass(frozen=True)
class _Match:
    score: float
    column: str
    header: str
    language: str


def missing(dataset: str, known: Iterable[str]) -> tuple[str, ...]:
    """The columns of *dataset* that have to be known and are not among the *known* ones."""
    present = set(known)
    needed = (column for column in columns_of(dataset) if has_to_be_known(dataset, column))
    return tuple(c.name for c in needed if c.name not in present and c.default is None)


def guess(sample: Sample) -> list[Guess]:
    """Every dataset that the table may belong to, the best first. The order of its columns makes no difference."""
    matches = {dataset.name: _matches(sample, dataset.name) for dataset in mappable()}
    weights = _weights(matches.values())
    found = [_guess(sample, dataset, matches[dataset], weights) for dataset in matches]
    likely = [each for each in found if each.columns]
    return sorted(likely, key=lambda each: (-each.confidence, list(DATASETS).index(each.dataset)))


def guess_as(sample: Sample, dataset: str) -> Guess:
    """How the table would be read as *dataset*."""
    found = (each for each in guess(sample) if each.dataset == dataset)
    return next(found, Guess(dataset, {}, _constants(sample, dataset, {}), "en", 0.0))


def _guess(sample: Sample, dataset: str, matches: list[_Match], weights: dict[str, float]) -> Guess:
    bound = _assign(matches)
    columns = {name: match.header for name, match in bound.items()}
    columns |= _by_shape(sample, dataset, columns)
    columns |= _when(sample, dataset, columns)
    if {dataset, *columns} >= ADDRESSED and "content_id" not in columns:
        # What has no number is told apart by where it stands.
        columns["content_id"] = columns.pop("url")
    constants = _constants(sample, dataset, columns)
    language = Counter(match.language for match in bound.values()).most_common(1)
    explained = sum(weights[match.header] * match.score for match in bound.values() if match.header in weights)
    confidence = explained / (sum(weights.values()) or 1)
    for name in missing(dataset, {*columns, *constants}):
        confidence *= UNSAID if name in SAID_FOR_ALL else MISSING
    if file_words(dataset) & set(bones(sample.name).split()):
        confidence = min(1.0, confidence * NAMED_BY_FILE)
    order = [column.name for column in columns_of(dataset)]
    columns = {name: columns[name] for name in order if name in columns}
    return Guess(dataset, columns, constants, language[0][0] if language else "en", round(confidence, 3))


def _weights(matches: Iterable[list[_Match]]) -> dict[str, float]:
    """How much each header tells: one that means something in one dataset only tells most."""
    places = Counter(header for each in matches for header in {m.header for m in each if m.score >= CERTAIN})
    return {header: 1 / sqrt(count) for header, count in places.items()}


def _matches(sample: Sample, dataset: str) -> list[_Match]:
    """Every column with every header that may be it, the likeliest first."""
    found = [
        match
        for header in sample.headers
        for column in columns_of(dataset)
        if (match := _match(sample, dataset, column, header)).score >= LEAST
    ]
    order = [column.name for column in columns_of(dataset)]
    return sorted(found, key=lambda match: (-match.score, order.index(match.column), skeleton(match.header)))


def _match(sample: Sample, dataset: str, column: Column, header: str) -> _Match:
    score, language = _by_name(dataset, column.name, header)
    if score:
        fitting = share(sample.cells(header), column)
        score = score * fitting if fitting >= LEAST_SHARE else 0.0
    return _Match(score, column.name, header, language)


@lru_cache(maxsize=50_000)
def _by_name(dataset: str, column: str, header: str) -> tuple[float, str]:
    """How well *header* names *column*, and in which language."""
    said = {bones(header), bones(without_currency(header)[0]), *_within_money(header)}
    best = (0.0, "en")
    for spelling in spellings(dataset, column):
        if spelling.bones in said:
            best = max(best, (1 - LATER * spelling.place, spelling.language))
        elif len(spelling.bones) >= SHORTEST:
            best = max(best, (_part(spelling.bones, said), spelling.language))
    is_number = column.endswith("_id") and DATASETS[dataset].by_name[column].required
    if is_number and said & _NUMBERS_OF_THINGS:
        best = max(best, (JUST_A_NUMBER, "en"))
    return best


def _within_money(header: str) -> set[str]:
    """What ``money.amount`` of nested JSON says: an amount; ``budget.value`` says a budget."""
    *above, last = header.casefold().split(".")
    if not above or last not in _OF_MONEY:
        return set()
    return {last} if above[-1] in _MONEY or last not in _AMOUNTS else {bones(above[-1])}


def _part(spelling: str, said: set[str]) -> float:
    """How much of what is *said* the words of *spelling* are, when all of them are in it."""
    words = spelling.split()
    shares = [len(words) / len(text.split()) for text in said if set(words) <= set(text.split())]
    return PART_OF_NAME * max(shares, default=0.0)


def _assign(matches: list[_Match]) -> dict[str, _Match]:
    """Each column and each header once, the likeliest first."""
    bound: dict[str, _Match] = {}
    taken: set[str] = set()
    for match in matches:
        if match.column not in bound and match.header not in taken:
            bound[match.column] = match
            taken.add(match.header)
    return bound


def _by_shape(sample: Sample, dataset: str, columns: dict[str, str]) -> dict[str, str]:
    """Headers for columns that have to be known, told by their cells alone; only where one header fits."""
    free = [header for header in sample.headers if header not in columns.values()]
    found: dict[str, str] = {}
    for column in columns_of(dataset):
        if not has_to_be_known(dataset, column) or column.name in columns:
            continue
        if column.type is Type.DAY:
            fitting = [header for header in free if sample.rows and all(map(is_day, sample.cells(header)))]
        elif column.name.endswith("_id"):
            fitting = [header for header in free if tells_apart(sample.cells(header))]
        else:
            continue
        if len(fitting) == 1:
            found[column.name] = fitting[0]
    return found


def _when(sample: Sample, dataset: str, columns: dict[str, str]) -> dict[str, str]:
    """The header that says no more than “day”, for the column that tells when what a row is about began."""
    began = DATASETS[dataset].by_name.get(DATASETS[dataset].began)
    if began is None or began.name in columns:
        return {}
    said = {spelling.bones for spelling in spellings("ad_performance", "day")}
    free = [header for header in sample.headers if header not in columns.values() and bones(header) in said]
    fitting = [header for header in free if share(sample.cells(header), began) >= LEAST_SHARE]
    return {began.name: fitting[0]} if len(fitting) == 1 else {}


def _constants(sample: Sample, dataset: str, columns: dict[str, str]) -> dict[str, str]:
    """Values for what the file has no column for, as far as its name and cells tell them."""
    names = {column.name for column in columns_of(dataset)}
    said: dict[str, str | None] = {
        "platform": next((_BY_WORD[word] for word in bones(sample.name).split() if word in _BY_WORD), None),
        "currency": _currency(sample, dataset, columns),
    }
    return {name: value for name, value in said.items() if value and name in names and name not in columns}


def _currency(sample: Sample, dataset: str, columns: dict[str, str]) -> str | None:
    """The currency that the headers of money carry, or whose sign stands in their cells."""
    money = [columns[name] for name in DATASETS[dataset].money if name in columns]
    written = {_code_in(header) for header in money} - {None}
    if len(written) == 1:
        return written.pop()
    return currency_in([cell for header in money for cell in sample.cells(header)])


def _code_in(header: str) -> str | None:
    """The currency that *header* carries, in brackets as platforms write it or after a space as people do."""
    last = header.rsplit(maxsplit=1)[-1]
    return without_currency(header)[1] or (last if last in CURRENCIES else None)
