"""In which currency a file's money is, where only the signs beside its amounts tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import FileError
from core.remarks import _

if TYPE_CHECKING:
    from connectors.exports.binding import Table

CODES: Final = {"€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "zł": "PLN"}
"""Signs that stand for one currency; a dollar may be of many countries."""
SIGNS: Final = (*CODES, "$", "¥")


def currency_by_sign(name: str, table: Table, sample: list[list[str]]) -> str | None:
    """The currency of all amounts in *sample*, where a sign tells it. Raises FileError for amounts of several."""
    if table.currency or "currency" in table.columns or "currency" not in table.declared.contract.by_name:
        return table.currency
    places = [place for column, place in table.columns.items() if column in table.declared.contract.money]
    found = {sign for row in sample for place in places for sign in SIGNS if sign in row[place]}
    if len(found) > 1:
        message = _("{file}: its amounts are in several currencies ({signs}), and no column says which.")
        raise FileError(
            message.format(file=name, signs=", ".join(sorted(found))),
            _("Add the column with the currency code and export again."),
        )
    return CODES.get(found.pop()) if found else None
