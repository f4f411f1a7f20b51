"""The connector: reads the bound tabs, compares them with what is there, and loads those that changed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED, Kind, Sample, SourceResult
from connectors.exports import results
from connectors.exports.batch import Batch, Options
from connectors.exports.fingerprints import known
from connectors.exports.members import Member
from connectors.exports.workbooks import survey_of
from connectors.google.credentials import SHEETS, find_credentials
from connectors.google_sheets.api import Client
from connectors.google_sheets.book import bindings, in_quotes, key_of
from connectors.google_sheets.cells import Clock
from connectors.google_sheets.memory import Memory, Reading, changes_between
from connectors.google_sheets.plan import PlanTabs, plan_tab
from connectors.google_sheets.rows import sheet_of
from connectors.plan.merging import Origin
from connectors.plan.tables import TABLES
from core.errors import FileError, KokpitError, TemporaryError
from core.remarks import _, joined
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from connectors.exports.binding import Table
    from connectors.exports.results import FileResult
    from connectors.google_sheets.api import Cells
    from connectors.google_sheets.book import Book, Bound, Tab
    from connectors.google_sheets.plan import PlanTab
    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source
    from warehouse.contract import Dataset
    from warehouse.writer import Writer

MOST_NAMED: Final = 5
"""Of the columns that are not read, for a message."""
STATUSES: Final = {results.LOADED: LOADED, results.EMPTY: UNCHANGED, results.REFUSED: REFUSED, results.FAILED: FAILED}


@dataclass(frozen=True, eq=False)
class Fetched:
    """A tab that was read: its table, the text of its rows in the home, and the rows themselves if they are a plan."""

    title: str
    dataset: Dataset
    table: Table
    reading: Reading
    plan: PlanTab | None = None


class GoogleSheets:
    """One spreadsheet, its tabs bound to datasets."""

    def __init__(self, source: Source, home: Home, configuration: Configuration, known: Known) -> None:
        """Nothing is asked yet; *known* are the KPIs and processes that the plan may name."""
        self.source = source
        self._key = key_of(source)
        self._known = known
        self._zone = configuration.zone
        # Moments are in UTC by the time they are loaded.
        self._team = replace(configuration, time_zone="UTC")
        self._home = home
        self._memory = Memory(home, source)
        self._read_at = datetime.now(UTC)
        self._locale = "en"
        self._found: list[Fetched | SourceResult] = []
        self._brought: dict[str, Reading] = {}

    def fetch(self, tell: Callable[[str, float], None]) -> None:
        """Read the bound tabs; a tab that cannot be read as its dataset is refused, the others are kept."""
        client = Client(self.source, self._key, find_credentials(self.source, self._home, [SHEETS]))
        self._read_at = datetime.now(UTC)
        book = client.book()
        self._locale = book.written_as
        bound = bindings(self.source, book)
        cells = client.cells([entry.tab for entry in bound if entry.tab], tell)
        earlier = self._memory.readings()
        self._found = [self._taken(book, entry, cells, earlier.get(entry.title)) for entry in bound]

    def _taken(
        self, book: Book, bound: Bound, cells: dict[str, Cells], earlier: Reading | None
    ) -> Fetched | SourceResult:
        try:
            if bound.trouble:
                raise bound.trouble
            if bound.tab and bound.dataset:
                return self._read(book, bound.tab, bound.dataset, (cells.pop(bound.title), earlier))
        except KokpitError as error:
            status = REFUSED if isinstance(error, FileError) else FAILED
            result = SourceResult.failure(self.source, error, bound.title, status)
            result.dataset = bound.dataset.name if bound.dataset else ""
            return result
        raise AssertionError(bound)

    def _read(self, book: Book, tab: Tab, dataset: Dataset, read: tuple[Cells, Reading | None]) -> Fetched:
        cells, earlier = read
        sheet = sheet_of(tab, dataset, cells, Clock(book.zone, self._zone))
        columns = sheet.table.columns
        if earlier and earlier.dataset == dataset.name and earlier.columns.keys() - columns.keys():
            lost = ", ".join(sorted(earlier.columns.keys() - columns.keys()))
            message = _("The tab “{tab}” lost columns that it had before: {columns}. Its last good data stays.")
            step = _("Put the header back, above an empty column if nothing is to stand there any more.")
            raise FileError(message.format(tab=tab.title, columns=lost), step)
        sha256 = self._write(sheet.text(), dataset)
        reading = Reading(dataset.name, sha256, sheet.table.skip_lines, columns)
        plan = plan_tab(tab.title, dataset, sheet, self._locale) if dataset.name in TABLES else None
        return Fetched(tab.title, dataset, sheet.table, reading, plan)

    def _write(self, text: str, dataset: Dataset) -> str:
        """Keep *text* in the home; its fingerprint, and that of how it is understood."""
        folder, content = self._memory.folder, text.encode("utf-8", "replace")
        sha256 = hashlib.sha256(f"{dataset.name} {self._locale} ".encode() + content).hexdigest()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / "read.part"
            part.write_bytes(content)
            part.replace(folder / f"{sha256}.csv")
        except OSError as error:
            message = _("What was read cannot be kept in {folder}: {reason}.")
            reason = error.strerror or str(error)
            raise TemporaryError(
                message.format(folder=folder, reason=reason), _("Make room there, and check that you may write.")
            ) from error
        return sha256

    def bring(self, writer: Writer) -> list[SourceResult]:
        """Load the tabs that changed since their last load; each is all or nothing, and so is the plan."""
        known = self._last_loads()
        earlier = self._memory.readings()
        read = [entry for entry in self._found if isinstance(entry, Fetched)]
        changed = [entry for entry in read if known.get(self._label(entry.title)) != entry.reading.sha256]
        facts, plan = ([e for e in changed if bool(e.plan) is is_plan] for is_plan in (False, True))
        loaded = dict(zip((entry.title for entry in facts), self._load(writer, facts), strict=True))
        results = [self._result(entry, loaded, earlier) for entry in self._found if entry not in plan]
        return results + self._bring_plan(writer, plan, earlier)

    def _bring_plan(self, writer: Writer, changed: list[Fetched], earlier: dict[str, Reading]) -> list[SourceResult]:
        """The plan's tabs, those that *changed* into the writer's copy."""
        tabs = [entry.plan for entry in self._found if isinstance(entry, Fetched) and entry.plan]
        refused = {entry.dataset for entry in self._found if isinstance(entry, SourceResult)}
        origins = {
            entry.title: Origin(
                self.source.name, self._label(entry.title), entry.reading.sha256, self.source.kind, self._read_at
            )
            for entry in changed
        }
        results = PlanTabs(self.source, self._known, tabs).bring(writer, origins, refused)
        by_title = {result.part: result for result in results if result.status == LOADED}
        for entry in changed:
            if entry.title in by_title:
                self._brought[entry.title] = entry.reading
                self._tell_changes(by_title[entry.title], entry, earlier.get(entry.title))
        return results

    def _label(self, title: str) -> str:
        return f"{self.source.name}/{title}"

    def _last_loads(self) -> dict[str, str]:
        """The fingerprint of what was last loaded of each tab: what the warehouse holds counts, also after an undo."""
        snapshot = open_snapshot(self._home.warehouse)
        rows = snapshot.rows("SELECT name, sha256 FROM loads WHERE status = 'loaded' ORDER BY load_id")
        return dict(rows)

    def _load(self, writer: Writer, changed: list[Fetched]) -> list[FileResult]:
        if not changed:
            return []
        with tempfile.TemporaryDirectory(prefix="kokpit-") as work:
            tables = []
            for number, entry in enumerate(changed):
                # The home's own path may hold characters that the database takes for a pattern.
                text = Path(work) / f"{number}.csv"
                shutil.copyfile(self._memory.folder / entry.reading.name, text)
                label = self._label(entry.title)
                member = Member(
                    label, entry.title, text, text, typed=True, modified=self._read_at,
                    survey=survey_of(text), hashed=known(entry.reading.sha256),
                )  # fmt: skip
                declared = replace(entry.table.declared, name=self.source.kind, source=self.source.name)
                tables.append((member, replace(entry.table, declared=declared)))
            return Batch(writer, Path(work), Options(locale=self._locale), self._team).load_tables(tables)

    def _result(
        self, entry: Fetched | SourceResult, loaded: dict[str, FileResult], earlier: dict[str, Reading]
    ) -> SourceResult:
        if isinstance(entry, SourceResult):
            return entry
        result = SourceResult(self.source.name, self.source.kind, UNCHANGED, entry.title, entry.dataset.name)
        told = loaded.get(entry.title)
        if told is None:
            result.message = _("Nothing changed since the last reading.")
            self._brought[entry.title] = entry.reading
            return result
        for name in ("rows_loaded", "rows_replaced", "rows_rejected", "first_day", "last_day", "message", "next_step"):
            setattr(result, name, getattr(told, name))
        result.status, result.error_kind, result.notes = STATUSES[told.status], told.kind, list(told.notes)
        if told.status == results.LOADED:
            self._brought[entry.title] = entry.reading
            result.notes += _left_alone(entry.table)
            self._tell_changes(result, entry, earlier.get(entry.title))
        return result

    def _tell_changes(self, result: SourceResult, entry: Fetched, earlier: Reading | None) -> None:
        if earlier is None or earlier.dataset != entry.dataset.name:
            return
        changes = changes_between(self._memory.folder, earlier, entry.reading, entry.dataset)
        if changes:
            sentences = changes.sentences(entry.dataset)
            result.notes = sentences + result.notes
            result.message = joined([*sentences, result.message])

    def sample(self) -> Sample:
        """The spreadsheet's title, and the first rows of the first tab that is bound."""
        client = Client(self.source, self._key, find_credentials(self.source, self._home, [SHEETS]))
        book = client.book()
        first = bindings(self.source, book)[0]
        if first.tab is None:
            raise first.trouble or AssertionError(first)
        rows = client.first_rows(first.tab)
        told = _("The spreadsheet “{book}” can be read; these are the first rows of its tab “{tab}”.")
        return Sample(rows[0] if rows else (), rows[1:], told.format(book=book.title, tab=first.title))

    def check(self) -> None:
        """Try the access out, for the doctor. Raises KokpitError."""
        self.sample()

    def published(self) -> None:
        """Remember what was brought as the last reading of each tab."""
        # The rows are in; what cannot be kept is only what the next reading would be compared with.
        with suppress(OSError):
            self._memory.keep({**self._memory.readings(), **self._brought})


def _left_alone(table: Table) -> list[str]:
    """That columns of a tab are in no dataset: people may have misspelt them."""
    bound = {place for places in table.repeated.values() for place in places}
    headers = [header for place, header in enumerate(table.headers) if header and place not in bound]
    if not headers:
        return []
    shown = in_quotes(headers[:MOST_NAMED]) + (", …" if len(headers) > MOST_NAMED else "")
    return [_("Columns that are not read: {headers}.").format(headers=shown)]


KIND: Final = Kind(
    "google_sheets",
    GoogleSheets,
    required=("spreadsheet",),
    optional=("tabs", "credentials", "endpoint"),
    scope=SHEETS,
    endpoint="https://sheets.googleapis.com",
)
