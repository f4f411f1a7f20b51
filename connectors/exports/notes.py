"""What a reader should know about a load beyond its counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.exports.results import control_sentence
from connectors.exports.summary import account_column
from core.language import _, ngettext

if TYPE_CHECKING:
    from connectors.exports.results import FileResult
    from connectors.exports.staging import Staging
    from connectors.exports.summary import Summary
    from warehouse.merge import Merge

def notes_of(staging: Staging, summary: Summary, result: FileResult, merged: Merge) -> list[str]:
    """The sentences that belong to the load."""
    notes = [control_sentence(control) for control in result.control if control.differs]
    if merged.removed:
        text = ngettext(
            "{n} older row at another level or over other days gave way to this export.",
            "{n} older rows at another level or over other days gave way to this export.",
            merged.removed,
        )
        notes.append(text.format(n=merged.removed))
    if merged.superseded:
        text = ngettext(
            "{n} row was kept out: a newer export already has it.",
            "{n} rows were kept out: a newer export already has them.",
            merged.superseded,
        )
        notes.append(text.format(n=merged.superseded))
    return notes + _unnamed(staging, summary)


def _unnamed(staging: Staging, summary: Summary) -> list[str]:
    """What the file does not say and nobody answered."""
    notes = []
    if not summary.names_account:
        notes.append(
            _("The file names no site; say which with --account.")
            if account_column(staging) == "site"
            else _("The file names no account; say which with --account if you have several.")
        )
    if summary.without_currency:
        notes.append(_("The file names no currency; its money is taken as the reporting currency."))
    return notes
