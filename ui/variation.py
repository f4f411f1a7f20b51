"""Where a KPI stands, as the screen shows it.

Two axes, never a traffic light: *variation*, from the process behaviour chart of the series, and *assurance*, from its
limits and the target in force. Symbol, word and colour say the same three times.
"""

from __future__ import annotations

from html import escape

from core.language import _
from metrics.model import Better
from metrics.standing import SIGNALS, Method, of
from metrics.standing import Standing as Shown
from metrics.status import Assurance, Variation
from metrics.verdict import ASSURANCE, VARIATION, goal_text, promise, sentence, symbol, target
from ui import values

__all__ = [
    "ASSURANCE",
    "SIGNALS",
    "VARIATION",
    "Method",
    "Shown",
    "goal_text",
    "legend",
    "of",
    "promise",
    "sentence",
    "symbol",
    "target",
    "tone",
    "words",
]


def tone(shown: Shown) -> str:
    """The style of what is shown: good, bad, or neither."""
    return {True: "kk-better", False: "kk-worse", None: "kk-same"}[shown.good]


def signs(shown: Shown) -> str:
    """Both axes by their symbols alone, for where there is room for no more."""
    if shown.status.variation is Variation.NO_DATA:
        return ""
    aimed = shown.status.assurance is not Assurance.NO_TARGET
    return symbol(shown) + (ASSURANCE[shown.status.assurance][0] if aimed else "")


def told(shown: Shown) -> str:
    """Both axes in words alone."""
    aimed = shown.status.assurance is not Assurance.NO_TARGET
    said = (_(VARIATION[shown.status.variation]), _(ASSURANCE[shown.status.assurance][1]) if aimed else "")
    return ", ".join(filter(None, said))


def words(shown: Shown) -> str:
    """Both axes as HTML: symbol and word each; of targets only where there is one."""
    if shown.status.variation is Variation.NO_DATA:
        return ""
    told = [(symbol(shown), _(VARIATION[shown.status.variation]), _variation_tone(shown))]
    if shown.status.assurance not in (Assurance.NO_TARGET, Assurance.TOO_EARLY):
        mark, word = ASSURANCE[shown.status.assurance]
        told.append((mark, _(word), _assurance_tone(shown)))
    return "".join(
        f'<span class="kk-word {tone}"><b aria-hidden="true">{mark}</b> {escape(word)}</span>'
        for mark, word, tone in told
    )


def _variation_tone(shown: Shown) -> str:
    return {Variation.IMPROVING: "kk-good", Variation.WORSE: "kk-poor"}.get(shown.status.variation, "")


def _assurance_tone(shown: Shown) -> str:
    return {Assurance.HIT: "kk-good", Assurance.MISS: "kk-poor"}.get(shown.status.assurance, "")


def legend(shown: Shown, currency: str) -> str:
    """The lines in words, with the values of the limits."""
    lower, _center, upper = shown.lines
    items = ""
    if lower is not None or upper is not None:
        ends = " – ".join(values.short(shown.kpi, end, currency) for end in (lower, upper) if end is not None)
        told = _("usual range: {ends}") if lower is not None and upper is not None else _("usual limit: {ends}")
        items += f'<span><i class="kk-line kk-dashed"></i>{escape(told.format(ends=ends))}</span>'
    if shown.goal is not None:
        told = _("target: {target}").format(target=target(shown, currency))
        items += f'<span><i class="kk-line kk-goal"></i>{escape(told)}</span>'
    elif any(shown.goals):
        told = _("earlier target")
        items += f'<span><i class="kk-line kk-goal"></i>{escape(told)}</span>'
    if any(shown.flags):
        directed = shown.kpi.better in (Better.HIGHER, Better.LOWER)
        items += "".join(map(_ring, (True, False) if directed else (None,)))
    return items


def _ring(good: bool | None) -> str:  # noqa: FBT001 - what `favours` says
    css, word = {
        True: ("kk-ring kk-good", _("signal for the better")),
        False: ("kk-ring kk-poor", _("signal for the worse")),
        None: ("kk-ring", _("signal")),
    }[good]
    return f'<span><i class="{css}" aria-hidden="true"></i>{escape(word)}</span>'
