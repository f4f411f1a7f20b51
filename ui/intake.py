"""Files on their way in: taking uploads, loading them with progress, asking what a file leaves open, undoing."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from html import escape
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
from ui.background import Work, at_work, see_through
from warehouse.generations import current_generation
from warehouse.undo import rollback, undone, unsaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from connectors.exports.results import FileResult
    from core.config import Home
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


@dataclass(frozen=True)
class Questions:
    """The files whose numbers and days can be read in two ways, and those that do not say whose they are.

    Those that *gave way* were loaded before, and exports loaded since have taken the place of their rows. The answer
    for one may be wrong for the other, so each is loaded again with its own.
    """

    written: tuple[Upload, ...] = ()
    whose: tuple[Upload, ...] = ()
    gave_way: tuple[Upload, ...] = ()

    def __add__(self, other: Questions) -> Questions:
        """Both together."""
        return Questions(
            _each_once(self.written + other.written),
            _each_once(self.whose + other.whose),
            _each_once(self.gave_way + other.gave_way),
        )


def _each_once(uploads: Iterable[Upload]) -> tuple[Upload, ...]:
    return tuple(dict.fromkeys(uploads))


NONE_ASKED: Final = Questions()


@dataclass(frozen=True)
class Brought:
    """What came of *uploads*: what became of each table, what is *asked*, and which are of a kind nobody knows."""

    uploads: tuple[Upload, ...] = ()
    results: tuple[FileResult, ...] = ()
    asked: Questions = NONE_ASKED
    unknown: tuple[Upload, ...] = ()


NOTHING: Final = Brought()


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
    if text := session.get(state.UNDONE):
        st.html(f'<p class="kk-say" role="status">✓ {escape(text)}</p>')
    # What nobody has seen yet stays beside what comes now.
    unseen = session.pop(state.UNSEEN, False)
    if goes_on := at_work(state.LOADING, user_home().path):
        _see_through(goes_on)
    if files:
        # A fresh uploader before anybody waits: what is dropped into it meanwhile comes after these.
        session[state.UPLOAD_ROUND] = turn + 1
        before = _shown() if goes_on or unseen else NOTHING
        _begin([(file.name, file.getvalue()) for file in files], Options(), before)
    if files or goes_on:
        st.rerun()


def _button_label(text: str) -> str:
    """A style that has the uploader's button say *text*: Streamlit itself knows only English."""
    quoted = text.replace("\\", "").replace('"', "”").replace("<", "")
    button = '.st-key-kk_drop [data-testid="stFileUploaderDropzone"] button p'
    return f'<style>{button} {{ font-size: 0; }} {button}::after {{ font-size: 1rem; content: "{quoted}"; }}</style>'


def load(uploads: Sequence[Upload], options: Options, before: Brought = NOTHING) -> None:
    """Load *uploads* while the reader watches, and keep what became of them for the run that shows it.

    What came of others *before* stays, the questions that wait for an answer among it.
    """
    _see_through(_begin(uploads, options, before))


def _begin(uploads: Sequence[Upload], options: Options, before: Brought) -> Work[Brought]:
    """Have *uploads* be loaded from now on, whatever their reader does."""
    st.session_state.pop(state.UNDONE, None)
    home = user_home()
    work = Work(_("Loading …"), partial(_bring, home, tuple(uploads), options, before), (state.LOADING, home.path))
    st.session_state[state.LOADING] = work
    return work


def _see_through(work: Work[Brought]) -> None:
    """Watch the load to its end, and keep what came of it."""
    with _kept():
        came = see_through(state.LOADING, work, st.progress(0.0, text=_("Loading …")))
        session = st.session_state
        session[state.RESULTS], session[state.QUESTIONS] = came.results, came.asked
        session[state.UNSEEN] = True
        earlier = [each for each in session.get(state.UNKNOWN, []) if each not in came.uploads]
        session[state.UNKNOWN] = [*came.unknown, *earlier][:KEPT]


