"""What a spreadsheet consists of, and which of its tabs belong to which datasets. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from gspread.exceptions import NoValidUrlKeyFound
from gspread.utils import extract_id_from_url

from connectors.exports.conventions import LOCALES
from connectors.plan.tables import TABLES
from connectors.plan.words import by_title, plain
from core.errors import ConfigurationError, KokpitError, suggestion
from core.remarks import _
from warehouse.datasets import DATASETS, LOG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.config import Source
    from warehouse.contract import Dataset

LOADABLE: Final = {name: dataset for name, dataset in DATASETS.items() if dataset not in LOG}
_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
AS_IN: Final = {"en_GB": "en-GB", "en_US": "en-US", ",": "de", ".": "en-GB"}
"""How texts are read that hold numbers or days: by the spreadsheet's locale, or else by its decimal mark."""


@dataclass(frozen=True)
class Span:
    """Merged cells: rows and columns from the first to, not including, the last; 0-based."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Tab:
    """One tab. A chart's tab *is_grid* not."""

    title: str
    rows: int = 0
    columns: int = 0
    is_grid: bool = True
    is_hidden: bool = False
    merges: tuple[Span, ...] = ()


def in_quotes(names: Iterable[str]) -> str:
    """*names* one after the other, each in the quotation marks of the language in use."""
    return ", ".join(_("“{name}”").format(name=name) for name in names)


@dataclass(frozen=True)
class Book:
    """One spreadsheet: its tabs, and how its people write numbers and tell the time."""

    title: str
    locale: str
    zone: ZoneInfo
    tabs: tuple[Tab, ...]

    @property
    def titles(self) -> str:
        """The titles of its tabs, for messages."""
        return in_quotes(tab.title for tab in self.tabs)

    @property
    def written_as(self) -> str:
        """The name that the reading of exports has for the way numbers are written here."""
        language = self.locale.partition("_")[0]
        known = AS_IN.get(self.locale) or (language if language in LOCALES and language != "en" else None)
        return known or AS_IN.get(_decimal_mark(self.locale), "en-GB")


def _decimal_mark(locale: str) -> str:
    try:
        return str(Locale.parse(locale).number_symbols["latn"]["decimal"])
    except (UnknownLocaleError, ValueError, KeyError):
        return "."


def book_of(answer: Mapping[str, Any]) -> Book:
    """The spreadsheet that Google's *answer* describes. Raises KeyError, TypeError when it describes none."""
    about = answer["properties"]
    zone = about.get("timeZone", "")
    zone = ZoneInfo(zone if zone in available_timezones() else "UTC")
    tabs = tuple(_tab(sheet) for sheet in answer["sheets"])
    return Book(about.get("title", ""), about.get("locale", ""), zone, tabs)


def _tab(sheet: Mapping[str, Any]) -> Tab:
    about = sheet["properties"]
    grid = about.get("gridProperties", {})
    return Tab(
        about["title"],
        grid.get("rowCount", 0),
        grid.get("columnCount", 0),
        about.get("sheetType", "GRID") == "GRID",
        about.get("hidden", False),
        tuple(_span(merge) for merge in sheet.get("merges", ())),
    )


def _span(merge: Mapping[str, int]) -> Span:
    # A bound that is left out is the edge of the sheet, and the first row is left out as 0.
    top, left = merge.get("startRowIndex", 0), merge.get("startColumnIndex", 0)
    return Span(top, merge.get("endRowIndex", top + 1), left, merge.get("endColumnIndex", left + 1))


def key_of(source: Source) -> str:
    """The key of the spreadsheet that *source* names by its address or key. Raises ConfigurationError."""
    said = source.options.get("spreadsheet")
    step = _("Copy the address of the spreadsheet from the browser into spreadsheet = … of kokpit.toml.")
    if not isinstance(said, str) or not said.strip():
        raise ConfigurationError(_("The source {name} names no spreadsheet.").format(name=source.name), step)
    said = said.strip()
    if _KEY.fullmatch(said):
        return said
    try:
        return str(extract_id_from_url(said))
    except NoValidUrlKeyFound:
        message = _("The source {name}: {value} is neither the address nor the key of a Google spreadsheet.")
        raise ConfigurationError(message.format(name=source.name, value=repr(said)), step) from None


