"""KPIs of delivery: whether what was promised gets done, in time and as estimated."""

from __future__ import annotations

from functools import partial
from typing import Final

from core.language import N_
from metrics.model import Better, Greatest, Kpi, Quantile, Ratio, Sum, Unit
from metrics.views.tasks import PROJECTS_UNDER_WAY, TASKS_DONE

_AS_DONE: Final = N_("As the task tracker keeps it, by the day a task was done.")
_AS_DUE: Final = N_("As the task tracker keeps it, by the day a task was promised for.")
_AS_OPEN: Final = N_("As the task tracker keeps it, on the last day of the period.")

_task = partial(Kpi, process="delivery", dimensions=TASKS_DONE.dimensions, definition=_AS_DONE)

TASKS_DONE_COUNT: Final = _task(
    id="tasks_done",
    name=N_("Tasks done"),
    meaning=N_("How many tasks were done."),
    formula=N_("number of tasks done"),
    expression=Sum("tasks_done", "tasks"),
    unit=Unit.COUNT,
    better=Better.HIGHER,
)
ON_TIME_RATE: Final = _task(
    id="on_time_rate",
    name=N_("Done on time"),
    meaning=N_("How many of the tasks promised for the period were done by their day."),
    formula=N_("tasks done by the day promised ÷ tasks promised for the period"),
    expression=Ratio(Sum("tasks_due", "done_in_time"), Sum("tasks_due", "tasks")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    definition=_AS_DUE,
    upper=1,
)
OVERDUE_OPEN: Final = _task(
    id="overdue_open",
    name=N_("Overdue tasks"),
    meaning=N_("How many tasks were still open at the end of the day they were promised for, or later."),
    formula=N_("number of open tasks promised for the last day of the period or earlier"),
    expression=Sum("tasks_open", "overdue"),
    unit=Unit.COUNT,
    better=Better.LOWER,
    definition=_AS_OPEN,
)
CYCLE_TIME_DAYS: Final = _task(
    id="cycle_time_days",
    name=N_("Cycle time"),
    meaning=N_("How long the middle one of the tasks done was worked on, from its start."),
    formula=N_("median of the days from start to completion"),
    expression=Quantile("tasks_done", "cycle_days"),
    unit=Unit.DAYS,
    better=Better.LOWER,
)
CYCLE_TIME_DAYS_P85: Final = _task(
    id="cycle_time_days_p85",
    name=N_("Cycle time, 85 of 100"),
    meaning=N_("Within how many days of their start 85 of 100 tasks were done: what can be promised."),
    formula=N_("85th percentile of the days from start to completion"),
    expression=Quantile("tasks_done", "cycle_days", share=0.85),
    unit=Unit.DAYS,
    better=Better.LOWER,
)
WORK_IN_PROGRESS: Final = _task(
    id="work_in_progress",
    name=N_("Work in progress"),
    meaning=N_("How many tasks were begun and not done at the end of the period."),
    formula=N_("number of open tasks begun by the last day of the period"),
    expression=Sum("tasks_open", "in_progress"),
    unit=Unit.COUNT,
    better=Better.LOWER,
    definition=_AS_OPEN,
)
OLDEST_OPEN_DAYS: Final = _task(
    id="oldest_open_days",
    name=N_("Oldest open task"),
    meaning=N_("For how long the oldest open task has been waiting."),
    formula=N_("most days from creation to the last day of the period of any open task"),
    expression=Greatest("tasks_open", "age_days"),
    unit=Unit.DAYS,
    better=Better.LOWER,
    definition=_AS_OPEN,
)
EFFORT_ACCURACY: Final = _task(
    id="effort_accuracy",
    name=N_("Effort against estimate"),
    meaning=N_("How many hours the tasks done took for each hour estimated."),
    formula=N_("hours spent ÷ hours estimated, of tasks done that tell both"),
    expression=Ratio(Sum("tasks_done", "spent"), Sum("tasks_done", "estimated")),
    unit=Unit.RATIO,
    better=Better.IN_RANGE,
)
PROJECTS_ON_TRACK: Final = Kpi(
    id="projects_on_track",
    name=N_("Projects on track"),
    meaning=N_("How many of the projects under way are on track."),
    process="delivery",
    formula=N_("projects on track ÷ projects on track, at risk or late"),
    expression=Ratio(Sum("projects_under_way", "on_track"), Sum("projects_under_way", "projects")),
    unit=Unit.FRACTION,
    better=Better.HIGHER,
    dimensions=PROJECTS_UNDER_WAY.dimensions,
    definition=N_("Projects as the plan has them now; so only the last five weeks have values."),
    upper=1,
)

KPIS: Final = (
    TASKS_DONE_COUNT,
    ON_TIME_RATE,
    OVERDUE_OPEN,
    CYCLE_TIME_DAYS,
    CYCLE_TIME_DAYS_P85,
    WORK_IN_PROGRESS,
    OLDEST_OPEN_DAYS,
    EFFORT_ACCURACY,
    PROJECTS_ON_TRACK,
)
