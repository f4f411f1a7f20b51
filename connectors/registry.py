"""Every kind of source that ``kokpit.toml`` can name, and whether a source says what its kind needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors import lags
from connectors.google_analytics import connector as google_analytics
from connectors.google_sheets import connector as google_sheets
from connectors.plan.tables import NOBODY
from connectors.search_console import connector as search_console
from core.errors import ConfigurationError, suggestion
from core.remarks import _

if TYPE_CHECKING:
    from connectors.base import Connector, Kind
    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (search_console.KIND, google_analytics.KIND, google_sheets.KIND)
}


def connector_of(source: Source, home: Home, configuration: Configuration, known: Known = NOBODY) -> Connector:
    """A connector made for *source*; *known* is what a plan in it may name.

    Raises ConfigurationError naming file, source, key and the nearest known one.
    """
    return checked_kind(source, home).make(source, home, configuration, known)


def checked_kind(source: Source, home: Home) -> Kind:
    """The kind of *source*, which has every key that the kind needs and no other. Raises ConfigurationError."""
    kind = KINDS.get(source.kind)
    place = {"file": home.configuration, "source": repr(source.name)}
    if kind is None:
        message = _("{file}: the source {source} is of kind {kind}, which is not known.")
        raise ConfigurationError(message.format(**place, kind=repr(source.kind)), suggestion(source.kind, KINDS))
    allowed = {"name", "kind", lags.KEY, *kind.required, *kind.optional}
    for key in source.options:
        if key not in allowed:
            message = _("{file}: the source {source} has the key {key}, which is not known.")
            raise ConfigurationError(message.format(**place, key=key), suggestion(key, allowed))
    for key in kind.required:
        if key not in source.options:
            message = _("{file}: the source {source} has no {key}.").format(**place, key=key)
            raise ConfigurationError(message, _('Add {key} = "…" to it.').format(key=key))
    lags.check_lag(source, home)
    return kind
