"""What people type: kept whole, refused when there is nothing, found whatever the case and the accents."""

from __future__ import annotations

import unicodedata
from typing import Final

from core.errors import UsageError
from core.language import _

LONGEST: Final = 1_000_000
# What no database stores as text: NUL, and half of a pair that came without its other half.
_UNSTORABLE: Final = {0: "\N{SYMBOL FOR NULL}", **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")}
# Letters with a stroke are letters of their own to Unicode, not accents.
_PLAIN: Final = str.maketrans("łŁøØđĐ", "lLoOdD")


def required(text: str, what: str) -> str:
    """*text* without blanks around it. Raises UsageError, naming *what* it is, when it is empty or endless."""
    kept = limited(text.strip(), what)
    # Spaces, and characters that only steer others, show nothing.
    if all(unicodedata.category(character)[0] in "ZC" for character in kept):
        raise UsageError(_("{what}: there is no text.").format(what=what), _("Write a few words."))
    return kept


def storable(text: str) -> str:
    """*text* as a database can store it."""
    return text.translate(_UNSTORABLE)


def limited(text: str, what: str) -> str:
    """*text* as it can be stored. Raises UsageError when it is endless."""
    kept = storable(text)
    if len(kept) > LONGEST:
        message = _("{what}: the text has {count} characters; {limit} is the most.")
        message = message.format(what=what, count=len(kept), limit=LONGEST)
        raise UsageError(message, _("Keep it in a document, and write its address here."))
    return kept


def folded(text: str) -> str:
    """*text* as it is searched: small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(character for character in parts if not unicodedata.combining(character)).casefold()
