"""A fresh journal for each test, on either database, and people to use it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from journal.address import file_url
from journal.database import Database
from journal.models import Base
from journal.people import Actor
from journal.schema import prepare
from journal.words import Role
from journal.work import Journal
from tests.conftest import NEEDS_POSTGRES
from tests.journal.postgres import Server, find_postgres, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import URL

    from core.config import Home

FILE_NAME: Final = "journal.sqlite"
WITH_POSTGRES: Final = pytest.mark.xdist_group("postgres")
"""Has tests that need the server run one after the other on one worker."""
HEAD: Final = Actor("ada", Role.HEAD)
OWNER: Final = Actor("jan", Role.OWNER, frozenset({"paid"}))
CONTRIBUTOR: Final = Actor("eva", Role.CONTRIBUTOR)
VIEWER: Final = Actor("tom", Role.VIEWER)


class Clock:
    """A clock that goes on by a second each time it is looked at, unless it is set."""

    def __init__(self) -> None:
        """Start on a Monday morning."""
        self.time = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What it shows."""
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests. Without PostgreSQL they are left out; where ``CI`` is set that is a failure."""
    programs = find_postgres()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail(f"{NEEDS_POSTGRES}, and CI is set: install it.")
        pytest.skip(NEEDS_POSTGRES)
    with serving(programs) as server:
        yield server


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an empty journal, to be copied."""
    file = tmp_path_factory.mktemp("journal") / FILE_NAME
    prepared(file_url(file)).close()
    return file


@pytest.fixture(scope="session")
def shared_database(postgres: Server) -> Iterator[Database]:
    """A database that tests take turns to use."""
    database = prepared(on_postgres(postgres))
    yield database
    database.close()


def on_postgres(server: Server) -> URL:
    """The address of a new database of *server*, without any table."""
    return make_url(server.create_database()).set(drivername="postgresql+psycopg")


def prepared(url: URL) -> Database:
    """The database at *url*, ready to use."""
    database = Database(url)
    prepare(database)
    return database


def hurried(url: URL) -> Database:
    """The database in a file that does not wait for the disk: many tests share one."""
    database = Database(url)
    event.listen(database.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = OFF"))
    return database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=WITH_POSTGRES)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with an empty journal: a file, then PostgreSQL."""
    if request.param == "sqlite":
        home: Home = request.getfixturevalue("home")
        shutil.copyfile(request.getfixturevalue("empty_file"), home.journal)
        database = hurried(file_url(home.journal))
        yield database
        database.close()
    else:
        shared: Database = request.getfixturevalue("shared_database")
        tables = ", ".join(Base.metadata.tables)
        with shared.connect(writing=True) as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
            connection.commit()
        yield shared


@pytest.fixture
def clock() -> Clock:
    """The journal's clock."""
    return Clock()


@pytest.fixture
def journal(database: Database, clock: Clock) -> Journal:
    """An empty journal in the hands of the head of marketing."""
    return Journal(database, HEAD, clock)
