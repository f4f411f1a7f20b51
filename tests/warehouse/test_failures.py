"""No room, no rights, no folder: a message with a next step, and everything as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import duckdb
import pytest

from core.errors import AccessError, BrokenWarehouseError, ConfigurationError, KokpitError, TemporaryError
from tests.warehouse.shelf import ROOT, clicks, files, publish, run_python
from warehouse.failures import explained, one_line
from warehouse.writer import trying, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from warehouse.writer import Writer

NO_ROOM: Final = """
import resource, sys
from pathlib import Path
from core.errors import KokpitError
from tests.tables import make_every_table
from warehouse.writer import writing
folder, size = Path(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    with writing(folder) as writer:
        make_every_table(writer)
        with writer.lane().transaction():
            writer.run("INSERT INTO target.ad_performance BY NAME SELECT md5(i::VARCHAR) AS ad, random() AS cost "
                       "FROM range(400000) AS t(i)")
        writer.publish()
except KokpitError as error:
    print(type(error).__name__, error)
"""
NOT_ROOT: Final = """
import os, sys
from pathlib import Path
from core.errors import KokpitError
from tests.warehouse.shelf import clicks, publish
from warehouse.undo import rollback
if os.getuid() == 0:
    publish(Path(sys.argv[2]), 1)  # nobody may not read where Python keeps its modules: import them all before
    rollback(Path(sys.argv[2]))
    try:
        rollback(Path(sys.argv[2]))
    except KokpitError:
        pass
    os.setgid(65534)
    os.setuid(65534)
folder = Path(sys.argv[1])
print(clicks(folder))
for write in (lambda: publish(folder, 2), lambda: rollback(folder)):
    try:
        write()
    except KokpitError as error:
        print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
@pytest.mark.parametrize("room", [100_000, 2_000_000])
def test_a_full_disk_changes_nothing(tmp_path: Path, room: int) -> None:
    """There is room for nothing at all, or for a part of the rows."""
    publish(tmp_path, 1)
    before = files(tmp_path)
    told = run_python(NO_ROOM, str(tmp_path), str(room))
    assert told.startswith("TemporaryError The warehouse in ")
    assert "File too large" in told
    assert told.count("\n") == 1
    assert "Nothing was changed. Free some space" in told
    assert files(tmp_path) == before
    assert clicks(tmp_path) == 1
    assert publish(tmp_path, 2) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_a_folder_that_may_only_be_read_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "warehouse"
    publish(folder, 1)
    (folder / "writer.lock").chmod(0o444)
    folder.chmod(0o555)
    for parent in (tmp_path, *list(tmp_path.parents)[:-1]):
        if os.access(parent, os.W_OK) and parent.stat().st_uid == os.getuid():
            parent.chmod(parent.stat().st_mode | 0o055)
    first, *told = run_python(NOT_ROOT, str(folder), str(tmp_path / "other")).splitlines()
    assert first == "1"
    assert [line.split(" ")[0] for line in told] == ["AccessError", "AccessError"]
    assert all(str(folder) in line and "Give yourself the right to write there" in line for line in told)
    folder.chmod(0o755)


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(KokpitError, match="home"):
        publish(tmp_path / "home" / "warehouse", 1)


@pytest.mark.parametrize(
    ("failure", "kind", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x.part"), TemporaryError, "x.part: No space left on device"),
        (OSError(errno.EROFS, "Read-only file system", "x.part"), AccessError, "Read-only file system"),
        (PermissionError(errno.EACCES, "Permission denied"), AccessError, "warehouse: Permission denied"),
        (duckdb.IOException("IO Error: Could not write file\n\nStack:\n0x1"), TemporaryError, "Could not write file."),
        (
            duckdb.IOException(
                'IO Error: Checkpoint failed for database "t". Original error: Could not write file "x"'
            ),
            TemporaryError,
            'warehouse could not be written: Could not write file "x".',
        ),
        (duckdb.IOException("IO Error: Permission denied"), AccessError, "Permission denied"),
        (duckdb.TransactionException("Failed to commit: No space left on device"), TemporaryError, "No space left"),
        (duckdb.OutOfMemoryException("failed to offload data block"), TemporaryError, "failed to offload"),
        (duckdb.BinderException("column x does not exist"), BrokenWarehouseError, "refused a statement"),
    ],
)
def test_each_failure_says_what_to_do(tmp_path: Path, failure: Exception, kind: type[KokpitError], says: str) -> None:
    with pytest.raises(KokpitError) as caught, explained(tmp_path / "warehouse"):
        raise failure
    assert type(caught.value) is kind
    assert says in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.next_step


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signs in names")
class TestSignsInThePathThatTheDatabaseCannotTake:
    """DuckDB opens its log elsewhere for the one, and looks in a folder of a folder for the other."""

    @pytest.mark.parametrize("sign", ["?", "\\"])
    @pytest.mark.parametrize("begin", [writing, trying])
    def test_writing_is_refused_before_any_work(
        self, tmp_path: Path, begin: Callable[[Path], AbstractContextManager[Writer]], sign: str
    ) -> None:
        place = tmp_path / f"a{sign}b"
        place.mkdir()
        with pytest.raises(ConfigurationError) as caught, begin(place / "home" / "warehouse"):
            pytest.fail("the writer began")
        assert f"cannot write in {place}, since there is a {sign} in its name." in caught.value.message
        assert "Rename that folder" in caught.value.next_step
        assert list(place.iterdir()) == []

    def test_what_a_link_leads_to_counts(self, tmp_path: Path) -> None:
        (tmp_path / "plain").mkdir()
        (tmp_path / "a?b").symlink_to(tmp_path / "plain")
        assert publish(tmp_path / "a?b" / "warehouse", 1) == 1
        assert clicks(tmp_path / "plain" / "warehouse") == 1

    @pytest.mark.parametrize(("sign", "said"), [("?", r"a\.wal\?b"), ("\\", "a/b/x")])
    def test_the_database_still_cannot_write_there(self, tmp_path: Path, sign: str, said: str) -> None:
        """Where it can, nothing has to be refused any more."""
        place = tmp_path / f"a{sign}b"
        place.mkdir()
        with duckdb.connect(":memory:") as connection, pytest.raises(duckdb.Error, match=said):
            connection.execute(f"ATTACH '{place}/x.duckdb' AS x; CREATE TABLE x.t AS SELECT 1; CHECKPOINT x")


def test_our_own_errors_pass_as_they_are(tmp_path: Path) -> None:
    error = AccessError("Not yours.", "Ask.")
    with pytest.raises(AccessError) as caught, explained(tmp_path):
        raise error
    assert caught.value is error


def test_reading_needs_no_right_to_write_where_the_program_was_started(tmp_path: Path) -> None:
    """DuckDB would keep what does not fit into memory in the current folder."""
    publish(tmp_path / "warehouse", 1)
    program = "import sys; from pathlib import Path; from warehouse.snapshot import open_snapshot\n"
    program += "print(open_snapshot(Path(sys.argv[1])).rows(\"SELECT current_setting('temp_directory')\")[0][0])"
    place = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "warehouse")],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert place.startswith(str(tmp_path))


def test_what_is_wrapped_in_an_error_is_told_alone() -> None:
    inner = 'Could not write file \\"/x/.a.part\\": No space left on device'
    wrapped = f'IO Error: Async write failed: {{"exception_type":"IO","exception_message":"{inner}","errno":"28"}}'
    assert one_line(duckdb.IOException(wrapped)) == 'Could not write file "/x/.a.part": No space left on device'
