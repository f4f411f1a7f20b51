"""KPIs that a plan declares and people type by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from core.errors import UsageError
from core.period import Grain
from metrics import paid_acquisition
from metrics.behaviour import behaviour
from metrics.catalog import CATALOGUE
from metrics.freshness import freshness, known_to
from metrics.model import Better, Unit
from metrics.movement import movement
from metrics.own import catalogue, find, of_process, own_kpis
from metrics.query import Query
from metrics.status import Goal
from metrics.targets import targets
from tests.metrics.toy import EURO, ask, complete, load, period, toy, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.metrics.toy import Row
    from warehouse.snapshot import Snapshot

JUNE = period("2026-06-01", "2026-06-30")
LOADS = [load(1, exported_at=datetime(2026, 6, 30, 12))]  # noqa: DTZ001 - the warehouse keeps UTC without a zone


def declared(kpi_id: str, **columns: object) -> Row:
    """A KPI of the team's own, of the process fairs."""
    return {"kpi_id": kpi_id, "process": "fairs", "load_id": 1} | columns


def typed(kpi: str, day: str, numerator: float | None, denominator: float | None = None, part: str = "") -> Row:
    """A value that somebody typed."""
    row: Row = {"kpi": kpi, "day": day, "dimension_value": part, "load_id": 1}
    return row | {"numerator": numerator, "denominator": denominator}


def own(folder: Path, kpi: Row, *rows: Row) -> Snapshot:
    """A snapshot with one KPI of the team's own."""
    return toy(folder, LOADS, custom_kpis=[kpi], kpi_values=rows)


class TestWhatItIsMadeOf:
    """Sums where a value has no denominator, ratios of sums where it has one, means of percents typed as such."""

    def test_a_sum(self, tmp_path: Path) -> None:
        kpi = declared("visits", name="Visits to the stand", unit="number", better="higher", description="Who came.")
        snapshot = own(tmp_path, kpi, typed("visits", "2026-06-01", 3), typed("visits", "2026-06-02", 4))
        found = find(snapshot, "visits")
        assert (found.name, found.meaning, found.formula) == ("Visits to the stand", "Who came.", "Visits to the stand")
        assert (found.unit, found.better, found.process, found.lower) == (Unit.COUNT, Better.HIGHER, "fairs", 0)
        assert ask(snapshot, "visits", JUNE).value("visits") == 7

    def test_a_ratio_divides_sums_and_needs_both(self, tmp_path: Path) -> None:
        # 1 of 10 and 50 of 100: 51 of 110; a day without denominator says nothing of the share
        kpi = declared("show_up", unit="percent", numerator_label="came", denominator_label="invited")
        rows = [typed("show_up", "2026-06-01", 1, 10), typed("show_up", "2026-06-02", 50, 100)]
        snapshot = own(tmp_path, kpi, *rows, typed("show_up", "2026-06-03", 7))
        assert find(snapshot, "show_up").formula == "came / invited"
        assert find(snapshot, "show_up").unit is Unit.FRACTION
        assert ask(snapshot, "show_up", JUNE).value("show_up") == 51 / 110

    @pytest.mark.parametrize(("first", "second"), [(40, 60), (0.4, 0.6)])
    def test_percents_without_denominator_are_averaged(self, tmp_path: Path, first: float, second: float) -> None:
        rows = [typed("share", "2026-06-01", first), typed("share", "2026-06-02", second)]
        snapshot = own(tmp_path, declared("share", unit="percent"), *rows)
        assert values(ask(snapshot, "share", JUNE)) == pytest.approx([0.5])

    @pytest.mark.parametrize(("first", "second", "wanted"), [(40, 60, 55), (0.4, 0.6, 0.55), (40, 60, 0.55)])
    def test_its_targets_are_typed_as_its_values(
        self, tmp_path: Path, first: float, second: float, wanted: float
    ) -> None:
        rows = [typed("share", "2026-06-01", first), typed("share", "2026-06-02", second)]
        target: Row = {"kpi": "share", "valid_from": "2026-01-01", "value": wanted, "load_id": 1}
        kpi = declared("share", unit="percent")
        snapshot = toy(tmp_path, LOADS, custom_kpis=[kpi], kpi_values=rows, targets=[target])
        assert [held.goal for held in targets(snapshot)] == [Goal(0.55)]

    def test_one_value_above_the_whole_leaves_shares_as_they_are(self, tmp_path: Path) -> None:
        # 95 %, 98 % and 102 % of the quota
        rows = [typed("quota", f"2026-06-0{day}", share) for day, share in enumerate((0.95, 0.98, 1.02), 1)]
        snapshot = own(tmp_path, declared("quota", unit="percent"), *rows)
        assert values(ask(snapshot, "quota", JUNE)) == pytest.approx([(0.95 + 0.98 + 1.02) / 3])

    def test_percents_typed_with_denominators_are_a_ratio_without_any_label(self, tmp_path: Path) -> None:
        rows = [typed("share", "2026-06-01", 1, 10), typed("share", "2026-06-02", 50, 100)]
        snapshot = own(tmp_path, declared("share", unit="percent"), *rows)
        assert ask(snapshot, "share", JUNE).value("share") == 51 / 110

    def test_money_hours_and_days(self, tmp_path: Path) -> None:
        kpis = [declared("saved", unit="Money"), declared("waited", unit="hours"), declared("took", unit="days")]
        rows = [typed("saved", "2026-06-01", -5), typed("waited", "2026-06-01", 2.5), typed("took", "2026-06-01", 3)]
        snapshot = toy(tmp_path, LOADS, custom_kpis=kpis, kpi_values=rows)
        assert [find(snapshot, name).unit for name in ("saved", "waited", "took")] == [
            Unit.MONEY,
            Unit.HOURS,
            Unit.DAYS,
        ]
        assert find(snapshot, "saved").lower is None
        assert values(ask(snapshot, "saved waited took", JUNE)) == [-5, 2.5, 3]


