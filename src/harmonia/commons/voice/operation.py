"""What the public reads of how it is run: the front with intervals, how well each way fits, what each camp gets."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from harmonia.commons.voice import box, cells, queries
from harmonia.commons.voice.models import Upgrade

if TYPE_CHECKING:
    from harmonia.science.choice import Operation as Chosen
    from harmonia.science.metabolism.designs import Comparison

RULE = "Nash welfare on the front of operating designs"


def told(upgrade: Upgrade, regimes: "Comparison", chosen: "Chosen") -> dict[str, Any]:
    """Return plain values, none of them about one to four people.

    `front`: code -> `outcomes` (low, middle, high) and `fits` (geometric mean of what people wish, 0 to 1);
    `camps`: people who put the same outcome first, and how much of what they wish they get (mean, 0 to 1).
    """
    orders = [one.priorities for one in box.contents(upgrade) if one.priorities]
    enough = len(orders) >= cells.SMALLEST
    return {
        "rule": RULE,
        "front": {
            design.code: {
                "outcomes": _outcomes(design.outcomes),
                "fits": round(chosen.welfare[design.code], 3) if enough else None,
            }
            for design in regimes.designs
            if design.on_front
        },
        "ranked": cells.cell(len(orders), box.papers(upgrade)),
        "camps": camps(orders, chosen.utilities) if enough else [],
        "agree": chosen.sole_share if enough else None,
        "years": regimes.members,
        "engine": regimes.engine,
        "seed": regimes.seed,
    }


def _outcomes(outcomes: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    from harmonia.science.join import PRIORITIES

    return {
        name: {bound: getattr(outcomes[name], bound) for bound in ("low", "middle", "high")}
        for name in PRIORITIES
    }


def camps(orders: Sequence[Sequence[str]], utilities: Sequence[float]) -> list[dict[str, Any]]:
    """Return those who put the same outcome first, and what they get; no group that is, or leaves, one to four."""
    found: dict[str, list[float]] = {}
    for order, utility in zip(orders, utilities, strict=True):
        found.setdefault(order[0], []).append(utility)
    return [
        {"first": first, "people": len(get), "gets": round(sum(get) / len(get), 2)}
        for first, get in sorted(found.items())
        if cells.cell(len(get), len(orders)) is not None
    ]


def recountable(upgrade: Upgrade) -> Mapping[str, object] | None:
    """Return what a full bundle holds of the choice, so that anybody with every ballot chooses again."""
    from harmonia.commons.voice.joined import wishes
    from harmonia.science.choice import operation_to_dict
    from harmonia.science.join import PRIORITIES

    found = queries.operation(upgrade)
    if found is None or not found.chosen:
        return None
    front = {
        code: {name: way["outcomes"][name]["middle"] for name in PRIORITIES}
        for code, way in found.told["front"].items()
    }
    return operation_to_dict(front, PRIORITIES, wishes(upgrade), found.chosen)
