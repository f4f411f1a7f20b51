"""Files into the cockpit and out of it, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from python_calamine import CalamineWorkbook

from tests.browser.chromium import settled, visit
from tests.browser.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from core.config import Home
    from tests.browser.serving import Cockpit

HEADER = "day,platform,account,campaign,currency,impressions,clicks,cost\n"
EXPORT = HEADER + "".join(f"2026-11-{day:02d},google_ads,1,Brand,EUR,1000,20,10.00\n" for day in range(2, 16))


@pytest.fixture
def newcomer(demo_home: Home, tmp_path: Path) -> Iterator[Cockpit]:
    """A server of one's own: what is loaded here is nobody else's."""
    with serving(tmp_path / "home", demo_home.path, lifetime=150) as running:
        yield running


def drop(page: Page, name: str, content: str) -> None:
    """Drop one file and wait for what becomes of it."""
    before = page.locator(".kk-results").count()
    field = page.get_by_test_id("stFileUploaderDropzoneInput")
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    if not before:
        page.locator(".kk-results").wait_for()
    page.get_by_text(name).first.wait_for()
    settled(page, within=40)


def test_dropping_a_file_shows_ones_own_numbers(page: Page, newcomer: Cockpit) -> None:
    visit(page, newcomer.page("sources"))
    assert page.locator(".kk-demo").is_visible()
    drop(page, "ads.csv", EXPORT)
    card = page.locator(".kk-result").first
    assert "ads.csv loaded" in card.inner_text()
    assert "new: 14" in card.inner_text()
    assert page.locator(".kk-demo").count() == 0
    page.locator(".kk-menu").get_by_role("link", name="Cockpit").click()
    page.locator(".kk-tile").first.wait_for()
    settled(page)
    assert "€70.0" in page.locator(".kk-tile").first.inner_text()


ROWS: Final = 1_000_000


def begin_large(page: Page, folder: Path) -> None:
    """Drop a file that takes seconds, and wait until it is on its way."""
    rows = (f"2026-11-02,google_ads,1,Campaign {number},EUR,1000,20,10.00\n" for number in range(ROWS))
    (folder / "large.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(folder / "large.csv")
    page.get_by_text("Loading large.csv …").wait_for(timeout=30_000)


def test_what_is_dropped_while_another_file_loads_comes_after_it(page: Page, newcomer: Cockpit, tmp_path: Path) -> None:
    visit(page, newcomer.page("sources"))
    begin_large(page, tmp_path)
    # The one before is there till the end, out of sight.
    fresh = page.get_by_test_id("stFileUploaderDropzoneInput").first
    fresh.set_input_files({"name": "small.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()})
    page.get_by_text("2 of 2 tables are in.").wait_for(timeout=30_000)
    told = page.locator(".kk-results").inner_text()
    assert "large.csv loaded" in told
    assert "small.csv loaded" in told
    assert page.locator(".kk-table", has=page.get_by_text("Replaced")).get_by_text("small.csv").is_visible()


def test_a_load_goes_on_while_its_reader_looks_elsewhere(page: Page, newcomer: Cockpit, tmp_path: Path) -> None:
    visit(page, newcomer.page("sources"))
    begin_large(page, tmp_path)
    page.locator(".kk-menu").get_by_role("link", name="Channels").click()
    page.get_by_role("heading", name="Channels", exact=True).wait_for()
    page.locator(".kk-menu").get_by_role("link", name="Sources").click()
    card = page.locator(".kk-result").first
    card.wait_for(timeout=30_000)
    settled(page)
    assert "large.csv loaded" in card.inner_text()
    assert "1,000,000 rows are in." in card.inner_text()


def test_who_reloads_during_a_load_sees_it_through(page: Page, newcomer: Cockpit, tmp_path: Path) -> None:
    visit(page, newcomer.page("sources"))
    begin_large(page, tmp_path)
    page.reload()
    card = page.locator(".kk-result").first
    card.wait_for(timeout=30_000)
    settled(page)
    assert "large.csv loaded" in card.inner_text()


def test_undoing_the_last_load(page: Page, newcomer: Cockpit) -> None:
    visit(page, newcomer.page("sources"))
    drop(page, "ads.csv", EXPORT)
    drop(page, "more.csv", EXPORT.replace("Brand", "Generic"))
    log = page.locator(".kk-table", has=page.get_by_text("Replaced"))
    assert log.get_by_text("more.csv").is_visible()
    page.get_by_role("button", name="Undo the last load").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo it").click()
    page.get_by_role("dialog").wait_for(state="detached")
    log.get_by_text("more.csv").wait_for(state="detached")
    assert log.get_by_text("ads.csv").is_visible()
    assert page.get_by_text("✓ Undone: the load of 1 file, more.csv.").is_visible()


def test_a_table_as_a_workbook(page: Page, cockpit: Cockpit, tmp_path: Path) -> None:
    visit(page, cockpit.page("process", process="paid_acquisition", kpi="spend", split="platform"))
    with page.expect_download() as download:
        page.locator(".st-key-kk_download_platform_xlsx button").first.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("kokpit-spend-by-platform-2026-")
    first, total, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert first[:2] == ["Platform", "Spend (EUR)"]
    assert total[0] == "Total"
    assert total[1] == pytest.approx(sum(float(str(row[1])) for row in rows))


def test_a_table_as_the_csv_of_the_readers_language(page: Page, cockpit: Cockpit, tmp_path: Path) -> None:
    visit(page, cockpit.page("process", process="paid_acquisition", kpi="ctr", split="platform", lang="pl"))
    with page.expect_download() as download:
        page.locator(".st-key-kk_download_platform_csv button").first.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].split(";")[1].startswith("0,0")
