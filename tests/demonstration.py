"""The demonstration department in a folder of one's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]


def build_demonstration(folder: Path) -> Path:
    """Build the demonstration department into *folder*, as `python cli.py demo` does."""
    kokpit("demo", "--home", str(folder))
    return folder


def kokpit(*arguments: str) -> str:
    """Run the command line with *arguments*; what it printed. Fails with what it printed when it fails."""
    command = [sys.executable, "cli.py", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
