"""Why the totals that a file declares are not what its rows sum to: said afterwards, by whoever found out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from core.language import _
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

LONGEST: Final = 2000
_CHANGE: Final = "UPDATE target.loads SET explanation = ?, explained_by = ?, explained_at = ? WHERE load_id = ?"


def explain(folder: Path, load_id: int, text: str, by: str = "") -> int:
    """Say why the totals of the load *load_id* differ; an empty *text* takes that back. The snapshot's number then.

    Raises UsageError where the text is endless, where there is no such load, and where its totals do not differ.
    """
    said = _storable(text)
    if not folder.is_dir():
        raise _unknown(load_id)
    with writing(folder) as writer:
        if _explanation(folder, load_id) == said:
            return writer.base
        writer.open_copy()
        now = datetime.now(UTC).replace(tzinfo=None)
        writer.run(_CHANGE, [said, (by or None) if said else None, now if said else None, load_id])
        return writer.publish()


def _explanation(folder: Path, load_id: int) -> str | None:
    """What is said of the load so far. Raises UsageError unless there is one to explain."""
    asked = "SELECT name, control_differs, explanation FROM loads WHERE load_id = ?"
    found = open_snapshot(folder).rows(asked, [load_id])
    if not found:
        raise _unknown(load_id)
    name, differs, explanation = found[0]
    if not differs:
        message = _("The totals of load {load} ({file}) agree with its rows: there is nothing to explain.")
        raise UsageError(
            message.format(load=load_id, file=name), _("See which files are meant: python cli.py export loads.")
        )
    return str(explanation) if explanation is not None else None


def _storable(text: str) -> str | None:
    """*text* as a database can hold it; None where it says nothing. Raises UsageError when it is endless."""
    kept = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8").strip()
    # Spaces, and characters that only steer others, show nothing.
    if not any(character.isprintable() and not character.isspace() for character in kept):
        return None
    if len(kept) > LONGEST:
        message = _("The explanation has {count} characters; {limit} is the most.")
        raise UsageError(
            message.format(count=len(kept), limit=LONGEST),
            _("Keep it in a document, and write its address here."),
        )
    return kept


def _unknown(load_id: int) -> UsageError:
    message = _("There is no load {load} in the load log.").format(load=load_id)
    return UsageError(message, _("The numbers of the loads are in: python cli.py export loads."))
