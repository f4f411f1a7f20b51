"""What goes wrong between us and Google, told as the project's own errors; nothing secret is repeated."""

from __future__ import annotations

import re
import socket
import ssl
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

from core.errors import AccessError, ConfigurationError, KokpitError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.google.credentials import Found

NETWORK: Final = (OSError, HTTPException, httplib2.HttpLib2Error, TransportError)
_CLOCK: Final = re.compile(
    r"short-lived token|reasonable timeframe|iat and exp|Token used too (early|late)", re.IGNORECASE
)
_KEY_GONE: Final = re.compile(r"Invalid JWT Signature|account not found|Invalid grant: account", re.IGNORECASE)


@contextmanager
def explained(source: str, found: Found) -> Iterator[None]:
    """Turn failures of signing in and of the network into the project's own errors, for the source named *source*."""
    try:
        yield
    except KokpitError:
        raise
    except RefreshError as error:
        raise refused(source, found, error) from None
    except NETWORK as error:
        raise unreachable(source, error) from error
    except GoogleAuthError as error:
        message = _("The source {name}: the credentials in {file} cannot be used ({kind}).")
        text = message.format(name=source, file=found.file, kind=type(error).__name__)
        raise ConfigurationError(text, _("Replace the key file, or sign in again.")) from None


def refused(source: str, found: Found, error: RefreshError) -> KokpitError:
    """The error for credentials that Google gave no token for."""
    said = str(error)
    if error.retryable:
        message = _("The source {name}: Google could not sign in {who} just now.")
        return TemporaryError(message.format(name=source, who=found.who), _("Try again in a few minutes."))
    if _CLOCK.search(said):
        message = _("The source {name}: Google does not accept the time of this computer.").format(name=source)
        return ConfigurationError(message, _("Set the clock (automatic time and the right time zone), then try again."))
    if _KEY_GONE.search(said):
        message = _("The source {name}: Google no longer knows the key of {who} in {file}.")
        step = _("Make a new key of that service account, and replace the file.")
    elif "invalid_grant" in said:
        message = _("The source {name}: the permission of {who} in {file} was withdrawn or has expired.")
        step = _("Sign in again. If that happens weekly, publish the consent screen of your Google Cloud project.")
    else:
        message = _("The source {name}: Google refused to sign in {who} with {file}.")
        step = _("Check that the key is active and that its project may use this service, or replace the key.")
    return AccessError(message.format(name=source, who=found.who, file=found.file), step)


def unreachable(source: str, error: Exception) -> TemporaryError:
    """The error for a server that could not be reached or broke off."""
    if isinstance(error, TimeoutError | socket.timeout) or "timed out" in str(error):
        what = _("it did not answer in time")
    elif isinstance(error, HTTPException):
        what = _("its answer broke off")
    elif isinstance(error, ssl.SSLError):
        what = _("no secure connection came about")
    elif isinstance(error, httplib2.ServerNotFoundError | socket.gaierror):
        what = _("its address was not found")
    else:
        what = _("the connection failed")
    message = _("The source {name}: Google could not be reached; {what}.").format(name=source, what=what)
    step = _("Check the network and try again; what was fetched so far is kept.")
    return TemporaryError(message, step)
