"""From the whole to the part: what a KPI can be split by, what comes below a value, and the way back. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from core.language import _
from metrics.catalog import CATALOGUE
from metrics.dimensions import DIMENSION_NAMES
from ui import links, names
from ui.pages import PROCESS

if TYPE_CHECKING:
    from metrics.model import Kpi
    from ui.screen import Screen
    from ui.view import View

BELOW: Final = {"platform": "account", "account": "campaign", "campaign": "ad_group", "ad_group": "ad", "site": "page"}
# Search Console counts queries and pages in tables of their own, so the KPIs by them are KPIs of their own.
_IN_DETAIL: Final = {
    "organic_clicks": "clicks",
    "organic_impressions": "impressions",
    "organic_ctr": "ctr",
    "average_position": "position",
}
_DETAILS: Final = ("query", "page")


def in_detail(kpi: Kpi, dimension: str) -> Kpi | None:
    """The KPI that stands for *kpi* where it is split by *dimension*; None when it cannot be."""
    if dimension in kpi.dimensions:
        return kpi
    name = _IN_DETAIL.get(kpi.id)
    return CATALOGUE.get(f"{dimension}_{name}") if name and dimension in _DETAILS else None


def is_detail(kpi: Kpi) -> bool:
    """Whether *kpi* is only the detail of another one."""
    return kpi.id in {f"{dimension}_{name}" for dimension in _DETAILS for name in _IN_DETAIL.values()}


def whole(kpi: Kpi) -> Kpi:
    """The KPI that *kpi* is a detail of; itself when it is none."""
    names = {f"{dimension}_{name}": above for dimension in _DETAILS for above, name in _IN_DETAIL.items()}
    return CATALOGUE[names[kpi.id]] if kpi.id in names else kpi


def family(kpi: Kpi) -> tuple[str, ...]:
    """The KPIs that are details in the same way as *kpi*; none when it is no detail."""
    if not is_detail(kpi):
        return ()
    dimension = kpi.id.partition("_")[0]
    return tuple(f"{dimension}_{name}" for name in _IN_DETAIL.values())


def splits(kpi: Kpi) -> tuple[str, ...]:
    """Everything *kpi* can be split by, in its own order."""
    own = (name for name in kpi.dimensions if name in DIMENSION_NAMES)
    return tuple(dict.fromkeys((*own, *(name for name in _DETAILS if in_detail(kpi, name)))))


def end(screen: Screen, kpi: Kpi) -> str:
    """Why it goes no deeper, where a reader may expect it to: below a page there are no queries, nor the reverse."""
    chosen = [name for name, _value in screen.view.filters if name in _DETAILS]
    if not chosen or not is_detail(kpi):
        return ""
    told = _(
        "This is the deepest level: the exports of Search Console count queries and pages in separate tables, so they "
        "do not say which query led to which page."
    )
    return f'<p class="kk-say kk-end">{escape(told)}</p>'


def path(screen: Screen, kpi: Kpi) -> str:
    """The way from the whole to what is shown, each step a link; nothing when the whole is shown."""
    chosen = [(name, value) for name, value in screen.view.filters if name in kpi.dimensions]
    if not chosen:
        return ""
    view = screen.view.filtered(**dict.fromkeys((name for name, _value in chosen), None))
    view = view.having(split="", process=kpi.process, kpi=whole(kpi).id)
    steps = [(_("Everything"), view)]
    for name, value in chosen:
        view = view.filtered(**{name: value}).having(kpi=kpi.id if name in _DETAILS else view.kpi)
        steps.append((f"{names.dimension(name)}: {names.value(name, value)}", view))
    parts = [
        _step(label, links.href(PROCESS, each), last=place == len(chosen)) for place, (label, each) in enumerate(steps)
    ]
    separator, label = '<span aria-hidden="true">›</span>', _("Where you are")
    return f'<nav class="kk-path" aria-label="{escape(label)}">{separator.join(parts)}</nav>'


def below(view: View, kpi: Kpi, split: str, value: str) -> str:
    """The address one step deeper: *value* of *split* chosen, split by what comes below it."""
    detail = in_detail(kpi, split) or kpi
    deeper = BELOW.get(split, "")
    following = deeper if deeper and in_detail(detail, deeper) else ""
    deeper_view = view.filtered(**{split: value}).having(process=kpi.process, kpi=detail.id, split=following, rows="")
    return links.href(PROCESS, deeper_view)


def _step(label: str, address: str, *, last: bool) -> str:
    text = escape(label)
    return f'<span aria-current="location">{text}</span>' if last else links.anchor(address, text)
