"""The cockpit page, against numbers worked out by hand (see `tests.department`)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.config import Home
from core.period import DAY
from metrics.catalog import find
from metrics.drivers import Driver, Drivers
from metrics.own import catalogue
from pack.moved import Moved, beside_usual
from tests.department import LAST, build_department
from tests.pages.conftest import Visit, seen, visit_page
from ui import cards, exception
from ui.cockpit import everything, processes
from ui.figures import figures
from ui.state import SCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


def tiles(app: AppTest) -> dict[str, str]:
    """The text of every tile by its KPI's name."""
    found = re.findall(r'<a data-go [^>]*class="kk-tile.*?</a>', seen(app), re.DOTALL)
    texts = [re.sub(r"<img[^>]*>|</?small>", "", tile) for tile in found]
    plain = [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in texts]
    names = [re.findall(r'class="kk-name">([^<]+)<', text)[0] for text in texts]
    return {name: text.removeprefix(name).strip() for name, text in zip(names, plain, strict=True)}


def test_last_week_against_the_week_before(visit: Visit) -> None:
    assert tiles(visit()) == {
        # 4 × 10 × 7 + 25 × 7 = 455, both weeks
        "Spend": "€455 unchanged ● routine",
        # 4 × 30 × 7 + 50 × 7 = 1190 after 4 × 20 × 7 + 350 = 910
        "Clicks": "1.19K ▲ +31% ▲ improving",
        # 28 + 3.5
        "Conversions (platform-reported)": "31.5 unchanged ● routine",
        # 455 / 31.5
        "Cost per conversion": "€14.4 unchanged ● routine",
        # 31.5 / 1190 = 2.647 % after 31.5 / 910 = 3.462 %
        "Conversion rate": "2.65% ▼ −0.81 pp ▼ getting worse",
        # (4 × 40 + 20) × 7 / 455
        "Return on ad spend": "2.77 unchanged ● routine",
        "Organic clicks": "700 unchanged ● routine",
        "Organic impressions": "14K unchanged ● routine",
        "Organic click-through rate": "5% unchanged ● routine",
        "Average position": "8 unchanged ● routine",
        # 60 of 100 clicks a day
        "Query coverage": "60% unchanged ● routine",
    }


@pytest.mark.parametrize("by", ["day", "week", "month", "quarter", "year"])
def test_a_month_to_date_is_compared_at_every_grain(visit: Visit, by: str) -> None:
    # 8 × (4 × 20 + 50) + 11 × (4 × 30 + 50) = 2910 after 19 × 130 = 2470, which is 17.8 % more
    assert tiles(visit(period="month_to_date", by=by))["Clicks"].startswith("2.91K ▲ +18%")


def test_the_week_in_a_sentence(visit: Visit) -> None:
    shown = seen(visit())
    assert "<h1>Week 46, 9–15 Nov 2026</h1>" in shown
    # Clicks, and with them the rates they are in: click-through, cost per click, conversion.
    assert "4 KPIs changed." in shown


def test_what_changed_comes_first_with_its_reason(visit: Visit) -> None:
    cards = re.findall(r'<a data-go [^>]*class="kk-card.*?</a>', seen(visit()), re.DOTALL)
    texts = [re.sub(r"\N{WORD JOINER}|<[^>]+>", "", card) for card in cards]
    # What got worse before what improved, money before the rest.
    assert [re.findall(r'class="kk-name">([^<]+) <', card)[0] for card in cards] == [
        "Conversion rate",
        "Cost per click",
        "Clicks",
        "Click-through rate",
    ]
    assert "Higher than the process explains since W46 (outside the limits)." in texts[2]
    # 4 × 10 × 7 clicks more, all of them Google's
    assert "280 more than on average before that: Google Ads +280." in texts[2]


def test_the_parts_told_add_up(visit: Visit) -> None:
    screen = visit().session_state[SCREEN]
    drivers = Drivers(0, 100, tuple(Driver(name, change) for name, change in (("a", 90), ("b", 4), ("c", 4), ("d", 2))))
    told = beside_usual(catalogue(screen.shown.snapshot)["clicks"], Moved.by("campaign", drivers), "EUR")
    assert told.replace("\N{WORD JOINER}", "") == "100 more than on average before that: a +90, b +4, other +6."


