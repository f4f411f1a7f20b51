"""A person's own permission to read: asked for once in the browser, kept in a file that only that person can read."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2 import OAuth2Error

from connectors.google.credentials import ANALYTICS, AUTHORIZED_USER, SEARCH_CONSOLE, SHEETS, read_credentials
from core.errors import AccessError, ConfigurationError
from core.remarks import _

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.google.credentials import Found
    from core.config import Home

SCOPES: Final = (SEARCH_CONSOLE, ANALYTICS, SHEETS)
"""All that Kokpit ever asks for: to read."""
PATIENCE: Final = 300
CLIENT: Final = "client.json"
"""Where in the home the file of an OAuth client is looked for."""


def sign_in(client: Path, home: Home, patience: int = PATIENCE) -> Found:
    """Open the browser for the program described in the file *client*, and keep the permission given in *home*.

    Waits *patience* seconds for the answer. Raises AccessError or ConfigurationError.
    """
    try:
        flow = InstalledAppFlow.from_client_secrets_file(str(client), SCOPES)
    except (OSError, ValueError):
        # Without its cause: that may quote the file.
        message = _("{file} is not the file of an OAuth client.").format(file=client)
        step = _(
            "Make one in the Google Cloud console (APIs & Services → Credentials → OAuth client ID → Desktop app)."
        )
        raise ConfigurationError(message, step) from None
    try:
        found = flow.run_local_server(port=0, timeout_seconds=patience, authorization_prompt_message="")
    except (OAuth2Error, AttributeError, TimeoutError):
        # The library reports a browser that never came back as an attribute that is not there.
        message = _("Nobody gave permission in the browser.")
        raise AccessError(message, _("Start again, choose the account, and allow what is asked.")) from None
    file = home.path / AUTHORIZED_USER
    _keep(file, {"type": "authorized_user", **json.loads(found.to_json())})
    return read_credentials(file, file.name, SCOPES)


def _keep(file: Path, content: dict[str, object]) -> None:
    part = file.with_suffix(".part")
    with suppress(FileNotFoundError):
        part.unlink()
    # Readable by its owner only from the first byte on.
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump({name: value for name, value in content.items() if name not in {"token", "expiry"}}, out)
    part.replace(file)
