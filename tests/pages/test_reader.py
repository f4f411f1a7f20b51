"""Who reads: chosen in the first line of every page, kept in the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.pages.conftest import seen

if TYPE_CHECKING:
    from tests.pages.conftest import Visit


def test_the_first_line_offers_the_people_of_the_plan(visit: Visit) -> None:
    text = seen(visit())
    picker = re.search(r'<details class="kk-me">.*?</details>', text)
    assert picker
    assert re.findall(r'href="\./\?me=(\w*)"', picker[0]) == ["", "ada"]
    assert 'title="Who is reading">me</summary>' in picker[0]


def test_who_reads_is_named_and_the_page_is_the_same(visit: Visit) -> None:
    text = seen(visit(me="ada", by="month"))
    assert ">Ada Kowalczyk</summary>" in text
    assert 'href="./?by=month&amp;me=ada"' in text
    assert 'href="./?by=month"' in text
    assert "not known here" not in text


def test_a_name_that_nobody_has_is_told_with_the_way_to_choose_another(visit: Visit) -> None:
    text = seen(visit("actions", me="somebody"))
    assert "There is nobody called “somebody”" in text
    assert "Choose who is reading at the top right." in text
    assert ">somebody</summary>" in text
    assert 'href="actions?me="' in text
