"""The journal's fixed words: rights, rhythms, states and kinds, stored as written here."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person may do."""

    HEAD = "head"
    OWNER = "owner"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"


class Rhythm(StrEnum):
    """How often a review takes place."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class ReviewState(StrEnum):
    """How far a review is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class ExceptionKind(StrEnum):
    """Why something has to be talked about."""

    SIGNAL = "signal"
    TARGET = "target"
    PROMISE = "promise"


class Outcome(StrEnum):
    """What the meeting made of an exception."""

    EXPLAINED = "explained"
    INVESTIGATING = "investigating"
    NEW_NORMAL = "new_normal"


class NoteKind(StrEnum):
    """What a note says."""

    HAPPENED = "happened"
    MEANS = "means"
    REMARK = "remark"


class Direction(StrEnum):
    """Where a decision wants its KPI to go."""

    UP = "up"
    DOWN = "down"


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EventKind(StrEnum):
    """What sort of thing happened."""

    CAMPAIGN = "campaign"
    SITE = "site"
    PRICE = "price"
    MARKET = "market"
    TEAM = "team"
    DATA = "data"
    OTHER = "other"


class Act(StrEnum):
    """What was done to an entry."""

    ADDED = "added"
    EDITED = "edited"
    CONFLICTING = "conflicting"
    REMOVED = "removed"
    RESTORED = "restored"