def _bring(home: Home, uploads: tuple[Upload, ...], options: Options, before: Brought, work: Work[Brought]) -> Brought:
    """Load *uploads* into *home*."""
    with tempfile.TemporaryDirectory(prefix="kokpit-upload-") as folder:
        paths = [put(Path(folder), place, upload) for place, upload in enumerate(uploads)]
        known = Known(kpi_names(), process_names(), never_negative(), shares())
        answers = replace(options, known=known, arrived=True)
        found = load_files(home, paths, answers, progress=_Progress(work))
        asked = _questions(dict(zip(paths, uploads, strict=True)), found)
        if options.locale:
            # Whose they are was asked beside how they are written.
            asked = replace(asked, whose=())
        unknown = {path for path in paths for result in found if _is_unknown(result) and _is_of(result, path)}
        return Brought(
            uploads,
            (*before.results, *(_without(folder, result) for result in found)),
            asked + before.asked,
            tuple(each for each, path in zip(uploads, paths, strict=True) if path in unknown),
        )


def _questions(uploads: dict[Path, Upload], results: Sequence[FileResult]) -> Questions:
    """The files that leave a question open: how they are written comes before whose they are."""
    unsure = [path for path in uploads if any(_is_ambiguous(each) and _is_of(each, path) for each in results)]
    unnamed = [path for path in uploads if any(outcomes.lacks_account(each) and _is_of(each, path) for each in results)]
    older = [path for path in uploads if any(each.gave_way and _is_of(each, path) for each in results)]
    asked = (unsure, [path for path in unnamed if path not in (*unsure, *older)], older)
    return Questions(*(tuple(uploads[path] for path in paths) for paths in asked))


@contextmanager
def _kept() -> Iterator[None]:
    """Keep an error for the next run, which starts at once."""
    try:
        yield
    except KokpitError as error:
        st.session_state[state.TROUBLE] = error


class _Progress:
    """What the loader tells while it works, in words."""

    def __init__(self, work: Work[Brought]) -> None:
        self._work = work

    def __call__(self, name: str, share: float) -> None:
        """Say that *share* of the work is done and *name* is next."""
        self._work.tell(_("Loading {name} …").format(name=name) if name else _("Loading …"), share)


def results() -> tuple[FileResult, ...]:
    """What became of the files of the last upload."""
    found: tuple[FileResult, ...] = st.session_state.get(state.RESULTS, ())
    return found


def _shown() -> Brought:
    """What came of earlier files, and what is still asked about them."""
    return Brought(results=results(), asked=_asked())


def _asked() -> Questions:
    found: Questions = st.session_state.get(state.QUESTIONS, NONE_ASKED)
    return found


def ask() -> None:
    """Ask for what the last files left open, and load those that asked again with the answer."""
    session, questions = st.session_state, _asked()
    if questions.written:
        told = _("Numbers and days can be read in two ways here: {files}. Say how they are written, and load again:")
        if _answered("kk_answers", told, questions.written, _ask_how_written, _("Load again")):
            answers = Options(account=session[state.ACCOUNT] or None, locale=session[state.LOCALE] or None)
            _load_again(questions.written, answers, replace(questions, written=()))
    if questions.whose:
        told = _("These files name no account or site: {files}. If you have several, name it, and load again:")
        if _answered("kk_names", told, questions.whose, lambda: _ask_whose(state.NAMED), _("Load again")):
            answers = Options(account=session[state.NAMED] or None)
            _load_again(questions.whose, answers, replace(questions, whose=()))
    if questions.gave_way:
        told = _(
            "Other exports that count as newer stand in place of some rows of these files: {files}. If these are the "
            "newest ones, say so, and load them again:"
        )
        if _answered("kk_again", told, questions.gave_way, lambda: None, _("Load as the newest")):
            _load_again(questions.gave_way, Options(again=True), replace(questions, gave_way=()))


