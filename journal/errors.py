"""What the journal refuses, beyond the project's own family of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import AccessError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from journal.models import ReviewException


class ForbiddenError(AccessError):
    """The person's role does not allow it. Ask whoever may."""

    kind = "forbidden"


class ClosedReviewError(UsageError):
    """The review is closed already: by whom and when."""

    kind = "closed"

    def __init__(self, message: str, next_step: str, closed_by: str, closed_at: datetime) -> None:
        """Keep who closed it and when, beside the message and the next step."""
        super().__init__(message, next_step)
        self.closed_by = closed_by
        self.closed_at = closed_at


class UnansweredError(UsageError):
    """The review cannot be closed while exceptions have no outcome."""

    kind = "unanswered"

    def __init__(self, message: str, next_step: str, exceptions: Sequence[ReviewException]) -> None:
        """Keep which *exceptions* wait for an outcome, beside the message and the next step."""
        super().__init__(message, next_step)
        self.exceptions = tuple(exceptions)
