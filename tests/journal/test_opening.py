"""Opening a journal: made once, brought up to date once, and never taken for something it is not."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from core.config import demo_home
from core.errors import AccessError, ConfigurationError, FileError, KokpitError
from journal.address import VARIABLE, journal_url
from journal.database import Database
from journal.models import Base
from journal.opening import open_journal
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.places import Place
from journal.schema import MIGRATIONS, NEWEST, VERSION_TABLE, prepare, upgrade
from journal.work import Journal
from tests.journal.conftest import HEAD, WITH_POSTGRES, on_postgres

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.config import Home
    from tests.journal.postgres import Server

ROOT = Path(__file__).parents[2]
OPENING = """
import sys
from pathlib import Path
from core.config import Home
from journal.opening import open_journal
from journal.people import Actor
from journal.words import Role
sys.stdin.readline()
open_journal(Home(Path(sys.argv[1])), Actor("ada", Role.HEAD))
print("alembic" in sys.modules)
"""


def opening(home: Home) -> subprocess.Popen[str]:
    """Another program that opens the journal of *home* when it is told to, and says whether it migrated."""
    command = [sys.executable, "-c", OPENING, str(home.path)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_known() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [NEWEST]


@pytest.mark.parametrize("where", ["file", pytest.param("postgresql", marks=WITH_POSTGRES)])
def test_programs_starting_at_once_make_one_journal(
    home: Home, where: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if where != "file":
        server: Server = request.getfixturevalue("postgres")
        monkeypatch.setenv(VARIABLE, server.create_database())
    starting = [opening(home) for _ in range(2)]
    answers = [program.communicate("go\n", timeout=60)[0].strip() for program in starting]
    assert [program.returncode for program in starting] == [0, 0]
    assert "True" in answers
    # What Alembic needs to be imported is spared whoever finds the journal ready.
    assert where != "file" or opening(home).communicate("go\n", timeout=60)[0].strip() == "False"
    journal = open_journal(home, HEAD)
    add_note(journal, Place(), "works")
    assert len(search(journal, Search())) == 1
    journal.database.close()


@pytest.mark.parametrize("where", ["file", pytest.param("postgresql", marks=WITH_POSTGRES)])
def test_a_migration_that_breaks_off_leaves_nothing_behind(
    home: Home, where: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(connection: Connection) -> None:
        upgrade(connection)
        raise KokpitError(where)

    url = journal_url(home) if where == "file" else on_postgres(request.getfixturevalue("postgres"))
    database = Database(url)
    with monkeypatch.context() as broken:
        broken.setattr("journal.schema.upgrade", break_off)
        with pytest.raises(KokpitError):
            prepare(database)
    assert inspect(database.engine).get_table_names() == []
    prepare(database)
    add_note(Journal(database, HEAD), Place(), "works")
    database.close()


def test_a_home_is_made_with_its_journal(home: Home) -> None:
    home.path.rmdir()
    journal = open_journal(home, HEAD)
    assert (home.path / "journal.sqlite").exists()
    assert open_journal(home, HEAD).database is journal.database


def test_a_file_that_took_its_place_is_opened_anew(home: Home) -> None:
    add_note(open_journal(home, HEAD), Place(), "in the old one")
    for file in home.path.glob("journal.sqlite*"):
        file.rename(file.with_name("old-" + file.name))
    assert search(open_journal(home, HEAD), Search()) == []


def test_a_newer_journal_is_left_alone(database: Database) -> None:
    with database.connect(writing=True) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        connection.commit()
    try:
        with pytest.raises(ConfigurationError, match="made by a newer Kokpit: its tables are of version 9999"):
            prepare(database)
    finally:
        with database.connect(writing=True) as connection:
            connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{NEWEST}'"))
            connection.commit()


def test_a_database_of_something_else_is_left_alone(home: Home) -> None:
    with closing(sqlite3.connect(home.path / "journal.sqlite")) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(FileError, match="is a database of something else: it holds songs"):
        open_journal(home, HEAD)


@WITH_POSTGRES
def test_a_shared_postgres_keeps_what_is_in_it(postgres: Server) -> None:
    url = on_postgres(postgres)
    database = Database(url)
    with database.connect(writing=True) as connection:
        connection.execute(text("CREATE TABLE songs (title TEXT)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.commit()
    prepare(database)
    with database.connect(writing=True) as connection:
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        connection.commit()
    with pytest.raises(FileError, match="is a database of something else"):
        prepare(database)
    database.close()


def test_a_file_that_is_no_database_is_told(home: Home) -> None:
    (home.path / "journal.sqlite").write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(FileError, match=r"damaged, or is no journal: file is not a database.*cli.py restore FILE"):
        open_journal(home, HEAD)


def test_a_home_that_cannot_be_made_is_told(home: Home, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AccessError, match="cannot be made"):
        open_journal(type(home)(tmp_path / "file" / "home"), HEAD)


@pytest.mark.parametrize(
    "address", ["mysql://ada:secret@host/db", "not an address", "postgresql://ada:secret@host:port/x"]
)
def test_a_wrong_address_is_told_without_its_password(
    home: Home, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv(VARIABLE, address)
    with pytest.raises(ConfigurationError, match="KOKPIT_JOURNAL_URL is no address") as told:
        journal_url(home)
    assert "secret" not in str(told.value)


def test_the_demonstration_has_a_journal_of_its_own(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://kokpit@host/team")
    assert journal_url(home).database == "team"
    assert journal_url(demo_home()).database == str(demo_home().path / "journal.sqlite")


def test_every_failed_opening_has_a_next_step(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal.database.PATIENCE_SECONDS", 0.2)
    monkeypatch.setenv(VARIABLE, "postgresql://ada:secret@127.0.0.1:1/team")
    with pytest.raises(KokpitError, match=r"cannot be reached: .*Check that the database is running") as told:
        open_journal(home, HEAD)
    assert "secret" not in str(told.value)
