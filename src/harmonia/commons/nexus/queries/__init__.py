"""Read how the plant is, was and will be. Nothing here runs the model or loads it."""

from harmonia.commons.nexus.comparison import Change, before_after
from harmonia.commons.nexus.queries.bringing import BringRow, bring_this_week, expectations, waiting
from harmonia.commons.nexus.queries.charts import SeriesDay, feedstocks_fed, series
from harmonia.commons.nexus.queries.days import Interval, latest_run, plant, version, versions
from harmonia.commons.nexus.queries.designs import (
    DesignSet,
    Panel,
    budget_words,
    comparison,
    comparisons,
    design_sets,
    headline,
    newest_comparison,
    panels,
    surroundings,
)
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
    "DesignSet",
    "GasWeek",
    "Interval",
    "JarPage",
    "JarRow",
    "KnownRow",
    "Panel",
    "SafetyState",
    "SeriesDay",
    "Today",
    "before_after",
    "bring_this_week",
    "budget_words",
    "comparison",
    "comparisons",
    "design_sets",
    "expectations",
    "export_jars",
    "feedstocks_fed",
    "gas_week",
    "headline",
    "jar_page",
    "jar_trial",
    "jar_trials",
    "latest_run",
    "newest_comparison",
    "open_alarms",
    "panels",
    "plant",
    "readings",
    "ring_days",
    "safety_rules",
    "safety_state",
    "series",
    "setup_table",
    "surroundings",
    "today",
    "version",
    "versions",
    "volumes_table",
    "waiting",
    "what_jars_know",
]