def test_what_went_the_other_way_than_the_signal_is_no_part_of_it(visit: Visit) -> None:
    screen = visit().session_state[SCREEN]
    (figure,) = figures(screen, ["clicks"])
    assert len(exception.said(screen, figure)) == 2
    (alone,) = exception.said(screen, replace(figure, standing=replace(figure.standing, rising=False)))
    assert alone.startswith("Lower than the process explains since W46")


def test_processes_have_owners(visit: Visit) -> None:
    shown = seen(visit())
    assert re.search(r"<h2>Paid acquisition</h2><span class=\"kk-owner\">Ada Kowalczyk</span>", shown)
    assert '<h2>Content and search</h2><span class="kk-state">and ' in shown


def test_a_platform_filters_the_process_that_has_platforms(visit: Visit) -> None:
    app = visit(platform="meta_ads")
    assert tiles(app)["Spend"].startswith("€175 ")
    assert tiles(app)["Organic clicks"].startswith("700 ")
    assert seen(app).count("not filtered: it has no such dimension") == 1


def test_what_is_not_loaded_is_why_a_sum_is_incomplete(visit: Visit) -> None:
    screen = visit().session_state[SCREEN]
    clicks = everything(screen, processes(screen))["clicks"]
    spent = replace(clicks, kpi=find("actual_spend"), complete=False, known_to=None)
    assert "incomplete: not loaded: Expenses</span>" in cards.state(screen, spent)
    assert "not loaded" not in cards.state(screen, replace(spent, kpi=find("spend")))


def test_a_tile_of_a_filtered_row_that_has_no_such_part_says_so(visit: Visit) -> None:
    screen = visit(platform="meta_ads").session_state[SCREEN]
    known = everything(screen, processes(screen))
    spent = replace(known["spend"], kpi=find("actual_spend"))
    team = next(each for each in processes(screen) if each.id == "paid_acquisition")
    row = cards.row(screen, team, [known["spend"], spent], cards.Room(2, 0))
    assert row.count("not filtered by platform") == 1
    assert row.index("Actual spend") < row.index("not filtered by platform")


def test_of_two_filters_the_one_that_a_process_has_not_is_told(visit: Visit) -> None:
    text = seen(visit(platform="meta_ads", site="example.com"))
    assert text.count("not filtered by site") == 1
    assert text.count("not filtered by platform") == 1
    assert "no such dimension" not in text


def test_without_a_comparison_signals_stay(visit: Visit) -> None:
    app = visit(compare="none")
    assert tiles(app)["Clicks"] == "1.19K ▲ improving"


def test_a_year_before_is_the_same_weekdays(visit: Visit) -> None:
    # 10 November 2025: 20 clicks an ad
    assert tiles(visit(compare="last_year"))["Clicks"] == "1.19K ▲ +31% ▲ improving"


def test_days_that_are_loaded_in_part_are_not_compared_with(visit: Visit) -> None:
    # Data begins on 6 October 2025: of that year's days to date it has a few, of its November all.
    assert "%" not in tiles(visit(period="year_to_date", compare="last_year"))["Clicks"]
    assert "%" in tiles(visit(period="month_to_date", compare="last_year"))["Clicks"]


def test_an_unfinished_week_is_compared_like_for_like(visit: Visit) -> None:
    # Search data is final to Tuesday: two days against the two days a week before.
    assert (
        tiles(visit(period="week_to_date"))["Organic clicks"] == "200 unchanged ● routine ○ incomplete: final to 17 Nov"
    )


def test_a_period_that_is_over_tells_of_days_that_are_missing(visit: Visit) -> None:
    """How far the newest data is final explains nothing there."""
    clicks = tiles(visit(**{"from": "2025-10-01", "to": "2025-10-31"}))["Clicks"]
    assert clicks.endswith("○ incomplete: some days are missing")


