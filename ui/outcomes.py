"""What became of each file, as HTML: what went wrong first. Pure."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from connectors.exports.results import EMPTY, FAILED, LOADED, REFUSED, control_sentence
from core import numbers
from core.language import N_, _, ngettext
from core.period import Period
from ui import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from connectors.exports.results import Control, FileResult

SHOWN: Final = 40
FEW: Final = 6
"""How many cards of tables that are simply in are shown at once."""
_FINE: Final = 2
STATUS: Final = {
    LOADED: N_("loaded"),
    EMPTY: N_("empty: nothing to load"),
    REFUSED: N_("refused"),
    FAILED: N_("failed"),
}
IN_SHORT: Final = {**STATUS, EMPTY: N_("empty")}
"""The same for a table, where the message stands beside it."""
NOTHING_SAID: Final[Mapping[int, str]] = {}
_SIGNS: Final = {LOADED: "✓", EMPTY: "○", REFUSED: "✕", FAILED: "✕"}
_GAVE_WAY: Final = ("○", N_("kept out"))
"""The sign and the word for a file of which no row is in, since newer exports have them all."""
_NAMES_ACCOUNTS: Final = {"ad_performance", "search_terms", "search_totals", "search_performance"}


def html(results: Sequence[FileResult], explained: Mapping[int, str] = NOTHING_SAID) -> str:
    """A summary, then a card for each file; by the number of the load, why totals differ where that is *explained*."""
    if not results:
        return ""
    ordered = sorted(results, key=_calm)
    rest = len(ordered) - SHOWN
    troubled = sum(_calm(result) < _FINE for result in ordered)
    spread = troubled + FEW if len(ordered) > troubled + FEW + 1 else len(ordered)
    cards = "".join(_card(result, explained) for result in ordered[: min(spread, SHOWN)])
    cards += _folded(ordered[spread:SHOWN], explained)
    more = f"<p>{escape(_more(rest))}</p>" if rest > 0 else ""
    head = f'<p class="kk-say">{escape(_summary(results))}</p>'
    return f'<section class="kk-results" role="status">{head}{cards}{more}</section>'


def _calm(result: FileResult) -> int:
    """How little there is to do about *result*: problems come first, the rest in the order of the files."""
    if result.status in (REFUSED, FAILED):
        return 0
    return 1 if result.control_differs or result.rows_rejected or result.notes else _FINE


def _folded(results: Sequence[FileResult], explained: Mapping[int, str]) -> str:
    """Cards that nobody has to read, behind a line."""
    if not results:
        return ""
    text = ngettext("{n} more table without trouble", "{n} more tables without trouble", len(results))
    told = escape(text.format(n=len(results)))
    cards = "".join(_card(result, explained) for result in results)
    return f'<details class="kk-earlier"><summary>{told}</summary>{cards}</details>'


def name_within(folder: str, path: str) -> str:
    """*path* as the reader knows it: without the passing *folder* and the number of the upload."""
    if not path.startswith(folder):
        return path
    parts = PurePath(path[len(folder) :].lstrip("/\\")).parts[1:]
    return "/".join(parts)


def lacks_account(result: FileResult) -> bool:
    """Whether rows were loaded that do not say which account or site they are of."""
    return result.status == LOADED and not result.account and result.dataset in _NAMES_ACCOUNTS


def _summary(results: Sequence[FileResult]) -> str:
    loaded = sum(result.status == LOADED and not _gave_way(result) for result in results)
    empty = sum(result.status == EMPTY for result in results)
    text = ngettext("{loaded} of {n} table is in.", "{loaded} of {n} tables are in.", len(results))
    told = text.format(loaded=loaded, n=len(results))
    if not empty:
        return told
    nothing = ngettext("{n} has nothing to load.", "{n} have nothing to load.", empty).format(n=empty)
    return f"{told} {nothing}"


def _more(count: int) -> str:
    text = ngettext("{n} more table is in the load log.", "{n} more tables are in the load log.", count)
    return text.format(n=count)


def _card(result: FileResult, explained: Mapping[int, str]) -> str:
    why = explained.get(result.load_id, "") if result.load_id is not None else ""
    bad = result.status in (REFUSED, FAILED)
    # Without a number of its own it was loaded before, and nothing changed.
    of_now = result.load_id is not None and ((result.control_differs and not why) or result.rows_rejected)
    doubtful = of_now or result.gave_way
    css = "kk-bad" if bad else "kk-doubt" if doubtful else "kk-fine"
    way = _("Next step")
    step = f"<p><b>{escape(way)}:</b> {escape(result.next_step)}</p>" if result.next_step else ""
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in _facts(result))
    # Totals of what was refused are for its message.
    controls = "" if bad else _controls(result.control, why)
    # What the message does not say already, such as the mistakes of a plan.
    untold = (note for note in result.notes if note not in result.message)
    notes = "".join(f'<p class="kk-warn">⚠ {escape(note)}</p>' for note in untold)
    sign, word = _GAVE_WAY if _gave_way(result) else (_SIGNS[result.status], STATUS[result.status])
    return (
        f'<article class="kk-result {css}"><h3><b aria-hidden="true">{sign}</b> {escape(result.path)} '
        f"<em>{escape(_(word))}</em></h3><p>{escape(_message(result))}</p>{step}"
        f'<p class="kk-facts">{facts}</p>{notes}{controls}</article>'
    )


def _gave_way(result: FileResult) -> bool:
    """Whether newer exports have every row of it, so that none is in."""
    return bool(result.gave_way) and not (result.rows_loaded or result.rows_replaced)


def _message(result: FileResult) -> str:
    """What there is to say but for totals that differ, which have lines of their own."""
    message = result.message
    for control in result.control:
        message = message.replace(f" {control_sentence(control)}", "") if control.differs else message
    return message


def _facts(result: FileResult) -> list[str]:
    if result.status in (REFUSED, FAILED):
        return [names.export_format(result.format)] if result.format else []
    facts = [text.format(n=numbers.number(count, 0)) for text, count in _counts(result)]
    if result.first_day and result.last_day:
        facts.append(numbers.days(Period(result.first_day, result.last_day)))
    kind = names.export_format(result.format) if result.format else ""
    into = names.dataset(result.dataset) if result.dataset else ""
    return [*(name for name in (kind, into, result.account) if name), *facts]


def _counts(result: FileResult) -> list[tuple[str, int]]:
    """How many rows became what; of a file that was loaded before, how many of its rows are there, and are not."""
    if result.repeated:
        absent = [(_("not there: {n}"), result.rows_rejected)] if result.rows_rejected else []
        return [(_("already there: {n}"), result.rows_replaced), *absent]
    return [
        (_("new: {n}"), result.rows_loaded),
        (_("replaced: {n}"), result.rows_replaced),
        (_("rejected: {n}"), result.rows_rejected),
        (_("totals rows: {n}"), result.rows_total),
    ]


def _controls(controls: Sequence[Control], why: str) -> str:
    """The control totals: each that differs as a warning unless it is known *why*, those that agree in one line."""
    found = [control for control in controls if control.differs]
    differing = "".join(f'<p class="kk-say">{escape(control_sentence(each))}</p>' for each in found if why)
    differing = f'{differing}<p dir="auto">✓ {escape(why)}</p>' if found and why else "".join(map(_warning, found))
    agreeing = [f"{each.called} {numbers.number(each.summed)}" for each in controls if not each.differs]
    if not agreeing:
        return differing
    told = _("The file's totals agree with its rows: {totals}.").format(totals=" · ".join(agreeing))
    return f'{differing}<p class="kk-say">✓ {escape(told)}</p>'


def _warning(control: Control) -> str:
    advice = _("That is more than rounding: compare the file with the platform before trusting the numbers.")
    return f'<p class="kk-warn">⚠ {escape(control_sentence(control))} {escape(advice)}</p>'
