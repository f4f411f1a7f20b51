"""How far behind a configured source may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.lags import OF_KIND, expected_lags
from connectors.registry import KINDS, checked_kind
from core.config import Configuration, Source
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from core.config import Home


def test_every_kind_of_source_has_one() -> None:
    assert OF_KIND.keys() == KINDS.keys()


def test_the_teams_own_number_counts_before_that_of_the_kind() -> None:
    sources = (
        Source("a", "search_console", {"site": "x"}),
        Source("b", "search_console", {"site": "y", "expected_lag": 0}),
        Source("c", "google_sheets", {"expected_lag": "soon"}),
        Source("d", "carrier_pigeon"),
    )
    assert expected_lags(Configuration(sources=sources)) == {"a": 3, "b": 0, "c": 7}


@pytest.mark.parametrize("value", [-1, 1.5, "2", True, 400])
def test_anything_but_days_is_refused(home: Home, value: object) -> None:
    source = Source("site search", "search_console", {"site": "x", "expected_lag": value})
    with pytest.raises(ConfigurationError, match=r"'site search' has expected_lag = ") as caught:
        checked_kind(source, home)
    assert repr(value) in caught.value.message
    assert "Write whole days from 0 to 366" in caught.value.next_step


def test_a_number_of_days_is_a_key_of_every_kind(home: Home) -> None:
    source = Source("site search", "search_console", {"site": "x", "expected_lag": 4})
    assert checked_kind(source, home).name == "search_console"
