"""The SHA-256 by which the same bytes are known again; that of a large file is found beside other work."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def fingerprint(path: Path) -> str:
    """The SHA-256 of the bytes of *path*."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known(value: str) -> Future[str]:
    """A fingerprint that nobody has to wait for."""
    future: Future[str] = Future()
    future.set_result(value)
    return future


def fingerprinted(path: Path, beside: Executor | None) -> Future[str]:
    """The fingerprint of *path*, looked for in *beside*; without that at once."""
    return beside.submit(fingerprint, path) if beside else known(fingerprint(path))
