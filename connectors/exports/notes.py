"""What a reader should know about a load beyond its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from connectors.exports.money import told
from connectors.exports.preamble import is_unfinished, rows_of
from connectors.exports.results import called, control_sentence
from connectors.exports.summary import account_column
from connectors.exports.totals import DATA, REJECTED
from core.period import DAY
from core.remarks import _, ngettext

if TYPE_CHECKING:
    from connectors.exports.binding import Table
    from connectors.exports.results import Control
    from connectors.exports.staging import Staging
    from connectors.exports.summary import Summary
    from warehouse.merge import Merge, Runner


MOST_NAMED: Final = 6
"""Of the headings of another table, for a message."""
EACH_REASON: Final = "{reason} ({n})"


@dataclass(frozen=True)
class Outcome:
    """What became of the staged rows, and how they compare with the file's own totals."""

    control: tuple[Control, ...]
    merged: Merge
    may_be_there_already: bool
    account: str | None = None
    """The account or site that the reader named."""
    also: str | None = None
    """Another one under whose name the same bytes are in."""


def notes_of(runner: Runner, staging: Staging, summary: Summary, outcome: Outcome) -> list[str]:
    """The sentences that belong to the load; *runner* has the tables ``odd`` and ``broken``."""
    notes = [control_sentence(control) for control in outcome.control if control.differs]
    removed = outcome.merged.removed
    if removed and staging.dataset.whole:
        text = ngettext("{n} older row is no longer in it.", "{n} older rows are no longer in it.", removed)
        notes.append(text.format(n=removed))
    elif removed:
        text = ngettext(
            "{n} older row at another level or over other days gave way to this export.",
            "{n} older rows at another level or over other days gave way to this export.",
            removed,
        )
        notes.append(text.format(n=removed))
    notes += [_lost(name, count) for name, count in outcome.merged.lost]
    if outcome.may_be_there_already:
        notes.append(_perhaps_counted_twice(summary))
    if outcome.also:
        text = _("The same file is in as {account}, too, and counts for both. If one is a slip, undo that load.")
        notes.append(text.format(account=outcome.also))
    notes += (
        passed_over(staging.table)
        + _compared(staging.table)
        + _below(staging)
        + _alongside(staging.table)
        + _stated(staging, summary)
        + (kept_out(runner) if summary.kinds.get(REJECTED) or outcome.merged.superseded else [])
        + _filtered(staging)
        + _unnamed(staging, summary, outcome.merged)
        + _nameless(runner, staging)
        + _named_itself(summary, outcome.account)
    )
    return notes + _unverified(staging)


def _lost(column: str, rows: int) -> str:
    """That rows lost a measure to an export that has no such column."""
    text = ngettext(
        "{n} row had {column} so far, and this export has no such column: it is unknown for it now.",
        "{n} rows had {column} so far, and this export has no such column: it is unknown for them now.",
        rows,
    )
    return text.format(n=rows, column=called(column))


def _stated(staging: Staging, summary: Summary) -> list[str]:
    """What the file says of itself: that its numbers will change, of days to come, that there should be more rows."""
    notes = [_("The platform says that these numbers may still change.")] if is_unfinished(staging.table) else []
    last, today = summary.last_day, datetime.now(UTC).date()
    if last and staging.dataset.scope and last > today + DAY:
        text = _("Its last day, {day}, has not come yet: check how its days are written.")
        notes.append(text.format(day=last))
    stated, found = rows_of(staging.table), summary.rows + summary.kinds.get(REJECTED, 0)
    if stated is not None and stated != found:
        text = _("The file says that it has {stated} rows, but {found} were found: it may have been cut off.")
        notes.append(text.format(stated=stated, found=found))
    return notes


def passed_over(table: Table) -> list[str]:
    """That a format of the home's own fits as well, and how to use it."""
    text = _("Your own format {name} fits too, but the one that ships with Kokpit counts. To use yours: {way}.")
    return [text.format(name=name, way=f"--format {name}") for name in table.passed_over]


def _compared(table: Table) -> list[str]:
    """That the columns of the earlier of two periods were left out: they are of other days than its rows."""
    if not table.earlier_period:
        return []
    text = _("It compares two periods: only “{current}” is loaded. The columns of “{earlier}” are left out.")
    return [text.format(current=table.current_period, earlier=table.earlier_period)]


def _below(staging: Staging) -> list[str]:
    """That the file holds another table, which was not read."""
    if not staging.below:
        return []
    line, headers = staging.below
    text = _(
        "Only its first table is read. From line {line} on there is another one, with {headers}: "
        "put that into a file or tab of its own."
    )
    return [text.format(line=line, headers=", ".join(headers[:MOST_NAMED]))]