@dataclass(frozen=True)
class Bound:
    """A tab and the dataset it goes into; or the title of a tab, and what is wrong with its binding."""

    title: str
    dataset: Dataset | None = None
    tab: Tab | None = None
    trouble: KokpitError | None = None


def bindings(source: Source, book: Book) -> list[Bound]:
    """The tabs that *source* binds by hand, else those named like datasets. Raises ConfigurationError for none."""
    by_hand = source.options.get("tabs")
    if by_hand is None:
        found = _named_alike(book)
        if not found:
            message = _("The source {name}: no tab of “{book}” is named like a dataset; its tabs are {tabs}.")
            raise ConfigurationError(
                message.format(name=source.name, book=book.title, tabs=book.titles),
                _("Name a tab like a dataset (for example targets), or bind it below [source.tabs] in kokpit.toml."),
            )
        return _one_for_whole_tables(found)
    if not isinstance(by_hand, dict) or not by_hand or not all(isinstance(name, str) for name in by_hand.values()):
        message = _("The source {name}: tabs is {value}.").format(name=source.name, value=repr(by_hand))
        raise ConfigurationError(message, _('Write lines such as "Leads" = "leads" below [source.tabs].'))
    return _one_for_whole_tables([_by_hand(book, title, name) for title, name in by_hand.items()])


def _named_alike(book: Book) -> list[Bound]:
    named = by_title(LOADABLE)
    tabs = [tab for tab in book.tabs if tab.is_grid and not tab.is_hidden and plain(tab.title) in named]
    return [Bound(tab.title, LOADABLE[named[plain(tab.title)]], tab) for tab in tabs]


def _by_hand(book: Book, title: str, name: str) -> Bound:
    tab = next((tab for tab in book.tabs if tab.title == title), None)
    tab = tab or next((tab for tab in book.tabs if plain(tab.title) == plain(title)), None)
    if tab is None:
        message = _("“{book}” has no tab “{tab}”; its tabs are {tabs}.")
        return _wrong(
            title,
            message.format(book=book.title, tab=title, tabs=book.titles),
            _("Correct its title below [source.tabs] in kokpit.toml, or give the tab its old title back."),
        )
    dataset = LOADABLE.get(name)
    if dataset is None:
        message = _("The tab “{tab}” is bound to {dataset}, which is no dataset.")
        message = message.format(tab=title, dataset=repr(name))
        return _wrong(title, message, suggestion(name, LOADABLE))
    if not tab.is_grid:
        message = _("The tab “{tab}” of “{book}” is a chart, not a table.").format(tab=title, book=book.title)
        return _wrong(title, message, _("Bind the tab that holds the rows below the chart."))
    return Bound(tab.title, dataset, tab)


def _one_for_whole_tables(found: Iterable[Bound]) -> list[Bound]:
    """Two tabs for a table that is replaced as a whole would take turns: only the first counts."""
    first: dict[str, str] = {}
    checked = []
    for bound in found:
        dataset = bound.dataset
        if (
            dataset
            and (dataset.whole or dataset.name in TABLES)
            and first.setdefault(dataset.name, bound.title) != bound.title
        ):
            message = _("The tabs “{one}” and “{other}” are both bound to {dataset}, which one tab holds as a whole.")
            text = message.format(one=first[dataset.name], other=bound.title, dataset=dataset.name)
            checked.append(_wrong(bound.title, text, _("Put all rows into one of them, and bind only that one.")))
        else:
            checked.append(bound)
    return checked


def _wrong(title: str, message: str, step: str) -> Bound:
    return Bound(title, trouble=ConfigurationError(message, step))
