"""One writer at a time: the second waits, or says who holds it; a dead one holds nothing."""

from __future__ import annotations

import getpass
import os
import re
import signal
import threading
import time
from typing import TYPE_CHECKING, Final

import pytest

from core.errors import TemporaryError
from tests.warehouse.shelf import another_process, clicks, publish
from warehouse import lock
from warehouse.lock import writer_lock
from warehouse.undo import rollback

if TYPE_CHECKING:
    from pathlib import Path

HOLD: Final = """
import sys, time
from pathlib import Path
from warehouse.writer import writing
with writing(Path(sys.argv[1])) as writer:
    writer.open_copy()
    print("holding", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def test_the_second_writer_is_told_who_the_first_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.1)
    publish(tmp_path, 1)
    with another_process(HOLD, str(tmp_path), "60") as holder:
        for write in (publish, rollback):
            with pytest.raises(TemporaryError, match="Another load is running") as caught:
                write(tmp_path)
            assert f"{getpass.getuser()} on " in caught.value.message
            assert f"process {holder.pid}, since 20" in caught.value.message
            assert caught.value.next_step == "Wait until it has ended, then try again."
        assert clicks(tmp_path) == 1


def test_a_killed_writer_holds_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    with another_process(HOLD, str(tmp_path), "60") as holder:
        assert (tmp_path / "000002.duckdb.part").exists()
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=30)
    assert publish(tmp_path, 2, wait_seconds=5) == 2
    assert clicks(tmp_path) == 1 + 2
    assert {file.name for file in tmp_path.glob("*.part*")} == set()


def test_the_second_writer_waits_for_a_first_that_ends(tmp_path: Path) -> None:
    with another_process(HOLD, str(tmp_path), "0.7"):
        started = time.monotonic()
        assert publish(tmp_path, 2, wait_seconds=30) == 1
        assert time.monotonic() - started > 0.3


def test_two_threads_of_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    inside = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with writer_lock(tmp_path):
            inside.set()
            leave.wait(timeout=30)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(timeout=30)
    with pytest.raises(TemporaryError, match=f"process {os.getpid()}"), writer_lock(tmp_path, 0.1):
        pytest.fail("two writers")
    leave.set()
    holder.join()
    with writer_lock(tmp_path, 0.1):
        assert (tmp_path / "writer.json").exists()


@pytest.mark.parametrize("written", ["", "{", "[]", '{"who": "ada"}', "\udcff"])
def test_a_holder_that_has_not_said_its_name_yet(tmp_path: Path, written: str) -> None:
    with writer_lock(tmp_path):
        (tmp_path / "writer.json").write_text(written, encoding="utf-8", errors="surrogateescape")
        with pytest.raises(TemporaryError, match="it has just started"), writer_lock(tmp_path, 0.1):
            pytest.fail("two writers")


def test_a_user_without_a_name_can_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run under a number that nobody gave a name."""

    def nameless() -> str:
        raise KeyError(4711)

    monkeypatch.setattr(getpass, "getuser", nameless)
    with writer_lock(tmp_path), pytest.raises(TemporaryError, match=re.escape("? on ")), writer_lock(tmp_path, 0.1):
        pytest.fail("two writers")
