"""Who asks Google: a service account's key, or a person's own permission, found where people usually put them.

Nothing of a key's content is ever part of a message: only its file, its kind, and the address to share with.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as person
from google.oauth2 import service_account

from core.errors import AccessError, ConfigurationError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from google.auth.credentials import Credentials

    from core.config import Home, Source

SEARCH_CONSOLE: Final = "https://www.googleapis.com/auth/webmasters.readonly"
ANALYTICS: Final = "https://www.googleapis.com/auth/analytics.readonly"
SHEETS: Final = "https://www.googleapis.com/auth/spreadsheets.readonly"

SERVICE_ACCOUNT: Final = "service_account.json"
AUTHORIZED_USER: Final = "authorized_user.json"
TOKEN_ADDRESS: Final = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
CLIENT: Final = ("installed", "web")


@dataclass(frozen=True)
class Found:
    """Credentials, whose they are (the address to share with; empty where the file does not say), and their file."""

    credentials: Credentials
    account: str = ""
    file: Path | None = None

    @property
    def who(self) -> str:
        """The account in words, for messages."""
        return self.account or str(self.file or "")


class _ServiceAccount(service_account.Credentials):
    """A service account whose library asks nobody but the token's address and the service itself."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        # Otherwise a thread asks a further server, which nobody configured, where the account may be used from.
        return False


def find_credentials(source: Source, home: Home, scopes: Sequence[str]) -> Found:
    """The credentials that *source* names, else those in the first of the usual places."""
    named = source.options.get("credentials")
    if named is not None:
        if not isinstance(named, str) or not named:
            message = _("The source {name}: credentials is {value}.").format(name=source.name, value=repr(named))
            raise ConfigurationError(message, _("Name a file, as a path or relative to the home."))
        return read_credentials(home.path / Path(named).expanduser(), source.name, scopes)
    for file in usual_places(home):
        if file.is_file():
            return read_credentials(file, source.name, scopes)
    message = _("The source {name} has no credentials for Google.").format(name=source.name)
    step = _("Put a service account's key file at {file}, or name the file with credentials = … in kokpit.toml.")
    raise AccessError(message, step.format(file=home.path / SERVICE_ACCOUNT))


def usual_places(home: Home) -> list[Path]:
    """Where credentials are looked for when the source names none, in order."""
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    gspread = Path.home() / ".config" / "gspread"
    return [
        home.path / SERVICE_ACCOUNT,
        home.path / AUTHORIZED_USER,
        *([Path(named).expanduser()] if named else []),
        gspread / SERVICE_ACCOUNT,
        gspread / AUTHORIZED_USER,
        _google_tools() / "application_default_credentials.json",
    ]


def _google_tools() -> Path:
    """The folder of Google's command line tools; asking their library could ask the network too."""
    named = os.environ.get("CLOUDSDK_CONFIG")
    if named:
        return Path(named)
    roaming = os.environ.get("APPDATA")
    return Path(roaming) / "gcloud" if os.name == "nt" and roaming else Path.home() / ".config" / "gcloud"


def read_credentials(file: Path, name: str, scopes: Sequence[str]) -> Found:
    """The credentials in *file*, for the source *name*, limited to *scopes*."""
    content = _content(file, name)
    kind = content.get("type")
    if kind == "service_account":
        return _made(file, lambda: _service_account(content, file, scopes))
    if kind == "authorized_user":
        return _made(file, lambda: _person(content, file, scopes))
    if any(isinstance(content.get(part), dict) for part in CLIENT):
        message = _("{file} names a program, not an account: nobody gave it permission yet.").format(file=file)
        raise AccessError(message, _("Sign in to Google on the Sources page, or use a service account's key file."))
    if kind is None:
        message = _("{file} is not a key file: it has no type.").format(file=file)
    else:
        message = _("{file} is a key file of the type {kind}, which is not supported.").format(
            file=file, kind=str(kind)[:40]
        )
    raise ConfigurationError(message, _new_key())


def _service_account(content: dict[str, Any], file: Path, scopes: Sequence[str]) -> Found:
    found: Credentials = _ServiceAccount.from_service_account_info(content, scopes=list(scopes))  # type: ignore[no-untyped-call]
    return Found(found, str(content.get("client_email", "")), file)


def _person(content: dict[str, Any], file: Path, scopes: Sequence[str]) -> Found:
    # The library's own reader would ignore the address that the file names.
    address = content.get("token_uri") or TOKEN_ADDRESS
    parts = {name: content.get(name) for name in ("refresh_token", "client_id", "client_secret")}
    if not all(isinstance(part, str) and part for part in parts.values()):
        raise ValueError
    found = person.Credentials(None, token_uri=address, scopes=list(scopes), **parts)
    return Found(found, str(content.get("account", "")), file)


def _made(file: Path, make: Callable[[], Found]) -> Found:
    try:
        return make()
    except (ValueError, GoogleAuthError):
        # Without its cause: what the library says may quote the key.
        message = _("{file} is a damaged key file: a part is missing, or its private key cannot be read.")
        raise ConfigurationError(message.format(file=file), _new_key()) from None


def _content(file: Path, name: str) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        message = _("The source {name} needs the key file {file}, which does not exist.").format(name=name, file=file)
        raise ConfigurationError(message, _("Put it there, or correct credentials in kokpit.toml.")) from None
    except OSError as error:
        message = _("The key file {file} cannot be read: {error}.").format(file=file, error=error.strerror or "?")
        raise AccessError(message, _("Give yourself the right to read it.")) from error
    except ValueError:
        # Without its cause: that holds the text of the file.
        message = _("{file} is not a key file: it is not JSON.").format(file=file)
        raise ConfigurationError(message, _new_key()) from None
    if not isinstance(content, dict):
        message = _("{file} is not a key file: it holds no object.").format(file=file)
        raise ConfigurationError(message, _new_key())
    return content


def _new_key() -> str:
    return _(
        "Make a new JSON key of the service account in the Google Cloud console (IAM → Service accounts → Keys), "
        "and put that file there."
    )
