"""Files on their way in: taking uploads, loading them with progress, asking what a file leaves open, undoing."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from connectors.exports.load import Options, load_files
from connectors.plan.tables import Known
from core.config import user_home
from core.errors import AmbiguousFileError, KokpitError, UnknownFileError
from core.language import N_, _, ngettext, use_language
from metrics.names import kpi_names, never_negative, process_names, shares
from ui import loadlog, outcomes, state, troubles
from warehouse.undo import rollback, undone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from connectors.exports.results import FileResult
    from ui.screen import Screen

    Upload = tuple[str, bytes]

WAYS: Final = {
    "en-US": N_("1,234.56 · month first: 12/31/2026"),
    "en-GB": N_("1,234.56 · day first: 31/12/2026"),
    "pl": N_("1 234,56 · day first: 31.12.2026"),
    "de": N_("1.234,56 · day first: 31.12.2026"),
}
_MAP: Final = re.compile(r'python cli\.py map ".*"')
_ROUND_ONE: Final = 0
KEPT: Final = 20
NAMED: Final = 8


def take(screen: Screen) -> None:
    """The place to drop files; what is dropped is loaded at once, into the reader's own home."""
    session = st.session_state
    trouble: KokpitError | None = session.pop(state.TROUBLE, None)
    if trouble:
        troubles.box(trouble)
    turn = session.get(state.UPLOAD_ROUND, _ROUND_ONE)
    label = _("Drop exports of any tool here: CSV, TSV, XLSX, JSON, or a ZIP of these")
    with st.container(key="kk_drop"):
        st.html(_button_label(_("Choose files, or drop them here")))
        files = st.file_uploader(label, accept_multiple_files=True, key=state.UPLOADS.format(round=turn))
    if screen.shown.is_demo:
        st.caption(
            _("Your files are kept apart from the demonstration. From the first one on, your numbers take its place.")
        )
    if files:
        load([(file.name, file.getvalue()) for file in files], Options())
        # A fresh uploader: the files are in, and the same ones may be dropped again.
        session[state.UPLOAD_ROUND] = turn + 1
        st.rerun()


def _button_label(text: str) -> str:
    """A style that has the uploader's button say *text*: Streamlit itself knows only English."""
    quoted = text.replace("\\", "").replace('"', "”").replace("<", "")
    button = '.st-key-kk_drop [data-testid="stFileUploaderDropzone"] button p'
    return f'<style>{button} {{ font-size: 0; }} {button}::after {{ font-size: 1rem; content: "{quoted}"; }}</style>'


def load(uploads: Sequence[Upload], options: Options) -> None:
    """Load *uploads* while the reader watches, and keep what became of them for the run that shows it."""
    bar = st.progress(0.0, text=_("Loading …"))
    with _kept(), tempfile.TemporaryDirectory(prefix="kokpit-upload-") as folder:
        paths = [put(Path(folder), place, upload) for place, upload in enumerate(uploads)]
        known = Known(kpi_names(), process_names(), never_negative(), shares())
        results = load_files(user_home(), paths, replace(options, known=known), progress=_Progress(bar))
        still_open = {path for path in paths for result in results if _is_open(result) and _is_of(result, path)}
        st.session_state[state.RESULTS] = tuple(_without(folder, result) for result in results)
        st.session_state[state.UPLOADED] = [
            each for each, path in zip(uploads, paths, strict=True) if path in still_open
        ]
        unknown = {path for path in paths for result in results if _is_unknown(result) and _is_of(result, path)}
        earlier = [each for each in st.session_state.get(state.UNKNOWN, []) if each not in uploads]
        found = [each for each, path in zip(uploads, paths, strict=True) if path in unknown]
        st.session_state[state.UNKNOWN] = (found + earlier)[:KEPT]


@contextmanager
def _kept() -> Iterator[None]:
    """Keep an error for the next run, which starts at once."""
    try:
        yield
    except KokpitError as error:
        st.session_state[state.TROUBLE] = error


