"""A PostgreSQL server of the tests' own: an installed one, on data that is thrown away, ended by itself in any case."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN: Final = Path("/usr/lib/postgresql")
LONGEST_RUN: Final = 900
# The data is thrown away, so it need not be safe.
FAST: Final = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def find_postgres() -> Path | None:
    """The folder of an installed PostgreSQL's programs: the one that ``KOKPIT_POSTGRES`` names, or the newest."""
    if named := os.environ.get("KOKPIT_POSTGRES"):
        return Path(named) if (Path(named) / "initdb").exists() else None
    installed = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = installed[-1] if installed else shutil.which("initdb")
    return Path(found).parent if found else None


class Server:
    """A running server."""

    def __init__(self, programs: Path, folder: Path) -> None:
        """Make an empty server in *folder*, not started yet."""
        self._programs = programs
        self._folder = folder
        self._names = count(1)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--pgdata", folder / "data", "--username=kokpit", "--auth=trust", "--no-sync", "-E", "UTF8")

    def start(self) -> None:
        """Start, and wait until it answers."""
        here = ("-p", str(self.port), "-h", "127.0.0.1", "-k", "", *FAST)
        # Whatever becomes of the tests, it does not run for ever.
        limit = ["timeout", str(LONGEST_RUN)] if shutil.which("timeout") else []
        command = [*limit, self._programs / "postgres", "-D", self._folder / "data", *here]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*_as_nobody(), *map(str, command)], stdout=log, stderr=log)
        until = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < until, (self._folder / "log").read_text(errors="replace")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it at once, breaking all connections; what was committed stays."""
        if self._process is not None:
            self._run("pg_ctl", "stop", "--pgdata", self._folder / "data", "--mode=fast", "--wait", "--timeout=30")
            self._process.wait(30)
            self._process = None

    def create_database(self) -> str:
        """The address of a new database."""
        name = f"journal_{next(self._names)}"
        self.ask(f"CREATE DATABASE {name}")
        return self.address(name)

    def ask(self, sql: str) -> None:
        """Run *sql* as the server's administrator."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(sql.encode())

    def address(self, database: str) -> str:
        """Where *database* is."""
        return f"postgresql://kokpit@127.0.0.1:{self.port}/{database}"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: object) -> None:
        command = [*_as_nobody(), str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=self._folder)
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """A server on a free port of this machine, until the end of the block."""
    # Not below pytest's folder: that one may only be entered by whoever runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="kokpit-postgres-"))
    try:
        if _is_root():
            shutil.chown(folder, "postgres")
        server = Server(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root: its own user is there where it was installed as a package."""
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") if _is_root() else ()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
