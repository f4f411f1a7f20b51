"""In which currency a file's money is, where only its headings or the signs beside its amounts tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from connectors.exports.conventions import CODES, SHARED_SIGNS
from connectors.exports.formats import header_column
from connectors.exports.headers import without_currency
from core.errors import FileError
from core.money import CURRENCIES
from core.remarks import _, ngettext
from warehouse.schema import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.binding import Table
    from connectors.exports.staging import Staging
    from warehouse.merge import Runner

SIGNS: Final = (*CODES, *SHARED_SIGNS)


def currency_of(name: str, table: Table, sample: list[list[str]], usual: str | None = None) -> str | None:
    """The currency of amounts whose row names none, where headings or signs tell it. Raises FileError for several.

    Amounts of no known currency are taken to be in the *usual* one, so their signs must not speak against it.
    """
    places = [place for column, place in table.columns.items() if column in table.declared.contract.money]
    currency = _in_headings(name, table, places)
    if currency or "currency" not in table.declared.contract.by_name:
        return currency
    named = table.columns.get("currency")
    unnamed = [row for row in sample if named is None or not any(map(str.isalpha, row[named]))]
    # Beside rows that do name theirs, each goes by its own sign.
    return _beside_amounts(name, places, unnamed, usual) if len(unnamed) == len(sample) else None


def _in_headings(name: str, table: Table, places: list[int]) -> str | None:
    """The currency that the headings at *places* carry."""
    found = {code: table.headers[place] for place in places if (code := _carried(table, place))}
    wrong = found.keys() - CURRENCIES
    if wrong:
        message = _("{file}: the heading “{header}” names {code}, which is no currency.")
        code = min(wrong)
        raise FileError(message.format(file=name, header=found[code], code=code), _("Correct it, or export again."))
    if len(found) > 1:
        message = _("{file}: its headings name several currencies ({codes}), and each row can have one only.")
        raise FileError(
            message.format(file=name, codes=", ".join(sorted(found))), _("Export all amounts in one currency.")
        )
    return next(iter(found), None)


def _carried(table: Table, place: int) -> str | None:
    header = table.headers[place]
    _columns, code = header_column(table.declared, header)
    # A heading that somebody mapped is known whole, its currency included.
    written = without_currency(header)[1]
    return code or (written if written in CURRENCIES else None)


def _beside_amounts(name: str, places: list[int], sample: list[list[str]], usual: str | None) -> str | None:
    found = {sign for row in sample for place in places for sign in SIGNS if sign in row[place]}
    codes = {CODES.get(sign, sign) for sign in found}
    if len(codes) > 1:
        message = _("{file}: its amounts are in several currencies ({signs}), and no column says which.")
        raise FileError(
            message.format(file=name, signs=", ".join(sorted(found))),
            _("Add the column with the currency code and export again."),
        )
    if usual in CODES.values() and (shared := codes & {*SHARED_SIGNS}):
        message = _("{file}: its amounts have the sign {sign}, which several currencies have but not {usual}.")
        raise FileError(
            message.format(file=name, sign=shared.pop(), usual=usual),
            _("Add the column with the currency code and export again, or set the team's currency in kokpit.toml."),
        )
    return next((code for code in codes if code in CURRENCIES), None)


def fill_in_currency(runner: Runner, staging: Staging) -> list[str]:
    """Give amounts that name no currency the one that all others of their account name; a remark on how many.

    An ad account has one currency. In a list of deals or costs a blank may well stand for the team's own.
    """
    if not {"platform", "account"} <= staging.dataset.by_name.keys():
        return []
    # What a rejected row names speaks against a guess, too.
    named = runner.run(
        """SELECT account, min(currency), count(*) FILTER (currency IS NULL AND problem IS NULL) AS blank
        FROM staged_all WHERE labelled IS NOT TRUE GROUP BY account
        HAVING count(DISTINCT currency) = 1 AND blank > 0 ORDER BY account"""
    )
    if not named:
        return []
    cases = " ".join(f"WHEN {_is_of(account, staging)} THEN {literal(code)}" for account, code, _count in named)
    # Not by UPDATE: that would change the places of the rows, which tell their lines.
    kept = f"CASE WHEN currency IS NOT NULL THEN currency {cases} END AS currency"
    runner.run(f"CREATE OR REPLACE TEMP TABLE records AS SELECT * REPLACE ({kept}) FROM records")
    return [told(sum(count for _account, _code, count in named), [code for _account, code, _count in named])]


def spoken(runner: Runner, staging: Staging) -> tuple[tuple[str, str | None, str], ...]:
    """The currencies that rows name, rejected ones among them: platform, account, currency."""
    if not {"platform", "account", "currency"} <= staging.dataset.by_name.keys():
        return ()
    found = "SELECT DISTINCT platform, account, currency FROM staged_all WHERE labelled IS NOT TRUE"
    return tuple((platform, account, code) for platform, account, code in runner.run(found) if code in CURRENCIES)


def told(rows: int, currencies: Sequence[str]) -> str:
    """That so many *rows* were given the *currencies* of their accounts."""
    text = ngettext(
        "{n} row names no currency and is taken to be in {currency}, as all others of its account are.",
        "{n} rows name no currency and are taken to be in {currency}, as all others of their account are.",
        rows,
    )
    return text.format(n=rows, currency=", ".join(dict.fromkeys(currencies)))


def _is_of(account: str | None, staging: Staging) -> str:
    """Whether a record is of *account*."""
    if staging.is_constant(staging.dataset.by_name["account"]):
        return "true"
    return f"account IS NOT DISTINCT FROM {literal(account) if account is not None else 'NULL'}"
