"""The home folder and its ``kokpit.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from core.errors import ConfigurationError, suggestion
from core.language import LANGUAGES
from core.money import CURRENCIES
from core.period import Calendar
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT: Final = Path(__file__).parent.parent
NOTHING_LOADED: Final = b"000000.duckdb"
"""What the warehouse's pointer says while none of its snapshots is in force."""
REPORTING_KEYS: Final = {
    *("currency", "time_zone", "language", "week_starts", "fiscal_year_starts"),
    *("company", "signal_rules", "limits_from"),
}
CHOICES: Final = {
    "week_starts": ("monday", "sunday"),
    "signal_rules": ("wheeler", "western_electric", "nelson", "nhs"),
    "limits_from": ("mean", "median"),
}
"""What settings with a handful of values may be."""
REFRESH_KEYS: Final = {"every"}
OWN_SOURCES: Final = {"plan", "inbox"}
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=31)
LAST_MONTH: Final = 12
_EVERY: Final = re.compile(r"(\d{1,5})\s*([mhd])")
_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True)
class Home:
    """The folder that holds everything a department's cockpit keeps."""

    path: Path

    @property
    def configuration(self) -> Path:
        """``kokpit.toml``."""
        return self.path / "kokpit.toml"

    @property
    def warehouse(self) -> Path:
        """The folder of snapshots."""
        return self.path / "warehouse"

    @property
    def plan(self) -> Path:
        """The folder of the team's own tables."""
        return self.path / "plan"

    @property
    def inbox(self) -> Path:
        """The folder people drop exports into."""
        return self.path / "inbox"

    @property
    def formats(self) -> Path:
        """The folder of formats that people described themselves."""
        return self.path / "formats"

    @property
    def journal(self) -> Path:
        """The file of the journal, unless that is in a database elsewhere."""
        return self.path / "journal.sqlite"

    @property
    def fetched(self) -> Path:
        """The folder where refreshing keeps what it knows between its runs."""
        return self.path / "fetched"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is loaded or configured here; lost or damaged data is not nothing."""
        return not self.configuration.exists() and self._holds_nothing()

    def _holds_nothing(self) -> bool:
        try:
            return (self.warehouse / "CURRENT").read_bytes().strip() == NOTHING_LOADED
        except FileNotFoundError:
            return not any(self.warehouse.glob("*.duckdb"))
        except OSError:
            return False


def user_home() -> Home:
    """The home named by ``KOKPIT_HOME``, else ``data/home`` of the project."""
    return Home(Path(os.environ.get("KOKPIT_HOME") or PROJECT / "data" / "home").expanduser())


def demo_home() -> Home:
    """The home of the demonstration department: ``KOKPIT_DEMO_HOME``, else ``data/demo-home`` of the project."""
    return Home(Path(os.environ.get("KOKPIT_DEMO_HOME") or PROJECT / "data" / "demo-home").expanduser())


@dataclass(frozen=True)
class Source:
    """A configured place rows come from."""

    name: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Configuration:
    """What ``kokpit.toml`` says, every key optional."""

    currency: str = "EUR"
    time_zone: str = "Europe/Warsaw"
    language: str = "en"
    week_starts: str = "monday"
    fiscal_year_starts: int = 1
    company: str = ""
    signal_rules: str = "wheeler"
    limits_from: str = "mean"
    sources: tuple[Source, ...] = ()
    refresh_every: timedelta | None = None

    @property
    def calendar(self) -> Calendar:
        """Where the team's weeks and years start."""
        return Calendar(self.week_starts, self.fiscal_year_starts)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that 'today' is meant in."""
        return ZoneInfo(self.time_zone)


def read_configuration(home: Home) -> Configuration:
    """The configuration of *home*; the defaults when it has none. Raises ConfigurationError."""
    path = home.configuration
    if not path.exists():
        return Configuration()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = _("{path} cannot be read: {error}.").format(path=path, error=error)
        step = _("Correct the line named, or delete the file to use the defaults.")
        raise ConfigurationError(message, step) from error
    _known(path, "", document, {"reporting", "source", "refresh"})
    _check_shape(path, document)
    reporting = document.get("reporting", {})
    _known(path, "reporting.", reporting, REPORTING_KEYS)
    _check_reporting(path, reporting)
    refresh = document.get("refresh", {})
    _known(path, "refresh.", refresh, REFRESH_KEYS)
    every = _interval(path, refresh["every"]) if "every" in refresh else None
    return Configuration(**reporting, sources=_sources(path, document.get("source", [])), refresh_every=every)


def _check_shape(path: Path, document: dict[str, Any]) -> None:
    if not isinstance(document.get("reporting", {}), dict):
        message = _("{path}: {key} is {value}.").format(path=path, key="reporting", value=repr(document["reporting"]))
        raise ConfigurationError(message, _("Write it as a section: [reporting], with its keys below."))
    if not isinstance(document.get("refresh", {}), dict):
        message = _("{path}: {key} is {value}.").format(path=path, key="refresh", value=repr(document["refresh"]))
        raise ConfigurationError(message, _('Write it as a section: [refresh], with every = "6h" below.'))
    sources = document.get("source", [])
    if not isinstance(sources, list) or not all(isinstance(entry, dict) for entry in sources):
        message = _("{path}: {key} is {value}.").format(path=path, key="source", value=repr(sources))
        raise ConfigurationError(message, _("Write each source as a section: [[source]], with its keys below."))


def _known(path: Path, prefix: str, table: dict[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            message = _("{path}: the key {key} is not known.").format(path=path, key=prefix + key)
            raise ConfigurationError(message, suggestion(key, known))


def _check_reporting(path: Path, reporting: dict[str, Any]) -> None:
    allowed: dict[str, Callable[[str], bool]] = {
        "currency": CURRENCIES.__contains__,
        "time_zone": lambda value: value in available_timezones(),
        "language": lambda value: value in LANGUAGES,
        "company": lambda value: bool(value.strip()),
        **{key: values.__contains__ for key, values in CHOICES.items()},
    }
    hints = {
        "currency": _("Use a three-letter code such as EUR."),
        "time_zone": _("Use a name such as Europe/Warsaw."),
        "language": _("Use one of {names}.").format(names=", ".join(LANGUAGES)),
        "fiscal_year_starts": _("Use the number of a month, 1 to 12."),
        "company": _("Write the company's name as the list of news releases has it."),
        **{key: _("Use one of {names}.").format(names=", ".join(values)) for key, values in CHOICES.items()},
    }
    for key, value in reporting.items():
        if key == "fiscal_year_starts":
            valid = type(value) is int and 1 <= value <= LAST_MONTH
        else:
            valid = isinstance(value, str) and allowed[key](value)
        if not valid:
            message = _("{path}: {key} is {value}.").format(path=path, key=f"reporting.{key}", value=repr(value))
            raise ConfigurationError(message, hints[key])


def _interval(path: Path, text: object) -> timedelta:
    """How often to refresh, from a text such as ``6h``. Raises ConfigurationError."""
    match = _EVERY.fullmatch(text.strip()) if isinstance(text, str) else None
    every = int(match[1]) * _UNITS[match[2]] if match else timedelta()
    if not SHORTEST <= every <= LONGEST:
        message = _("{file}: refresh.every is {value}.").format(file=path, value=repr(text))
        step = _('Write minutes, hours or days, from five minutes to 31 days: every = "30m", "6h" or "1d".')
        raise ConfigurationError(message, step)
    return every


def _sources(path: Path, entries: list[dict[str, Any]]) -> tuple[Source, ...]:
    found = tuple(_source(path, entry) for entry in entries)
    names = [source.name for source in found]
    for name in names:
        if name in OWN_SOURCES:
            message = _("{file}: a source is called {name}, as a folder of the home is.")
            raise ConfigurationError(message.format(file=path, name=repr(name)), _("Give it another name."))
        if names.count(name) > 1:
            message = _("{file}: two sources are called {name}.").format(file=path, name=repr(name))
            raise ConfigurationError(message, _("Give each a name of its own."))
    return found


def _source(path: Path, entry: dict[str, Any]) -> Source:
    for key in ("name", "kind"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            message = _("{path}: a [[source]] has no {key}.").format(path=path, key=key)
            raise ConfigurationError(message, _('Add {key} = "…" to it.').format(key=key))
    options = {key: value for key, value in entry.items() if key not in {"name", "kind"}}
    return Source(entry["name"], entry["kind"], options)
