"""The load log, the rejected rows and the sources' freshness as tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from core import numbers
from core.config import user_home
from core.language import _, ngettext
from core.remarks import said_again
from core.tables import Column, Kind, Row, Table
from ui import journaling, names, queries, tables
from ui.outcomes import IN_SHORT
from warehouse.attempts import logged, rejected, stamp
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from core.tables import Cell
    from metrics.freshness import Freshness
    from ui.screen import Screen
    from warehouse.snapshot import Snapshot

SHOWN: Final = 12
EVERY: Final = 200
PHONE: Final = 5
"""How many rows of a log are shown on a phone; the style sheet hides the others."""
_LOADS: Final = """
    SELECT finished_at, name, source, account, format, dataset, status, rows_loaded, rows_replaced, rows_rejected,
        first_day, last_day, message, remarks, control_differs, explanation, explained_by, explained_at
    FROM {loads} ORDER BY load_id DESC
"""
_REJECTS: Final = """
    SELECT l.name, r.line, r."column", r.reason, r.raw
    FROM {rejects} r JOIN {loads} l USING (load_id) ORDER BY load_id DESC, r.line LIMIT 100000
"""
_ANY: Final = "SELECT 1 FROM {rejects} LIMIT 1"


def html(screen: Screen, name: str, make: Callable[[Screen], Table], limit: int = SHOWN) -> str:
    """A table as the screen shows it: its first rows."""
    tried = tuple(stamp(home.warehouse) for home in (screen.shown.home, user_home()))
    question = (name, "html", screen.language, screen.key, tried)
    return queries.remember(screen.shown, question, lambda: _html(make(screen), limit))


def _html(table: Table, limit: int) -> str:
    css = "" if limit == EVERY else "kk-log"
    return f'<div class="{css}">{tables.html(table, limit=limit)}{_more(len(table.rows), limit)}</div>'


def _more(rows: int, limit: int) -> str:
    """That there is more than is shown, on a large screen and on a phone."""
    told = ngettext("{shown} of {n} row; the download has all.", "{shown} of {n} rows; the download has all.", rows)
    shown = ((limit, "kk-wide"), (PHONE, "kk-narrow")) if limit != EVERY else ()
    return "".join(
        f'<p class="kk-say {css}">{escape(told.format(shown=most, n=numbers.number(rows, 0)))}</p>'
        for most, css in shown
        if rows > most
    )


def sources(screen: Screen) -> Table:
    """How far each source reaches: over all its datasets, to the day that every one of them has."""
    columns = (
        Column(_("Source")),
        Column(_("Data to"), Kind.DAY),
        Column(_("Final to"), Kind.DAY, minor=True),
        Column(_("Expected lag, days"), Kind.COUNT, minor=True),
        Column(_("State"), Kind.WORD),
    )
    together: dict[str, list[Freshness]] = defaultdict(list)
    for each in sorted(screen.sources, key=lambda each: (each.ended, not each.late, each.source)):
        together[each.source].append(each)
    rows = tuple(_reach(source, parts) for source, parts in together.items())
    return Table(_("How far the data reaches"), columns, rows)


def _reach(source: str, parts: Sequence[Freshness]) -> Row:
    finals = [part.newest_final for part in parts if part.newest_final]
    final = min(finals) if len(finals) == len(parts) else None
    ended, late = all(part.ended for part in parts), any(part.late for part in parts)
    state = _("ended") if ended else _("⚠ late") if late else _("current")
    lag = max(part.lag_days for part in parts)
    return Row((_reached(source, parts[0].dataset), min(part.newest for part in parts), final, lag, state))


def loads(screen: Screen) -> Table:
    """Every load, the newest first."""
    return _log(screen, _("Load log"), screen.shown.snapshot)


def own(screen: Screen) -> Table:
    """The reader's own files, which brought nothing yet, while the demonstration is shown."""
    return _log(screen, _("Your files so far"), open_snapshot(user_home().warehouse))


def has_own(screen: Screen) -> bool:
    """Whether the reader tried files while the demonstration is shown."""
    return screen.shown.is_demo and stamp(user_home().warehouse) > 0


def _log(screen: Screen, title: str, snapshot: Snapshot) -> Table:
    columns = (
        Column(_("File")),
        Column(_("When"), Kind.MOMENT),
        Column(_("State"), Kind.WORD),
        Column(_("Contents"), minor=True),
        Column(_("Source"), minor=True),
        Column(_("New"), Kind.COUNT),
        Column(_("Replaced"), Kind.COUNT, minor=True),
        Column(_("Rejected"), Kind.COUNT),
        Column(_("First day"), Kind.DAY, minor=True),
        Column(_("Last day"), Kind.DAY, minor=True),
        Column(_("Remarks")),
    )
    rows = snapshot.rows(_LOADS.format(loads=logged(snapshot.folder)))
    return Table(title, columns, tuple(_load(screen, row) for row in rows))