def test_a_period_before_all_data_has_no_values(visit: Visit) -> None:
    app = visit(**{"from": "2020-01-06", "to": "2020-01-12"})
    assert set(tiles(app).values()) == {"– no data in this period"}
    assert "<p>There is no data in this period.</p>" in seen(app)
    way = re.findall(r'class="kk-way"><a data-go href="([^"]+)"[^>]*>([^<]+)<', seen(app))
    assert way == [("./?period=custom&amp;from=2026-11-16&amp;to=2026-11-19", "Show the newest data: 16–19 Nov 2026")]


def test_where_there_is_data_no_other_period_is_offered(visit: Visit) -> None:
    assert "kk-way" not in seen(visit())
    # The weeks before the first have none, so nothing is better, nothing worse, and nothing the same.
    first = seen(visit(**{"from": "2025-10-06", "to": "2025-10-12"}))
    assert "There are too few points to tell signal from noise." in first
    assert "kk-way" not in first


@pytest.mark.parametrize(
    ("language", "spend", "clicks"),
    [("pl", "455 €", "1,19 tys."), ("ru", "455 €", "1,19 тыс.")],
)
def test_values_are_written_as_the_reader_writes(visit: Visit, language: str, spend: str, clicks: str) -> None:
    shown = seen(visit(lang=language)).replace("\N{NO-BREAK SPACE}", " ")
    plain = re.sub(r"</?small>", "", shown)
    assert f">{spend}</span>" in plain
    assert f">{clicks}</span>" in plain


def test_every_sparkline_says_what_it_shows(visit: Visit) -> None:
    pictures = re.findall(r'<img class="kk-spark" src="data:image/svg\+xml,[^"]+" alt="([^"]*)">', seen(visit()))
    assert len(pictures) == len(("card",) * 4) + len(("tile",) * 11)
    assert pictures[5] == "The last 13 periods: from 910 to 1.19K."


def test_a_tile_leads_to_its_kpi(visit: Visit) -> None:
    shown = seen(visit(platform="meta_ads"))
    assert 'href="process?process=paid_acquisition&amp;kpi=conversion_rate&amp;platform=meta_ads"' in shown


def test_how_fresh_the_data_is(visit_demo: Visit) -> None:
    shown = seen(visit_demo())
    assert "data to 19 Nov" in shown
    assert "3 of 3 sources current" in shown
    assert "⚠" not in shown


