"""Which load of the same bytes counts, where one says whose numbers they are and another does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from warehouse.loads import Load, earlier_load, mistaken_loads

NAMED: Final = Load(
    sha256="bytes", format="google_ads", dataset="ad_performance", account="one", asked="one", load_id=1
)
COPY: Final = replace(NAMED, account=None, asked=None, load_id=2)


def test_a_copy_without_a_name_is_what_was_loaded_with_one() -> None:
    assert earlier_load({"bytes": [NAMED]}, COPY) is NAMED
    filtered = replace(NAMED, asked="one · image")
    assert earlier_load({"bytes": [filtered]}, COPY) is None
    assert earlier_load({"bytes": [filtered]}, replace(COPY, asked="image")) is filtered


def test_copies_without_a_name_beside_the_named_one_give_way_to_it() -> None:
    # As a warehouse may be that was filled when such a copy still counted.
    assert earlier_load({"bytes": [NAMED, COPY]}, NAMED) is None
    assert mistaken_loads({"bytes": [NAMED, COPY]}, NAMED) == (1, 2)
    # What the named one took the place of is gone already.
    assert earlier_load({"bytes": [COPY, replace(NAMED, load_id=3)]}, NAMED) is not None
