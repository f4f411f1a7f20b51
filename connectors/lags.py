"""How far behind the data of a configured source may be before the source is late: by its kind, or as the team says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import ConfigurationError
from core.remarks import _

if TYPE_CHECKING:
    from core.config import Configuration, Home, Source

KEY: Final = "expected_lag"
OF_KIND: Final = {"search_console": 3, "google_analytics": 2, "google_sheets": 7}
"""Days: Search Console is final after two or three, Analytics counts on for one or two, people write once a week."""
LONGEST: Final = 366


def expected_lags(configuration: Configuration) -> dict[str, int]:
    """The days that each configured source, by name, may be behind; one that says no number has its kind's."""
    lags = {source.name: _lag(source) for source in configuration.sources}
    return {name: lag for name, lag in lags.items() if lag is not None}


def check_lag(source: Source, home: Home) -> None:
    """Raise ConfigurationError where *source* says something else than a number of days."""
    value = source.options.get(KEY, 0)
    if not _is_days(value):
        message = _("{file}: the source {source} has {key} = {value}.")
        place = message.format(file=home.configuration, source=repr(source.name), key=KEY, value=repr(value))
        raise ConfigurationError(place, _("Write whole days from 0 to {n}, such as 2.").format(n=LONGEST))


def _lag(source: Source) -> int | None:
    value = source.options.get(KEY)
    return value if _is_days(value) else OF_KIND.get(source.kind)


def _is_days(value: object) -> bool:
    return type(value) is int and 0 <= value <= LONGEST
