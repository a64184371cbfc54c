"""Read how the plant is, was and will be. Nothing here runs the model or loads it."""

from harmonia.commons.nexus.comparison import Change, before_after
from harmonia.commons.nexus.queries.bringing import BringRow, bring_this_week, expectations, waiting
from harmonia.commons.nexus.queries.charts import SeriesDay, feedstocks_fed, series
from harmonia.commons.nexus.queries.days import Interval, latest_run, plant, version, versions
from harmonia.commons.nexus.queries.jars import (
    ChartDay,
    JarPage,
    JarRow,
    KnownRow,
    export_jars,
    jar_page,
    jar_trial,
    jar_trials,
    setup_table,
    volumes_table,
    what_jars_know,
)
from harmonia.commons.nexus.queries.now import GasWeek, Today, gas_week, ring_days, today
from harmonia.commons.nexus.queries.state import open_alarms, readings, safety_rules, safety_state
from harmonia.commons.nexus.safety import SafetyState
from harmonia.commons.nexus.words import AlarmText

__all__ = [
    "AlarmText",
    "BringRow",
    "Change",
    "ChartDay",
    "GasWeek",
    "Interval",
    "JarPage",
    "JarRow",
    "KnownRow",
    "SafetyState",
    "SeriesDay",
    "Today",
    "before_after",
    "bring_this_week",
    "expectations",
    "export_jars",
    "feedstocks_fed",
    "gas_week",
    "jar_page",
    "jar_trial",
    "jar_trials",
    "latest_run",
    "open_alarms",
    "plant",
    "readings",
    "ring_days",
    "safety_rules",
    "safety_state",
    "series",
    "setup_table",
    "today",
    "version",
    "versions",
    "volumes_table",
    "waiting",
    "what_jars_know",
]
