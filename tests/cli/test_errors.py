"""Whatever goes wrong: one readable paragraph on standard error, the error as JSON where asked, never a traceback."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import terminal
from tests.warehouse.shelf import ROOT, publish
from warehouse import lock
from warehouse.generations import generations
from warehouse.lock import writer_lock

if TYPE_CHECKING:
    from core.config import Home
    from tests.cli.conftest import Answer, Kokpit

DAYS: Final = "--from 2026-11-02 --to 2026-11-08"
FULL: Final = Path("/dev/full")
WRONG: Final = {
    "laod report.csv": "No such command 'laod'. Did you mean 'load'?",
    "load": "Missing argument 'PATH'.",
    "load --jsn report.csv": "No such option: --jsn",
    "load report.csv --home": "Option '--home' requires an argument.",
    "kpi spend --from 2026-11-02": "Missing option '--to'.",
    f"kpi spent {DAYS}": "There is no KPI 'spent'. Did you mean spend",
    f"kpi spend {DAYS} --split plattform": "The KPI spend has no dimension 'plattform'. Did you mean platform?",
    f"kpi spend {DAYS} --where plattform=meta_ads": "Did you mean platform?",
    f"kpi spend {DAYS} --where platform": "--where 'platform' is not DIM=VALUE. Write it like",
    f"kpi spend {DAYS} --by fortnight": "'fortnight' is not one of 'day', 'week'",
    f"kpi spend {DAYS} --format yaml": "'yaml' is not one of 'table', 'csv', 'json'",
    "kpi spend --from 2026-11-31 --to 2026-12-01": "--from '2026-11-31' is not a day. Write it like 2026-11-16.",
    "kpi spend --from 2026-11-02 --to today": "--to 'today' is not a day.",
    "kpi spend --from 0001-01-01 --to 9999-12-31": "--from '0001-01-01' is too far away.",
    "kpi spend --from 2026-11-08 --to 2026-11-02": "ends on 2026-11-02, before it starts on 2026-11-08. Swap",
    "export ad_perfomance": "There is no dataset 'ad_perfomance'. Did you mean ad_performance",
    "export people --format xls": "The format 'xls' is not known. Did you mean xlsx?",
    "export people --from 2026-11-02": "The dataset people has no days.",
    "export ad_performance --from 2026-11-08 --to 2026-11-02": "before it starts",
    "demo --last-day 32": "--last-day '32' is not a day.",
    "rollback --home ~nobody-of-this-name": "names no user",
}


@pytest.mark.parametrize("asked", WRONG)
def test_wrong_usage_is_told_in_a_paragraph(kokpit: Kokpit, home: Home, asked: str) -> None:
    answer = kokpit(*asked.split())
    assert (answer.code, answer.out) == (2, "")
    _is_a_paragraph(answer)
    assert WRONG[asked] in answer.errors


@pytest.mark.parametrize(
    "asked", ["load --jsn report.csv --json", f"kpi spent {DAYS} --format json", "doctor me --json"]
)
def test_programs_are_told_too(kokpit: Kokpit, home: Home, asked: str) -> None:
    answer = kokpit(*asked.split())
    assert answer.code == 2
    error = answer.json["error"]
    assert list(error) == ["kind", "message", "next_step"]
    assert error["kind"] == "usage"
    assert answer.errors.strip() == f"{error['message']} {error['next_step']}"


COMMANDS: Final = ("load report.csv", f"kpi spend {DAYS}", "export people", "rollback")


@pytest.mark.parametrize("asked", COMMANDS)
class TestEveryCommand:
    def test_a_configuration_that_cannot_be_read(self, kokpit: Kokpit, home: Home, asked: str) -> None:
        home.configuration.write_bytes(b"[reporting]\ncurrency = \xff\n")
        answer = kokpit(*asked.split())
        assert answer.code == 1
        assert str(home.configuration) in answer.errors
        _is_a_paragraph(answer)

    def test_a_configuration_that_is_a_folder(self, kokpit: Kokpit, home: Home, asked: str) -> None:
        home.configuration.mkdir()
        answer = kokpit(*asked.split())
        assert answer.code == 1
        assert str(home.configuration) in answer.errors
        _is_a_paragraph(answer)

    def test_a_setting_that_is_not_known(self, kokpit: Kokpit, home: Home, asked: str) -> None:
        home.configuration.write_text('[reporting]\ncurency = "EUR"\n')
        answer = kokpit(*asked.split())
        assert answer.code == 1
        assert "reporting.curency is not known. Did you mean currency?" in answer.errors

    def test_a_home_that_is_a_file(self, kokpit: Kokpit, home: Home, asked: str, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        answer = kokpit(*asked.split(), "--home", tmp_path / "file")
        assert answer.code == 2
        assert answer.errors == f"{tmp_path / 'file'} is not a folder. Name a folder with --home.\n"
        assert (tmp_path / "file").read_text() == "mine"

    @pytest.mark.parametrize("left", ["latest", None])
    def test_a_pointer_that_was_overwritten_or_lost(
        self, kokpit: Kokpit, home: Home, asked: str, left: str | None
    ) -> None:
        publish(home.warehouse, 1)
        publish(home.warehouse, 1)
        pointer = home.warehouse / "CURRENT"
        if left:
            pointer.write_text(left)
        else:
            pointer.unlink()
        answer = kokpit(*asked.split())
        if asked == "rollback":
            assert (answer.code, answer.out) == (0, "Snapshot 2 is current again.\n")
        else:
            assert answer.code == 1
            assert f'Run: python cli.py rollback --home "{home.path}"' in answer.errors
            _is_a_paragraph(answer)
        assert generations(home.warehouse) == [1, 2]

    def test_a_home_that_is_not_there_yet(self, kokpit: Kokpit, asked: str, tmp_path: Path) -> None:
        answer = kokpit(*asked.split(), "--home", tmp_path / "none")
        assert answer.code == {"load": 1, "kpi": 0, "export": 0, "rollback": 1}[asked.split(maxsplit=1)[0]]
        assert answer.errors
        assert "Traceback" not in answer.errors


def test_a_locked_warehouse(kokpit: Kokpit, home: Home, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.1)
    home.warehouse.mkdir()
    with writer_lock(home.warehouse):
        answer = kokpit("load", report, "--json")
    assert answer.code == 1
    assert answer.json["error"]["kind"] == "wait"
    assert f"process {os.getpid()}" in answer.json["error"]["message"]
    _is_a_paragraph(answer)


def test_our_own_mistakes_leave_the_trace_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `sys.excepthook` does with an error that nobody foresaw."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["cli.py", "doctor", "--json"])
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    terminal.own_mistake(caught.type, caught.value, caught.tb)
    (trace,) = tmp_path.glob("kokpit-mistake-*.txt")
    written = capsys.readouterr()
    assert "ZeroDivisionError: division by zero" in trace.read_text()
    message = f"Kokpit made a mistake: ZeroDivisionError: division by zero. Please report it with the file {trace}."
    assert written.err.strip() == message
    assert '"kind": "bug"' in written.out


def test_the_program_tells_its_own_mistakes_that_way() -> None:
    program = "import runpy, sys, warehouse.doctor as d; d.examine = None; sys.argv = ['cli.py', 'doctor']\n"
    program += "runpy.run_path('cli.py', run_name='__main__')"
    result = _python("-c", program)
    assert result.returncode == 1
    assert result.stderr.startswith("Kokpit made a mistake: TypeError")
    assert "Traceback" not in result.stderr + result.stdout


class TestTheProgramItself:
    """What only a process of its own shows: exit codes, streams, pipes, signals."""

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ("load {report} --json", 0),
            ("load {report} missing.csv --json", 1),
            ("load", 2),
            (f"kpi spend {DAYS} --format csv", 0),
            (f"kpi spent {DAYS}", 2),
            ("export people", 0),
            ("export nothing", 2),
            ("doctor --json", 0),
            ("demo --last-day never", 2),
        ],
    )
    def test_exit_codes_and_streams(self, home: Home, report: Path, asked: str, code: int) -> None:
        result = _python("cli.py", *asked.format(report=report).split())
        assert result.returncode == code
        assert bool(result.stdout) == (code < 2)
        assert bool(result.stderr) == (code == 2)

    def test_it_writes_utf_8_whatever_the_system_is_used_to(self, department: Home) -> None:
        result = _python("cli.py", "doctor", PYTHONIOENCODING="latin-1", LC_ALL="C")
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout.startswith("✓ python")

    @pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
    def test_a_pipe_that_is_closed_early(self, department: Home, form: str) -> None:
        """`python cli.py export … | head -c 1`: more is written than a pipe holds."""
        result = _closed_early("export", "ad_performance", "--format", form)
        assert result.stderr == b""
        assert result.returncode in (0, 1)

    @pytest.mark.parametrize("form", ["csv", "json", "table"])
    def test_a_pipe_that_is_closed_before_the_first_byte(self, department: Home, form: str) -> None:
        asked = ("kpi", "spend", "clicks", "--from", "2025-11-02", "--to", "2026-11-08", "--by", "day")
        result = _closed_early(*asked, "--format", form)
        assert result.stderr == b""
        assert result.returncode in (0, 1)

    @pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is always full")
    @pytest.mark.parametrize(
        "asked",
        [
            ("kpi", "spend", *DAYS.split()),
            ("kpi", "spend", "clicks", "--from", "2020-01-01", "--to", "2026-11-08", "--by", "day", "--format", "json"),
            ("export", "ad_performance"),
            ("doctor",),
            ("doctor", "--json"),
        ],
    )
    def test_output_that_cannot_be_written_is_told(self, department: Home, asked: tuple[str, ...]) -> None:
        with FULL.open("wb") as full:
            command = [sys.executable, "cli.py", *asked]
            result = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
        assert result.returncode == 1
        (told,) = (line for line in result.stderr.splitlines() if not line.startswith("⚠"))
        assert told.startswith("Standard output cannot be written: No space left on device. Make room where")

    @pytest.mark.skipif(not FULL.exists(), reason="needs a disk that is always full")
    def test_what_was_loaded_is_in_though_nobody_could_be_told(self, home: Home, report: Path) -> None:
        with FULL.open("wb") as full:
            command = [sys.executable, "cli.py", "load", str(report), "--json"]
            result = subprocess.run(command, cwd=ROOT, stdout=full, stderr=full, check=False)
        assert result.returncode == 1
        assert not home.is_empty

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
    @pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
    def test_streams_that_were_closed_are_not_missed(self, home: Home, report: Path, closed: str) -> None:
        command = f'exec "{sys.executable}" cli.py load "{report}" {closed}'
        result = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False, text=True)
        assert result.returncode == 0, result.stderr
        assert "mistake" not in result.stderr
        assert not home.is_empty

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
    def test_ctrl_c_ends_it_in_one_sentence(self, home: Home, report: Path) -> None:
        program = "import signal, sys, time, cli\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
        program += "import connectors.exports.load as loading\n"
        program += "loading.load_files = lambda *_: (print('loading', flush=True), time.sleep(60))\n"
        program += f"sys.exit(cli.main(['load', {str(report)!r}]))"
        command = [sys.executable, "-c", program]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "loading\n"
            process.send_signal(signal.SIGINT)
            _out, errors = process.communicate(timeout=30)
        stopped = "Stopped. Nothing is left half done: run it again when you like.\n"
        assert (process.returncode, errors) == (130, stopped)

    def test_nothing_is_coloured_where_nobody_sees_a_terminal(self, department: Home, report: Path) -> None:
        for asked in (("--help",), ("load", str(report)), ("doctor",), ("kpi", "spend", *DAYS.split()), ("laod",)):
            result = _python("cli.py", *asked)
            assert "\x1b" not in result.stdout + result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
class TestInATerminal:
    def test_no_color_is_respected(self, department: Home) -> None:
        assert "\x1b[1m" in _in_terminal(80, "kpi", "spend", *DAYS.split())
        assert "\x1b[3" not in _in_terminal(80, "kpi", "spend", *DAYS.split(), NO_COLOR="1")

    def test_a_narrow_terminal_breaks_values_but_loses_none(self, department: Home) -> None:
        shown = _in_terminal(40, "kpi", "spend", *DAYS.split(), "--split", "campaign", NO_COLOR="1", TERM="dumb")
        assert "…" not in shown
        assert {"175", "140"} <= set(shown.split())

    def test_binary_formats_are_not_poured_into_it(self, department: Home) -> None:
        shown = _in_terminal(200, "export", "people", "--format", "parquet", TERM="dumb")
        assert shown.strip() == "A terminal cannot show parquet. Name a file with --out."


def _is_a_paragraph(answer: Answer) -> None:
    assert answer.errors.count("\n") == 1
    assert "Traceback" not in answer.errors
    assert answer.errors[0] not in " ╭│"


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def _closed_early(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line into a pipe whose other end is closed already."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [sys.executable, "cli.py", *arguments],
            cwd=ROOT,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writer)


def _in_terminal(width: int, *arguments: str, **environment: str) -> str:
    """What the command line shows in a terminal that is *width* columns wide."""
    import fcntl  # noqa: PLC0415 - Windows has none of these
    import pty  # noqa: PLC0415 - the same
    import termios  # noqa: PLC0415 - the same

    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    with subprocess.Popen(
        [sys.executable, "cli.py", *arguments],
        cwd=ROOT,
        env={"TERM": "xterm"}
        | {n: v for n, v in os.environ.items() if n not in {"NO_COLOR", "COLUMNS", "TERM"}}
        | environment,
        stdin=inside,
        stdout=inside,
        stderr=inside,
    ):
        os.close(inside)
        shown = b""
        while chunk := _read(outside):
            shown += chunk
    os.close(outside)
    return shown.decode().replace("\r\n", "\n")


def _read(terminal_side: int) -> bytes:
    try:
        return os.read(terminal_side, 4096)
    except OSError:
        # Linux reports the end of a terminal as an error.
        return b""
