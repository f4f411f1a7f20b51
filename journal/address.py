"""Where a home's journal is kept: a file in it, or the database that ``KOKPIT_JOURNAL_URL`` names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.config import demo_home
from core.errors import ConfigurationError
from core.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

VARIABLE: Final = "KOKPIT_JOURNAL_URL"
_DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def journal_url(home: Home) -> URL:
    """Where the journal of *home* is; the demonstration never shares a team's database. Raises ConfigurationError."""
    text = os.environ.get(VARIABLE, "").strip()
    if not text or home.path.absolute() == demo_home().path.absolute():
        return file_url(home.journal.absolute())
    try:
        url = make_url(text)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, ValueError, KeyError) as error:
        # The address may hold a password, so it is not repeated.
        message = _("{variable} is no address of an SQLite or PostgreSQL database.").format(variable=VARIABLE)
        raise ConfigurationError(message, _("Write it like {example}.").format(example=_EXAMPLE)) from error
    return url.set(drivername=driver)


def file_url(path: Path) -> URL:
    """The address of the SQLite file *path*."""
    return URL.create("sqlite", database=str(path))


_EXAMPLE: Final = "postgresql://kokpit@localhost/kokpit"
