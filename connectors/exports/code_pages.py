"""Russian or Central European code page: told by the letters that come out."""

from __future__ import annotations

import re
from typing import Final

_POLISH: Final = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
MOSTLY: Final = 0.8
MORE_THAN_HALF: Final = 0.5
_WORDS: Final = re.compile(r"[^\W\d_]+")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_SIDE_BY_SIDE: Final = re.compile(rb"[\xc0-\xff](?=[\xc0-\xff])")
_CYRILLIC: Final = "ЁЄІЇ\u0410-\u044fёєіїҐґҒғҚқҢңҮүҰұҺһӘәӨө"
# Two bytes of a code page that happen to be UTF-8 mean letters hardly anybody writes; three or more never happen to.
_USUAL: Final = re.compile(rf"[\x00-\x7f\u00a0-\u017f{_CYRILLIC}\u0800-\U0010ffff]*")


def code_page(sample: bytes) -> str | None:
    """``cp1251`` or ``cp1250``, whichever makes words of *sample*; None when neither does, or a line of it is UTF-8."""
    if any(is_utf8(line) for line in sample.splitlines()[:-1]):
        return None
    russian = _letters(sample.decode("cp1251", errors="replace"))
    european = _letters(sample.decode("cp1250", errors="replace"))
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in russian)
    polish = sum(letter in _POLISH for letter in european)
    # Cyrillic text is almost nothing but high bytes in long runs; Polish text has single ones between Latin letters.
    if polish >= MOSTLY * len(european) and not _stand_side_by_side(sample):
        return "cp1250"
    if _mixes_scripts(sample.decode("cp1251", errors="replace")):
        return None
    return "cp1251" if cyrillic >= MOSTLY * len(russian) else None


def is_utf8(text: bytes) -> bool:
    """Whether *text* has letters beyond ASCII that make sense as UTF-8: “PÓŁ” in a code page can be read so too."""
    if text.isascii():
        return False
    try:
        return _USUAL.fullmatch(text.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _mixes_scripts(text: str) -> bool:
    """Whether words with Cyrillic letters mostly have Latin ones too: nobody writes so, another code page reads so."""
    words = [word for word in _WORDS.findall(text) if re.search("[\u0400-\u04ff]", word)]
    return sum(re.search("[a-zA-Z]", word) is not None for word in words) > MORE_THAN_HALF * len(words)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha() and not letter.isascii())


def _stand_side_by_side(sample: bytes) -> bool:
    """Whether letters beyond ASCII mostly have another one after them, as they do in Cyrillic words."""
    return len(_SIDE_BY_SIDE.findall(sample)) > MORE_THAN_HALF * len(_HIGH.findall(sample))
