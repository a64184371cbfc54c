"""What the Nexus can digest: the digester model, its feedstocks, and what a plant's days will bring.

The names a caller needs are here; they load on first use, because the compiled solver takes a second and a
web page that only shows a plant should not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonia.science.metabolism.balances import BalanceError
    from harmonia.science.metabolism.characterisation import MappedFeed, map_feed, map_lab_values
    from harmonia.science.metabolism.feed_plan import (
        FeedLimits,
        FeedPlan,
        Need,
        PlanCase,
        PlanError,
        PlannerMissing,
        Supply,
        plan_feed,
    )
    from harmonia.science.metabolism.feedstocks import (
        Feedstock,
        FeedstockError,
        Quantity,
        feedstock,
        feedstock_codes,
    )
    from harmonia.science.metabolism.following import (
        CaseError,
        FollowCase,
        FollowOutcome,
        compile_kernels,
        cooking_hours,
        follow,
    )
    from harmonia.science.metabolism.gas_use import ENERGY_OF_METHANE
    from harmonia.science.metabolism.lab_values import LabValueError, LabValues
    from harmonia.science.metabolism.planning.bringing import Advice, what_to_bring
    from harmonia.science.metabolism.plant import Plant, single_digester
    from harmonia.science.metabolism.plant_edits import PlantEdit, apply_edits, editable
    from harmonia.science.metabolism.plant_parts import PlantError, Tank
    from harmonia.science.metabolism.plant_text import plant_from_toml, plant_to_toml
    from harmonia.science.metabolism.ramp import RampCase, RampError, RampPlan, RampStep, plan_ramp

__all__ = [
    "ENERGY_OF_METHANE",
    "Advice",
    "BalanceError",
    "CaseError",
    "FeedLimits",
    "FeedPlan",
    "Feedstock",
    "FeedstockError",
    "FollowCase",
    "FollowOutcome",
    "LabValueError",
    "LabValues",
    "MappedFeed",
    "Need",
    "PlanCase",
    "PlanError",
    "PlannerMissing",
    "Plant",
    "PlantEdit",
    "PlantError",
    "Quantity",
    "RampCase",
    "RampError",
    "RampPlan",
    "RampStep",
    "Supply",
    "Tank",
    "apply_edits",
    "compile_kernels",
    "cooking_hours",
    "editable",
    "feedstock",
    "feedstock_codes",
    "follow",
    "map_feed",
    "map_lab_values",
    "plan_feed",
    "plan_ramp",
    "plant_from_toml",
    "plant_to_toml",
    "single_digester",
    "what_to_bring",
]

_HOMES = {
    "balances": ("BalanceError",),
    "characterisation": ("MappedFeed", "map_feed", "map_lab_values"),
    "lab_values": ("LabValueError", "LabValues"),
    "plant": ("Plant", "single_digester"),
    "planning.bringing": ("Advice", "what_to_bring"),
    "plant_edits": ("PlantEdit", "apply_edits", "editable"),
    "plant_parts": ("PlantError", "Tank"),
    "plant_text": ("plant_from_toml", "plant_to_toml"),
    "ramp": ("RampCase", "RampError", "RampPlan", "RampStep", "plan_ramp"),
    "feed_plan": (
        "FeedLimits",
        "FeedPlan",
        "Need",
        "PlanCase",
        "PlanError",
        "PlannerMissing",
        "Supply",
        "plan_feed",
    ),
    "feedstocks": ("Feedstock", "FeedstockError", "Quantity", "feedstock", "feedstock_codes"),
    "gas_use": ("ENERGY_OF_METHANE",),
    "following": ("CaseError", "FollowCase", "FollowOutcome", "compile_kernels", "cooking_hours", "follow"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Return a public name from the module that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
