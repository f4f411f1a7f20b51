"""A person's own permission to read: asked for once in the browser, kept in a file that only that person can read."""

from __future__ import annotations

import json
import os
import webbrowser
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2 import AccessDeniedError, OAuth2Error
from requests.adapters import HTTPAdapter

from connectors.google.credentials import ANALYTICS, AUTHORIZED_USER, SEARCH_CONSOLE, SHEETS, read_credentials
from core.errors import AccessError, ConfigurationError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from requests import PreparedRequest, Response

    from connectors.google.credentials import Found
    from core.config import Home

SCOPES: Final = (SEARCH_CONSOLE, ANALYTICS, SHEETS)
"""All that Kokpit ever asks for: to read."""
PATIENCE: Final = 300
ANSWERS_WITHIN = 30.0
"""Seconds until Google has to have answered with a token."""
CLIENT: Final = "client.json"
"""Where in the home the file of an OAuth client is looked for."""


class _InTime(HTTPAdapter):
    """Asks with a time limit, which the library sets none of."""

    def send(self, request: PreparedRequest, *rest: Any, **more: Any) -> Response:  # noqa: ANN401 - as the library has it
        """Send *request*."""
        return super().send(request, *rest, **(more | {"timeout": ANSWERS_WITHIN}))


def sign_in(client: Path, home: Home, patience: int = PATIENCE) -> Found:
    """Open the browser for the program described in the file *client*, and keep the permission given in *home*.

    Waits *patience* seconds for the answer. Raises AccessError, ConfigurationError or TemporaryError; then nothing is
    kept, and an earlier permission stays.
    """
    try:
        flow = InstalledAppFlow.from_client_secrets_file(str(client), SCOPES)
    except (OSError, ValueError, AttributeError, TypeError):
        # Without its cause: that may quote the file.
        message = _("{file} is not the file of an OAuth client.").format(file=client)
        step = _(
            "Make one in the Google Cloud console (APIs & Services → Credentials → OAuth client ID → Desktop app)."
        )
        raise ConfigurationError(message, step) from None
    for scheme in ("https://", "http://"):
        flow.oauth2session.mount(scheme, _InTime())
    with _explained():
        # Asked anew each time, since Google gives a lasting permission only when it asks.
        told = {"authorization_prompt_message": "", "success_message": _("You may close this window now.")}
        found = flow.run_local_server(port=0, timeout_seconds=patience, prompt="consent", **told)
    if not found.refresh_token:
        raise _incomplete()
    file = home.path / AUTHORIZED_USER
    try:
        _keep(file, {"type": "authorized_user", **json.loads(found.to_json())})
    except OSError as error:
        message = _("{file} could not be read or written: {error}.").format(file=file, error=error.strerror or error)
        raise AccessError(message, _("Check that the disk has room and that you may write there.")) from error
    return read_credentials(file, file.name, SCOPES)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what goes wrong between the reader, the browser and Google into the project's own errors."""
    again = _("Start again, choose the account, and allow what is asked.")
    try:
        yield
    except (AccessDeniedError, AttributeError, TimeoutError):
        # The library reports a browser that never came back as an attribute that is not there.
        raise AccessError(_("Nobody gave permission in the browser."), again) from None
    except OAuth2Error as error:
        raise _incomplete(error.error if isinstance(error.error, str) else type(error).__name__) from None
    except Warning:
        # So the library calls a permission for less than was asked.
        message = _("Not everything that was asked for was allowed in the browser.")
        raise AccessError(message, _("Start again and tick every box: Kokpit only reads.")) from None
    except webbrowser.Error:
        message = _("No browser can be opened on the computer that Kokpit runs on.")
        raise AccessError(message, _("Use a service account's key file there.")) from None
    except OSError as error:
        message = _("Google could not be reached to sign in.")
        raise TemporaryError(message, _("Check the network of this computer, then try again.")) from error


def _incomplete(reason: str = "refresh_token") -> TemporaryError:
    message = _("Google gave no lasting permission ({reason}).").format(reason=reason)
    step = _("Start again. If that does not help, make a new OAuth client (Desktop app) and put its file there.")
    return TemporaryError(message, step)


def _keep(file: Path, content: dict[str, object]) -> None:
    part = file.with_suffix(".part")
    with suppress(FileNotFoundError):
        part.unlink()
    # Readable by its owner only from the first byte on.
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump({name: value for name, value in content.items() if name not in {"token", "expiry"}}, out)
    part.replace(file)
