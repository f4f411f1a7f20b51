"""Who is writing, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.language import N_, _
from journal.errors import ForbiddenError
from journal.words import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LEADERS: Final = N_("Only the head of marketing or the chair of the review may do this, not {person}.")


@dataclass(frozen=True)
class Actor:
    """A person of the plan: their role, and the processes they own."""

    person: str
    role: Role
    processes: frozenset[str] = frozenset()

    @property
    def may_write(self) -> bool:
        """Whether they may write at all."""
        return self.role is not Role.VIEWER

    def leads(self, chair: str = "") -> bool:
        """Whether they lead the review that *chair* chairs: the head leads all."""
        return self.role is Role.HEAD or (self.may_write and bool(chair) and self.person == chair)

    def owns(self, processes: Collection[str]) -> bool:
        """Whether they answer for one of *processes*."""
        return self.role is Role.HEAD or (self.role is Role.OWNER and not self.processes.isdisjoint(processes))


def check_may_write(actor: Actor) -> None:
    """Raise ForbiddenError when *actor* may only read."""
    if not actor.may_write:
        message = _("{person} may read the journal, not write into it.").format(person=actor.person)
        raise ForbiddenError(message, _("Ask the head of marketing for another role in the table of people."))


def check_leads(actor: Actor, chair: str = "") -> None:
    """Raise ForbiddenError unless *actor* leads the review that *chair* chairs."""
    if not actor.leads(chair):
        raise ForbiddenError(_(LEADERS).format(person=actor.person), _("Ask them to do it."))


def check_owns(actor: Actor, processes: Collection[str], chair: str = "", called: Callable[[str], str] = str) -> None:
    """Raise ForbiddenError unless *actor* answers for one of *processes*, or leads the review."""
    if not (actor.owns(processes) or actor.leads(chair)):
        named = ", ".join(sorted(called(each) for each in processes if each))
        message = _("Only the owner of the process “{process}” or the head of marketing may do this, not {person}.")
        message = (message if named else _(LEADERS)).format(process=named, person=called(actor.person))
        raise ForbiddenError(message, _("Ask the owner or the head of marketing, or leave a note."))
