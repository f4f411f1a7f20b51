"""Which page the browser's address asks for."""

from __future__ import annotations

import pytest

from ui.frame import asked_address, page_at
from ui.pages import COCKPIT, PROCESS


@pytest.mark.parametrize(
    ("url", "base", "asked"),
    [
        ("http://localhost:8501/", "", ""),
        ("http://localhost:8501/process?kpi=spend", "", "process"),
        ("http://localhost:8501/no%20page/", "", "no page"),
        ("http://localhost:8501/kokpit", "kokpit", ""),
        ("http://localhost:8501/kokpit/sources", "/kokpit/", "sources"),
        ("http://localhost:8501/a/b", "", "b"),
        ("http://localhost:8501/a%2Fb", "", "b"),
        ("http://localhost:8501/%20", "", ""),
        (None, "", ""),
    ],
)
def test_the_address_names_the_page(url: str | None, base: str, asked: str) -> None:
    assert asked_address(url, base) == asked


def test_the_cockpit_is_where_people_type_its_name_too() -> None:
    assert [page_at(address) for address in ("", "cockpit", "process", "nopage")] == [COCKPIT, COCKPIT, PROCESS, None]
