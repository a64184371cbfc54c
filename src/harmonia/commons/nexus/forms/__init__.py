"""What people type about the plant."""

from harmonia.commons.nexus.forms.bench import BurnForm, FeedForm, ReadingForm, TitrationForm
from harmonia.commons.nexus.forms.designs import SurroundingsForm
from harmonia.commons.nexus.forms.fields import amount, tiles_of
from harmonia.commons.nexus.forms.jars import (
    HomeJarForm,
    JarForm,
    JarFriendForm,
    JarReadingForm,
    StandardTrialForm,
)
from harmonia.commons.nexus.forms.plans import FeedPlanForm
from harmonia.commons.nexus.forms.plants import PlantForm, PlantTextForm, SafetyForm

__all__ = [
    "BurnForm",
    "FeedForm",
    "FeedPlanForm",
    "HomeJarForm",
    "JarForm",
    "JarFriendForm",
    "JarReadingForm",
    "PlantForm",
    "PlantTextForm",
    "ReadingForm",
    "SafetyForm",
    "StandardTrialForm",
    "SurroundingsForm",
    "TitrationForm",
    "amount",
    "tiles_of",
]
