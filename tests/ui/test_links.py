"""Addresses within the cockpit."""

from __future__ import annotations

import pytest

from core.presets import Preset
from ui.links import anchor, href
from ui.pages import BY_ADDRESS, COCKPIT, PAGES, PROCESS, groups
from ui.view import View


@pytest.mark.parametrize(
    ("address", "view", "written"),
    [
        ("", View(), "./"),
        ("", View(language="pl"), "./?lang=pl"),
        ("process", View(), "process"),
        (
            "process",
            View(preset=Preset.LAST_MONTH).filtered(campaign="A & B=ü"),
            "process?period=last_month&campaign=A+%26+B%3D%C3%BC",
        ),
    ],
)
def test_addresses_are_relative_and_quoted(address: str, view: View, written: str) -> None:
    assert href(BY_ADDRESS[address], view) == written


def test_an_address_cannot_leave_its_attribute() -> None:
    assert anchor('x" onclick="y', "z") == '<a data-go href="x&quot; onclick=&quot;y" class="" >z</a>'


def test_every_page_has_a_script_an_address_and_a_group() -> None:
    assert all(entry.script.is_file() for entry in PAGES)
    assert len(BY_ADDRESS) == len(PAGES)
    assert [entry for entries in groups().values() for entry in entries] == list(PAGES)
    assert (COCKPIT.url_path, PROCESS.url_path) == ("", "process")
