"""Words that the browser still keeps of fields that are gone: they become drafts, which every page knows to show."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from core.errors import KokpitError
from journal.operations.drafts import draft, save_draft
from journal.operations.history import Search, search
from journal.texts import storable
from ui import answering, entering, entries, fields, journaling, state, typed

if TYPE_CHECKING:
    from journal.work import Journal

NOWHERE: Final = "::::::note"
"""What words are called among somebody's drafts that were typed before there was a field for them: about nothing."""
KNOWN_BY: Final = 200


def adopt(strays: list[dict[str, Any]]) -> None:
    """Keep *strays*, as `typed.keep` tells of them; of what cannot be kept now the browser tells again."""
    with suppress(KokpitError):
        journal = journaling.journal(state.screen())
        for stray in strays if journal.actor.may_write else ():
            called, name, text = (str(stray.get(each, "")) for each in ("key", "name", "text"))
            if stray.get("blank"):
                fields.show_again(name)
                continue
            # The words of another journal or person in this browser wait for them.
            if not name or called == typed.key(journal, name):
                _keep(journal, name or NOWHERE, text, str(stray.get("base", "")))
                typed.safe(called, text)
                entering.look_again()
                answering.look_again(name)


def _keep(journal: Journal, name: str, text: str, base: str) -> None:
    there, said = draft(journal, name), storable(text)
    if said.strip() in there or _is_kept(journal, said.strip()):
        return
    continues = there in said or typed.signature(there) == base
    save_draft(journal, name, said if continues else f"{there}\n{said}")


def _is_kept(journal: Journal, text: str) -> bool:
    """Whether the reader said the same already: the page was gone before it heard that it was kept."""
    found = search(journal, Search(words=text[:KNOWN_BY], person=journal.actor.person)) if text else []
    return any(entries.said(each).strip() == text for each in found)
