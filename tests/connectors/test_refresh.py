"""Refreshing: what is new comes in, once; what fails is told and costs the others nothing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from connectors import refresh as refreshing
from connectors.base import FAILED, LOADED, UNCHANGED
from connectors.refresh import Report, sources_of
from connectors.runs import last_runs
from core.config import Home, read_configuration
from core.errors import ConfigurationError, TemporaryError, UsageError
from core.language import use_language
from tests.connectors.sources import MADE, configure, register
from tests.warehouse.shelf import clicks
from warehouse.generations import current_generation
from warehouse.lock import writer_lock

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)


def refresh(home: Home, *names: str) -> Report:
    """A refresh as the command line asks for it."""
    return refreshing.refresh(home, read_configuration(home), names)


def statuses(report: Report) -> dict[str, str]:
    """What became of each source."""
    return {result.source: result.status for result in report.sources}


class TestSeveralSources:
    def test_all_that_is_new_is_one_snapshot(self, home: Home) -> None:
        configure(home, ("a", "rows", "clicks = [1, 2]"), ("b", "rows", "clicks = [4]"))
        report = refresh(home)
        assert (statuses(report), report.snapshot) == ({"a": LOADED, "b": LOADED}, 1)
        assert [result.rows_loaded for result in report.sources] == [2, 1]
        assert clicks(home.warehouse) == 7
        assert report.is_whole

    def test_one_that_fails_never_stops_the_others(self, home: Home) -> None:
        configure(
            home, ("no", "barred", "clicks = []"), ("late", "half", "clicks = []"), ("yes", "rows", "clicks = [5]")
        )
        report = refresh(home)
        assert statuses(report) == {"no": FAILED, "late": FAILED, "yes": LOADED}
        barred, half, _yes = report.sources
        assert barred.message == "no refused the key of robot@example.com (403)."
        assert (barred.next_step, barred.error_kind) == ("Share it with robot@example.com.", "access")
        assert half.message == "late lost its column day."
        assert clicks(home.warehouse) == 5
        assert not report.is_whole

    def test_only_what_was_brought_is_told_that_it_is_published(self, home: Home) -> None:
        configure(home, ("no", "barred", "clicks = []"), ("late", "half", "clicks = []"), ("yes", "rows", "clicks=[5]"))
        refresh(home)
        assert MADE["yes"].done == ["fetch", "bring", "published"]
        assert MADE["late"].done == ["fetch"]
        assert MADE["no"].done == []

    def test_a_disk_without_room_is_told(self, home: Home) -> None:
        configure(home, ("x", "full", "clicks = []"))
        (result,) = refresh(home).sources
        assert result.message == "fetched/part could not be read or written: No space left on device."

    def test_a_mistake_of_ours_costs_the_others_nothing(self, home: Home) -> None:
        configure(home, ("oops", "mistaken", "clicks = []"), ("yes", "rows", "clicks = [5]"))
        with pytest.raises(ZeroDivisionError):
            refresh(home)
        assert clicks(home.warehouse) == 5
        assert last_runs(home)["oops"].message == "Kokpit made a mistake: ZeroDivisionError: by nothing."

    def test_one_that_has_nothing_to_say_was_read_all_the_same(self, home: Home) -> None:
        configure(home, ("a", "silent", "clicks = []"))
        assert statuses(refresh(home)) == {"a": UNCHANGED}
        assert last_runs(home)["a"].status == UNCHANGED

    def test_they_are_read_side_by_side(self, home: Home) -> None:
        configure(home, *((name, "meeting", "clicks = [1]") for name in "abc"))
        assert statuses(refresh(home)) == dict.fromkeys("abc", LOADED)

    def test_only_the_sources_asked_for(self, home: Home) -> None:
        configure(home, ("a", "rows", "clicks = [1]"), ("b", "rows", "clicks = [4]"))
        assert statuses(refresh(home, "b")) == {"b": LOADED}
        assert clicks(home.warehouse) == 4


class TestNothingNew:
    def test_nothing_is_published(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        configure(home, ("a", "rows", "clicks = [1]"))
        refresh(home)
        pointer = home.warehouse / "CURRENT"
        before = (pointer.stat().st_mtime_ns, pointer.read_bytes(), sorted(home.warehouse.iterdir()))
        monkeypatch.setattr("warehouse.writer.Writer.open_copy", lambda _writer: pytest.fail("the copy was opened"))
        report = refresh(home)
        assert (statuses(report), report.snapshot) == ({"a": UNCHANGED}, None)
        assert (pointer.stat().st_mtime_ns, pointer.read_bytes(), sorted(home.warehouse.iterdir())) == before
        assert MADE["a"].done[-1] == "published"

    def test_a_home_without_anything_is_left_alone(self, home: Home) -> None:
        assert refresh(home) == Report()
        home.path.rmdir()
        assert refresh(home) == Report()
        assert not home.path.exists()


class TestMistakesInTheConfiguration:
    @pytest.mark.parametrize(
        ("kind", "keys", "told", "step"),
        [
            ("row", "clicks = []", "is of kind 'row', which is not known", "Did you mean rows?"),
            ("rows", "clicks = []\nslwo = 1", "has the key slwo, which is not known", "Did you mean slow?"),
            ("rows", "", "has no clicks", 'Add clicks = "…" to it.'),
        ],
    )
    def test_it_costs_that_source_only(self, home: Home, kind: str, keys: str, told: str, step: str) -> None:
        configure(home, ("a", kind, keys), ("b", "rows", "clicks = [4]"))
        report = refresh(home)
        wrong = report.sources[0]
        assert wrong.message.startswith(f"{home.configuration}: the source 'a' {told}")
        assert (wrong.next_step, wrong.error_kind) == (step, ConfigurationError.kind)
        assert clicks(home.warehouse) == 4

    def test_a_source_that_is_not_there_is_wrong_usage(self, home: Home) -> None:
        configure(home, ("team sheet", "rows", "clicks = []"))
        with pytest.raises(UsageError, match="no source 'team shet'") as caught:
            refresh(home, "team shet")
        assert caught.value.next_step == "Did you mean team sheet?"
        assert not home.warehouse.exists()


class TestWhoeverIsTold:
    def test_progress_is_heard_in_the_callers_thread(self, home: Home) -> None:
        configure(home, ("a", "rows", "clicks = [1]"), ("b", "rows", "clicks = [1]"))
        home.inbox.mkdir()
        heard: list[tuple[str, str, float]] = []
        threads = set()

        def tell(source: str, label: str, share: float) -> None:
            heard.append((source, label, share))
            threads.add(threading.get_ident())

        refreshing.refresh(home, read_configuration(home), tell=tell)
        assert {("a", "half", 0.5), ("a", "", 1.0), ("b", "half", 0.5), ("inbox", "", 1.0)} <= set(heard)
        assert threads == {threading.get_ident()}

    def test_whoever_gives_up_waiting_stops_it(self, home: Home) -> None:
        configure(home, ("a", "rows", "clicks = [1]\nslow = 0.3"))

        def tell(_source: str, _label: str, _share: float) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            refreshing.refresh(home, read_configuration(home), tell=tell)
        assert not current_generation(home.warehouse)
        assert MADE["a"].done == []

    def test_who_interrupts_does_not_wait_for_an_answer(self, home: Home) -> None:
        configure(home, ("a", "rows", "clicks = [1]\nslow = 3"))

        def tell(_source: str, _label: str, _share: float) -> None:
            raise KeyboardInterrupt

        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            refreshing.refresh(home, read_configuration(home), tell=tell)
        assert time.monotonic() - began < 2

    @pytest.mark.parametrize("name", ["inbox", "plan"])
    def test_a_file_where_a_folder_should_be_is_told(self, home: Home, name: str) -> None:
        (home.path / name).write_text("", encoding="utf-8")
        (result,) = refresh(home).sources
        assert (result.source, result.status) == (name, FAILED)
        assert result.message == f"{home.path / name} is not a folder."

    def test_a_file_in_the_way_of_what_is_kept_is_told(self, home: Home) -> None:
        home.inbox.mkdir()
        home.fetched.write_text("", encoding="utf-8")
        with pytest.raises(ConfigurationError, match="fetched is not a folder"):
            refresh(home)

    def test_messages_are_in_the_language_in_use(self, home: Home) -> None:
        configure(home, ("x", "full", "clicks = []"))
        home.inbox.mkdir()
        use_language("pl")
        assert refresh(home).sources[1].message != f"There are no files in {home.inbox}."


def test_the_second_one_is_told_who_is_refreshing(home: Home) -> None:
    configure(home, ("a", "rows", "clicks = [1]"))
    home.fetched.mkdir()
    with writer_lock(home.fetched), pytest.raises(TemporaryError, match="Another load is running"):
        refresh(home)
    assert refresh(home).snapshot == 1


def test_what_became_of_each_source_is_kept(home: Home) -> None:
    configure(home, ("a", "rows", "clicks = [1]"), ("b", "barred", "clicks = []"))
    refresh(home)
    runs = last_runs(home)
    assert (runs["a"].status, runs["a"].succeeded_at) == (LOADED, runs["a"].at)
    assert (runs["b"].status, runs["b"].succeeded_at) == (FAILED, None)
    assert runs["b"].next_step == "Share it with robot@example.com."
    configure(home, ("a", "barred", "clicks = []"))
    refresh(home)
    assert last_runs(home)["a"].status == FAILED
    assert last_runs(home)["a"].succeeded_at == runs["a"].at
    (home.fetched / "refresh.json").write_text("[{}]")
    assert last_runs(home) == {}


def test_what_became_of_each_source_is_told_in_the_readers_language(home: Home) -> None:
    configure(home, ("team", "row", "clicks = []"), ("late", "full", "clicks = []"))
    use_language("pl")
    refresh(home)
    polish = last_runs(home)
    assert polish["late"].message.endswith("No space left on device.")
    assert "could not be read" not in polish["late"].message
    # What is known of a source that is not refreshed this time is kept as it was.
    refresh(home, "late")
    use_language("en")
    english = last_runs(home)
    assert "which is not known" in english["team"].message
    assert english["team"].next_step == "Did you mean rows?"
    assert english["late"].message == "fetched/part could not be read or written: No space left on device."


def test_nothing_is_read_where_the_database_cannot_write(tmp_path: Path) -> None:
    home = Home(tmp_path / "a?b")
    home.path.mkdir()
    configure(home, ("a", "rows", "clicks = [1]"))
    with pytest.raises(ConfigurationError, match=r"there is a \? in its name"):
        refresh(home)
    assert list(home.path.iterdir()) == [home.configuration]


def test_what_a_refresh_would_read(home: Home) -> None:
    configure(home, ("a", "rows", "clicks = [1]"))
    assert sources_of(home, read_configuration(home)) == ("a",)
    home.inbox.mkdir()
    home.plan.mkdir()
    assert sources_of(home, read_configuration(home)) == ("a", "plan", "inbox")
