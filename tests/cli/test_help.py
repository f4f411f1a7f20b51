"""`--help`: pleasant, complete and quick."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.shelf import ROOT, run_python

if TYPE_CHECKING:
    from tests.cli.conftest import Kokpit

COMMANDS = {
    "demo": {"--home", "--last-day", "--json"},
    "load": {"--home", "--format", "--account", "--locale", "--dry-run", "--json"},
    "refresh": {"--home", "--json"},
    "kpi": {"--home", "--from", "--to", "--by", "--split", "--where", "--format"},
    "export": {"--home", "--from", "--to", "--format", "--out"},
    "backup": {"--home"},
    "restore": {"--home"},
    "rollback": {"--home", "--json"},
    "explain": {"--home", "--by"},
    "doctor": {"--home", "--json"},
}
HEAVY = {
    "sqlalchemy",
    "alembic",
    "psycopg",
    "duckdb",
    "pandas",
    "pyarrow",
    "numpy",
    "sqlglot",
    "xlsxwriter",
    "python_calamine",
    "streamlit",
    "altair",
}


@pytest.mark.parametrize("asked", [(), ("--help",)])
def test_every_command_is_listed(kokpit: Kokpit, asked: tuple[str, ...]) -> None:
    answer = kokpit(*asked)
    assert (answer.code, answer.errors) == (0, "")
    assert [command for command in COMMANDS if f" {command} " not in answer.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(kokpit: Kokpit, command: str) -> None:
    answer = kokpit(command, "--help")
    assert answer.code == 0
    assert {option for option in COMMANDS[command] if f" {option} " not in answer.out} == set()


def test_help_loads_nothing_heavy() -> None:
    """That is what makes it quick on any machine."""
    program = "import sys, cli\ncode = cli.main(['--help'])\n"
    program += "print('loaded:', *sorted({name.split('.')[0] for name in sys.modules}))\nsys.exit(code)"
    loaded = set(run_python(program).split("loaded:")[1].split())
    assert loaded & HEAVY == set()


def test_help_is_there_at_once() -> None:
    """Processor seconds: whatever else the machine does, it does not count."""
    program = "import resource, subprocess, sys\nsubprocess.run([sys.executable, 'cli.py', '--help'], check=True)\n"
    program += "used = resource.getrusage(resource.RUSAGE_CHILDREN)\nprint('seconds:', used.ru_utime + used.ru_stime)"
    if sys.platform == "win32":
        pytest.skip("Windows does not count processor seconds of children")
    best = min(float(run_python(program).split("seconds:")[1]) for _ in range(3))
    assert best < 0.7


def test_it_can_be_asked_from_anywhere() -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--help"], cwd=ROOT.parent, capture_output=True, check=False, timeout=60
    )
    assert result.returncode == 0


def test_a_python_without_the_packages_is_told_so() -> None:
    found = subprocess.run(
        [sys.executable, "-S", str(ROOT / "cli.py"), "doctor"], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (1, "")
    assert "Traceback" not in found.stderr
    assert ".venv" in found.stderr
