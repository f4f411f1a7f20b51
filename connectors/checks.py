"""What the doctor asks of each configured source: whether it can be reached and read, and whose clock is right."""

from __future__ import annotations

import socket
import ssl
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from connectors.base import FAILED, REFUSED, named
from connectors.exports.home_formats import home_formats
from connectors.google.credentials import find_credentials
from connectors.refresh import sources_of
from connectors.registry import checked_kind, connector_of
from connectors.runs import last_runs
from core.errors import ConfigurationError, KokpitError
from core.language import _, ngettext
from warehouse.doctor import OK, PROBLEM, WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.config import Configuration, Home, Source

TIMEOUT: Final = 3.0
AT_ONCE: Final = 8
LARGEST_SKEW: Final = timedelta(minutes=2)
_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True)
class Answer:
    """What came of asking an address: the sender's clock against ours, or what was in the way."""

    ahead: timedelta | None = None
    trouble: str = ""


def examine_sources(home: Home, configuration: Configuration) -> Iterator[Finding]:
    """The home's own formats, a finding or more for each configured source, what the last refresh ended in."""
    yield from _formats(home)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ask: Callable[[Source], Sequence[Finding]] = partial(_of_source, home, configuration)
        tasks = [pool.submit(copy_context().run, ask, source) for source in configuration.sources]
        for task in tasks:
            yield from task.result()
    yield from _last_refresh(home, sources_of(home, configuration))


def _formats(home: Home) -> Iterator[Finding]:
    """Whether the formats that people described themselves can be read: otherwise no file is loaded at all."""
    try:
        count = len(home_formats(home))
    except ConfigurationError as error:
        yield Finding("formats", PROBLEM, error.message, error.next_step)
        return
    if count:
        text = ngettext("{n} format of your own in {folder}.", "{n} formats of your own in {folder}.", count)
        yield Finding("formats", OK, text.format(n=count, folder=home.formats))


def ask(address: str) -> Answer:
    """Whether *address* answers within three seconds, whatever it answers, and what time it has."""
    answers: list[Answer] = []
    context = copy_context()
    # The system may take longer to look up a name than anybody wants to wait, and cannot be told to hurry.
    asking = Thread(target=lambda: answers.append(context.run(_asked, address)), daemon=True)
    asking.start()
    asking.join(TIMEOUT)
    return answers[0] if answers else Answer(trouble=_told(TimeoutError()))


def _asked(address: str) -> Answer:
    request = urllib.request.Request(address, method="HEAD")  # noqa: S310 - the caller lets http and https pass only
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as reply:  # noqa: S310 - as above
            return Answer(_ahead(reply.headers.get("Date")))
    except urllib.error.HTTPError as error:
        # Refusing to talk to a stranger is an answer.
        with error:
            return Answer(_ahead(error.headers.get("Date")))
    except urllib.error.URLError as error:
        return Answer(trouble=_told(error.reason))
    except OSError as error:
        return Answer(trouble=_told(error))


def _of_source(home: Home, configuration: Configuration, source: Source) -> list[Finding]:
    found: list[Finding] = []
    try:
        kind = checked_kind(source, home)
        address = str(source.options.get("endpoint") or kind.endpoint)
        found += _reached(source.name, address) if address else ()
        check = getattr(connector_of(source, home, configuration), "check", None)
        if kind.scope:
            # Also where nobody can be reached: whoever is offline can put a key in its place all the same.
            find_credentials(source, home, [kind.scope])
        if check and not any(finding.state == PROBLEM for finding in found):
            check()
            found.append(Finding("access", OK, _("{source} can be read.").format(source=source.name)))
    except KokpitError as error:
        found.append(Finding("source", PROBLEM, named(source.name, error.message), error.next_step))
    return found


def _reached(source: str, address: str) -> Iterator[Finding]:
    host = urlsplit(address).hostname
    if not host or urlsplit(address).scheme not in _SCHEMES:
        text = _("{source}: {address} is no address.").format(source=source, address=repr(address))
        yield Finding("reachability", PROBLEM, text, _("Write it like https://example.com."))
        return
    answer = ask(address)
    if answer.trouble:
        text = _("{source}: {host} cannot be reached: {reason}.")
        step = _("Check the network, the proxy and the firewall of this computer, then try again.")
        told = text.format(source=source, host=host, reason=answer.trouble)
        yield Finding("reachability", PROBLEM, told, step)
        yield Finding("clock", OK, _("{source}: the clock was not compared.").format(source=source))
        return
    text = _("{source}: {host} can be reached.").format(source=source, host=host)
    yield Finding("reachability", OK, text)
    yield _clock(source, answer.ahead)


def _clock(source: str, ahead: timedelta | None) -> Finding:
    if ahead is None:
        return Finding("clock", OK, _("{source}: the clock was not compared.").format(source=source))
    if abs(ahead) <= LARGEST_SKEW:
        return Finding("clock", OK, _("{source}: the clocks agree.").format(source=source))
    behind = _("This computer's clock is {n} seconds behind that of {source}.")
    fast = _("This computer's clock is {n} seconds ahead of that of {source}.")
    text = (behind if ahead > timedelta() else fast).format(n=round(abs(ahead).total_seconds()), source=source)
    return Finding("clock", PROBLEM, text, _("Set the clock by the network: signing in fails with a wrong one."))


def _ahead(date: str | None) -> timedelta | None:
    """How far a clock that says *date* is ahead of ours."""
    if not date:
        return None
    try:
        return parsedate_to_datetime(date).astimezone(UTC) - datetime.now(UTC)
    except ValueError:
        return None


def _told(reason: object) -> str:
    if isinstance(reason, socket.gaierror):
        return _("its name is not known here")
    if isinstance(reason, TimeoutError):
        return _("it does not answer within {n} seconds").format(n=round(TIMEOUT))
    if isinstance(reason, ssl.SSLCertVerificationError):
        return _("its certificate is not trusted")
    return str(getattr(reason, "strerror", None) or reason).rstrip(".")


def _last_refresh(home: Home, names: Sequence[str]) -> Iterator[Finding]:
    for run in last_runs(home).values():
        if run.source in names and run.status in (FAILED, REFUSED):
            state = PROBLEM if run.status == FAILED else WARNING
            text = _("{source}, last refreshed at {moment}: {message}")
            told = text.format(source=run.source, moment=f"{run.at:%Y-%m-%d %H:%M} UTC", message=run.message)
            yield Finding("refresh", state, told, run.next_step)
