"""Headers as people meant them: look-alike letters, odd spaces and full-width brackets made equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Small Cyrillic letters and the Latin ones they cannot be told from on screen (platforms do mix them: "Kлики").
_LOOK_ALIKES: Final = str.maketrans("аеорсухкмтвніё", "aeopcyxkmtbhie")
_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SIGNS: Final = {
    "руб.": "RUB",
    "руб": "RUB",
    "₽": "RUB",
    "Р": "RUB",
    "р.": "RUB",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "zł": "PLN",
}
_SIGN: Final = "|".join(map(re.escape, _SIGNS))
_CURRENCY_SUFFIX: Final = re.compile(rf"^(?P<name>.*\S)\s*[(,]\s*(?P<currency>[A-Z]{{3}}|{_SIGN})\)?$")


@lru_cache(maxsize=10_000)
def skeleton(header: str) -> str:
    """*header* in a form that is equal for everything that looks equal."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", header))
    return _SPACES.sub(" ", plain).strip().casefold().translate(_LOOK_ALIKES)


def without_currency(header: str) -> tuple[str, str | None]:
    """A header such as ``Amount spent (AUD)`` or ``Расход, ₽`` as its name and its currency."""
    match = _CURRENCY_SUFFIX.match(unicodedata.normalize("NFKC", header).strip())
    return (match["name"], _SIGNS.get(match["currency"], match["currency"])) if match else (header, None)
