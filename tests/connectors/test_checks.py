"""What the doctor asks of the configured sources, from servers on this machine."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from connectors import checks
from connectors.base import Kind
from connectors.checks import examine_sources
from connectors.refresh import refresh
from connectors.registry import KINDS
from core.config import read_configuration
from core.errors import AccessError
from tests.connectors.sources import Rows, configure, make, register
from warehouse.doctor import OK, PROBLEM, WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.plan.tables import Known
    from core.config import Configuration, Home, Source


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)
    monkeypatch.setattr(checks, "TIMEOUT", 0.5)


def test_a_first_day_to_come_is_told_and_the_source_named_once(home: Home) -> None:
    options = 'site = "sc-domain:example.com"\nsince = 2090-01-01\nendpoint = "http://127.0.0.1:1"'
    configure(home, ("site search", "search_console", options))
    (told,) = (each for each in examine_sources(home, read_configuration(home)) if each.check == "source")
    assert told.state == PROBLEM
    assert told.finding.startswith("The source site search: since is 2090-01-01, a day that has not come yet")


@contextmanager
def answering(status: int, ahead: timedelta | None = timedelta()) -> Iterator[str]:
    """The address of a server that answers *status* and has a clock of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(status)
            if ahead is not None:
                self.send_header("Date", format_datetime(datetime.now(UTC) + ahead, usegmt=True))
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def examined(home: Home) -> list[tuple[str, str, str]]:
    """Check, state and finding of each."""
    found = examine_sources(home, read_configuration(home))
    return [(finding.check, finding.state, finding.finding) for finding in found]


@pytest.mark.parametrize("status", [200, 404, 401])
def test_any_answer_is_an_answer(home: Home, status: int) -> None:
    with answering(status) as address:
        configure(home, ("a", "rows", f'clicks = []\nendpoint = "{address}"'))
        assert examined(home) == [
            ("reachability", OK, "a: 127.0.0.1 can be reached."),
            ("clock", OK, "a: the clocks agree."),
        ]


@pytest.mark.parametrize(
    ("ahead", "state", "told"),
    [
        (timedelta(minutes=10), PROBLEM, "This computer's clock is 600 seconds behind that of a."),
        (timedelta(minutes=-10), PROBLEM, "This computer's clock is 600 seconds ahead of that of a."),
        (None, OK, "a: the clock was not compared."),
    ],
)
def test_the_clock(home: Home, ahead: timedelta | None, state: str, told: str) -> None:
    with answering(200, ahead) as address:
        configure(home, ("a", "rows", f'clicks = []\nendpoint = "{address}"'))
        _check, found, text = examined(home)[1]
    assert found == state
    # A second may pass between the two clocks.
    assert text.replace("599", "600").replace("601", "600") == told


def test_an_address_where_nobody_answers(home: Home) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        configure(home, ("a", "rows", f'clicks = []\nendpoint = "http://127.0.0.1:{closed.getsockname()[1]}"'))
        reached, clock = examined(home)
    assert reached == ("reachability", PROBLEM, "a: 127.0.0.1 cannot be reached: Connection refused.")
    assert clock == ("clock", OK, "a: the clock was not compared.")


def test_one_that_takes_the_call_and_says_nothing(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        configure(home, ("a", "rows", f'clicks = []\nendpoint = "http://127.0.0.1:{silent.getsockname()[1]}"'))
        assert "it does not answer within" in examined(home)[0][2]


def test_a_name_that_is_not_known(home: Home) -> None:
    configure(home, ("a", "rows", 'clicks = []\nendpoint = "http://nowhere.invalid"'))
    assert examined(home)[0] == (
        *("reachability", PROBLEM),
        "a: nowhere.invalid cannot be reached: its name is not known here.",
    )


def test_a_name_that_takes_too_long_to_look_up(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = threading.Event()

    def slow(*_name: object, **_more: object) -> None:
        looked_up.wait(30)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    configure(home, ("a", "rows", 'clicks = []\nendpoint = "http://slow.invalid"'))
    try:
        assert "it does not answer within" in examined(home)[0][2]
    finally:
        looked_up.set()


def test_what_is_no_address(home: Home) -> None:
    configure(home, ("a", "rows", 'clicks = []\nendpoint = "file:///etc/hosts"'))
    assert examined(home) == [("reachability", PROBLEM, "a: 'file:///etc/hosts' is no address.")]


def test_where_its_kind_is_reached(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(200) as address:
        monkeypatch.setitem(KINDS, "rows", Kind("rows", make, endpoint=address))
        configure(home, ("a", "rows", ""))
        assert examined(home)[0][:2] == ("reachability", OK)


def test_a_source_that_is_configured_wrongly(home: Home) -> None:
    configure(home, ("a", "rwos", ""))
    (found,) = examine_sources(home, read_configuration(home))
    assert (found.check, found.state, found.next_step) == ("source", PROBLEM, "Did you mean rows?")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, Finding("access", OK, "a can be read.")),
        (
            AccessError("There is no key.", "Put one there."),
            Finding("source", PROBLEM, "a: There is no key.", "Put one there."),
        ),
    ],
)
def test_a_connectors_own_check(
    home: Home, monkeypatch: pytest.MonkeyPatch, error: AccessError | None, expected: Finding
) -> None:
    class Checked(Rows):
        def check(self) -> None:
            if error:
                raise error

    def checked(source: Source, home: Home, _configuration: Configuration, _known: Known) -> Rows:
        return Checked(source, home)

    monkeypatch.setitem(KINDS, "rows", Kind("rows", checked))
    configure(home, ("a", "rows", ""))
    assert list(examine_sources(home, read_configuration(home))) == [expected]


def test_what_the_last_refresh_ended_in(home: Home) -> None:
    configure(home, ("no", "barred", "clicks = []"), ("yes", "rows", "clicks = [5]"))
    home.inbox.mkdir()
    (home.inbox / "bad.csv").write_text("what,ever\n1,2\n")
    refresh(home, read_configuration(home))
    failed, refused = examine_sources(home, read_configuration(home))
    assert (failed.check, failed.state, failed.next_step) == ("refresh", PROBLEM, "Share it with robot@example.com.")
    assert failed.finding.endswith("UTC: no refused the key of robot@example.com (403).")
    assert (refused.check, refused.state) == ("refresh", WARNING)
    assert "bad.csv is not recognised" in refused.finding
    configure(home, ("yes", "rows", "clicks = [5]"))
    assert [check for check, *_rest in examined(home)] == ["refresh"]


@pytest.mark.parametrize(
    ("text", "state", "told"),
    [
        ('name = "ours"\ntitle = "Ours"\ndataset = "tasks"\nsource = "ours"\n', OK, "1 format of your own"),
        ("name =", PROBLEM, "ours.toml cannot be read"),
    ],
)
def test_formats_of_ones_own_are_read(home: Home, text: str, state: str, told: str) -> None:
    home.formats.mkdir()
    (home.formats / "ours.toml").write_text(text, encoding="utf-8")
    ((check, found, finding),) = examined(home)
    assert (check, found, told in finding) == ("formats", state, True)
