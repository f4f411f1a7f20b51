"""The one family of errors, sorted by what the reader should do next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar, Final

from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LISTED: Final = 24
"""How many known names are listed before the rest is left out."""


class KokpitError(Exception):
    """Base of the family: a message that names the place and the value, and the next step to take."""

    kind: ClassVar[str] = "error"

    def __init__(self, message: str, next_step: str = "") -> None:
        """Keep *message* (what is wrong, where) and *next_step* (what the reader can do now)."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        """Both sentences as one paragraph."""
        return f"{self.message} {self.next_step}".strip()

    def as_dict(self) -> dict[str, str]:
        """The error as the command line's ``--json`` writes it."""
        return {"kind": self.kind, "message": self.message, "next_step": self.next_step}


class UsageError(KokpitError):
    """The request itself is wrong: an unknown name, an impossible date. Ask again, corrected."""

    kind = "usage"


class ConfigurationError(KokpitError):
    """A setting or a plan row is wrong. Fix the configuration."""

    kind = "configuration"


class AccessError(KokpitError):
    """A right is missing. Grant access."""

    kind = "access"


class TemporaryError(KokpitError):
    """Somebody else is busy or away. Wait and try again."""

    kind = "wait"


class FileError(KokpitError):
    """A file cannot be read as what it claims to be. Fix or replace the file."""

    kind = "file"


class AmbiguousFileError(FileError):
    """A file can be read in two ways that give different numbers. Answer the question."""

    kind = "question"


class UnknownFileError(FileError):
    """A file is readable, but no known report. Say what its columns are."""

    kind = "unknown"


class MissingRateError(KokpitError):
    """Money cannot be converted: an exchange rate is missing. Add the rate."""

    kind = "rate"

    def __init__(self, message: str, next_step: str = "", currencies: Sequence[str] = ()) -> None:
        """Keep which *currencies* have no rate, beside the message and the next step."""
        super().__init__(message, next_step)
        self.currencies = tuple(currencies)


class BrokenWarehouseError(KokpitError):
    """The warehouse contradicts its own contract. Report a bug; the files can be loaded again."""

    kind = "bug"


def suggestion(name: str, known: Iterable[str], most: int = LISTED) -> str:
    """'Did you mean …?' with the names nearest to *name*; else the list of them, at *most* as many as anybody reads."""
    names = sorted(known)
    near = get_close_matches(name.lower(), names, n=3, cutoff=0.5) or get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return _("Did you mean {names}?").format(names=" / ".join(near))
    told = names if len(names) <= most else [*names[:most], "…"]
    return _("Known: {names}.").format(names=", ".join(told))
