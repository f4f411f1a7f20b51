"""The panel that asks what an unknown file is: a dataset, a header for each of its columns, and how it then reads."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from connectors.exports.guess import guess, guess_as, missing
from connectors.exports.home_formats import keep
from connectors.exports.load import Options
from connectors.exports.mapping import Mapping, check, default_title
from connectors.exports.preview import Preview, preview
from connectors.exports.results import FAILED, REFUSED
from connectors.exports.unknown import samples_of
from connectors.exports.vocabulary import (
    column_label,
    columns_of,
    dataset_meaning,
    has_to_be_known,
    mappable,
)
from connectors.exports.workbooks import NUMBER_MARK
from core.config import read_configuration, user_home
from core.errors import AmbiguousFileError, KokpitError
from core.language import _, ngettext
from core.tables import Column, Kind, Row, Table
from ui import intake, state, tables, troubles
from warehouse.contract import Type
from warehouse.datasets import DATASETS
from warehouse.datasets.titles import table_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from connectors.exports.guess import Guess
    from connectors.exports.unknown import Sample
    from core.tables import Cell
    from ui.intake import Upload
    from warehouse.contract import Column as Contracted

ABSENT: Final = ""
SAME: Final = "\N{ASTERISK}"
"""The choices of a column beside the file's headers: it is not in the file, or it is the same in every row."""
ACROSS: Final = 3
EXAMPLES: Final = 2
LONGEST: Final = 24
ROWS: Final = 10
_TIMES: Final = (Type.DAY, Type.MOMENT)
_KINDS: Final = {Type.DAY: Kind.DAY, Type.WHOLE: Kind.COUNT, Type.DECIMAL: Kind.NUMBER}


@dataclass(frozen=True)
class Asked:
    """The file that is asked about: as it was dropped, its table, and what its widgets' keys begin with."""

    upload: Upload
    sample: Sample
    digest: str

    def key(self, part: str) -> str:
        """The session key of one of its widgets."""
        return state.MAPPED.format(file=self.digest, part=part)

    def option(self, choice: str) -> str:
        """A choice of a column as the reader sees it: a header with examples of its cells."""
        if choice in (ABSENT, SAME):
            return _("not in the file") if choice == ABSENT else _("the same in every row …")
        cells = dict.fromkeys(cell.removeprefix(NUMBER_MARK) for cell in self.sample.cells(choice) if cell.strip())
        shown = ", ".join(cell[:LONGEST] for cell in list(cells)[:EXAMPLES])
        return f"{choice} · {shown}" if shown else choice


def panel() -> None:
    """Ask about the first of the files that were not recognised, until there is none."""
    uploads: list[Upload] = st.session_state.get(state.UNKNOWN, [])
    if not uploads:
        return
    with st.container(border=True, key="kk_mapping"):
        st.subheader(_("Tell Kokpit what this file is"), anchor=False)
        st.markdown(troubles.plain(uploads[0][0]))
        with troubles.told():
            _ask(_opened(uploads[0]))
        st.button(_("Leave this file out"), key=state.MAPPED.format(file="", part="leave"), on_click=_leave)


def _leave() -> None:
    st.session_state[state.UNKNOWN] = st.session_state[state.UNKNOWN][1:]


def _opened(upload: Upload) -> Asked:
    """The *upload* with its table, which is read once. Raises FileError."""
    name, content = upload
    digest = hashlib.sha256(name.encode() + content).hexdigest()[:12]
    known: tuple[str, Sample] | None = st.session_state.get(state.MAP_SAMPLE)
    if known is None or known[0] != digest:
        with tempfile.TemporaryDirectory(prefix="kokpit-upload-") as folder:
            found = samples_of(intake.put(Path(folder), 0, upload))
        best = max(found, key=lambda sample: max((each.confidence for each in guess(sample)), default=0.0))
        known = (digest, best)
        st.session_state[state.MAP_SAMPLE] = known
    return Asked(upload, known[1], digest)


def _ask(asked: Asked) -> None:
    """The questions, what the answers give, and the button that keeps them."""
    guessed = _dataset(asked)
    mapping = Mapping.of(guessed, "")
    columns, constants = _columns(asked, guessed)
    title = st.text_input(
        _("What to call this kind of file"),
        value=default_title(Path(asked.upload[0]).stem),
        key=asked.key("title"),
        help=_("Next month's file is recognised by its columns; this name stands in the load log."),
        width=420,
    )
    mapping = replace(mapping, title=title, columns=columns, constants=constants)
    locale = _locale(asked)
    mapping = replace(mapping, locale=locale)
    if lacking := missing(mapping.dataset, {*columns, *constants}):
        told = ", ".join(_label(mapping.dataset, name) for name in lacking)
        troubles.notes([_("Still missing: {what}.").format(what=told)])
        return
    check(mapping, asked.sample.headers)
    seen = _seen(asked, mapping, locale)
    _show(seen, mapping)
    if not {*DATASETS[mapping.dataset].money}.isdisjoint(columns) and not {"currency"} & {*columns, *constants}:
        troubles.notes([_("The file names no currency; its money is taken as the reporting currency.")])
    fine = seen.result.status not in (REFUSED, FAILED)
    if st.button(_("Load and remember"), type="primary", key=asked.key("load"), disabled=not fine):
        keep(user_home(), mapping)
        intake.load([asked.upload], Options(format=mapping.name, locale=locale))
        st.rerun()


