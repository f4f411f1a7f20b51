"""Which page the browser's address asks for."""

from __future__ import annotations

import pytest

from ui.frame import asked_address


@pytest.mark.parametrize(
    ("url", "base", "asked"),
    [
        ("http://localhost:8501/", "", ""),
        ("http://localhost:8501/process?kpi=spend", "", "process"),
        ("http://localhost:8501/no%20page/", "", "no page"),
        ("http://localhost:8501/kokpit", "kokpit", ""),
        ("http://localhost:8501/kokpit/sources", "/kokpit/", "sources"),
        ("http://localhost:8501/a/b", "", "b"),
        (None, "", ""),
    ],
)
def test_the_address_names_the_page(url: str | None, base: str, asked: str) -> None:
    assert asked_address(url, base) == asked
