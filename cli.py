"""The terminal front end: load files, ask for KPIs, take datasets away, look after the warehouse."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # As long as there is nothing to tidy up, whoever interrupts just ends it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

try:
    import typer
except ModuleNotFoundError:
    # Translations need a package too.
    sys.exit("This Python lacks the packages that Kokpit needs. Run it with the Python of .venv: see the README.")
from typer.exceptions import TyperException

from commands import loading, mapping, numbers, packing, planning, refreshing, upkeep  # noqa: F401 - adds their commands
from commands.options import app
from core.errors import KokpitError, UsageError
from core.language import _
from terminal import (
    STOPPED,
    complain,
    leave,
    open_streams,
    own_mistake,
    pipe_is_closed,
    speak_utf8,
    tell,
    wants_json,
    written_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that *arguments* (the program's own, unless given) ask for; returns the exit code."""
    asked = sys.argv[1:] if arguments is None else arguments
    arguments = arguments if asked else ["--help"]
    as_json = wants_json(asked)
    try:
        code = typer.main.get_command(app)(args=arguments, prog_name="cli.py", standalone_mode=False)
        with written_out():
            sys.stdout.flush()
    except KokpitError as error:
        tell(error, as_json=as_json)
        return 2 if isinstance(error, UsageError) else 1
    except TyperException as error:
        tell(misunderstood(error), as_json=as_json)
        return 2
    except BrokenPipeError:
        return pipe_is_closed()
    except KeyboardInterrupt:
        code = STOPPED
    except RuntimeError as error:
        # So DuckDB says that somebody interrupted from the keyboard.
        if str(error) != "Query interrupted":
            raise
        code = STOPPED
    if code == STOPPED:
        complain(_("Stopped. Nothing is left half done: run it again when you like."))
    return code or 0


def misunderstood(error: TyperException) -> UsageError:
    """What Typer says about a wrong command or option, as one of our own errors."""
    context = getattr(error, "ctx", None)
    command = f"python {context.command_path}" if context else "python cli.py"
    return UsageError(
        error.format_message().replace("Value error, ", ""), _("See: {command}.").format(command=f"{command} --help")
    )


if __name__ == "__main__":
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.excepthook = own_mistake
    # A command is over before it would pay to look for what it leaves behind.
    gc.disable()
    open_streams()
    speak_utf8()
    leave(main())
