"""What is behind the numbers: season, weekends, campaigns that start and stop, conversions that arrive late."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.demo.google_accounts import ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT
from data.demo.meta_accounts import RUSSIAN_SOCIAL, social_account
from data.demo.searches import daily_traffic
from data.demo.simulate import running, simulate
from data.demo.sites import SITES
from data.demo.timeline import Timeline, season, weekday_shape

TIMELINE = Timeline(date(2026, 11, 21), 730)


def test_the_days_end_on_the_last() -> None:
    assert (TIMELINE.days[0], TIMELINE.days[-1]) == (date(2024, 11, 22), date(2026, 11, 21))
    assert [int(TIMELINE.weekdays[0]), int(TIMELINE.weekdays[-1])] == [4, 5]


def test_christmas_and_summer_are_quiet() -> None:
    level = dict(zip(TIMELINE.days, season(TIMELINE).tolist(), strict=True))
    assert level[date(2025, 12, 27)] < 0.8 * level[date(2025, 12, 10)]
    assert level[date(2026, 8, 5)] < level[date(2026, 10, 5)]


def test_a_weekend_keeps_its_share_of_a_weekday() -> None:
    shape = weekday_shape(TIMELINE, 0.4)
    weekend = TIMELINE.weekdays >= 5
    assert shape[weekend].mean() / shape[~weekend].mean() == pytest.approx(0.4, rel=0.03)


def test_weekends_of_business_accounts_are_slow() -> None:
    clicks = simulate(POLISH_ACCOUNT, TIMELINE).measures.clicks.sum(axis=0)
    weekend = TIMELINE.weekdays >= 5
    assert clicks[weekend].mean() < 0.55 * clicks[~weekend].mean()


def test_campaigns_start_and_stop_and_are_replaced() -> None:
    for account in (ENGLISH_ACCOUNT, POLISH_ACCOUNT, RUSSIAN_ACCOUNT, RUSSIAN_SOCIAL):
        live = running(account.ads, TIMELINE)
        campaigns = [ad.campaign for ad in account.ads]
        starting = {campaigns[line] for line in np.nonzero(~live[:, 0] & live[:, -1])[0]}
        stopping = {campaigns[line] for line in np.nonzero(live[:, 0] & ~live[:, -1])[0]}
        assert len(starting) == len(stopping) == 1
    fair = [line for line, ad in enumerate(ENGLISH_ACCOUNT.ads) if ad.campaign == "Search | Spring fair"]
    assert running(ENGLISH_ACCOUNT.ads, TIMELINE)[fair].sum() == 40 * len(fair)


def test_an_ad_that_does_not_run_is_not_shown() -> None:
    for account in (ENGLISH_ACCOUNT, social_account(TIMELINE.count)):
        history = simulate(account, TIMELINE)
        assert history.measures.impressions[~history.live].sum() == 0
        assert (history.measures.clicks <= history.measures.impressions).all()


def test_later_exports_know_more_conversions_and_never_fewer() -> None:
    for account in (ENGLISH_ACCOUNT, RUSSIAN_SOCIAL):
        history = simulate(account, TIMELINE)
        early, late = history.rows(600, 650), history.rows(600, 700)
        later = late.measures.conversions[: len(early.days)]
        assert (early.days == late.days[: len(early.days)]).all()
        assert (early.measures.conversions <= later).all()
        missing = 1 - early.measures.conversions.sum() / later.sum()
        assert 0 < missing < 0.02
        assert early.measures.conversions.min() >= 0


def test_leads_are_whole_and_google_conversions_may_be_fractions() -> None:
    assert (simulate(RUSSIAN_SOCIAL, TIMELINE).rows(0, 729).measures.conversions % 100 == 0).all()
    assert (simulate(ENGLISH_ACCOUNT, TIMELINE).rows(0, 729).measures.conversions % 100 != 0).any()


def test_the_last_two_days_of_search_data_are_still_arriving() -> None:
    for site in SITES:
        shown = daily_traffic(site, TIMELINE).impressions
        saturday, saturday_before = shown[-1], shown[-8]
        assert saturday < 0.7 * saturday_before
