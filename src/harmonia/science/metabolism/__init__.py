"""What the Nexus can digest: the digester model, its feedstocks, and what a plant's days will bring.

The names a caller needs are here; they load on first use, because the compiled solver takes a second and a
web page that only shows a plant should not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from harmonia.science.metabolism.plant import (
        Plant,
        PlantEdit,
        PlantError,
        apply_edits,
        plant_from_toml,
        plant_to_toml,
    )

__all__ = [
    "CaseError",
    "Feedstock",
    "FeedstockError",
    "FollowCase",
    "FollowOutcome",
    "Plant",
    "PlantEdit",
    "PlantError",
    "Quantity",
    "apply_edits",
    "compile_kernels",
    "cooking_hours",
    "feedstock",
    "feedstock_codes",
    "follow",
    "plant_from_toml",
    "plant_to_toml",
]

_PLANT = ("Plant", "PlantEdit", "PlantError", "apply_edits", "plant_from_toml", "plant_to_toml")
_FEEDSTOCKS = ("Feedstock", "FeedstockError", "Quantity", "feedstock", "feedstock_codes")


def __getattr__(name: str) -> object:
    """Return a public name from the module that holds it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "plant" if name in _PLANT else "feedstocks" if name in _FEEDSTOCKS else "following"
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    return found
