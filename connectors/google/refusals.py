"""Google's error answers, and what they ask of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from core.errors import AccessError, ConfigurationError, KokpitError, TemporaryError
from core.remarks import _

if TYPE_CHECKING:
    from googleapiclient.errors import HttpError

    from connectors.google.credentials import Found

WRONG: Final = 400
UNAUTHORIZED: Final = 401
FORBIDDEN: Final = 403
MISSING: Final = 404
TOO_MANY: Final = 429
_AGAIN: Final = {408, TOO_MANY, 500, 502, 503, 504}
# A quota refills; a service that is switched off, or a day's allowance that is used up, does not.
QUOTAS: Final = {"quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}
_SWITCHED_OFF: Final = {"accessNotConfigured", "SERVICE_DISABLED"}
_DAILY: Final = "dailyLimitExceeded"


@dataclass(frozen=True)
class Refused:
    """One of Google's error answers: its status, reason and message (which holds no secret)."""

    status: int
    reason: str = ""
    message: str = ""

    @classmethod
    def of(cls, error: HttpError) -> Refused:
        """What *error* says, in the older and in the newer form."""
        status = int(error.resp.status)
        try:
            said = orjson.loads(error.content)["error"]
            entry = (said.get("errors") or said.get("details") or [{}])[0]
            message = str(said.get("message", "")).strip().rstrip(".")
            return cls(status, str(entry.get("reason") or said.get("status") or ""), f"{message}." if message else "")
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError, IndexError):
            return cls(status)

    @property
    def passes(self) -> bool:
        """Whether asking again later may help."""
        return self.status in _AGAIN or (self.status == FORBIDDEN and self.reason in QUOTAS)


def refusal(name: str, found: Found, service: str, error: HttpError) -> KokpitError | HttpError:
    """The error for the source *name*; *error* itself where only who asked knows what it means."""
    refused = Refused.of(error)
    if refused.passes or refused.reason == _DAILY:
        return _passing(name, refused)
    if refused.status == UNAUTHORIZED:
        message = _("The source {name}: Google does not accept the credentials of {who}.")
        return AccessError(message.format(name=name, who=found.who), _("Replace the key file, or sign in again."))
    if refused.reason in _SWITCHED_OFF:
        message = _("The source {name}: the service {service} is not switched on in the key's Google Cloud project.")
        step = _("Switch it on in the Google Cloud console (APIs & Services → Library).")
        return AccessError(message.format(name=name, service=f"{service}.googleapis.com"), step)
    if refused.status == WRONG:
        message = _("The source {name}: Google does not understand the question: {message}")
        step = _("Correct the source in kokpit.toml.")
        return ConfigurationError(message.format(name=name, message=refused.message or "?"), step)
    return error


def _passing(name: str, refused: Refused) -> TemporaryError:
    if refused.reason == _DAILY:
        message = _("The source {name}: today's quota at Google is used up.")
        return TemporaryError(message.format(name=name), _("Try again tomorrow; what was fetched so far is kept."))
    if refused.status in {FORBIDDEN, TOO_MANY}:
        message = _("The source {name}: Google's quota is used up for now.")
        step = _("Try again in a quarter of an hour; what was fetched so far is kept.")
        return TemporaryError(message.format(name=name), step)
    message = _("The source {name}: Google's server is in trouble (status {status}).")
    step = _("Try again later; what was fetched so far is kept.")
    return TemporaryError(message.format(name=name, status=refused.status), step)
