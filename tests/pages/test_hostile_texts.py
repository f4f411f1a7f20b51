"""Markup and script in every field that anybody can write: text on every page, and in every form of the pack."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from core.config import Configuration, Home
from journal.opening import open_journal
from journal.operations import reviews
from journal.operations.actions import Promise, add_action, set_action_state
from journal.operations.baselines import NewBaseline, WheelersAnswers
from journal.operations.decisions import Resolution, decide
from journal.operations.drafts import save_draft
from journal.operations.events import Happening, add_event
from journal.operations.exceptions import Raised, exceptions, explain, new_normal, raise_exceptions
from journal.operations.notes import add_note, add_recommendation, edit_note
from journal.operations.reviews import ReviewPlan, Topic
from journal.people import Actor
from journal.places import Place
from journal.words import ActionState, Direction, ExceptionKind, NoteKind, Rhythm, Role
from pack.formats import FORMS
from pack.material import gather
from tests.department import LAST, build_department
from tests.pages.conftest import visit_page
from tests.pages.test_meeting import WEEK
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from journal.work import Journal

SCRIPT: Final = "<script>alert(1)</script><img src=x onerror=alert(2)>"
LINK: Final = "[away](http://example.com) ![x](http://example.com/x) **loud** :red[red] $x^2$ # big"
HOSTILE: Final = f"{SCRIPT}{LINK} =1+1 مرحبا \N{WAVING HAND SIGN}"
PERSON: Final = 'Eve </b><script>alert(3)</script> "quoted" [x](http://example.com)'
ME: Final = Actor(PERSON, Role.HEAD)
PLAN: Final = (
    "INSERT INTO target.people BY NAME SELECT 'eve' AS person_id, $$" + PERSON + "$$ AS name, true AS active",
    "UPDATE target.processes SET name = $$" + SCRIPT + "Paid$$ WHERE process_id = 'paid_acquisition'",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, int]:
    """A department whose people write nothing but markup, and the number of its open review."""
    home = build_department(Home(tmp_path_factory.mktemp("hostile")), *PLAN)
    journal = open_journal(home, ME)
    return home, tell(journal)


def tell(journal: Journal) -> int:
    """Write into every field that there is."""
    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    topics = (Topic("paid_acquisition", 10), Topic("", 5, HOSTILE))
    plan = ReviewPlan(HOSTILE, Rhythm.WEEKLY, at, WEEK, (PERSON,), topics, PERSON)
    review = reviews.open_review(journal, reviews.plan_review(journal, plan).id).id
    part = Place("paid_acquisition", "clicks", WEEK, "campaign", HOSTILE, review)
    clicks = replace(part, dimension="", dimension_value="")
    late = add_action(journal, clicks, Promise(HOSTILE, PERSON, date(2026, 11, 1), HOSTILE))
    found = [Raised(ExceptionKind.SIGNAL, clicks), Raised(ExceptionKind.SIGNAL, replace(clicks, kpi="spend"))]
    first, second = raise_exceptions(journal, review, found)
    for place in (part, replace(clicks, about=first.id)):
        for kind in NoteKind:
            add_note(journal, place, HOSTILE, kind)
        add_recommendation(journal, place, HOSTILE)
        decide(journal, place, Resolution(HOSTILE, "clicks", Direction.UP, date(2026, 11, 9)))
        done = add_action(journal, place, Promise(HOSTILE, PERSON))
        set_action_state(journal, done.id, 1, ActionState.DONE, HOSTILE)
        add_event(journal, place, Happening(HOSTILE, date(2026, 11, 9), text=HOSTILE))
    edited = add_note(journal, clicks, HOSTILE)
    edit_note(journal, edited.id, 1, HOSTILE + " again")
    explain(journal, first.id, 1, HOSTILE)
    answers = WheelersAnswers(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    new_normal(journal, second.id, 1, NewBaseline(date(2026, 11, 9), HOSTILE, answers))
    promise = Raised(ExceptionKind.PROMISE, Place("paid_acquisition", about=late.id))
    raise_exceptions(journal, review, [*found, promise])
    save_draft(journal, f"{review}::::::note", HOSTILE)
    return review


def drawn(app: AppTest) -> str:
    """All that the page hands to the browser as HTML."""
    return "\n".join(str(element.value) for element in app.html if "<style>" not in str(element.value))


def marked_up(app: AppTest) -> list[str]:
    """All that the browser reads as Markdown: texts, and the labels of fields and buttons."""
    texts = [str(element.value) for kind in (app.markdown, app.caption, app.warning, app.info) for element in kind]
    labels = [
        str(element.label) for kind in (app.button, app.text_area, app.text_input, app.toggle) for element in kind
    ]
    return texts + labels


ADDRESSES: Final = {
    **{f"meeting {step}": ("meeting", {"step": step}) for step in ("promises", "x0", "x1", "x2", "decisions", "close")},
    "prepare": ("prepare", {}),
    "readiness": ("readiness", {}),
    "actions by owner": ("actions", {"what": "owner"}),
    "actions that are over": ("actions", {"what": "over"}),
    "history": ("history", {"q": "alert"}),
    "process": ("process", {"process": "paid_acquisition", "kpi": "clicks"}),
    "cockpit": ("", {}),
}


@pytest.mark.parametrize("page", ADDRESSES)
def test_markup_is_text_on_every_page(hostile: tuple[Home, int], page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home, review = hostile
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST)
    address, query = ADDRESSES[page]
    if address == "meeting":
        found = exceptions(open_journal(home, ME), review)
        steps = {f"x{place}": f"x{each.id}" for place, each in enumerate(found)}
        query = {"review": str(review), "step": steps.get(query["step"], query["step"])}
    app = visit_page(address, me="eve", **query)
    html = drawn(app)
    assert "<script" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html
    for text in marked_up(app):
        assert not re.search(r"(?<!\\)\]\(http|(?<!\\)<script|(?<!\\)!\[", text), text


def test_markup_is_text_in_every_form_of_the_pack(hostile: tuple[Home, int]) -> None:
    home, number = hostile
    journal = open_journal(home, ME)
    snapshot = open_snapshot(home.warehouse)
    material = gather(journal, reviews.review(journal, number), snapshot, Configuration(), datetime.now(UTC))
    html = FORMS["html"].made(material).decode()
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") > 20
    assert FORMS["pdf"].made(material).startswith(b"%PDF-")
    book = CalamineWorkbook.from_filelike(BytesIO(FORMS["xlsx"].made(material)))
    cells = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert sum(SCRIPT in cell for cell in cells) > 20
    with ZipFile(BytesIO(FORMS["xlsx"].made(material))) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)
    # What began as a formula does not when a spreadsheet reads the file.
    rows = csv.reader(FORMS["csv"].made(material).decode("utf-8-sig").splitlines())
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
