"""The home folder and its ``kokpit.toml``."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from core.errors import ConfigurationError, suggestion
from core.language import LANGUAGES
from core.period import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT: Final = Path(__file__).parent.parent
REPORTING_KEYS: Final = {"currency", "time_zone", "language", "week_starts", "fiscal_year_starts"}
SOURCE_KINDS: Final = ("search_console", "google_sheets")
LAST_MONTH: Final = 12
CURRENCY_LETTERS: Final = 3


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
    def is_empty(self) -> bool:
        """Whether nothing was ever loaded or configured here."""
        return not (self.warehouse / "CURRENT").exists() and not self.configuration.exists()


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
    sources: tuple[Source, ...] = ()

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
        message = f"{path} cannot be read: {error}."
        raise ConfigurationError(message, "Correct the line named, or delete the file to use the defaults.") from error
    _known(path, "", document, {"reporting", "source", "refresh"})
    _check_shape(path, document)
    reporting = document.get("reporting", {})
    _known(path, "reporting.", reporting, REPORTING_KEYS)
    _check_reporting(path, reporting)
    return Configuration(**reporting, sources=tuple(_source(path, entry) for entry in document.get("source", [])))


def _check_shape(path: Path, document: dict[str, Any]) -> None:
    if not isinstance(document.get("reporting", {}), dict):
        message = f"{path}: reporting is {document['reporting']!r}."
        raise ConfigurationError(message, "Write it as a section: [reporting], with its keys below.")
    sources = document.get("source", [])
    if not isinstance(sources, list) or not all(isinstance(entry, dict) for entry in sources):
        message = f"{path}: source is {sources!r}."
        raise ConfigurationError(message, "Write each source as a section: [[source]], with its keys below.")


def _known(path: Path, prefix: str, table: dict[str, Any], known: set[str]) -> None:
    for key in table:
        if key not in known:
            message = f"{path}: the key {prefix}{key} is not known."
            raise ConfigurationError(message, suggestion(key, known))


def _check_reporting(path: Path, reporting: dict[str, Any]) -> None:
    allowed: dict[str, Callable[[str], bool]] = {
        "currency": lambda value: len(value) == CURRENCY_LETTERS and value.isalpha() and value.isupper(),
        "time_zone": lambda value: value in available_timezones(),
        "language": lambda value: value in LANGUAGES,
        "week_starts": lambda value: value in {"monday", "sunday"},
    }
    hints = {
        "currency": "Use a three-letter code such as EUR.",
        "time_zone": "Use a name such as Europe/Warsaw.",
        "language": f"Use one of {', '.join(LANGUAGES)}.",
        "week_starts": "Use monday or sunday.",
        "fiscal_year_starts": "Use the number of a month, 1 to 12.",
    }
    for key, value in reporting.items():
        if key == "fiscal_year_starts":
            valid = type(value) is int and 1 <= value <= LAST_MONTH
        else:
            valid = isinstance(value, str) and allowed[key](value)
        if not valid:
            message = f"{path}: reporting.{key} is {value!r}."
            raise ConfigurationError(message, hints[key])


def _source(path: Path, entry: dict[str, Any]) -> Source:
    for key in ("name", "kind"):
        if not isinstance(entry.get(key), str):
            message = f"{path}: a [[source]] has no {key}."
            raise ConfigurationError(message, f'Add {key} = "…" to it.')
    if entry["kind"] not in SOURCE_KINDS:
        message = f"{path}: the source {entry['name']!r} is of kind {entry['kind']!r}."
        raise ConfigurationError(message, suggestion(entry["kind"], SOURCE_KINDS))
    options = {key: value for key, value in entry.items() if key not in {"name", "kind"}}
    return Source(entry["name"], entry["kind"], options)
