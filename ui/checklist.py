"""The definition checklist: what each process still lacks to be defined, and how to add it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from core.language import _, ngettext
from core.tables import Column, Kind, Row, Table
from metrics.model import Better
from metrics.own import of_process
from ui import names, queries, tables
from ui.department import led_by, mapped, processes
from ui.figures import carried, loaded
from ui.processmap import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from metrics.model import Kpi
    from metrics.planned import Planned
    from ui.screen import Screen


@dataclass(frozen=True)
class Gap:
    """One thing that *process* lacks: *what* it is, *told* in full, and how to *fix* it."""

    process: Planned
    what: str
    told: str
    fix: str


def gaps(screen: Screen) -> tuple[Gap, ...]:
    """Everything that is missing, process by process."""
    known = mapped(screen)
    return tuple(gap for process in known for gap in _gaps(screen, process, known))


def title() -> str:
    """What the checklist is called."""
    return _("What is not defined yet")


def html(screen: Screen) -> str:
    """How much is defined in a sentence, and a line for each thing that is missing."""
    found = gaps(screen)
    if not found:
        return ""
    known = mapped(screen)
    whole = len(known) - len({gap.process.id for gap in found})
    text = ngettext("Fully defined: {whole} of {n} process.", "Fully defined: {whole} of {n} processes.", len(known))
    told = text.format(whole=whole, n=len(known))
    return f'<p class="kk-say">{escape(told)}</p>{tables.html(table(screen))}'


def complete() -> str:
    """The line that stands where nothing is missing."""
    told = _("Everything is defined: every process has an owner, a procedure, and KPIs with data and targets.")
    return f'<p class="kk-done"><b aria-hidden="true">✓</b> {escape(told)}</p>'


def table(screen: Screen) -> Table:
    """A row for each thing that is missing, with the way to add it."""
    teams = {team.id for team in processes(screen)}
    rows = (
        Row(
            (gap.process.name, gap.what, gap.told, gap.process.owner or None, gap.fix),
            href=address(screen, gap.process.id, teams),
        )
        for gap in gaps(screen)
    )
    columns = (
        Column(_("Process")),
        Column(_("Missing"), Kind.WORD),
        Column(_("In detail")),
        Column(_("Owner"), Kind.WORD, minor=True),
        Column(_("What to do")),
    )
    return Table(title(), columns, tuple(rows))


def _gaps(screen: Screen, process: Planned, known: Iterable[Planned]) -> Iterator[Gap]:
    plan = names.dataset("processes")
    if not process.owner:
        told = _("Nobody is answerable for it.")
        yield Gap(process, _("Owner"), told, _("Add the owner in the plan's table “{table}”.").format(table=plan))
    kpis = led_by(process.id, of_process(screen.shown.snapshot, process.id))
    if kpis:
        yield from _of_kpis(screen, process, kpis)
    elif not any(each.parent == process.id for each in known):
        own = names.dataset("custom_kpis")
        told = _("Nothing tells how well it works.")
        yield Gap(process, _("KPI"), told, _("Add a KPI in the plan's table “{table}”.").format(table=own))
    if not process.has_procedure:
        told = _("It is written down nowhere.")
        fix = _("Add the address of its procedure in the plan's table “{table}”.").format(table=plan)
        yield Gap(process, _("Procedure"), told, fix)


def _of_kpis(screen: Screen, process: Planned, kpis: tuple[Kpi, ...]) -> Iterator[Gap]:
    """Of the KPIs a process is led by: those without data, and those with a good direction but no target."""
    datasets = loaded(screen)
    fed = carried(datasets, kpis)
    if starved := [kpi for kpi in kpis if kpi not in fed]:
        needed = dict.fromkeys(name for kpi in starved for each in kpi.needs for name in sorted(each - datasets))
        asked = ", ".join(f"“{names.dataset(name)}”" for name in needed)
        yield Gap(
            process, _("Source"), _listed(starved), _("Load on the Sources page: {datasets}.").format(datasets=asked)
        )
    aimed = {target.kpi for target in queries.targets(screen.shown)}
    if aimless := [kpi for kpi in kpis if kpi.better is not Better.NEITHER and kpi.id not in aimed]:
        fix = _("Add a target in the plan's table “{table}”.").format(table=names.dataset("targets"))
        yield Gap(process, _("Target"), _listed(aimless), fix)


def _listed(kpis: Iterable[Kpi]) -> str:
    return ", ".join(_(kpi.name) for kpi in kpis)