def _alongside(table: Table) -> list[str]:
    """That another table stands beside it, which was not read, or perhaps was."""
    notes = []
    for other in table.alongside:
        text = _(
            "Only one of its tables is read. From column {column} on there is another one, with {headers}: "
            "put that into a file or tab of its own."
        )
        if other.joined:
            text = _(
                "Behind a blank column, from column {column} on, stand {headers}. They were read as the same table: "
                "if they are another one, put that into a file or tab of its own."
            )
        if not other.joined or set(table.columns.values()) & set(other.columns):
            notes.append(text.format(column=other.column, headers=", ".join(other.headers[:MOST_NAMED])))
    return notes


def kept_out(runner: Runner) -> list[str]:
    """How many rows were rejected, for which reasons."""
    found = runner.run(
        f"""SELECT reason, count(*) FROM (
            SELECT split_part(problem, '|', 2) AS reason FROM odd WHERE kind = '{REJECTED}'
            UNION ALL SELECT reason FROM broken WHERE kind = '{REJECTED}')
        GROUP BY reason ORDER BY count(*) DESC, reason"""
    )
    total = sum(count for _reason, count in found)
    if not total:
        return []
    text = ngettext("{n} row was kept out: {reasons}.", "{n} rows were kept out: {reasons}.", total)
    reasons = [_(EACH_REASON).format(reason=_(reason), n=count) for reason, count in found]
    return [text.format(n=total, reasons=reasons)]


def _filtered(staging: Staging) -> list[str]:
    """That a part of a site's traffic never counts as all of it."""
    if not staging.context.filters:
        return []
    text = _("It was exported with filters ({filters}), so it does not count towards the site's totals.")
    return [text.format(filters=staging.context.filters)]


def _unnamed(staging: Staging, summary: Summary, merged: Merge) -> list[str]:
    """What the file does not say and nobody answered."""
    notes = []
    column = account_column(staging) or ""
    if not summary.names_account or staging.constants().get(column, "") is None:
        notes.append(
            _(
                "The file names no site, so its numbers stand under “Google Search Console” alone. Load it again and "
                "name the site: --account https://www.example.com/, or “Account or site” on the Sources page."
            )
            if column == "site"
            else _("The file names no account; name it when you load the file if you have several.")
        )
    return notes + _without_currency(summary, merged)


def _nameless(runner: Runner, staging: Staging) -> list[str]:
    """How many rows of data name no campaign, ad or the like, where they were looked for as perhaps totals."""
    if not (staging.has_odd_rows and staging.table.declared.totals.sums):
        return []
    count = runner.run(f"SELECT count(*) FROM odd WHERE kind = '{DATA}' AND label = ''")[0][0]
    text = ngettext(
        "{n} row names no campaign; its numbers count all the same. If cells are merged, fill each of them and load "
        "it again.",
        "{n} rows name no campaign; their numbers count all the same. If cells are merged, fill each of them and load "
        "it again.",
        count,
    )
    return [text.format(n=count)] * bool(count)


def _without_currency(summary: Summary, merged: Merge) -> list[str]:
    """In which money rows count that name none: all of them, or some among others."""
    settled, given, count = merged.settled, [], summary.without_currency
    if settled and settled.rows:
        given, count = [told(settled.rows, settled.currencies)], settled.left
    if count and (summary.names_currency or given):
        text = ngettext(
            "{n} row names no currency; only its money is taken as the reporting currency.",
            "{n} rows name no currency; only their money is taken as the reporting currency.",
            count,
        )
        return [*given, text.format(n=count)]
    return given or [_("The file names no currency; its money is taken as the reporting currency.")] * bool(count)


def _named_itself(summary: Summary, asked: str | None) -> list[str]:
    """That what the reader said was not used, because every row says whose it is."""
    if not asked or asked in summary.accounts or not summary.account:
        return []
    text = _("The file itself says whose its rows are ({account}), so “{asked}” was not used.")
    return [text.format(account=summary.account, asked=asked)]


def _unverified(staging: Staging) -> list[str]:
    """That nobody has compared the declaration with a real file yet."""
    if staging.table.declared.verified:
        return []
    text = _("What the columns of {title} mean follows its documentation; it is unverified until a real file was seen.")
    return [text.format(title=staging.table.declared.title)]


def _perhaps_counted_twice(summary: Summary) -> str:
    """That the same days are there once with and once without an account: perhaps the same money."""
    if summary.names_account:
        return _(
            "The same days are there without an account too. If they are this one's, "
            "load that file again and name its account."
        )
    return _(
        "The same days are there with an account too. If they are the same numbers, "
        "load this file again and name its account."
    )
