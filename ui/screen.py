"""One run's facts: whose numbers, in which language, which period of which data. Made by the frame, read by pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core import numbers
from core.language import LANGUAGES, _, use_language
from core.period import Grain
from core.presets import Preset, resolve
from ui import journaling, names, queries
from ui.view import GRAINS, ME, SHARED_FILTERS, View, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.config import Configuration
    from core.period import Period
    from metrics.freshness import Freshness
    from ui.homes import Shown
    from ui.journaling import Start


MOST_POINTS: Final = 1000
DAYS: Final = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 30, Grain.QUARTER: 91, Grain.YEAR: 365}


@dataclass(frozen=True)
class Screen:
    """What the pages are drawn from. *me* is who reads, *starts* where the journal starts limits anew."""

    view: View
    shown: Shown
    configuration: Configuration
    language: str
    period: Period
    last_day: date | None
    sources: tuple[Freshness, ...]
    choices: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Why the journal cannot be read, for pages that do without it."""
    me: str = ""
    starts: tuple[Start, ...] = ()

    @cached_property
    def key(self) -> str:
        """What everything drawn depends on, beside the snapshot."""
        late = [source.source for source in self.sources if source.late]
        year = queries.day_of(self.shown, self.configuration).year
        return repr((self.language, self.configuration, self.period, self.view.query(), late, self.starts, year))

    def dated(self, day: date) -> str:
        """*day* as the reader writes it, with its year where that is not the one that is now."""
        return numbers.day(day, year=day.year != queries.day_of(self.shown, self.configuration).year)


def open_screen(shown: Shown, query: Mapping[str, str], browser_language: str | None) -> Screen:
    """The screen for the address's *query*; the language is in use from here on."""
    # What is wrong with the configuration is told in the reader's own language, too.
    use_language(query.get("lang") or (browser_language or "").partition("-")[0])
    configuration = queries.configuration(shown.home)
    language = _language(query.get("lang", ""), shown, configuration, browser_language)
    use_language(language)
    view, notes = read(query)
    sources = queries.freshness(shown, configuration)
    last_day = max((min(source.newest, queries.day_of(shown, configuration)) for source in sources), default=None)
    choices = _choices(shown, configuration, view)
    view, more = _possible(view, choices)
    view, early = _begun(view, sources, last_day, configuration)
    period = _period(view, last_day, configuration)
    view, coarser = _readable(view, period)
    starts, unread = journaling.starts(shown)
    return Screen(
        view=view,
        shown=shown,
        configuration=configuration,
        language=language,
        period=period,
        last_day=last_day,
        sources=sources,
        choices=choices,
        notes=notes + more + early + coarser,
        unread=unread,
        me=query.get(ME, ""),
        starts=starts,
    )


def _language(asked: str, shown: Shown, configuration: Configuration, browser: str | None) -> str:
    """The address decides, then the configuration, then the browser."""
    if asked in LANGUAGES:
        return asked
    if not shown.is_demo and shown.home.configuration.exists():
        return configuration.language
    prefix = (browser or "").partition("-")[0]
    return prefix if prefix in LANGUAGES else "en"


def _begun(
    view: View, sources: tuple[Freshness, ...], last_day: date | None, configuration: Configuration
) -> tuple[View, tuple[str, ...]]:
    """The view of the week that goes on, and a sentence, where there is nothing yet of any week that is over."""
    oldest = min((source.oldest for source in sources if source.oldest), default=None)
    if view.preset is not Preset.LAST_WEEK or not oldest or _period(view, last_day, configuration).end >= oldest:
        return view, ()
    told = _("There is nothing yet of a week that is over; the week that goes on is shown instead.")
    return view.having(preset=Preset.WEEK_TO_DATE), (told,)


def _period(view: View, last_day: date | None, configuration: Configuration) -> Period:
    if view.preset is Preset.CUSTOM and view.custom:
        return view.custom
    day = last_day or datetime.now(UTC).astimezone(configuration.zone).date()
    return resolve(view.preset, day, configuration.calendar)


def _readable(view: View, period: Period) -> tuple[View, tuple[str, ...]]:
    """The view at a grain that gives no more points than a chart can show, and a sentence when that is coarser."""
    fitting = [grain for grain in GRAINS[GRAINS.index(view.grain) :] if period.days / DAYS[grain] <= MOST_POINTS]
    grain = fitting[0] if fitting else GRAINS[-1]
    if grain is view.grain:
        return view, ()
    return view.having(grain=grain), (_("The period is too long for so many points; each covers more days here."),)


def _choices(shown: Shown, configuration: Configuration, view: View) -> dict[str, tuple[str, ...]]:
    if not shown.generation:
        return dict.fromkeys(SHARED_FILTERS, ())
    chosen = dict(view.filters)
    within = {"platform": chosen["platform"]} if "platform" in chosen else {}
    return queries.remember(shown, ("choices", within), lambda: _known(shown, configuration, within))


def _known(shown: Shown, configuration: Configuration, within: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    platforms = queries.values(shown, "platform", configuration)
    # What there is no data for narrows nothing: everything is shown instead.
    within = {name: value for name, value in within.items() if value in platforms}
    return {
        "platform": platforms,
        "account": queries.values(shown, "account", configuration, **within),
        "site": queries.values(shown, "site", configuration),
    }


def _possible(view: View, choices: Mapping[str, tuple[str, ...]]) -> tuple[View, tuple[str, ...]]:
    """The view without shared filters that there is no data for, and a sentence on each."""
    notes = []
    for name, value in view.filters:
        if name in SHARED_FILTERS and value not in choices[name]:
            text = _("There is no data for “{value}”; everything is shown instead.")
            notes.append(text.format(value=names.value(name, value)))
            view = view.filtered(**{name: None})
    return view, tuple(notes)
