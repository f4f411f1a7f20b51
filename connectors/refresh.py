"""Refreshing: every source is read, what is new goes into one private copy, which is published once at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from connectors import runs
from connectors.base import FAILED, LOADED, REFUSED, UNCHANGED, SourceResult
from connectors.fetching import Fetching
from connectors.inbox import Inbox
from connectors.plan.source import PlanFolder
from connectors.plan.tables import NOBODY, Known
from connectors.registry import connector_of
from core.config import Source
from core.errors import AccessError, BrokenWarehouseError, ConfigurationError, KokpitError, UsageError, suggestion
from core.remarks import _
from warehouse.failures import check_place
from warehouse.lock import writer_lock
from warehouse.writer import explained, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from connectors.base import Connector
    from connectors.fetching import Tell
    from core.config import Configuration, Home
    from warehouse.writer import Writer

    BuiltIn = Callable[[Home, Known], Connector | None]

BUILT_IN: Final[dict[str, BuiltIn]] = {
    "plan": lambda home, known: PlanFolder(home, known) if home.plan.is_dir() else None,
    "inbox": lambda home, known: Inbox(home, known) if home.inbox.is_dir() else None,
}
"""Sources that every home has: by name, what makes their connector, if there is anything to read."""


@dataclass(frozen=True)
class Report:
    """What became of each source, and the snapshot that was published, if any was."""

    sources: list[SourceResult] = field(default_factory=list)
    snapshot: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no source failed and nothing was refused."""
        return not any(result.status in (FAILED, REFUSED) for result in self.sources)

    def as_dict(self) -> dict[str, object]:
        """As the command line's ``--json`` writes it."""
        return {"sources": [result.as_dict() for result in self.sources], "snapshot": self.snapshot}


@dataclass
class _Task:
    """One source on its way in."""

    source: Source
    connector: Connector | None = None
    results: list[SourceResult] = field(default_factory=list)

    def fail(self, error: KokpitError) -> None:
        """Nothing more is to be had from this source today."""
        self.connector = None
        self.results = [SourceResult.failure(self.source, error)]


def refresh(
    home: Home,
    configuration: Configuration,
    names: Collection[str] = (),
    tell: Tell | None = None,
    known: Known | None = None,
) -> Report:
    """Bring in what is new in the sources called *names* (in all of them); one that fails never stops the others.

    *tell* hears source, what is being read, and the share done, always in the caller's thread. *known* are the KPIs and
    processes that a plan may name. Raises UsageError for an unknown name, TemporaryError while another load is running.
    """
    tasks = _tasks(home, configuration, names, known or NOBODY)
    if not tasks:
        return Report()
    check_place(home.warehouse)
    with explained(home.path):
        home.fetched.mkdir(parents=True, exist_ok=True)
        with writer_lock(home.fetched, wait_seconds=0):
            mistakes = _fetch(tasks, tell or (lambda _source, _label, _share: None))
            report = _bring(home, tasks)
            runs.keep(home, report.sources, datetime.now(UTC))
    if mistakes:
        # A mistake of ours in one connector is told, after it has cost the others nothing.
        raise mistakes[0]
    return report


def sources_of(home: Home, configuration: Configuration) -> tuple[str, ...]:
    """The names of everything that a refresh of *home* would read."""
    built_in = (name for name, make in BUILT_IN.items() if make(home, NOBODY))
    return (*(source.name for source in configuration.sources), *built_in)


def _tasks(home: Home, configuration: Configuration, names: Collection[str], known: Known) -> list[_Task]:
    configured = {source.name: source for source in configuration.sources}
    every = {*configured, *BUILT_IN}
    for name in names:
        if name not in every:
            message = _("There is no source {name} in {file}.").format(name=repr(name), file=home.configuration)
            raise UsageError(message, suggestion(name, every))
    tasks = [
        _configured(source, home, configuration, known) for source in configured.values() if _asked(source.name, names)
    ]
    for name, make in BUILT_IN.items():
        if _asked(name, names) and (home.path / name).is_file():
            tasks.append(_in_the_way(name, home.path / name))
        elif _asked(name, names) and (connector := make(home, known)):
            tasks.append(_Task(connector.source, connector))
    return tasks


def _in_the_way(name: str, file: Path) -> _Task:
    task = _Task(Source(name, name))
    error = _("{path} is not a folder.").format(path=file)
    task.fail(ConfigurationError(error, _("Rename the file, so that a folder can be there.")))
    return task


def _asked(name: str, names: Collection[str]) -> bool:
    return not names or name in names


def _configured(source: Source, home: Home, configuration: Configuration, known: Known) -> _Task:
    task = _Task(source)
    try:
        task.connector = connector_of(source, home, configuration, known)
    except KokpitError as error:
        task.fail(error)
    return task


def _fetch(tasks: Sequence[_Task], tell: Tell) -> list[BaseException]:
    """Read what is new in all sources; gives the mistakes of ours that ended the reading of some."""
    ready = [task for task in tasks if task.connector]
    ended = Fetching(tell).read([task.connector for task in ready if task.connector])
    mistakes: list[BaseException] = []
    for task, error in zip(ready, ended, strict=True):
        if isinstance(error, KokpitError):
            task.fail(error)
        elif isinstance(error, OSError):
            task.fail(_forbidden(error))
        elif error:
            told = _("Kokpit made a mistake: {kind}: {error}.").format(kind=type(error).__name__, error=error)
            task.fail(BrokenWarehouseError(told, _("Please report it.")))
            mistakes.append(error)
    return mistakes


def _bring(home: Home, tasks: Sequence[_Task]) -> Report:
    """Merge what was read, one source after the other, and publish all of it as one snapshot."""
    snapshot = None
    if any(task.connector for task in tasks):
        with writing(home.warehouse) as writer:
            for task in tasks:
                _bring_one(task, writer)
            if writer.changed and any(result.status == LOADED for task in tasks for result in task.results):
                snapshot = writer.publish()
        for task in tasks:
            if task.connector:
                task.connector.published()
    return Report([result for task in tasks for result in task.results], snapshot)


def _bring_one(task: _Task, writer: Writer) -> None:
    if task.connector:
        try:
            with explained(writer.folder):
                task.results = task.connector.bring(writer) or [
                    SourceResult(task.source.name, task.source.kind, UNCHANGED)
                ]
        except KokpitError as error:
            task.fail(error)


def _forbidden(error: OSError) -> AccessError:
    message = _("{file} could not be read or written: {error}.")
    told = message.format(file=error.filename or "?", error=error.strerror or error)
    return AccessError(told, _("Check that the disk has room and that you may write there."))
