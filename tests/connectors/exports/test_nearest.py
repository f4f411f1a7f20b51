"""What an unknown file is told to be nearest to, and that what is advised works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.batch import Options
from connectors.exports.load import load_files
from connectors.exports.unknown import samples_of
from core.errors import FileError, UnknownFileError, UsageError
from core.language import use_language
from tests.connectors.exports.writers import archive, delimited

if TYPE_CHECKING:
    from pathlib import Path

    from connectors.exports.results import FileResult
    from core.config import Home

GERMAN_GOOGLE = "Tag,Kampagnenstatus,Kampagne,Kampagnentyp,Währungscode,Klicks,Impressionen,Kosten"
GERMAN_ROW = '2026-05-01,Aktiviert,Marke,Suche,EUR,3,100,"5,20"'
FRENCH_META = "Début des rapports,Fin des rapports,Nom de la campagne,Montant dépensé (EUR),Impressions,Couverture"
UKRAINIAN_SEARCH = "Найпопулярніші запити,Кліки,Покази,CTR,Позиція"
HEADERLESS = ("2026-05-01,Brand,Search,EUR,3,100,5.20", "2026-05-02,Brand,Search,EUR,3,100,5.20")


def refused(home: Home, path: Path, content: str | bytes) -> FileResult:
    """What is said about *content*."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (result,) = load_files(home, [path])
    assert result.status == "refused"
    return result


@pytest.mark.parametrize(
    ("header", "title", "language"),
    [
        (GERMAN_GOOGLE, "It looks like: Google Ads report.", "German"),
        (FRENCH_META, "It looks like: Meta Ads report.", "French"),
        (UKRAINIAN_SEARCH, "It looks like: Search Console table.", "Ukrainian"),
    ],
)
def test_a_report_in_another_language_is_known_and_its_language_told(
    home: Home, tmp_path: Path, header: str, title: str, language: str
) -> None:
    row = ",".join("1" for _ in header.split(","))
    result = refused(home, tmp_path / "a.csv", f"{header}\n{row}\n")
    assert title in result.message
    assert language in result.message
    assert "Zoho" not in result.message
    assert "English, Polish or Russian" in result.next_step
    assert result.kind == UnknownFileError.kind


def test_the_language_is_named_in_the_readers_own(home: Home, tmp_path: Path) -> None:
    use_language("pl")
    assert "niemiecki" in refused(home, tmp_path / "a.csv", f"{GERMAN_GOOGLE}\n{GERMAN_ROW}\n").message


def test_one_header_in_common_makes_no_report_near(home: Home, tmp_path: Path) -> None:
    result = refused(home, tmp_path / "a.csv", delimited([["Stage", "Nimi", "Tila", "Laji"], ["a", "b", "c", "d"]]))
    assert "Nearest" not in result.message
    assert "If its language is not English, Polish or Russian" in result.next_step
    assert "cli.py map" in result.next_step


def test_headers_that_only_one_platform_writes_say_more_than_many_common_ones(home: Home, tmp_path: Path) -> None:
    header = ["Campaign status", "Day", "Campaign type", "Budget", "Optimization score"]
    message = refused(home, tmp_path / "a.csv", delimited([header, ["a", "2026-05-01", "b", "1", "2"]])).message
    assert "Nearest reports, and the headers they lack: Google Ads report" in message


@pytest.mark.parametrize("packed", [False, True])
def test_without_a_header_nobody_is_sent_to_the_mapping_that_needs_one(
    home: Home, tmp_path: Path, packed: bool
) -> None:
    text = "\n".join(HEADERLESS) + "\n"
    path = tmp_path / ("a.zip" if packed else "a.csv")
    result = refused(home, path, archive({"a.csv": text.encode()}) if packed else text)
    assert "There is no row with the names of the columns in it." in result.next_step
    assert "map" not in result.next_step
    assert result.kind == FileError.kind
    with pytest.raises(FileError):
        samples_of(path)


def test_what_is_advised_for_a_file_without_a_header_works(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(("Day,Campaign,Campaign type,Currency code,Clicks,Impr.,Cost", *HEADERLESS)) + "\n")
    (result,) = load_files(home, [path])
    assert (result.status, result.rows_loaded) == ("loaded", 2)


def test_a_row_of_words_above_a_day_is_still_a_header(home: Home, tmp_path: Path) -> None:
    content = delimited([["Wann", "Was", "Wieviel"], ["2026-05-01", "a", "1"], ["2026-05-02", "b", "2"]])
    result = refused(home, tmp_path / "a.csv", content)
    assert "cli.py map" in result.next_step
    assert samples_of(tmp_path / "a.csv")[0].headers == ("Wann", "Was", "Wieviel")


def test_the_name_of_the_file_says_more_than_its_headers(home: Home, tmp_path: Path) -> None:
    content = archive({"Chart.csv": b"Date,Clicks\n2026-05-01,5\n"})
    message = refused(home, tmp_path / "example.org-Performance-on-Search-2026-05-06.zip", content).message
    assert "Nearest reports, and the headers they lack: Search Console" in message


def test_a_surplus_column_of_kokpits_own_table_is_named(home: Home, tmp_path: Path) -> None:
    result = refused(home, tmp_path / "a.csv", "day,platform,cost,surprise\n2026-03-02,google_ads,10,1\n")
    assert "It is nearly Kokpit's own table ad_performance, which has no column 'surprise'." in result.message
    assert "Nearest" not in result.message
    assert result.next_step.startswith("Delete that column, or write its name as the table has it. ")
    assert "cli.py map" in result.next_step


def test_a_misspelt_column_of_kokpits_own_table_is_not_left_out(home: Home, tmp_path: Path) -> None:
    result = refused(home, tmp_path / "a.csv", "day,platform,cost,campagn\n2026-03-02,google_ads,10,Brand\n")
    assert "has no column 'campagn'" in result.message
    assert "Did you mean campaign" in result.next_step


def test_a_file_of_another_format_than_was_asked_for_is_told_to_be_that(home: Home, tmp_path: Path) -> None:
    rows = [["Campaign", "Day", "Currency code", "Cost", "Clicks"], ["Brand", "2026-05-01", "EUR", "1.00", "5"]]
    (tmp_path / "a.csv").write_text(delimited(rows), encoding="utf-8")
    (result,) = load_files(home, [tmp_path / "a.csv"], Options(format="meta_ads"))
    assert result.message == "a.csv is google_ads, not meta_ads."
    assert result.next_step == "Load it without --format, or with --format google_ads."


def test_all_formats_are_named_to_whoever_asks_for_none_of_them(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        load_files(home, [tmp_path], Options(format="@@@"))
    assert "zoho" in error.value.next_step
    assert "…" not in error.value.next_step