def rejects(screen: Screen) -> Table:
    """Every row that was kept out, with the reason."""
    return _rejects(_("Rejected rows"), screen.shown.snapshot)


def own_rejects(_screen: Screen) -> Table:
    """Every row of the reader's own files that was kept out, while the demonstration is shown."""
    return _rejects(_("Rejected rows of your files"), open_snapshot(user_home().warehouse))


def _rejects(title: str, snapshot: Snapshot) -> Table:
    columns = (
        Column(_("File")),
        Column(_("Line"), Kind.COUNT),
        Column(_("Column"), minor=True),
        Column(_("Reason")),
        Column(_("The row as it stood")),
    )
    found = snapshot.rows(_REJECTS.format(rejects=rejected(snapshot.folder), loads=logged(snapshot.folder)))
    rows = tuple(Row((*place, _(str(reason or "")), raw)) for *place, reason, raw in found)
    return Table(title, columns, rows)


def is_empty(screen: Screen) -> bool:
    """Whether nothing was loaded, or tried."""
    return not screen.shown.generation and not stamp(screen.shown.snapshot.folder)


def has_rejects(screen: Screen) -> bool:
    """Whether any row was kept out."""
    snapshot = screen.shown.snapshot
    question = ("has rejects", stamp(snapshot.folder))
    return queries.remember(screen.shown, question, lambda: _has_any(snapshot))


def has_own_rejects(screen: Screen) -> bool:
    """Whether any row of the reader's own files was kept out, while the demonstration is shown."""
    return has_own(screen) and _has_any(open_snapshot(user_home().warehouse))


def _has_any(snapshot: Snapshot) -> bool:
    return bool(snapshot.rows(_ANY.format(rejects=rejected(snapshot.folder))))


def _load(screen: Screen, row: tuple[Cell, ...]) -> Row:
    (
        finished,
        name,
        source,
        account,
        kind,
        dataset,
        status,
        loaded,
        replaced,
        rejected,
        first,
        last,
        message,
        remarks,
        differs,
        *said,
    ) = row
    where = " · ".join(part for part in (_source(str(source or "")), str(account or "")) if part)
    when = _here(finished, screen.configuration.zone) if isinstance(finished, datetime) else None
    state = _(IN_SHORT.get(str(status), str(status)))
    remark = _remark(str(message or ""), remarks)
    if differs:
        doubt = _("⚠ The totals in the file differ. {remark}").format(remark=remark).strip()
        why = explained(screen, *said)
        remark = f"{why} {remark}".strip() if why else doubt
    what = " → ".join(_called(kind, dataset))
    return Row(
        (_table_first(str(name or "")), when, state, what, where, loaded, replaced, rejected, first, last, remark)
    )


def _called(kind: Cell, dataset: Cell) -> list[str]:
    """What a load was recognised as and where it went, as far as that is known."""
    return [
        *([names.export_format(str(kind))] if kind else []),
        *([names.dataset(str(dataset))] if dataset else []),
    ]


def file_name(name: str) -> str:
    """The file's name, after that of the archive or workbook it is in."""
    parts = PurePath(name).parts
    return "/".join(parts[-2:]) if len(parts) > 1 and PurePath(parts[-2]).suffix else name.rpartition("/")[2]


def _table_first(name: str) -> str:
    """The table before the archive it is in: on a phone only the beginning of a name is shown."""
    archive, _slash, table = file_name(name).partition("/")
    return f"{table} · {archive}" if table else archive


def dropped(name: str) -> str:
    """The name of the file itself, which may be an archive or a workbook of several tables."""
    return file_name(name).partition("/")[0]


def explained(screen: Screen, text: Cell, by: Cell, at: Cell) -> str:
    """Why the totals of a load differ, who said so and when; "" where nobody did."""
    if not text:
        return ""
    when = numbers.moment(_here(at, screen.configuration.zone)) if isinstance(at, datetime) else ""
    who = ", ".join(filter(None, (journaling.called(str(by or "")), when)))
    return _("The totals in the file differ: “{why}” ({who}).").format(why=text, who=who)


def _remark(message: str, remarks: Cell) -> str:
    """What is said beyond the counts, which have columns of their own; older logs have it in one language only."""
    _counts, _dot, rest = message.partition(". ")
    if remarks is not None:
        rest = " ".join(said_again(str(remarks)))
    return rest


def _here(moment: datetime, zone: ZoneInfo) -> datetime:
    """*moment*, kept in UTC without a zone, on the reader's clock."""
    return moment.replace(tzinfo=UTC).astimezone(zone)


def _reached(source: str, dataset: str) -> str:
    """A source of *dataset*: a property of Analytics is often a mere number."""
    analytics = names.PLATFORMS["google_analytics"]
    shown = _source(source)
    return f"{analytics} · {shown}" if dataset == "web_traffic" and shown != analytics else shown


def _source(text: str) -> str:
    platform, separator, rest = text.partition(" · ")
    return (names.PLATFORMS.get(platform) or names.source(platform)) + separator + rest
