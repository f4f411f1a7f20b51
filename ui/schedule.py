"""Refreshing by the clock: one job in the background of the server, as often as ``kokpit.toml`` asks for."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Final

from apscheduler.schedulers.background import BackgroundScheduler

from connectors.plan.tables import Known
from connectors.refresh import refresh, sources_of
from connectors.runs import last_runs
from core.config import read_configuration
from core.errors import KokpitError, TemporaryError
from core.language import _, use_language
from metrics.names import kpi_names, never_negative, process_names, shares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.config import Configuration, Home

LOOKS_EVERY: Final = timedelta(minutes=1)
RETRIES_AFTER: Final = timedelta(minutes=5)
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_running: list[Schedule] = []


class Schedule:
    """Refreshes *home* when that is due. *trouble* is what the last time ended in, if it did not get to its end."""

    def __init__(self, home: Home, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Nothing happens before the first `look`."""
        self.trouble: KokpitError | None = None
        self._home = home
        self._now = now
        self._not_before = LONG_AGO
        self._stopped = Event()

    def look(self) -> None:
        """Refresh if it is time. The configuration is read each time, so that a change holds from now on."""
        try:
            configuration = read_configuration(self._home)
            due = next_run(self._home, configuration)
            if due and max(due, self._not_before) <= self._now():
                self._refresh(configuration)
            elif not due or due > self._now():
                # Somebody refreshed by hand meanwhile, or nothing is to be refreshed any more.
                self.trouble = None
        except KokpitError as error:
            self.trouble = error

    def stop(self) -> None:
        """Have a refresh that is under way give up; nothing of it is published."""
        self._stopped.set()

    def _refresh(self, configuration: Configuration) -> None:
        use_language(configuration.language)
        self._not_before = self._now() + RETRIES_AFTER
        refresh(
            self._home,
            configuration,
            tell=self._told,
            known=Known(kpi_names(), process_names(), never_negative(), shares()),
        )
        self.trouble = None

    def _told(self, _source: str, _label: str, _share: float) -> None:
        if self._stopped.is_set():
            raise TemporaryError(_("The refresh was stopped."), _("Start it again."))


def next_run(home: Home, configuration: Configuration) -> datetime | None:
    """When *home* is to be refreshed next by itself; None when it is not, or there is nothing to refresh."""
    names = sources_of(home, configuration)
    if not configuration.refresh_every or not names:
        return None
    runs = last_runs(home)
    return min(runs[name].at if name in runs else LONG_AGO for name in names) + configuration.refresh_every


def trouble() -> KokpitError | None:
    """What keeps this server's schedule from refreshing, if anything does."""
    return _running[-1].trouble if _running else None


@contextmanager
def scheduled(schedule: Schedule, every: timedelta = LOOKS_EVERY) -> Iterator[None]:
    """Have *schedule* look at the clock in the background while the block runs; one look at a time, none in a heap."""
    scheduler = BackgroundScheduler(timezone=UTC, executors={"default": {"type": "threadpool", "max_workers": 1}})
    seconds = every.total_seconds()
    scheduler.add_job(schedule.look, "interval", seconds=seconds, coalesce=True, misfire_grace_time=None)
    scheduler.start()
    _running.append(schedule)
    try:
        yield
    finally:
        _running.remove(schedule)
        schedule.stop()
        scheduler.shutdown()
