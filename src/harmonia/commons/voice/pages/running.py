"""How it is run, as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harmonia.commons.nexus.queries import QUANTITIES
from harmonia.commons.voice import queries
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.priorities import OUTCOMES

_QUANTITIES = {quantity.name: quantity for quantity in QUANTITIES}


@dataclass(frozen=True)
class Way:
    """A way to run the plant in words, whether it was chosen, how well it fits people's wishes, what it brings."""

    words: str
    chosen: bool
    fits: str
    brings: list[str]


def how_run(upgrade: Upgrade) -> dict[str, Any]:
    """Return what the page of a decided upgrade tells about how it is run."""
    found = queries.operation(upgrade)
    if found is None or not found.chosen:
        return {"operation": found}
    told: Mapping[str, Any] = found.told
    ways = [_way(code, told["front"][code], chosen=code == found.chosen) for code in told["front"]]
    return {
        "operation": found,
        "run_so": queries.way_in_words(found.chosen),
        "outcome_titles": [_quantity(name) for name in OUTCOMES],
        "ways": sorted(ways, key=lambda way: not way.chosen),
        "ranked": told["ranked"],
        "agree": None if told["agree"] is None else round(told["agree"] * told["years"]),
        "years": told["years"],
        "wish_camps": [
            (OUTCOMES[camp["first"]], camp["people"], round(100 * camp["gets"])) for camp in told["camps"]
        ],
    }


def _quantity(name: str) -> str:
    quantity = _QUANTITIES[name]
    return f"{quantity.title} [{quantity.unit}]"


def _way(code: str, told: Mapping[str, Any], *, chosen: bool) -> Way:
    fits = "" if told["fits"] is None else f"{round(100 * told['fits'])} %"
    brings = [_QUANTITIES[name].span(told["outcomes"][name]) for name in OUTCOMES]
    return Way(queries.way_in_words(code), chosen, fits, brings)