def _dataset(asked: Asked) -> Guess:
    """What the rows are; the likeliest first."""
    found = [each.dataset for each in guess(asked.sample)]
    options = [*found, *(each.name for each in mappable() if each.name not in found)]
    chosen = st.selectbox(_("What its rows are"), options, key=asked.key("dataset"), format_func=table_title, width=420)
    needed = _("* has to be known")
    st.caption(troubles.plain(f"{dataset_meaning(chosen)} {needed}"))
    return guess_as(asked.sample, chosen)


def _columns(asked: Asked, guessed: Guess) -> tuple[dict[str, str], dict[str, str]]:
    """The headers and the fixed values that the reader chose: first what is needed or was found, then the rest."""
    every = columns_of(guessed.dataset)
    said = {*guessed.columns, *guessed.constants, "currency"}
    first = [each for each in every if each.name in said or has_to_be_known(guessed.dataset, each)]
    rest = [each for each in every if each not in first]
    answers = _grid(asked, guessed, first)
    if rest:
        with st.expander(_("More columns ({n})").format(n=len(rest))):
            answers |= _grid(asked, guessed, rest)
    headers = {name: choice for name, (choice, _value) in answers.items() if choice not in (ABSENT, SAME)}
    fixed = {name: value.strip() for name, (choice, value) in answers.items() if choice == SAME and value.strip()}
    return headers, fixed


def _grid(asked: Asked, guessed: Guess, columns: Sequence[Contracted]) -> dict[str, tuple[str, str]]:
    """Three questions beside each other; one below the other on a phone, in the same order."""
    answers = {}
    for start in range(0, len(columns), ACROSS):
        for place, column in zip(st.columns(ACROSS), columns[start : start + ACROSS], strict=False):
            with place:
                answers[column.name] = _column(asked, guessed, column)
    return answers


def _column(asked: Asked, guessed: Guess, column: Contracted) -> tuple[str, str]:
    """The choice for one column, and the value that is the same in every row."""
    dataset, name = guessed.dataset, column.name
    label = column_label(dataset, name) + (" *" if has_to_be_known(dataset, column) else "")
    options = [ABSENT, *([] if column.type in _TIMES else [SAME]), *asked.sample.headers]
    usual = SAME if name in guessed.constants else guessed.columns.get(name, ABSENT)
    choice = st.selectbox(
        label, options, index=options.index(usual), key=asked.key(f"{dataset}_{name}"), format_func=asked.option
    )
    if choice != SAME:
        return choice, ""
    value = st.text_input(
        _("{column}: in every row").format(column=label),
        value=guessed.constants.get(name, ""),
        key=asked.key(f"{dataset}_{name}_value"),
    )
    return choice, value


def _locale(asked: Asked) -> str | None:
    """How the file writes numbers and days, where it was asked."""
    if not st.session_state.get(asked.key("open")):
        return None
    labels = {"": _("as the files say"), **{way: _(example) for way, example in intake.WAYS.items()}}
    chosen = st.selectbox(_("Numbers and days"), list(labels), key=asked.key("locale"), format_func=labels.__getitem__)
    return chosen or None


def _seen(asked: Asked, mapping: Mapping, locale: str | None) -> Preview:
    """What the file gives when it is read so; asked again only when an answer has changed."""
    question = (asked.digest, mapping.text(), locale)
    known: tuple[object, Preview] | None = st.session_state.get(state.MAP_PREVIEW)
    if known is None or known[0] != question:
        team = read_configuration(user_home())
        with tempfile.TemporaryDirectory(prefix="kokpit-upload-") as folder:
            path = intake.put(Path(folder), 0, asked.upload)
            known = (question, preview(path, mapping.as_format(), Options(locale=locale), team))
        st.session_state[state.MAP_PREVIEW] = known
    seen = known[1]
    if seen.result.kind == AmbiguousFileError.kind and not st.session_state.get(asked.key("open")):
        st.session_state[asked.key("open")] = True
        st.rerun()
    return seen


def _show(seen: Preview, mapping: Mapping) -> None:
    result = seen.result
    if result.status in (REFUSED, FAILED):
        step = "" if result.kind == AmbiguousFileError.kind else result.next_step
        troubles.box(KokpitError(result.message, step))
        return
    count = result.rows_loaded
    text = ngettext("{n} row would be loaded, {m} rejected.", "{n} rows would be loaded, {m} rejected.", count)
    st.markdown(troubles.plain(text.format(n=count, m=result.rows_rejected)))
    st.html(tables.title(_("As it would be loaded")) + tables.html(typed(seen, mapping.dataset), limit=ROWS))
    if seen.rejected:
        st.html(tables.title(_("Rejected rows")) + tables.html(rejected(seen), limit=ROWS))


def typed(seen: Preview, dataset: str) -> Table:
    """The rows as they would be loaded, under the names that people know."""
    kinds = {column.name: column.type for column in DATASETS[dataset].columns}
    columns = tuple(
        Column(_label(dataset, name), _KINDS.get(kinds[name], Kind.WORD if kinds[name] is Type.MOMENT else Kind.TEXT))
        for name in seen.columns
    )
    rows = tuple(Row(tuple(_cell(value) for value in row)) for row in seen.rows)
    return Table(_("As it would be loaded"), columns, rows)


def rejected(seen: Preview) -> Table:
    """The rows that would be kept out, each with its reason."""
    columns = (
        Column(_("Line"), Kind.COUNT),
        Column(_("Column")),
        Column(_("Reason")),
        Column(_("The row as it stood")),
    )
    rows = tuple(Row((each.line, each.column, each.reason, each.raw)) for each in seen.rejected)
    return Table(_("Rejected rows"), columns, rows)


def _label(dataset: str, name: str) -> str:
    return _("Position × impressions") if name == "position_sum" else column_label(dataset, name)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return value if type(value) is date else f"{value:%Y-%m-%d %H:%M}"
