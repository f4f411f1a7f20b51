"""How the command line speaks: tables, JSON and CSV on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import tempfile
import traceback
from contextlib import contextmanager, suppress
from math import isnan
from typing import TYPE_CHECKING, Final, NoReturn

from rich.console import Console
from rich.table import Table

from core.cells import clean, harmless
from core.errors import BrokenWarehouseError, KokpitError
from core.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

WIDE: Final = 10_000
_COMMANDS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
DECIMALS: Final = 4
MOST_DECIMALS: Final = 8
"""What is smaller is the noise of sums."""
STOPPED: Final = 130
"""The exit code of a program that was stopped from the keyboard."""


class OutputError(KokpitError):
    """Standard output cannot be written, so nobody is told there."""

    kind = "wait"


@contextmanager
def written_out() -> Iterator[None]:
    """What is written to standard output. Raises OutputError where it cannot be; BrokenPipeError passes."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        message = _("Standard output cannot be written: {error}.").format(error=error.strerror)
        step = _("Make room where its output goes, or send it elsewhere. What the command changes is changed.")
        raise OutputError(message, step) from error


def open_streams() -> None:
    """Have what the program was started without lead nowhere: schedulers close what they do not need."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end


def speak_utf8() -> None:
    """Write UTF-8 whatever the system's habit is, with plain line ends: that is what programs are promised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline=None if stream.isatty() else "\n")


def output() -> Console:
    """Standard output: as wide as its lines where it is no terminal, so that a pipe gets every value whole."""
    width = None if sys.stdout.isatty() else WIDE
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True, width=width)


def errors() -> Console:
    """Standard error; paragraphs are left to the terminal to break."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def visible(text: str) -> str:
    """*text* without signs that command a terminal, as names in a file may hold them."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


@written_out()
def say(text: str) -> None:
    """Write a paragraph to standard output."""
    output().print(visible(text.strip()))


def complain(text: str) -> None:
    """Write a paragraph to standard error, where that can be written."""
    with suppress(OSError):
        errors().print(visible(text.strip()))


def tell(error: KokpitError, *, as_json: bool) -> None:
    """Say what is wrong and what to do: on standard error, with *as_json* also as JSON on standard output."""
    complain(str(error))
    if as_json and not isinstance(error, OutputError):
        print_json({"error": error.as_dict()})


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether a command with *arguments* is to answer in JSON, its errors too."""
    return not {"--json", "json", "--format=json"}.isdisjoint(arguments)


@written_out()
def print_json(value: object) -> None:
    """Write *value* to standard output as JSON: full precision without the noise of sums."""
    sys.stdout.write(json.dumps(_cleaned(value), ensure_ascii=False, indent=1) + "\n")


@written_out()
def print_csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write *rows* to standard output as CSV: full precision, nothing for no value, formulas made harmless."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_plain(row[column]) for column in columns] for row in rows)


@written_out()
def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write *rows* to standard output for reading; numbers to the right, in the reader's language."""
    shown = Table(box=None, pad_edge=False)
    for index, column in enumerate(columns):
        number = any(isinstance(row[index], int | float) for row in rows)
        shown.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        shown.add_row(*map(_readable, row))
    console = output()
    if console.is_terminal:
        console.print(shown, soft_wrap=False)
        return
    with console.capture() as captured:
        console.print(shown, soft_wrap=False)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _cleaned(value: object) -> object:
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return clean(value) if isinstance(value, float) else value


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return clean(value)
    return harmless(value) if isinstance(value, str) else value


def _readable(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        from core.numbers import number, telling_decimals  # noqa: PLC0415 - Babel's formats take a moment to load

        return number(value, min(max(DECIMALS, telling_decimals(value)), MOST_DECIMALS))
    return "–" if value is None else visible(str(value))


def known(value: float) -> float | None:
    """*value*, or None for NaN."""
    return None if isnan(value) else value


@contextmanager
def progress_bar(*, hidden: bool) -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error that shows the file at hand and the share done."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415 - seldom needed

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    console = errors()
    with Progress(*columns, console=console, transient=True, disable=hidden or not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda label, share: bar.update(task, description=visible(label[:40]), completed=share)


@contextmanager
def progress_bars(*, hidden: bool) -> Iterator[Callable[[str, str, float], None]]:
    """A bar on standard error for each source: what is being read, the share done, and the time left."""
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (TextColumn("{task.fields[source]}", markup=False), BarColumn(), TimeRemainingColumn())
    console = errors()
    with Progress(
        *columns,
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
        disable=hidden or not console.is_terminal,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def show(source: str, label: str, share: float) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task("", total=1.0, source=source[:24])
            bars.update(tasks[source], description=visible(label[:40]), completed=share)

        yield show


def pipe_is_closed() -> int:
    """Give up on standard output quietly: whoever reads it, such as head, has seen enough. The exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def leave(code: int) -> NoReturn:
    """End the program with this exit *code*, without waiting for answers still to come or tidying its memory."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def own_mistake(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What to say, as `sys.excepthook`, when the program itself is at fault: the trace goes into a file."""
    if issubclass(kind, KeyboardInterrupt):
        return
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="kokpit-mistake-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exception(kind, error, trace, file=file)
    text = _("Kokpit made a mistake: {kind}: {error}.").format(kind=kind.__name__, error=error)
    step = _("Please report it with the file {file}.").format(file=file.name)
    tell(BrokenWarehouseError(text, step), as_json=wants_json(sys.argv))
