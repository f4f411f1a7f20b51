"""Files that cannot be loaded: each is refused with a message to act on, and nothing that was loaded changes."""

from __future__ import annotations

import io
import os
import random
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from connectors.exports.results import FAILED, REFUSED
from core.errors import UsageError
from tests.connectors.contract import contents
from tests.connectors.exports import search_console
from tests.connectors.exports.damaged import (
    HEADER,
    ROW,
    bomb,
    changed,
    compound_file,
    google,
    protected_workbook,
    stray_cell,
)
from tests.connectors.exports.google_ads import BRITISH, campaign_rows
from tests.connectors.exports.google_search_terms import DAILY, term_rows
from tests.connectors.exports.meta_ads import DEFAULT, single_day_rows
from tests.connectors.exports.writers import archive, delimited, workbook
from warehouse.attempts import logged
from warehouse.generations import current_generation
from warehouse.snapshot import open_snapshot

if TYPE_CHECKING:
    from connectors.exports.results import FileResult
    from core.config import Home

GOOD = google(ROW)


@pytest.fixture
def loaded_home(home: Home, tmp_path: Path) -> Home:
    """A home in which something is loaded already."""
    path = tmp_path / "before.csv"
    path.write_bytes(BRITISH.file(campaign_rows()))
    assert load_files(home, [path])[0].status == "loaded"
    return home


def refused(home: Home, path: Path, options: Options = Options()) -> FileResult:  # noqa: B008 - frozen
    """What is said about *path*, after making sure that it changed nothing, and that the load log tells it."""
    before, generation, known = contents(home), current_generation(home.warehouse), log(home)
    results = load_files(home, [path], options)
    assert contents(home) == before
    assert current_generation(home.warehouse) == generation
    assert all(result.status in {REFUSED, FAILED} for result in results)
    assert all(result.status == REFUSED for result in results)
    (result,) = results
    assert result.next_step
    name = Path(result.path).relative_to(path.parent).as_posix()
    # Where there is no file, nothing was tried.
    assert log(home) == [*known, *([(name, REFUSED, str(result.message))] if path.exists() else [])]
    return result


def log(home: Home) -> list[tuple[object, ...]]:
    """The load log: name, status and message."""
    columns = "name, status, CASE WHEN status <> 'loaded' THEN message END"
    return open_snapshot(home.warehouse).rows(f"SELECT {columns} FROM {logged(home.warehouse)} ORDER BY load_id")