def _answered(form: str, told: str, uploads: Sequence[Upload], fields: Callable[[], None], label: str) -> bool:
    """Whether the reader has just answered the question *told* about *uploads*, by the button with this *label*."""
    st.markdown(troubles.plain(told.format(files=_listed([name for name, _content in uploads]))))
    with st.form(form, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        fields()
        return st.form_submit_button(label, type="primary")


def _ask_how_written() -> None:
    labels = {"": _("as the files say"), **{way: _(example) for way, example in WAYS.items()}}
    st.selectbox(_("Numbers and days"), ["", *WAYS], key=state.LOCALE, format_func=lambda way: labels[way], width=320)
    _ask_whose(state.ACCOUNT)


def _ask_whose(key: str) -> None:
    st.text_input(_("Account or site"), key=key, placeholder=_("as the files say"), width=260)


def _load_again(uploads: Sequence[Upload], answers: Options, waiting: Questions) -> None:
    load(uploads, answers, Brought(asked=waiting))
    st.rerun()


def undo(screen: Screen) -> None:
    """The way back to the snapshot before the last load, after a question."""
    if not screen.shown.is_demo and screen.shown.generation:
        sure = st.dialog(_("Undo the last load?"))(_sure)
        if st.button(_("Undo the last load"), icon=":material/undo:", key=state.UNDO):
            sure(screen.language)


def _sure(language: str) -> None:
    use_language(language)
    seen = current_generation(user_home().warehouse)
    files = list(dict.fromkeys(loadlog.dropped(name) for name in undone(user_home().warehouse)))
    explained = list(dict.fromkeys(map(loadlog.file_name, unsaid(user_home().warehouse))))
    if files:
        st.markdown(troubles.plain(_undone(files)))
    if explained:
        text = _("This undoes what was last said about why the totals differ in {files}.")
        st.markdown(troubles.plain(text.format(files=_listed(explained))))
    if files or not explained:
        text = _(
            "The state before the last load becomes current again. The files themselves are not touched; you can "
            "load them again."
        )
        st.markdown(troubles.plain(text))
    if st.button(_("Undo it"), type="primary", key=state.UNDO_SURE, on_click=_undo, args=(seen, files)):
        st.rerun()


def _undone(files: Sequence[str]) -> str:
    """Which *files* the undoing takes out again."""
    text = ngettext(
        "This undoes the load of {n} file: {files}", "This undoes the load of {n} files: {files}", len(files)
    )
    return text.format(n=len(files), files=_listed(files))


def _listed(files: Sequence[str]) -> str:
    return ", ".join(files[:NAMED]) + (", …" if len(files) > NAMED else "")


def _undo(seen: int, files: Sequence[str]) -> None:
    """Go back from the snapshot that was *seen*, which brought *files*; what stands in the way is told on the page."""
    st.session_state[state.RESULTS] = ()
    st.session_state[state.UNDONE] = None
    with _kept():
        rollback(user_home().warehouse, seen)
        text = ngettext("Undone: the load of {n} file, {files}.", "Undone: the load of {n} files, {files}.", len(files))
        told = text.format(n=len(files), files=_listed(files)) if files else _("Undone.")
        st.session_state[state.UNDONE] = told


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
    if _is_ambiguous(result):
        step = _("Choose below how it writes numbers and days, then load it again.")
    if result.gave_way:
        step = _("If this file is the right one, load it again below.")
    if _is_unknown(result):
        step = _MAP.sub(_("below, on this page"), step)
    return replace(result, path=path, message=result.message.replace(result.path, path), next_step=step)


def _is_ambiguous(result: FileResult) -> bool:
    """Whether the file can be read in two ways."""
    return result.kind == AmbiguousFileError.kind


def _is_unknown(result: FileResult) -> bool:
    """Whether the file is readable, but no report that Kokpit knows."""
    return result.kind == UnknownFileError.kind


def _is_of(result: FileResult, path: Path) -> bool:
    """Whether *result* is about the file at *path*, or about a part of it."""
    return Path(result.path) == path or path in Path(result.path).parents
