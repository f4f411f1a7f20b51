"""The KPI dictionary is what the catalogue says."""

from __future__ import annotations

import pytest

from metrics.catalog import CATALOGUE
from metrics.dictionary import DOCUMENT, datasets, dictionary


def test_the_document_is_up_to_date() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == dictionary(), "Run make dictionary."


def test_an_entry() -> None:
    kpi = CATALOGUE["query_coverage"]
    entry = dictionary().partition("### Query coverage\n")[2].partition("###")[0]
    assert [line.strip() for line in entry.splitlines() if line] == [
        f"`query_coverage`. {kpi.meaning}",
        "- Formula: Σ clicks by query / Σ clicks of the site, over the same days and sites",
        "- Unit: share, in percent",
        "- Better: neither",
        "- Split by: Site, Search type",
        "- Bounds: at least 0, at most 1",
        "- Final after: 3 days",
        "- Data: `search_performance`, `search_totals`",
        f"- Definition: {kpi.definition}",
        "- Alignment: Only days count that both tables have loaded, site by site.",
    ]


@pytest.mark.parametrize("kpi", CATALOGUE)
def test_every_kpi_is_in_it_once(kpi: str) -> None:
    assert dictionary().count(f"\n`{kpi}`. ") == 1


def test_data_that_a_view_reads_beside_its_base_is_named() -> None:
    assert datasets(CATALOGUE["projected_spend"]) == ("budget_lines", "ad_performance", "expenses")
