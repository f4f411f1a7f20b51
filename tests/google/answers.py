"""What the test server can be told to answer instead of the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Answer:
    """A prepared answer. *how* is whole, truncated (the body breaks off), reset, or hang (until the server ends)."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "whole"


class Refusal(Exception):  # noqa: N818 - an answer, not an error of ours
    """What a service raises to answer with one of Google's errors."""

    def __init__(self, answer: Answer) -> None:
        """Answer with *answer*."""
        super().__init__(answer.status)
        self.answer = answer


def refusal(status: int, reason: str, message: str, domain: str = "global", **headers: str) -> Answer:
    """One of Google's errors, in the form all of its services share; *headers* have _ for -."""
    error = {"code": status, "message": message, "errors": [{"message": message, "domain": domain, "reason": reason}]}
    named = {"Content-Type": "application/json; charset=UTF-8"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, json.dumps({"error": error}).encode(), named)


UNAUTHORIZED: Final = refusal(401, "authError", "Request had invalid authentication credentials.")
NO_QUOTA: Final = refusal(403, "quotaExceeded", "Search Analytics QPS quota exceeded.", "usageLimits")
NOT_ENABLED: Final = refusal(
    403, "accessNotConfigured", "Google Search Console API has not been used in project 1 before.", "usageLimits"
)
TOO_MANY: Final = refusal(429, "rateLimitExceeded", "Quota exceeded.", "usageLimits", Retry_After="1")
BROKEN: Final = refusal(500, "backendError", "Internal error encountered.")
AWAY: Final = refusal(503, "backendError", "The service is currently unavailable.")
HTML: Final = Answer(200, b"<!DOCTYPE html><title>Sign in to the network</title>", {"Content-Type": "text/html"})
TRUNCATED: Final = Answer(200, b'{"rows": [{"keys": ["2026-03-02"], "clicks": 1', {}, "truncated")
RESET: Final = Answer(how="reset")
HANG: Final = Answer(how="hang")
REVOKED: Final = Answer(400, b'{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}')
WRONG_CLOCK: Final = Answer(
    400,
    b'{"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and '
    b'in a reasonable timeframe. Check your iat and exp values in the JWT claim."}',
)
