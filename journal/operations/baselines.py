"""From when on limits are computed anew: changed by people only, with a reason, and never lost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from core.language import N_, _
from journal.models import Baseline
from journal.texts import limited, required
from journal.work import Work, reads, writes

if TYPE_CHECKING:
    from datetime import date

    from journal.places import Place


# Wheeler's four, by the names of the answers.
QUESTIONS: Final = {
    "different": N_("Is the new behaviour different in kind from the old?"),
    "reason_known": N_("Is the reason for it known?"),
    "wanted": N_("Is it wanted?"),
    "lasting": N_("Is it expected to last?"),
}


@dataclass(frozen=True)
class WheelersAnswers:
    """The answers to the four questions that a new baseline has to stand."""

    different: str = ""
    reason_known: str = ""
    wanted: str = ""
    lasting: str = ""


@dataclass(frozen=True)
class NewBaseline:
    """From which day on, why, and the answers to Wheeler's four questions."""

    starts_on: date
    reason: str
    answers: WheelersAnswers


@writes
def add_baseline(work: Work, place: Place, baseline: NewBaseline) -> Baseline:
    """Have the limits of the KPI of *place* computed anew. The process owner's right."""
    work.check_owner({place.process}, place.review)
    return set_baseline(work, place, baseline)


def set_baseline(work: Work, place: Place, baseline: NewBaseline) -> Baseline:
    """Keep *baseline* as part of other work."""
    reason = required(baseline.reason, _("Reason of the new baseline"))
    answers = {name: required(text, _(QUESTIONS[name])) for name, text in asdict(baseline.answers).items()}
    return work.add(Baseline(starts_on=baseline.starts_on, reason=reason, answers=answers), place)


@writes
def undo_baseline(work: Work, number: int, reason: str = "") -> Baseline:
    """Go back to the limits before a baseline; it stays in the journal. Whoever undoes it first is kept."""
    found = work.find(Baseline, number)
    work.check_owner({found.process})
    return _undone(work, found, reason)


def take_back(work: Work, about: int) -> None:
    """Undo, as part of other work, the baselines in force that the entry *about* made."""
    for found in work.session.scalars(select(Baseline).where(Baseline.about_id == about)).all():
        _undone(work, found, "")


def _undone(work: Work, found: Baseline, reason: str) -> Baseline:
    if found.undone_at is None:
        why = limited(reason.strip(), _("Reason"))
        work.edit(found, found.version, undone_at=work.now, undone_by=work.actor.person, undone_reason=why)
    return found


@reads
def baselines(work: Work, kpi: str | None = None, *, undone: bool = False) -> list[Baseline]:
    """The baselines in force (and, if asked for, those undone) of *kpi* or of all, by their first day."""
    asked = select(Baseline).where(Baseline.removed_at.is_(None))
    if kpi is not None:
        asked = asked.where(Baseline.kpi == kpi)
    if not undone:
        asked = asked.where(Baseline.undone_at.is_(None))
    return list(work.session.scalars(asked.order_by(Baseline.starts_on, Baseline.id)))