class TestWholeAndParts:
    """Monday has a whole of 10 and parts of 4 and 5; Tuesday only parts of 1 and 2."""

    rows = (
        typed("visits", "2026-06-01", 10),
        typed("visits", "2026-06-01", 4, part="Berlin"),
        typed("visits", "2026-06-01", 5, part="Kraków"),
        typed("visits", "2026-06-02", 1, part="Berlin"),
        typed("visits", "2026-06-02", 2, part="Kraków"),
        typed("visits", "2026-06-03", None),
        typed("visits", "2026-06-03", 7, part="Berlin"),
        typed("others", "2026-06-02", 1000),
    )

    def test_the_whole_of_a_day_is_not_added_to_its_parts(self, tmp_path: Path) -> None:
        snapshot = own(tmp_path, declared("visits"), *self.rows)
        answer = ask(snapshot, "visits", period("2026-06-01", "2026-06-03"), Grain.DAY)
        assert values(answer) == [10, 3, 7]
        assert ask(snapshot, "visits", JUNE).value("visits") == 20

    def test_split(self, tmp_path: Path) -> None:
        snapshot = own(tmp_path, declared("visits"), *self.rows)
        answer = ask(snapshot, "visits", JUNE, split=("dimension_value",))
        assert list(answer.table["dimension_value"]) == ["Berlin", "Kraków", None]
        assert values(answer) == [8, 2, 10]
        before, after = period("2026-06-02", "2026-06-02"), period("2026-06-03", "2026-06-03")
        moved = movement(snapshot, Query(("visits",), after, split=("dimension_value",)), before, EURO)
        assert moved is not None
        assert {part.segment: part.change for part in moved.parts} == {"Berlin": 6, "Kraków": -2}


class TestUntypedDays:
    """What nobody typed is unknown, and a week is complete once the table was read after it."""

    rows = (typed("visits", "2026-06-05", 3), typed("visits", "2026-06-19", 0))

    def test_weeks(self, tmp_path: Path) -> None:
        snapshot = own(tmp_path, declared("visits"), *self.rows)
        answer = ask(snapshot, "visits", period("2026-06-01", "2026-06-28"), Grain.WEEK)
        # Read on Tuesday 30 June: whoever types every other week has not forgotten the week from 22 to 28 June.
        assert values(answer) == [3, None, 0, None]
        assert complete(answer) == [True, True, True, True]

    def test_how_far_it_is_known(self, tmp_path: Path) -> None:
        snapshot = own(tmp_path, declared("visits"), *self.rows)
        assert known_to(snapshot, Query(("visits",), JUNE), EURO) == {"visits": date(2026, 6, 29)}
        (source,) = freshness(snapshot, EURO, date(2026, 6, 30))
        assert (source.dataset, source.newest) == ("kpi_values", date(2026, 6, 29))

    def test_signals(self, tmp_path: Path) -> None:
        found = behaviour(own(tmp_path, declared("visits"), *self.rows), Query(("visits",), JUNE), EURO)
        assert found.kpi.id == "visits"
        assert [seen.value for seen in found.observations] == [3, None, 0, None, None]


class TestMistakes:
    """A declaration that cannot be is told in words where it is asked for; the others work."""

    rows: Sequence[Row] = (
        declared("clicks"),
        declared("homeless", process=None),
        declared("weight", unit="stones"),
        declared("mood", better="happier"),
        declared("fine"),
    )

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("homeless", "“homeless” belongs to no process"),
            ("weight", "“weight” has “stones” as its unit; it may be number, percent, money, hours, days"),
            ("mood", "“mood” has “happier” as its better; it may be higher, lower, in_range, neither"),
            ("fime", "There is no KPI 'fime'"),
        ],
    )
    def test_told(self, tmp_path: Path, name: str, words: str) -> None:
        snapshot = toy(tmp_path, LOADS, custom_kpis=self.rows)
        with pytest.raises(UsageError) as caught:
            ask(snapshot, name, JUNE)
        assert words in str(caught.value)

    def test_the_others_work(self, tmp_path: Path) -> None:
        snapshot = toy(tmp_path, LOADS, custom_kpis=self.rows)
        assert find(snapshot, "clicks") is CATALOGUE["clicks"]
        assert list(own_kpis(snapshot).problems) == ["clicks", "homeless", "mood", "weight"]
        assert [kpi.id for kpi in of_process(snapshot, "fairs")] == ["fine"]
        assert len(catalogue(snapshot)) == len(CATALOGUE) + 1


def test_a_plan_without_own_kpis_changes_nothing(tmp_path: Path) -> None:
    snapshot = toy(tmp_path)
    assert catalogue(snapshot) == CATALOGUE
    assert of_process(snapshot, "paid_acquisition") == paid_acquisition.KPIS
    assert of_process(snapshot, "nothing") == ()