class _Progress:
    """What the loader tells while it works, as a bar."""

    def __init__(self, bar: DeltaGenerator) -> None:
        self._bar = bar

    def __call__(self, name: str, share: float) -> None:
        """Show that *share* of the work is done and *name* is next."""
        self._bar.progress(share, text=_("Loading {name} …").format(name=name))


def results() -> tuple[FileResult, ...]:
    """What became of the files of the last upload."""
    found: tuple[FileResult, ...] = st.session_state.get(state.RESULTS, ())
    return found


def ask() -> None:
    """Ask for what the last files left open, and load them again with the answer."""
    uploads: list[Upload] = st.session_state.get(state.UPLOADED, [])
    if not uploads:
        return
    st.markdown(troubles.plain(_("Some files leave a question open. Answer it here, then load them again:")))
    with st.form("kk_answers", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        options = ["", *WAYS]
        labels = {"": _("as the files say"), **{way: _(example) for way, example in WAYS.items()}}
        st.selectbox(_("Numbers and days"), options, key=state.LOCALE, format_func=lambda way: labels[way], width=320)
        st.text_input(_("Account or site"), key=state.ACCOUNT, placeholder=_("as the files say"), width=260)
        again = st.form_submit_button(_("Load again"), type="primary")
    if again:
        session = st.session_state
        load(uploads, Options(account=session[state.ACCOUNT] or None, locale=session[state.LOCALE] or None))
        st.rerun()


def undo(screen: Screen) -> None:
    """The way back to the snapshot before the last load, after a question."""
    if not screen.shown.is_demo and screen.shown.generation:
        sure = st.dialog(_("Undo the last load?"))(_sure)
        if st.button(_("Undo the last load"), icon=":material/undo:", key=state.UNDO):
            sure(screen.language)


def _sure(language: str) -> None:
    use_language(language)
    if files := list(dict.fromkeys(loadlog.file_name(name) for name in undone(user_home().warehouse))):
        st.markdown(troubles.plain(_undone(files)))
    st.markdown(
        troubles.plain(
            _(
                "The state before the last load becomes current again. The files themselves are not touched; you can "
                "load them again."
            )
        )
    )
    if st.button(_("Undo it"), type="primary", key=state.UNDO_SURE, on_click=_undo):
        st.rerun()


def _undone(files: Sequence[str]) -> str:
    """Which *files* the undoing takes out again."""
    text = ngettext(
        "This undoes the load of {n} file: {files}", "This undoes the load of {n} files: {files}", len(files)
    )
    more = len(files) - NAMED
    rest = ", …" if more > 0 else ""
    return text.format(n=len(files), files=", ".join(files[:NAMED]) + rest)


def _undo() -> None:
    """Go back; what stands in the way is told on the page."""
    st.session_state[state.RESULTS] = ()
    with _kept():
        rollback(user_home().warehouse)


def put(folder: Path, place: int, upload: Upload) -> Path:
    """The upload as a file of its own name; each in a folder of its own, since two may share the name."""
    name, content = upload
    file = folder / str(place) / (Path(name).name or "file")
    file.parent.mkdir()
    file.write_bytes(content)
    return file


def _without(folder: str, result: FileResult) -> FileResult:
    """*result* with the names the reader knows, not those of the passing folder, and without command-line advice."""
    path = outcomes.name_within(folder, result.path)
    step = result.next_step
    if result.kind == AmbiguousFileError.kind:
        step = _("Choose below how it writes numbers and days, then load it again.")
    if _is_unknown(result):
        step = _MAP.sub(_("below, on this page"), step)
    return replace(result, path=path, message=result.message.replace(result.path, path), next_step=step)


def _is_open(result: FileResult) -> bool:
    """Whether an answer of the reader could do something about *result*."""
    return result.kind == AmbiguousFileError.kind or outcomes.lacks_account(result)


def _is_unknown(result: FileResult) -> bool:
    """Whether the file is readable, but no report that Kokpit knows."""
    return result.kind == UnknownFileError.kind


def _is_of(result: FileResult, path: Path) -> bool:
    """Whether *result* is about the file at *path*, or about a part of it."""
    return Path(result.path) == path or path in Path(result.path).parents
