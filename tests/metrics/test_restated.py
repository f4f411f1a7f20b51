"""What was presented and is another number now: every reason, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.period import Period
from metrics.restated import Circumstances, LaterLoad, Presented, Reason, ordered, restated, touched

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))
SHOWN = Presented("cost_per_lead", "", "", WEEK, 48.0)
KNOWN = Circumstances(datasets=("ad_performance", "leads"), plans=("exchange_rates",))
CORRECTED = LaterLoad("ad_performance", "ads.csv", Period(date(2026, 11, 1), date(2026, 11, 16)), replaced=True)
NEW_ROWS = LaterLoad("leads", "leads.csv", WEEK, replaced=False)
PLAN = LaterLoad("exchange_rates", "rates.csv", None, replaced=True)


@pytest.mark.parametrize(("then", "now"), [(48.0, 48.0), (48.0, 48.0 + 1e-9), (0.0, 0.0), (None, None)])
def test_the_same_number_needs_no_reason(then: float | None, now: float | None) -> None:
    found = restated(replace(SHOWN, value=then), now, KNOWN, [CORRECTED, PLAN])
    assert (found.changed, found.reasons, found.files) == (False, (), ())


@pytest.mark.parametrize(
    ("loads", "reasons", "files"),
    [
        ([CORRECTED], (Reason.CORRECTED,), ("ads.csv",)),
        ([CORRECTED, CORRECTED], (Reason.CORRECTED,), ("ads.csv",)),
        ([NEW_ROWS], (Reason.LATE,), ("leads.csv",)),
        ([NEW_ROWS, CORRECTED], (Reason.CORRECTED, Reason.LATE), ("ads.csv", "leads.csv")),
        ([PLAN], (Reason.PLAN,), ()),
        # The numbers were loaded again: no need to suspect the plan, which is read again every day.
        ([PLAN, CORRECTED], (Reason.CORRECTED,), ("ads.csv",)),
        # A file of other days, one of another dataset.
        ([replace(CORRECTED, days=Period(date(2026, 10, 1), date(2026, 11, 15)))], (Reason.UNKNOWN,), ()),
        ([replace(CORRECTED, dataset="orders")], (Reason.UNKNOWN,), ()),
        ([], (Reason.UNKNOWN,), ()),
    ],
)
def test_loads_since_then_explain_it(
    loads: list[LaterLoad], reasons: tuple[Reason, ...], files: tuple[str, ...]
) -> None:
    found = restated(SHOWN, 51.0, KNOWN, loads)
    assert (found.difference, found.reasons, found.files) == (3.0, reasons, files)


def held(*days: Period, part: tuple[str, str] = ("", "")) -> dict[tuple[str, str], tuple[Period, ...]]:
    """What a load has rows of now."""
    return {part: days}


@pytest.mark.parametrize(
    ("loads", "reasons", "files"),
    [
        # Its range meets the week, none of its rows does.
        ([replace(CORRECTED, held=held(WEEK.moved(-7)))], (Reason.UNKNOWN,), ()),
        ([replace(CORRECTED, held=held(WEEK))], (Reason.CORRECTED,), ("ads.csv",)),
        # What it replaced was of other days: its rows of the week are new.
        ([replace(CORRECTED, before=(WEEK.moved(-7),))], (Reason.LATE,), ("ads.csv",)),
        # The log begins with it, and something else was corrected: it is what was presented.
        (
            [
                replace(CORRECTED, name="other.csv", before=(), first=True),
                replace(CORRECTED, before=(WEEK,), first=True),
            ],
            (Reason.CORRECTED,),
            ("ads.csv",),
        ),
        # Either may have: the newest first.
        ([CORRECTED, replace(CORRECTED, name="newer.csv")], (Reason.CORRECTED,), ("newer.csv", "ads.csv")),
    ],
)
def test_only_what_has_rows_of_the_days_can_have_changed_them(
    loads: list[LaterLoad], reasons: tuple[Reason, ...], files: tuple[str, ...]
) -> None:
    found = restated(SHOWN, 51.0, KNOWN, loads)
    assert (found.reasons, found.files) == (reasons, files)


def test_a_part_is_changed_only_by_what_has_rows_of_it() -> None:
    meta = replace(SHOWN, dimension="platform", dimension_value="meta_ads")
    of_meta = replace(CORRECTED, held=held(WEEK, part=("platform", "meta_ads")))
    of_google = replace(CORRECTED, name="google.csv", held=held(part=("platform", "meta_ads")))
    assert restated(meta, 51.0, KNOWN, [of_meta, of_google]).files == ("ads.csv",)


def test_what_was_not_final_is_late_data_even_where_rows_were_replaced() -> None:
    found = restated(replace(SHOWN, final=False), 51.0, KNOWN, [CORRECTED])
    assert (found.reasons, found.files) == ((Reason.LATE,), ("ads.csv",))


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (replace(KNOWN, redefined=True), Reason.DEFINITION),
        (replace(KNOWN, other_currency=True), Reason.CURRENCY),
        (replace(KNOWN, gone=True), Reason.KPI_GONE),
    ],
)
def test_other_circumstances_explain_it(known: Circumstances, reason: Reason) -> None:
    assert restated(SHOWN, 51.0, known, []).reasons == (reason,)


def test_a_number_that_vanished_says_so() -> None:
    found = restated(SHOWN, None, KNOWN, [])
    assert (found.changed, found.difference, found.reasons) == (True, None, (Reason.NO_DATA,))
    assert restated(SHOWN, None, replace(KNOWN, gone=True), []).reasons == (Reason.KPI_GONE,)


def test_changes_come_first_then_the_newest_periods() -> None:
    same, other = restated(SHOWN, 48.0, KNOWN, []), restated(SHOWN, 51.0, KNOWN, [])
    older = restated(replace(SHOWN, period=WEEK.moved(-7)), 48.0, KNOWN, [])
    clicks = restated(replace(SHOWN, kpi="clicks"), 48.0, KNOWN, [])
    assert ordered([older, same, clicks, other]) == [other, same, clicks, older]


def test_what_rests_on_a_change_shares_its_kpi_and_days() -> None:
    changed = restated(SHOWN, 51.0, KNOWN, [])
    found = [changed, restated(SHOWN, 48.0, KNOWN, [])]
    assert touched(found, {"cost_per_lead", "spend"}, WEEK) == [changed]
    assert touched(found, {"cost_per_lead"}, None) == [changed]
    assert touched(found, {"spend"}, WEEK) == []
    assert touched(found, {"cost_per_lead"}, WEEK.moved(7)) == []
