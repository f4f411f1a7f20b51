"""Whose numbers a file holds: one account or site is one, in whichever way its name or number is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from warehouse.schema import literal

if TYPE_CHECKING:
    from connectors.exports.formats import Format

_ADDRESS: Final = re.compile(r"(https?)://([^/]+)(/.*)?", re.IGNORECASE)
_DOMAIN: Final = re.compile(r"(sc-domain:)?([^\s/]+\.[^\s/]+)/*", re.IGNORECASE)
"""A property that is a whole domain, or the name of a site alone."""


def as_rows_name(said: str | None, declared: Format) -> str | None:
    """The account or site that a reader *said* as the rows of *declared* name it."""
    plain = said.strip() if said else ""
    if "site" in declared.contract.by_name:
        return _site(plain) or None
    if declared.account_digits:
        plain = re.sub(_written(declared), _joined(declared), plain)
    return plain or None


def number(said: str, cell: str, declared: Format) -> str:
    """The expression for the account that is *said* in a *cell*, which may be its number."""
    if not declared.account_digits:
        return said
    digits, marks = sum(declared.account_digits), len(declared.account_digits) - 1
    one = f"regexp_replace({said}, {literal(_written(declared))}, {literal(_joined(declared))})"
    # Where all its marks are there, which is the rule, nothing has to be done.
    return f"CASE WHEN strlen({cell}) BETWEEN {digits} AND {digits + marks - 1} THEN {one} ELSE {said} END"


def _site(written: str) -> str:
    """A property as Search Console names it: addresses end in a slash, hosts are small letters."""
    if address := _ADDRESS.fullmatch(written):
        scheme, host, path = address.groups()
        return f"{scheme.lower()}://{host.lower()}{path or '/'}"
    domain = _DOMAIN.fullmatch(written)
    return domain[0].rstrip("/").lower() if domain else written


def _written(declared: Format) -> str:
    """A number in its groups of digits, with hyphens between them or not."""
    return "^" + "-?".join(rf"(\d{{{length}}})" for length in declared.account_digits) + "$"


def _joined(declared: Format) -> str:
    return "-".join(rf"\{place}" for place, _length in enumerate(declared.account_digits, 1))
