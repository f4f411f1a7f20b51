"""What commands share: the program they belong to, their options, the home they work in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from core.config import Configuration, Home, read_configuration, user_home
from core.errors import UsageError
from core.language import _, use_language
from terminal import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from warehouse.snapshot import Snapshot

app = typer.Typer(
    help="Kokpit: the cockpit of a marketing department that is run by processes.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
YEARS: Final = range(1900, 2200)


class OutputFormat(StrEnum):
    """How a table is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Language(StrEnum):
    """What Kokpit speaks."""

    EN = "en"
    PL = "pl"
    RU = "ru"


def named(*names: str, metavar: str, says: str, parser: Callable[[str], Path] | None = None) -> typer.models.OptionInfo:
    """An option that takes a value."""
    option: typer.models.OptionInfo = typer.Option(*names, metavar=metavar, help=says, parser=parser)
    return option


def a_path(text: str) -> Path:
    """The path in *text*. Raises UsageError for none: an unset variable is not the current folder."""
    if not text:
        raise UsageError(_("A path is empty."), _("Name a file or a folder; perhaps a variable is not set."))
    return Path(text)


HOME: Final = "The home folder; KOKPIT_HOME or data/home otherwise."
DEMO_HOME: Final = "Where to build it; its own home otherwise."
LOCALE: Final = "How numbers and days are written: en-US, en-GB, pl, ru, de."
HomeOption = Annotated[Path | None, named("--home", metavar="DIR", says=HOME, parser=a_path)]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]
FromOption = Annotated[str | None, named("--from", metavar="DAY", says="The first day, such as 2026-11-16.")]
ToOption = Annotated[str | None, named("--to", metavar="DAY", says="The last day.")]
FirstOption = Annotated[str, named("--from", metavar="DAY", says="The first day, such as 2026-11-16.")]
LastOption = Annotated[str, named("--to", metavar="DAY", says="The last day.")]
FormOption = Annotated[OutputFormat, typer.Option("--format", help="How to write them.")]
LastDayOption = Annotated[str | None, named(metavar="DAY", says="The last day with data; yesterday otherwise.")]
FormatOption = Annotated[str | None, named("--format", metavar="NAME", says="The format, when it is not recognised.")]
AccountOption = Annotated[str | None, named(metavar="NAME", says="The account or site, when the file does not say.")]
LocaleOption = Annotated[str | None, named(metavar="NAME", says=LOCALE)]
SplitOption = Annotated[list[str] | None, named(metavar="DIM", says="Split by a dimension; may be repeated.")]
WhereOption = Annotated[list[str] | None, named(metavar="DIM=VALUE", says="Only these; may be repeated.")]
KindOption = Annotated[str | None, named("--format", metavar="FORMAT", says="csv, parquet or xlsx; else as FILE ends.")]
OutOption = Annotated[Path | None, named(metavar="FILE", says="The file to write; standard output otherwise.")]


def home_at(path: Path | None) -> tuple[Home, Configuration]:
    """The home asked for with its configuration; messages are in its language from here on. Raises UsageError."""
    home = home_named(path) if path else user_home()
    if home.path.exists() and not home.path.is_dir():
        raise UsageError(_("{path} is not a folder.").format(path=home.path), _("Name a folder with --home."))
    configuration = read_configuration(home)
    use_language(configuration.language)
    return home, configuration


def home_named(path: Path) -> Home:
    """The home in the folder *path*. Raises UsageError."""
    try:
        return Home(path.expanduser())
    except RuntimeError as error:
        raise UsageError(_("{path} names no user.").format(path=path), _("Name a folder with --home.")) from error


def snapshot_to_read(path: Path | None) -> tuple[Snapshot, Configuration]:
    """The snapshot in force of the home asked for, with its configuration."""
    from warehouse.snapshot import open_snapshot  # noqa: PLC0415 - DuckDB takes a moment to import

    home, configuration = home_to_read(path)
    return open_snapshot(home.warehouse), configuration


def home_to_read(path: Path | None) -> tuple[Home, Configuration]:
    """The home asked for; says so when nothing is there yet."""
    home, configuration = home_at(path)
    if not home.path.exists():
        complain("⚠ " + _("There is no folder {path} yet: everything is empty.").format(path=home.path))
    return home, configuration


def a_day(option: str, text: str | None, years: range = YEARS) -> date | None:
    """The day of *years* that an option names, if it was given. Raises UsageError."""
    return required_day(option, text, years) if text else None


def required_day(option: str, text: str, years: range = YEARS) -> date:
    """The day of *years* that an option names. Raises UsageError."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        message = _("{option} {text} is not a day.").format(option=option, text=repr(text))
        raise UsageError(message, _("Write it like 2026-11-16.")) from error
    if day.year not in years:
        message = _("{option} {text} is too far away.").format(option=option, text=repr(text))
        raise UsageError(message, _("Name a day from {first} to {last}.").format(first=years[0], last=years[-1]))
    return day


def ending_of(file: Path, known: Collection[str]) -> str:
    """What the name of *file* ends in. Raises UsageError where it is none of the *known* endings."""
    ending = file.suffix.lower().removeprefix(".")
    if ending in known:
        return ending
    message = _("{file} ends in .{ending}, which is not written here.")
    if file.is_dir():
        message = _("{file} is a folder, not a file.")
    elif not ending:
        message = _("The name {file} has no ending that says what to write.")
    raise UsageError(message.format(file=file, ending=ending), _("Use one of {names}.").format(names=", ".join(known)))


def writable(file: Path) -> Path:
    """*file*, or what it links to. Raises UsageError when it cannot be written where it is asked for."""
    if file.is_dir() or not file.resolve().parent.is_dir():
        raise UsageError(_("{file} cannot be written.").format(file=file), _("Name a file in a folder that exists."))
    if file.exists() and not file.is_file():
        # It would be replaced, and whoever reads from it would wait for ever.
        raise UsageError(_("{file} is a pipe or a device, not a file.").format(file=file), _("Name an ordinary file."))
    return file.resolve() if file.is_symlink() else file
