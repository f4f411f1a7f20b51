"""The process map and the checklist below it, over the small department, whose plan owns one process."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tests.department import build_department
from tests.pages.conftest import Visit, seen, visit_page
from tests.pages.test_process import tables

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from core.config import Home

PLAN = (
    "DELETE FROM target.processes WHERE active",
    """
    INSERT INTO target.processes BY NAME
    SELECT * FROM (VALUES
        ('winning', 'Winning', NULL, 'ada', 'https://example.com/w', 1),
        ('paid_acquisition', 'Ads', 'winning', 'ada', 'https://example.com/a', 2),
        ('organic_content', 'Search', 'winning', NULL, NULL, 3)
    ) AS plan(process_id, name, parent, owner, procedure_url, "order")
    """,
    "INSERT INTO target.procedures BY NAME SELECT 'p1' AS procedure_id, 'organic_content' AS process, 'How' AS title",
)
EVERY = "DELETE FROM target.processes WHERE NOT active"
OWN = (
    "UPDATE target.processes SET active = false WHERE process_id IN ('paid_acquisition', 'organic_content')",
    """
    INSERT INTO target.processes BY NAME
    SELECT 'fairs' AS process_id, 'Fairs' AS name, 'winning' AS parent, 'ada' AS owner,
        'https://example.com/f' AS procedure_url
    """,
    """
    INSERT INTO target.custom_kpis BY NAME
    SELECT 'visitors' AS kpi_id, 'Visitors' AS name, 'fairs' AS process, 'higher' AS better
    """,
    "INSERT INTO target.kpi_values BY NAME SELECT 'visitors' AS kpi, DATE '2026-11-10' AS day, 40 AS numerator",
)
TARGET = "INSERT INTO target.targets BY NAME SELECT 'visitors' AS kpi, DATE '2025-01-01' AS valid_from, 30 AS value"


def nodes(app: AppTest) -> dict[str, str]:
    """The text of each process on the map by its name."""
    found = re.findall(r'<article class="kk-node.*?</article>', seen(app), re.DOTALL)
    names = [re.findall(r"<h3>([^<]+)<", node)[0] for node in found]
    plain = [" ".join(re.sub(r"<[^>]+>", " ", node).split()) for node in found]
    return {name: text.removeprefix(name).strip() for name, text in zip(names, plain, strict=True)}


def test_every_process_is_on_the_map_with_its_owner(own: Home) -> None:
    build_department(own, EVERY)
    app = visit_page("map")
    found = nodes(app)
    assert len(found) == 14
    assert found["Paid acquisition"].startswith("AK Ada Kowalczyk")
    assert found["Content and search"].startswith("⚠ no owner")
    assert "15 processes · 1 owner · Week 46, 9–15 Nov 2026" in seen(app)


def test_what_others_belong_to_is_a_lane(own: Home) -> None:
    build_department(own, EVERY)
    lanes = re.findall(r'<section class="kk-lane.*?</section>', seen(visit_page("map")), re.DOTALL)
    assert [re.findall(r"<h2>([^<]+)<", lane)[0] for lane in lanes] == [
        "Winning and growing customers",
        "Supporting processes",
    ]
    assert [lane.count("<article") for lane in lanes] == [6, 8]


def test_a_signal_is_told_by_sign_and_word_and_leads_to_its_kpi(visit: Visit) -> None:
    # Clicks rose from 910 a week to 1190 after 25 equal weeks.
    shown = seen(visit("map", platform="google_ads"))
    assert 'href="process?process=paid_acquisition&amp;kpi=clicks&amp;platform=google_ads"' in shown
    assert re.search(r"<span>Clicks</span><span class=\"kk-words\">.*?▲</b> improving", shown)
    assert '<article class="kk-node kk-worse">' in shown


def test_a_calm_kpi_has_signs_and_the_words_for_those_who_do_not_see_them(visit: Visit) -> None:
    shown = seen(visit("map"))
    assert '<b aria-hidden="true">●</b><span>Organic clicks</span>' in shown
    assert '<span class="kk-unseen">routine, no target</span>' in shown


def test_a_process_without_numbers_leads_to_its_definitions(own: Home) -> None:
    build_department(own, EVERY)
    app = visit_page("map")
    assert nodes(app)["Delivery"] == "⚠ no owner ◌ no data yet"
    assert 'href="definitions?process=delivery"' in seen(app)


def test_every_sign_is_explained(visit: Visit) -> None:
    legend = re.findall(r'<p class="kk-legend">.*?</p>', seen(visit("map")))[0]
    for word in ("improving", "getting worse", "routine", "too few points", "will miss the target", "no target"):
        assert word in legend


def test_what_is_missing_is_told_line_by_line_with_the_way_to_add_it(own: Home) -> None:
    build_department(own, EVERY)
    app = visit_page("map")
    text = re.sub(r"<[^>]+>", "|", seen(app))
    assert "1 of 15 processes" not in text
    assert "Fully defined: 0 of 15 processes." in text
    rows = re.findall(r"<tr class=\"\">(.*?)</tr>", seen(app))
    lines = [[cell for cell in re.sub(r"<[^>]+>", "|", row).split("|") if cell] for row in rows]
    assert [html.unescape(cell) for cell in lines[0]] == [
        *("Winning and growing customers", "Owner", "Nobody is answerable for it.", "–"),
        "Add the owner in the plan's table “Processes”.",
    ]
    of_delivery = {line[1]: line[-1] for line in lines if line[0] == "Delivery"}
    assert set(of_delivery) == {"Owner", "Source", "Target", "Procedure"}
    assert of_delivery["Source"].startswith("Load on the Sources page: “Tasks”")
    keys = " ".join(button.proto.id for button in app.get("download_button"))
    assert "kk_download_checklist_xlsx" in keys


def test_the_plan_renames_nests_and_closes_processes(own: Home) -> None:
    build_department(own, *PLAN)
    app = visit_page("map")
    assert list(nodes(app)) == ["Ads", "Search"]
    assert "<h2>Winning</h2>" in seen(app)
    assert "kk-title" in seen(app)
    missing = tables(app)[0]
    assert missing["Ads"][0] == "Target"
    assert "Return on ad spend" in missing["Ads"][1]
    assert "Winning" not in missing


def test_a_process_of_the_plans_own_with_a_kpi_of_its_own(own: Home) -> None:
    build_department(own, *PLAN, *OWN)
    app = visit_page("map")
    assert list(nodes(app)) == ["Fairs"]
    assert "Visitors" in nodes(app)["Fairs"]
    assert tables(app)[0]["Fairs"][:2] == ["Target", "Visitors"]
    assert "Fully defined: 1 of 2 processes." in seen(app)


def test_processes_of_the_teams_own_stand_as_the_plan_has_them_and_without_kokpits(own: Home) -> None:
    # Twenty, ten of them below another; of Kokpit's own only those with numbers are beside them.
    mine = """INSERT INTO target.processes BY NAME SELECT 'p' || i AS process_id, 'Work ' || i AS name,
        CASE WHEN i > 10 THEN 'p' || (i - 10) END AS parent, 'ada' AS owner
        FROM unnest(generate_series(1, 20)) AS t (i)"""
    build_department(own, "DELETE FROM target.processes", mine)
    app = visit_page("map")
    heads = re.findall(r"<section.*?<h2>([^<]+)<", seen(app), re.DOTALL)
    known = ["Winning and growing customers", "Supporting processes"]
    assert heads == [*(f"Work {i}" for i in range(1, 11)), *known]
    # The plan itself is what the last two are measured by.
    known = ["Paid acquisition", "Content and search", "Budget", "Enablement"]
    assert list(nodes(app)) == [*(f"Work {i}" for i in range(11, 21)), *known]
    assert "25 processes · 1 owner" in seen(app)
    # Three lanes of one process stand beside each other.
    assert seen(app).count("--columns:1;--span:2") == 10


def test_a_plan_in_which_nothing_is_missing_says_so(own: Home) -> None:
    build_department(own, *PLAN, *OWN, TARGET)
    shown = seen(visit_page("map"))
    assert "Everything is defined: every process has an owner, a procedure, and KPIs with data and targets." in shown
    assert "What is not defined yet" not in shown


def test_parents_that_lead_in_a_circle_stand_alone(own: Home) -> None:
    build_department(own, *PLAN, "UPDATE target.processes SET parent = 'paid_acquisition' WHERE process_id = 'winning'")
    assert "Ads" in nodes(visit_page("map"))
