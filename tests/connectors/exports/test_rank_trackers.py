"""The contract for tools that watch where a site stands in search results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors.exports.batch import Options
from connectors.exports.formats import read_format
from connectors.exports.load import load_files
from core.errors import ConfigurationError
from tests.connectors.contract import ExportContract
from tests.connectors.exports import rank_trackers
from tests.connectors.exports.writers import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.config import Home

RANKS = "Keyword,2026-03-02,Dynamics,2026-03-09,Dynamics\n"


class TestRankTrackers(ExportContract):
    cases = rank_trackers.CASES


def test_a_site_that_nobody_named_is_asked_for(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    path.write_text(RANKS + "car wash,3,--,4,-1\n", encoding="utf-8")
    (result,) = load_files(home, [path])
    assert "names no site" in result.message
    (result,) = load_files(home, [path], Options(account="shop.example"))
    assert "names no site" not in result.message
    assert rows_of(home, "keyword_ranks", ["site", "position"]) == [("shop.example", 3), ("shop.example", 4)]


def test_not_ranked_and_not_looked_at_are_two_things(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "rankings.csv"
    path.write_text(RANKS + "car wash,-,--,,\nmop,7,,-,\n", encoding="utf-8")
    load_files(home, [path])
    assert rows_of(home, "keyword_ranks", ["keyword", "position"]) == [("car wash", None), ("mop", 7), ("mop", None)]


def test_the_wrong_key_of_a_wide_table_says_where(tmp_path: Path) -> None:
    path = tmp_path / "toy.toml"
    top = 'name = "toy"\ntitle = "Toy"\ndataset = "keyword_ranks"\nsource = "toy"\n'
    path.write_text(top + '[wide]\nname = "Keyword"\nheder = "x"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_format(path)
    assert f"{path}: wide: the key 'heder' is not known" in caught.value.message
    path.write_text(top + '[preamble]\nperiods = ["x"]\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_format(path)
    assert f"{path}: preamble: the key 'periods' is not known" in caught.value.message
