"""`backup` and `restore`: journal, plan and settings in one file, all or nothing, and nothing else is taken for it."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from core.errors import TemporaryError
from journal.opening import open_journal
from journal.operations.history import Search, search
from journal.operations.notes import add_note
from journal.people import Actor
from journal.places import Place
from journal.words import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.config import Home
    from tests.cli.conftest import Kokpit

TARGETS = "kpi,valid_from,value\nctr,2026-01-01,0.02\n"
SETTINGS = '[reporting]\ncurrency = "PLN"\n'


def write(home: Home, text: str) -> None:
    """Say *text* in the journal of *home*."""
    add_note(open_journal(home, Actor("ada", Role.HEAD)), Place("paid"), text)


def said(home: Home) -> list[str]:
    """What is said in the journal of *home*."""
    found = search(open_journal(home, Actor("ada", Role.HEAD)), Search())
    return [str(getattr(entry, "text", "")) for entry in reversed(found)]


@pytest.fixture
def filled(home: Home) -> Home:
    """A home with settings, a plan, a format of its own and a journal."""
    home.configuration.write_text(SETTINGS, encoding="utf-8")
    home.plan.mkdir()
    (home.plan / "targets.csv").write_text(TARGETS, encoding="utf-8")
    home.formats.mkdir()
    (home.formats / "żółty.toml").write_text("title = 1", encoding="utf-8")
    write(home, "first")
    return home


@pytest.fixture
def backup(kokpit: Kokpit, filled: Home, tmp_path: Path) -> Path:
    """A backup of it."""
    file = tmp_path / "kokpit.zip"
    answer = kokpit("backup", file)
    assert (answer.code, answer.errors) == (0, "")
    assert "3 files, 1 entry of the journal" in answer.out
    return file


def files(home: Home) -> dict[str, str]:
    """What is in the home, by name, but for the journal and what restoring leaves."""
    kept = [home.configuration, *home.plan.rglob("*"), *home.formats.rglob("*")]
    return {path.name: path.read_text(encoding="utf-8") for path in kept if path.is_file()}


def names(home: Home) -> set[str]:
    """Everything that lies in the home."""
    return {path.name for path in home.path.iterdir()}


def test_everything_comes_back(kokpit: Kokpit, filled: Home, backup: Path) -> None:
    before = files(filled)
    write(filled, "second")
    filled.configuration.write_text(SETTINGS.replace("PLN", "EUR"), encoding="utf-8")
    (filled.plan / "targets.csv").unlink()
    (filled.plan / "people.csv").write_text("person_id\nada\n", encoding="utf-8")
    answer = kokpit("restore", backup)
    assert (answer.code, answer.errors) == (0, "")
    assert files(filled) == before
    assert said(filled) == ["first"]
    write(filled, "third")
    assert said(filled) == ["first", "third"]


def test_restoring_can_be_taken_back(kokpit: Kokpit, filled: Home, backup: Path) -> None:
    write(filled, "second")
    (filled.plan / "targets.csv").unlink()
    kokpit("restore", backup)
    (kept,) = filled.path.glob("before-restore-*.zip")
    kokpit("restore", kept)
    assert said(filled) == ["first", "second"]
    assert sorted(files(filled)) == ["kokpit.toml", "żółty.toml"]


def test_a_backup_moves_to_another_home(kokpit: Kokpit, backup: Path, tmp_path: Path, filled: Home) -> None:
    other = type(filled)(tmp_path / "other")
    answer = kokpit("restore", backup, "--home", other.path)
    assert (answer.code, answer.errors) == (0, "")
    assert files(other) == files(filled)
    assert said(other) == ["first"]
    assert {path.name for path in other.path.iterdir()} >= {"kokpit.toml", "plan", "formats", "journal.sqlite"}
    assert not list(other.path.glob("before-restore-*"))


def test_a_home_without_a_journal_has_one_without(kokpit: Kokpit, home: Home, tmp_path: Path) -> None:
    home.configuration.write_text(SETTINGS, encoding="utf-8")
    answer = kokpit("backup", tmp_path / "kokpit.zip")
    assert "1 file, no journal" in answer.out
    write(home, "stays")
    assert kokpit("restore", tmp_path / "kokpit.zip").code == 0
    assert said(home) == ["stays"]


def test_a_damaged_journal_is_moved_aside(kokpit: Kokpit, filled: Home, backup: Path) -> None:
    for file in filled.path.glob("journal.sqlite*"):
        file.unlink()
    (filled.path / "journal.sqlite").write_text("Dear diary, " * 100, encoding="utf-8")
    assert kokpit("restore", backup).code == 0
    assert said(filled) == ["first"]
    (kept,) = filled.path.glob("journal.sqlite.damaged-*")
    assert kept.read_text(encoding="utf-8").startswith("Dear diary")


def test_the_doctor_looks_at_the_journal(kokpit: Kokpit, filled: Home) -> None:
    shutil.rmtree(filled.formats)
    answer = kokpit("doctor")
    assert (answer.code, answer.errors) == (0, "")
    assert f"✓ journal: sqlite:///{filled.journal}: 1 entry of the journal." in answer.out
    for file in filled.path.glob("journal.sqlite*"):
        file.unlink()
    filled.journal.write_text("Dear diary, " * 100, encoding="utf-8")
    problem = next(line for line in kokpit("doctor").out.splitlines() if "journal:" in line)
    assert problem.startswith("✕ journal:")
    assert "file is not a database" in problem


def test_no_file_is_overwritten(kokpit: Kokpit, filled: Home, backup: Path) -> None:
    content = backup.read_bytes()
    answer = kokpit("backup", backup)
    assert answer.code == 2
    assert "is there already" in answer.errors
    assert backup.read_bytes() == content
    assert kokpit("backup", backup.parent / "nowhere" / "kokpit.zip").code == 2
    assert kokpit("restore", backup.parent / "nothing.zip").code == 2


def _no_zip(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 not really")


def _no_manifest(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kokpit.toml", SETTINGS)


def _changed(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content.replace(b"PLN", b"USD"))


def _cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def _from_the_future(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kokpit-backup.json", json.dumps({"kokpit_backup": 2, "files": {}}))


def _climbing(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kokpit-backup.json", json.dumps({"kokpit_backup": 1, "files": {"plan/../../evil": "0"}}))
        archive.writestr("plan/../../evil", "x")


def _strange_manifest(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kokpit-backup.json", "[1]")


def _sealed(file: Path, name: str, content: bytes) -> None:
    """A backup of Kokpit with one file."""
    sums = {name: hashlib.sha256(content).hexdigest()}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kokpit-backup.json", json.dumps({"kokpit_backup": 1, "files": sums}))
        archive.writestr(name or "x", content)


def _nameless(file: Path) -> None:
    _sealed(file, "", b"x")


def _broken_journal(file: Path) -> None:
    _sealed(file, "journal.sqlite", b"no database" * 1000)


def _broken_settings(file: Path) -> None:
    _sealed(file, "kokpit.toml", b"[reporting\n")


DAMAGES = (
    *(_no_zip, _no_manifest, _changed, _cut_off, _from_the_future, _climbing, _strange_manifest),
    *(_nameless, _broken_journal, _broken_settings),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_foreign_file_changes_nothing(
    kokpit: Kokpit, filled: Home, backup: Path, damage: Callable[[Path], None]
) -> None:
    damage(backup)
    write(filled, "second")
    before = files(filled), names(filled)
    answer = kokpit("restore", backup)
    assert answer.code == 1
    assert "is no backup of Kokpit, or is damaged" in answer.errors
    assert "Nothing was changed." in answer.errors
    assert ".restore-" not in answer.errors
    assert (files(filled), names(filled)) == before
    assert said(filled) == ["first", "second"]


def test_when_the_journal_cannot_be_restored_nothing_is(
    kokpit: Kokpit, filled: Home, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> int:
        message = "The journal is away."
        raise TemporaryError(message)

    filled.configuration.write_text(SETTINGS.replace("PLN", "EUR"), encoding="utf-8")
    (filled.plan / "targets.csv").unlink()
    before = files(filled)
    monkeypatch.setattr("commands.archive.put_back", fail)
    answer = kokpit("restore", backup)
    assert (answer.code, answer.errors.strip()) == (1, "The journal is away.")
    assert files(filled) == before
    assert not list(filled.path.glob(".restore-*"))


def test_where_nothing_can_be_written_that_is_told(
    kokpit: Kokpit, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    home.configuration.write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setattr("commands.archive._pack", read_only)
    # A read-only file system refuses that too, also where there is no such file.
    monkeypatch.setattr("pathlib.Path.unlink", read_only)
    answer = kokpit("backup", tmp_path / "kokpit.zip")
    assert answer.code == 1
    assert "kokpit.zip cannot be written: Read-only file system." in answer.errors
