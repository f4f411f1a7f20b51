"""Who reads, what they may do, and where the journal starts limits anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from journal.opening import open_journal
from journal.operations.baselines import NewBaseline, WheelersAnswers, add_baseline, undo_baseline
from journal.people import Actor
from journal.places import Place
from journal.words import Role
from metrics.own import find
from tests.tables import make_every_table
from ui import figures, journaling
from ui.homes import Shown
from ui.screen import Screen, open_screen
from warehouse.snapshot import open_snapshot
from warehouse.writer import writing

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = """
    INSERT INTO target.people BY NAME
    SELECT * FROM (VALUES ('mia', 'Mia Berg', 'Head', true), ('ada', 'Ada Nowak', 'owner', true),
        ('ada2', 'Ada Nowak', NULL, true), ('lee', NULL, 'viewer', true), ('old', 'Olga Old', 'owner', false))
        AS people(person_id, name, role, active)
"""
PROCESSES = "INSERT INTO target.processes BY NAME SELECT 'bids' AS process_id, 'ada2' AS owner, true AS active"
ANSWERS = WheelersAnswers("yes", "yes", "yes", "yes")


@pytest.fixture
def team(tmp_path: Path) -> Home:
    """A home with five people, two of the same name, one gone."""
    home = Home(tmp_path / "team")
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        writer.run(PEOPLE)
        writer.run(PROCESSES)
        writer.publish()
    return home


def screen(home: Home, **query: str) -> Screen:
    shown = Shown(home, is_demo=False, snapshot=open_snapshot(home.warehouse))
    return open_screen(shown, query, "en")


def test_whoever_does_not_say_who_they_are_is_me_and_may_do_everything(team: Home) -> None:
    assert journaling.reader(screen(team)) == Actor("me", Role.HEAD)


def test_people_of_one_name_are_told_apart_and_roles_come_from_the_plan(team: Home) -> None:
    found = {person.id: (person.name, person.role) for person in journaling.people(screen(team).shown)}
    assert found == {
        "mia": ("Mia Berg", Role.HEAD),
        "ada": ("Ada Nowak (ada)", Role.OWNER),
        "ada2": ("Ada Nowak (ada2)", Role.OWNER),
        "lee": ("lee", Role.VIEWER),
        "old": ("Olga Old", Role.OWNER),
    }


def test_the_address_says_who_reads(team: Home) -> None:
    assert journaling.reader(screen(team, me="ada2")) == Actor("Ada Nowak (ada2)", Role.OWNER, frozenset({"bids"}))


@pytest.mark.parametrize(
    ("who", "name", "told"),
    [("old", "Olga Old", "Olga Old is no longer here"), ("nobody", "nobody", "There is nobody called “nobody”")],
)
def test_who_left_or_never_was_there_may_only_read_and_is_told(team: Home, who: str, name: str, told: str) -> None:
    asked = screen(team, me=who)
    assert journaling.reader(asked) == Actor(name, Role.VIEWER)
    assert journaling.unknown(asked).startswith(told)
    assert name not in journaling.names(asked)


@pytest.mark.parametrize("who", ["", "ada"])
def test_of_whoever_is_here_nothing_is_told(team: Home, who: str) -> None:
    assert journaling.unknown(screen(team, me=who)) == ""


def test_who_reads_is_nothing_that_drawn_things_depend_on(team: Home) -> None:
    assert screen(team, me="ada").key == screen(team, me="mia").key


def test_looking_makes_no_journal(team: Home) -> None:
    assert screen(team).starts == ()
    assert not (team.path / "journal.sqlite").exists()


def test_a_baseline_is_part_of_what_is_drawn_until_it_is_undone(team: Home) -> None:
    before = screen(team)
    journal = open_journal(team, Actor("Mia Berg", Role.HEAD))
    made = add_baseline(journal, Place("bids", "win_rate"), NewBaseline(date(2026, 3, 2), "New team", ANSWERS))
    after = screen(team)
    assert after.starts == (journaling.Start("win_rate", "", "", date(2026, 3, 2)),)
    assert after.key != before.key
    undo_baseline(journal, made.id)
    assert screen(team).key == before.key


def test_a_baseline_of_a_part_counts_where_the_part_is_looked_at(team: Home) -> None:
    journal = open_journal(team, Actor("Mia Berg", Role.HEAD))
    part = Place("paid_acquisition", "clicks", dimension="campaign", dimension_value="Spring")
    add_baseline(journal, part, NewBaseline(date(2026, 3, 2), "New campaign", ANSWERS))
    whole, filtered = screen(team), screen(team, campaign="Spring")
    clicks = find(whole.shown.snapshot, "clicks")
    assert figures.starts(whole, clicks) == ()
    assert figures.starts(filtered, clicks) == (date(2026, 3, 2),)


def test_a_journal_that_cannot_be_read_is_told_and_the_numbers_stay(team: Home) -> None:
    (team.path / "journal.sqlite").write_text("not a journal, but long enough to be taken for a damaged one" * 20)
    found = screen(team)
    assert found.starts == ()
    assert "journal.sqlite is damaged" in found.unread[0]


def test_the_journal_tells_names_instead_of_ids(team: Home) -> None:
    opened = journaling.journal(screen(team))
    asked = ("clicks", "paid_acquisition", "me", "Mia Berg")
    assert [opened.called(name) for name in asked] == ["Clicks", "Paid acquisition", "me", "Mia Berg"]
    assert str(opened.zone) == "Europe/Warsaw"
