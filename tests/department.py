"""A small department with invented, even numbers: what the screen has to show can be worked out by hand.

Days: Monday 6 October 2025 to Thursday 19 November 2026 (search: to Tuesday 17 November). Each day, Google Ads shows
four ads (two campaigns of two ads) 1000 times each for 10 euros, with 1 conversion worth 40 each; an ad gets 20 clicks,
from Monday 9 November 2026 on 30. Meta shows one ad 5000 times for 25 euros: 50 clicks, 0.5 conversions, worth 20.
Search: 100 clicks, 2000 impressions, average position 8; of these by query 30 + 20 + 10 clicks, by page 70 + 35.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from metrics.processes import PROCESSES
from tests.tables import make_every_table
from warehouse.loads import Load
from warehouse.writer import writing

if TYPE_CHECKING:
    from core.config import Home
    from warehouse.writer import Writer

FIRST: Final = date(2025, 10, 6)
LAST: Final = date(2026, 11, 19)
LAST_SEARCH: Final = date(2026, 11, 17)
HOSTILE: Final = '=HYPERLINK("http://example.com")'
MARKUP: Final = "Brand <b>2026</b>"

_DAYS: Final = "generate_series(DATE '2025-10-06', DATE '{last}', INTERVAL 1 DAY) AS days(moment)"
_ADS: Final = f"""
    INSERT INTO target.ad_performance BY NAME
    SELECT moment::DATE AS day, 'google_ads' AS platform, '123-456-7890' AS account, campaign, ad_group, ad,
        1 AS occurrence, 'ad' AS level, 'shape' AS shape, 'EUR' AS currency, 1000 AS impressions,
        CASE WHEN moment >= DATE '2026-11-09' THEN 30 ELSE 20 END AS clicks,
        10 AS cost, 1 AS conversions, 40 AS conversion_value, 1 AS load_id
    FROM {_DAYS.format(last=LAST)},
        (VALUES ('{MARKUP}', 'Name', 'Headline A'), ('{MARKUP}', 'Name', '{HOSTILE}'),
                ('Generic', 'Software', 'Headline B'), ('Generic', 'Services', 'Headline C'))
            AS ads(campaign, ad_group, ad)
    UNION ALL
    SELECT moment::DATE, 'meta_ads', 'Fjord EU', 'Reach', 'Everyone', 'Video', 1, 'ad', 'shape', 'EUR', 5000, 50, 25,
        0.5, 20, 2
    FROM {_DAYS.format(last=LAST)}
"""
_TOTALS: Final = f"""
    INSERT INTO target.search_totals BY NAME
    SELECT moment::DATE AS day, moment::DATE AS day_end, 'example.com' AS site, 'web' AS search_type, '' AS filters,
        'shape' AS shape, 100 AS clicks, 2000 AS impressions, 16000 AS position_sum, true AS is_final, 3 AS load_id
    FROM {_DAYS.format(last=LAST_SEARCH)}
"""
_DETAILS: Final = f"""
    INSERT INTO target.search_performance BY NAME
    SELECT moment::DATE AS day, moment::DATE AS day_end, 'example.com' AS site, 'web' AS search_type, '' AS filters,
        slice, query, page, 'shape' AS shape, clicks, 20 * clicks AS impressions, 160 * clicks AS position_sum,
        true AS is_final, 4 AS load_id
    FROM {_DAYS.format(last=LAST_SEARCH)},
        (VALUES ('query', 'integrator', NULL, 30), ('query', 'erp', NULL, 20), ('query', 'crm', NULL, 10),
                ('page', NULL, 'https://example.com/', 70), ('page', NULL, 'https://example.com/erp', 35))
            AS parts(slice, query, page, clicks)
"""
_HIDDEN: Final = sorted(set(PROCESSES) - {"paid_acquisition", "organic_content"})
_PLAN: Final = (
    "INSERT INTO target.people BY NAME SELECT 'ada' AS person_id, 'Ada Kowalczyk' AS name, true AS active",
    "INSERT INTO target.processes BY NAME SELECT 'paid_acquisition' AS process_id, 'ada' AS owner, true AS active",
    f"INSERT INTO target.processes BY NAME SELECT unnest({_HIDDEN}) AS process_id, false AS active",
)


def build_department(home: Home, *more: str) -> Home:
    """Load the department into *home*, and what the statements *more* add."""
    with writing(home.warehouse) as writer:
        make_every_table(writer)
        for statement in (_ADS, _TOTALS, _DETAILS, *_PLAN, *more):
            writer.run(statement)
        for load in _loads():
            writer.log(load)
        _reject(writer)
        writer.publish()
    return home


def _loads() -> list[Load]:
    moment = datetime(2026, 11, 20, 6, tzinfo=UTC)
    parts = [
        ("google_ads", "google.csv", "ad_performance", "123-456-7890", LAST),
        ("meta_ads", "meta.xlsx", "ad_performance", "Fjord EU", LAST),
        ("search_console", "totals.csv", "search_totals", "example.com", LAST_SEARCH),
        ("search_console", "details.csv", "search_performance", "example.com", LAST_SEARCH),
    ]
    return [
        Load(
            load_id=number,
            source=source,
            name=name,
            format=source,
            dataset=dataset,
            account=account,
            exported_at=moment,
            rows_read=10,
            rows_loaded=9,
            rows_rejected=1 if number == 1 else 0,
            first_day=FIRST,
            last_day=last,
            started_at=moment,
            finished_at=moment,
        )
        for number, (source, name, dataset, account, last) in enumerate(parts, start=1)
    ]


def _reject(writer: Writer) -> None:
    writer.run(
        """INSERT INTO target.rejects VALUES (1, 17, 'Day', 'The day 31/02/2026 does not exist.', ?)""",
        [f"31/02/2026;{HOSTILE};1"],
    )