def said(home: Home, folder: Path, name: str, content: bytes | str, options: Options = Options()) -> str:  # noqa: B008 - frozen
    """What is said about a file called *name* with *content*."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    message = refused(home, path, options).message
    assert name in message
    return message


def test_a_file_of_something_else_names_the_nearest_reports(loaded_home: Home, tmp_path: Path) -> None:
    text = "Campaign,Ad group,Impr.,Budget\nCars,Hot,1,2\n"
    message = said(loaded_home, tmp_path, "report.csv", text.replace("Impr.", "Shown"))
    assert "Campaign,Ad group,Shown,Budget" in message
    assert "Google Ads report" in message
    assert "Impr." in message


def test_a_cut_off_zip(loaded_home: Home, tmp_path: Path) -> None:
    whole = search_console.CASES[0].write(search_console.data())
    told = said(loaded_home, tmp_path, "cut.zip", whole[: len(whole) // 2])
    # In our own words, without those of the library that found out.
    assert told == "cut.zip is a damaged archive, or one protected with a password."


def test_a_zip_with_damaged_bytes(loaded_home: Home, tmp_path: Path) -> None:
    whole = bytearray(search_console.CASES[0].write(search_console.data()))
    whole[60:70] = bytes(10)
    assert "damaged" in said(loaded_home, tmp_path, "bad.zip", bytes(whole))


def test_a_zip_bomb(loaded_home: Home, tmp_path: Path) -> None:
    assert "would unpack to 100 MB in 1 file, from" in said(loaded_home, tmp_path, "bomb.zip", bomb(100))


def test_a_workbook_bomb(loaded_home: Home, tmp_path: Path) -> None:
    out = io.BytesIO(workbook({"A": [["x"]]}))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet2.xml", "w") as member,
    ):
        for _ in range(100):
            member.write(bytes(1 << 20))
    assert "100 MB" in said(loaded_home, tmp_path, "bomb.xlsx", out.getvalue())


def test_an_archive_without_files(loaded_home: Home, tmp_path: Path) -> None:
    assert "without files" in said(loaded_home, tmp_path, "empty.zip", archive({}))


def test_an_archive_inside_an_archive(loaded_home: Home, tmp_path: Path) -> None:
    path = tmp_path / "outer.zip"
    path.write_bytes(archive({"inner.zip": archive({"Chart.csv": b"x"})}))
    assert "inner.zip is an archive inside an archive" in refused(loaded_home, path).message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes.")
def test_a_pipe_is_not_waited_for(loaded_home: Home, tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    assert "pipe.csv is not a file with an end" in refused(loaded_home, path).message


def test_nothing_at_all(loaded_home: Home, tmp_path: Path) -> None:
    assert "0 bytes" in said(loaded_home, tmp_path, "nothing.csv", b"")


@pytest.mark.parametrize("content", [b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_of_nothing_but_blanks(loaded_home: Home, tmp_path: Path, content: bytes) -> None:
    assert "blank.csv is empty" in said(loaded_home, tmp_path, "blank.csv", content)


def test_a_workbook_of_empty_sheets(loaded_home: Home, tmp_path: Path) -> None:
    assert "without a filled sheet" in said(loaded_home, tmp_path, "empty.xlsx", workbook({"A": [], "B": []}))


@pytest.mark.parametrize("name", ["data.csv", "picture.csv", "random.csv"])
def test_something_binary(loaded_home: Home, tmp_path: Path, name: str) -> None:
    contents_by_name = {
        "data.csv": bytes(range(256)) * 10,
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "random.csv": random.Random(7).randbytes(5_000),
    }
    message = said(loaded_home, tmp_path, name, contents_by_name[name])
    assert "not a table" in message or "encodings" in message


def test_a_page_that_asks_to_sign_in(loaded_home: Home, tmp_path: Path) -> None:
    page = "\n<!DOCTYPE html><html><body>Sign in, please</body></html>"
    assert "web page" in said(loaded_home, tmp_path, "report.csv", page)


def test_a_spreadsheet_as_xml_is_to_be_saved_in_another_way(loaded_home: Home, tmp_path: Path) -> None:
    book = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x"></Workbook>'
    assert "is an XML file" in said(loaded_home, tmp_path, "report.xlsx", book)
    page = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html></html>'
    assert "web page" in said(loaded_home, tmp_path, "page.csv", page)


def test_rows_without_a_header(loaded_home: Home, tmp_path: Path) -> None:
    rows = delimited([ROW, changed(campaign="Brand")])
    assert "no header row" in said(loaded_home, tmp_path, "report.csv", rows)


@pytest.mark.timeout(20)
def test_a_line_of_a_hundred_thousand_cells(loaded_home: Home, tmp_path: Path) -> None:
    wide = ",".join(["x"] * 100_000)
    assert "line 1 has" in said(loaded_home, tmp_path, "first.csv", f"{wide}\n{GOOD}")
    assert "line 3 has more than 5000 cells" in said(
        loaded_home, tmp_path, "third.csv", f"{GOOD}{wide}\n{delimited([ROW])}"
    )


def test_two_encodings_in_one_file(loaded_home: Home, tmp_path: Path) -> None:
    header = google().encode()
    russian = delimited([changed(campaign="Кампания машины")])
    for name, parts in (("a.csv", ("utf-8", "cp1251")), ("b.csv", ("cp1251", "utf-8"))):
        content = header + russian.encode(parts[0]) + russian.encode(parts[1]) + delimited([ROW]).encode()
        message = said(loaded_home, tmp_path, name, content)
        assert "encodings" in message
        assert "line 3" in message or "line 2" in message


def test_a_file_that_is_cut_inside_a_letter(loaded_home: Home, tmp_path: Path) -> None:
    content = google(changed(campaign="Кампания")).encode() + "Кампания".encode()[:-1]
    assert "line 3" in said(loaded_home, tmp_path, "cut.csv", content)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-8"])
def test_a_marked_file_that_is_damaged(loaded_home: Home, tmp_path: Path, codec: str) -> None:
    mark = b"\xff\xfe" if codec == "utf-16-le" else b"\xef\xbb\xbf"
    broken = b"\x00\xd8" if codec == "utf-16-le" else b"\xff"
    message = said(loaded_home, tmp_path, "bad.csv", mark + GOOD.encode(codec) + broken * 3)
    assert "damaged: line 3 is not the text" in message


def test_two_columns_of_one_name_and_different_values(loaded_home: Home, tmp_path: Path) -> None:
    text = google([*ROW, "99"], header=[*HEADER, "Clicks"])
    assert "“Clicks” appears 2 times" in said(loaded_home, tmp_path, "twice.csv", text)


def test_days_that_can_be_read_in_two_ways(loaded_home: Home, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text(google(changed(day="5/9/2026")))
    result = refused(loaded_home, path)
    assert "is 5/9/2026 the day 5 of month 9 2026, or the day 9 of month 5?" in result.message
    assert "--locale en-GB" in result.next_step
    (answered,) = load_files(loaded_home, [path], Options(locale="en-GB", account="shop"))
    assert (answered.status, answered.first_day) == ("loaded", date(2026, 9, 5))


def test_numbers_that_can_be_read_in_two_ways(loaded_home: Home, tmp_path: Path) -> None:
    polish = ("Kampania", "Stan kampanii", "Dzień", "Kod waluty", "Wyśw.", "Kliknięcia", "Koszt")
    path = tmp_path / "numbers.csv"
    path.write_text(google(changed(impressions="120", cost="1.234"), header=polish))
    result = refused(loaded_home, path)
    assert "1.234" in result.message
    (answered,) = load_files(loaded_home, [path], Options(locale="de", account="shop"))
    assert answered.status == "loaded"


def test_numbers_written_in_two_ways(loaded_home: Home, tmp_path: Path) -> None:
    text = google(changed(cost="12.50"), changed(cost="12,50", campaign="Brand"))
    assert "in two ways" in said(loaded_home, tmp_path, "mixed.csv", text)


def test_days_written_in_two_ways(loaded_home: Home, tmp_path: Path) -> None:
    text = google(changed(day="25/12/2026"), changed(day="12/25/2026"))
    assert "in two ways" in said(loaded_home, tmp_path, "mixed.csv", text)


def test_an_unknown_way_of_writing_is_wrong_usage(loaded_home: Home, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    with pytest.raises(UsageError, match="en-UK"):
        load_files(loaded_home, [path], Options(locale="en-UK"))
    with pytest.raises(UsageError, match="gogle_ads"):
        load_files(loaded_home, [path], Options(format="gogle_ads"))


def test_a_whole_period_is_refused_with_the_platforms_own_steps(loaded_home: Home, tmp_path: Path) -> None:
    without_day = [name for name in HEADER if name != "Day"]
    path = tmp_path / "month.csv"
    path.write_text("Campaign report\n2 March 2026 - 31 March 2026\n" + google(ROW[:2] + ROW[3:], header=without_day))
    result = refused(loaded_home, path)
    assert "no column with the day" in result.message
    assert "Segment → Time → Day" in result.next_step
    rows = [{**row, "_ends": date(2026, 3, 31)} for row in single_day_rows()]
    path.write_bytes(DEFAULT.file(rows))
    result = refused(loaded_home, path)
    assert "several days" in result.message
    assert "Breakdown → By time → Day" in result.next_step


def test_some_rows_of_several_days_refuse_the_file_too(loaded_home: Home, tmp_path: Path) -> None:
    rows = single_day_rows()
    rows[1]["_ends"] = date(2026, 3, 31)
    path = tmp_path / "some.csv"
    path.write_bytes(DEFAULT.file(rows))
    assert "several days" in refused(loaded_home, path).message


def test_search_terms_of_all_time_belong_to_no_days(loaded_home: Home, tmp_path: Path) -> None:
    columns = tuple(column for column in DAILY.columns if column[1] != "day")
    path = tmp_path / "terms.csv"
    report = type(DAILY)(columns, ("Search terms report", "All time"), DAILY.style)
    path.write_bytes(report.file(term_rows(date(2026, 3, 2))))
    assert "no column with the day" in refused(loaded_home, path).message


def test_a_file_that_is_gone(loaded_home: Home, tmp_path: Path) -> None:
    assert "There is no file" in refused(loaded_home, tmp_path / "gone.csv").message


def test_a_file_that_may_not_be_read(loaded_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(GOOD)
    opened = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in refused(loaded_home, path).message


def test_a_workbook_with_a_password(loaded_home: Home, tmp_path: Path) -> None:
    assert "password" in said(loaded_home, tmp_path, "secret.xlsx", protected_workbook())


def test_what_is_left_of_a_workbook_with_a_password_says_so(loaded_home: Home, tmp_path: Path) -> None:
    told = said(loaded_home, tmp_path, "secret.xlsx", protected_workbook()[:1536])
    assert told == "secret.xlsx is protected with a password."


def test_an_archive_with_a_password(loaded_home: Home, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.csv", GOOD)
    whole = bytearray(packed.getvalue())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + place] |= 1
    assert said(loaded_home, tmp_path, "secret.zip", bytes(whole)) == "secret.zip is protected with a password."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (compound_file("Workbook", "Summary")[:1536], "is a workbook of an old Excel (.xls) that cannot be read."),
        (compound_file("Book", "Summary")[:1536], "is a workbook of an old Excel (.xls) that cannot be read."),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(200), "is a workbook of an old Excel (.xls) that cannot be read."),
        (compound_file("WordDocument", "1Table"), "is no workbook but a text document, a presentation or a message."),
    ],
    ids=["Excel 97", "Excel 5", "Excel 4", "Word"],
)
def test_other_compound_files_are_named(loaded_home: Home, tmp_path: Path, content: bytes, told: str) -> None:
    assert said(loaded_home, tmp_path, "old.xls", content) == f"old.xls {told}"


def test_a_damaged_workbook(loaded_home: Home, tmp_path: Path) -> None:
    whole = bytearray(workbook({"A": [list(HEADER), list(ROW)]}))
    start = whole.index(b"xl/worksheets/sheet1.xml") + 60
    whole[start] ^= 255
    assert "damaged" in said(loaded_home, tmp_path, "bad.xlsx", bytes(whole))
    assert "damaged" in said(loaded_home, tmp_path, "old.xls", b"\xd0\xcf\x11\xe0" + bytes(2_000))


def test_a_workbook_with_a_stray_cell_in_its_last_corner(loaded_home: Home, tmp_path: Path) -> None:
    assert "XFD1048576" in said(loaded_home, tmp_path, "stray.xlsx", stray_cell())


def test_a_quotation_mark_that_is_never_closed(loaded_home: Home, tmp_path: Path) -> None:
    text = GOOD + '"Brand,Search,2026-03-02,EUR,1,1,1\n' + delimited([ROW, ROW, ROW])
    assert "line 3" in said(loaded_home, tmp_path, "open.csv", text)


def test_lines_that_do_not_fit_the_header(loaded_home: Home, tmp_path: Path) -> None:
    text = google(*[ROW[:4]] * 30)
    assert "7 cells" in said(loaded_home, tmp_path, "narrow.csv", text)


def test_a_folder_with_junk_beside_good_files(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.csv").write_text(GOOD)
    (folder / "notes.txt").write_text("Call Ann about the report\n")
    (folder / "page.csv").write_text("<html></html>")
    (folder / ".hidden.csv").write_text("x")
    (folder / "~$good.xlsx").write_text("x")
    found = {Path(result.path).name: result.status for result in load_files(home, [folder])}
    assert found == {"good.csv": "loaded", "notes.txt": "refused", "page.csv": "refused"}


def test_a_zip_with_junk_beside_good_tables(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    path.write_bytes(archive({"good.csv": GOOD.encode(), "a.png": b"\x89PNG", "__MACOSX/x": b"x", ".DS_Store": b"x"}))
    found = {result.path.removeprefix(str(path)): result.status for result in load_files(home, [path])}
    assert found == {"/good.csv": "loaded", "/a.png": "refused"}


def test_an_empty_folder_says_so(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (result,) = load_files(home, [folder])
    assert result.status == "empty"
    assert "no files" in result.message
