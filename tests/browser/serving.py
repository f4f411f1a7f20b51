"""A real cockpit server for a while, on a free port of this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
READY_WITHIN: Final = 60.0
LIFETIME: Final = 3600
# The alarm ends the server even when whoever started it was killed and can end nothing any more.
PROGRAM: Final = """
import signal, sys
if hasattr(signal, "alarm"):
    signal.alarm(int(sys.argv.pop(1)))
from streamlit.web.cli import main
sys.argv[0] = "streamlit"
main()
"""


@dataclass(frozen=True)
class Cockpit:
    """A running server."""

    url: str
    home: Path
    pid: int
    log: Path

    def page(self, path: str = "", **query: str) -> str:
        """The address of the page *path* with *query* in it."""
        pairs = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{self.url}/{path}" + (f"?{pairs}" if pairs else "")


class ServerError(Exception):
    """The server did not start; the message ends with what it printed."""


@contextmanager
def serving(
    home: Path, demo_home: Path | None = None, lifetime: int = LIFETIME, port: int | None = None
) -> Iterator[Cockpit]:
    """The cockpit of *home* (and the demonstration in *demo_home*) while the block runs, on any *port* or on one."""
    port = port or free_port()
    homes = {"KOKPIT_HOME": str(home), "KOKPIT_DEMO_HOME": str(demo_home or home.parent / "no-demonstration")}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        process = _start(port, homes, log, lifetime)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process, log)
            yield Cockpit(url, home, process.pid, log)
        finally:
            _end(process)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(port: int, homes: Mapping[str, str], log: Path, lifetime: int) -> subprocess.Popen[bytes]:
    where = [f"--server.port={port}", "--server.address=127.0.0.1"]
    command = [sys.executable, "-c", PROGRAM, str(lifetime), "run", "app.py", *where]
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **homes}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    message = f"The cockpit did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}"
    raise ServerError(message)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
