"""Which upgrade, and how to run it: bundles of options and operating regimes over one ensemble of years.

The names a caller needs are here; they load on first use, because the compiled solver takes a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmonia.science.metabolism.designs.bundles import MOST_BUNDLES, Bundle, affordable_bundles
    from harmonia.science.metabolism.designs.compare import (
        DesignCase,
        compare_designs,
        compare_regimes,
        default_regimes,
    )
    from harmonia.science.metabolism.designs.front import undominated
    from harmonia.science.metabolism.designs.inputs import (
        ambient_from_csv,
        feed_from_csv,
        option_from_toml,
        regimes_from_toml,
        site_from_toml,
    )
    from harmonia.science.metabolism.designs.measures import CRITERIA, MEASURES, Distribution
    from harmonia.science.metabolism.designs.option import DesignError, Option
    from harmonia.science.metabolism.designs.regime import Regime
    from harmonia.science.metabolism.designs.result import Comparison, DesignResult
    from harmonia.science.metabolism.designs.site import Site

_HOMES = {
    "bundles": ("MOST_BUNDLES", "Bundle", "affordable_bundles"),
    "compare": ("DesignCase", "compare_designs", "compare_regimes", "default_regimes"),
    "front": ("undominated",),
    "inputs": (
        "ambient_from_csv",
        "feed_from_csv",
        "option_from_toml",
        "regimes_from_toml",
        "site_from_toml",
    ),
    "measures": ("CRITERIA", "MEASURES", "Distribution"),
    "option": ("DesignError", "Option"),
    "regime": ("Regime",),
    "result": ("Comparison", "DesignResult"),
    "site": ("Site",),
}

__all__ = [
    "CRITERIA",
    "MEASURES",
    "MOST_BUNDLES",
    "Bundle",
    "Comparison",
    "DesignCase",
    "DesignError",
    "DesignResult",
    "Distribution",
    "Option",
    "Regime",
    "Site",
    "affordable_bundles",
    "ambient_from_csv",
    "compare_designs",
    "compare_regimes",
    "default_regimes",
    "feed_from_csv",
    "option_from_toml",
    "regimes_from_toml",
    "site_from_toml",
    "undominated",
]


def __getattr__(name: str) -> object:
    """Return a public name from the module that holds it."""
    for home, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