def test_a_source_that_fell_behind_is_told_on_its_tiles(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.queries.today", lambda _reporting: date(2026, 12, 10))
    app = visit()
    assert tiles(app)["Spend"] == "€455 unchanged ● routine ⚠ data to 19 Nov"
    assert tiles(app)["Organic clicks"] == "700 unchanged ● routine ⚠ data to 17 Nov"
    assert "0 of 3 sources current" in seen(app)


def test_data_of_another_year_says_which(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.queries.today", lambda _reporting: date(2027, 11, 23))
    app = visit()
    assert tiles(app)["Spend"] == "€455 unchanged ● routine ⚠ data to 19 Nov 2026"
    assert 'data to 19 Nov 2026</span> <span>0 of 3 sources current<b class="kk-late"' in seen(app).replace(" <b", "<b")


def test_no_period_reaches_into_days_to_come(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.queries.today", lambda _reporting: date(2026, 11, 12))
    shown = seen(visit())
    assert "data to 12 Nov" in shown
    assert "Week 45, 2–8 Nov 2026" in shown


_FAIRS = (
    """INSERT INTO target.processes BY NAME SELECT 'fairs' AS process_id, 'Trade fairs' AS name,
        'Meet <people>.' AS purpose, 'ada' AS owner, -1 AS "order" """,
    """INSERT INTO target.custom_kpis BY NAME SELECT 'visits' AS kpi_id, 'Visits' AS name, 'fairs' AS process,
        'number' AS unit, 'higher' AS better""",
    """INSERT INTO target.kpi_values BY NAME
        SELECT unnest([DATE '2026-11-06', DATE '2026-11-13']) AS day, 'visits' AS kpi, unnest([20, 30]) AS numerator""",
)


def test_a_process_that_only_the_plan_knows_shows_its_own_kpis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = build_department(Home(tmp_path), *_FAIRS)
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    app = visit_page()
    assert tiles(app)["Visits"].startswith("30 ▲ +50%")
    # The plan gives it the first place.
    assert re.findall(r"<h2>([^<]+)</h2>", seen(app))[0] == "Trade fairs"
    assert "<h2>Visits</h2>" in seen(visit_page("process", process="fairs", kpi="visits"))


def test_a_row_has_what_has_a_value_first_and_says_how_many_more_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Six KPIs that were last typed in spring, in alphabetical order before the only one with a value.
    old = (
        """INSERT INTO target.custom_kpis BY NAME SELECT 'a' || i AS kpi_id, 'Old ' || i AS name, 'fairs' AS process,
            'lower' AS better FROM unnest(generate_series(1, 6)) AS t (i)""",
        """INSERT INTO target.kpi_values BY NAME SELECT 'a' || i AS kpi, day, 10 AS numerator
            FROM unnest(generate_series(1, 6)) AS t (i),
            unnest(generate_series(DATE '2025-11-10', DATE '2026-03-31', INTERVAL 1 DAY)) AS d (day)""",
        """INSERT INTO target.targets BY NAME SELECT 'a1' AS kpi, DATE '2025-01-01' AS valid_from, 1 AS value""",
    )
    home = build_department(Home(tmp_path), *_FAIRS, *old)
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    app = visit_page()
    assert tiles(app)["Visits"].startswith("30 ▲ +50%")
    row = re.findall(r'<section class="kk-row.*?</section>', seen(app), re.DOTALL)[0]
    assert row.count("kk-tile ") == 6
    assert '<span class="kk-state">and 1 more KPI</span>' in row
    # What has no value in the week is no news of the week, neither on the cockpit nor on the map.
    assert "<h1>Week 46, 9–15 Nov 2026</h1><p>4 KPIs changed.</p>" in seen(app)
    shown = seen(visit_page("map"))
    assert "4 KPIs changed.</p>" in shown
    assert '<b aria-hidden="true">–</b><span>Old 1</span><b></b><span class="kk-unseen">no data in this period' in shown


def test_a_kpi_whose_values_have_no_parts_is_not_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = """INSERT INTO target.kpi_values BY NAME SELECT DATE '2026-11-13' AS day, 'guests' AS kpi, 3 AS numerator,
        unnest(['Gdynia', 'Sopot']) AS dimension_value"""
    bare = "INSERT INTO target.processes BY NAME SELECT 'bare' AS process_id, 'Bare' AS name"
    guests = "INSERT INTO target.custom_kpis BY NAME SELECT 'guests' AS kpi_id, 'Guests' AS name, 'bare' AS process"
    home = build_department(Home(tmp_path), *_FAIRS, bare, guests, parts)
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    shown = seen(visit_page("process", process="fairs", kpi="visits"))
    assert "(not given)" not in shown
    assert "What moved" not in shown
    # There is no year before, and before the newest whole week no week with a value.
    assert "The changes are against" not in shown
    assert "Week on week" not in shown
    shown = seen(visit_page("process", process="bare", kpi="guests"))
    assert "Sopot" in shown
    assert "<h1>Bare</h1><p>Week 46" in shown


def test_of_as_many_the_worst_part_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Fourteen parts of one each, of which the last is not done: it must not hide among the others.
    done = """INSERT INTO target.custom_kpis BY NAME SELECT 'done' AS kpi_id, 'Done' AS name, 'fairs' AS process,
        'percent' AS unit, 'higher' AS better"""
    parts = """INSERT INTO target.kpi_values BY NAME SELECT DATE '2026-11-13' AS day, 'done' AS kpi,
        CASE WHEN i = 14 THEN 0 ELSE 1 END AS numerator, 1 AS denominator, 'Part ' || i AS dimension_value
        FROM unnest(generate_series(1, 14)) AS t (i)"""
    home = build_department(Home(tmp_path), *_FAIRS, done, parts)
    monkeypatch.setenv("KOKPIT_HOME", str(home.path))
    monkeypatch.setattr("ui.queries.today", lambda _reporting: LAST + DAY)
    shown = seen(visit_page("process", process="fairs", kpi="done"))
    assert re.findall(r">(Part \d+|2 others)<", shown)[0] == "Part 14"
