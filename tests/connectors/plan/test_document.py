"""What docs/plan.md says of the tables is so."""

from __future__ import annotations

import re

from connectors.plan.tables import TABLES
from tests.structure.sources import ROOT

ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def test_every_table_is_described_with_its_key() -> None:
    document = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    described = {name: tuple(re.findall(r"`(\w+)`", key)) for name, key in ROW.findall(document)}
    assert described == {name: dataset.key for name, dataset in TABLES.items()}
