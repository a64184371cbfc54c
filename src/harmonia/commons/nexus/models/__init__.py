"""State of the Nexus."""

from harmonia.commons.nexus.models.activation import ACTIVATION, Activation
from harmonia.commons.nexus.models.alarm import Alarm
from harmonia.commons.nexus.models.design_comparison import COMPARISON, DesignComparison
from harmonia.commons.nexus.models.expectation import Expectation
from harmonia.commons.nexus.models.feed_plan import FeedPlan
from harmonia.commons.nexus.models.jar_result import JarPool, JarResult
from harmonia.commons.nexus.models.jar_trial import JarBottle, JarMaker, JarReading, JarTrial
from harmonia.commons.nexus.models.plant_day import PlantDay
from harmonia.commons.nexus.models.plant_version import PlantVersion
from harmonia.commons.nexus.models.preflight_check import PreflightCheck
from harmonia.commons.nexus.models.ramp_record import Accounting, RampRecord
from harmonia.commons.nexus.models.reading import Reading
from harmonia.commons.nexus.models.run import Run
from harmonia.commons.nexus.models.safety_rule import SafetyRule
from harmonia.commons.nexus.models.surroundings import Surroundings

__all__ = [
    "ACTIVATION",
    "COMPARISON",
    "Accounting",
    "Activation",
    "Alarm",
    "DesignComparison",
    "Expectation",
    "FeedPlan",
    "JarBottle",
    "JarMaker",
    "JarPool",
    "JarReading",
    "JarResult",
    "JarTrial",
    "PlantDay",
    "PlantVersion",
    "PreflightCheck",
    "RampRecord",
    "Reading",
    "Run",
    "SafetyRule",
    "Surroundings",
]
