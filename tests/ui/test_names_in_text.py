"""Platforms are called by their names wherever a text mentions them."""

from __future__ import annotations

from ui.names import in_text


def test_platforms_alone_and_with_an_account() -> None:
    assert in_text("Not reported by meta_ads, google_ads · 123") == "Not reported by Meta Ads, Google Ads · 123"


def test_file_names_and_settings_stay() -> None:
    assert in_text("kokpit.toml, my_meta_ads_copy.csv") == "kokpit.toml, my_meta_ads_copy.csv"
