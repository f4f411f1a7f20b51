"""Checked keys of a source in ``kokpit.toml`` that Google's services share; mistakes name source, key, value."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from core.errors import ConfigurationError, suggestion
from core.period import DAY
from core.remarks import _

if TYPE_CHECKING:
    from core.config import Source


def text(source: Source, key: str) -> str | None:
    """The text of *key*, if it is there."""
    value = source.options.get(key)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise wrong(source, key, value, _("Write it as text in quotes."))


def required(source: Source, key: str) -> str:
    """The text of *key*, which has to be there."""
    value = text(source, key)
    if value is None:
        message = _("The source {name} has no {key}.").format(name=source.name, key=key)
        raise ConfigurationError(message, _("Add {key} = … to it in kokpit.toml.").format(key=key))
    return value


def several(source: Source, key: str, usual: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """The *known* names that *key* lists, in its order."""
    value = source.options.get(key, list(usual))
    if not isinstance(value, list):
        raise wrong(source, key, value, _("Write a list in square brackets."))
    for name in value:
        if name not in known:
            raise wrong(source, key, name, suggestion(str(name), known))
    return tuple(dict.fromkeys(value))


def first_day(source: Source, usual: date, today: date) -> date:
    """The first day wanted, from ``since``; *today* is the source's, which may be a day behind the team's."""
    value = source.options.get("since", usual)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise wrong(source, "since", value, _("Write a day without quotes, such as {day}.").format(day=usual))
    if value > today + DAY:
        message = _("The source {name}: since is {day}, a day that has not come yet, so nothing is asked for.")
        step = _("Write the first day that you want numbers of into kokpit.toml, such as {day}.").format(day=usual)
        raise ConfigurationError(message.format(name=source.name, day=value), step)
    return value


def endpoint(source: Source) -> str | None:
    """The address to ask instead of Google's own, if one is given."""
    address = text(source, "endpoint")
    if address and not address.startswith(("http://", "https://")):
        raise wrong(source, "endpoint", address, _("Write an address that starts with http:// or https://."))
    return address.rstrip("/") if address else None


def wrong(source: Source, key: str, value: object, step: str) -> ConfigurationError:
    """The error for a *value* of *key* that cannot be."""
    message = _("The source {name}: {key} is {value}.").format(name=source.name, key=key, value=repr(value))
    return ConfigurationError(message, step)
