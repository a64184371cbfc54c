"""What each ValueFlows action does to what is on hand, as its 1.0 table says, and whether a movement does that.

A movement's other leg may lie outside (a boundary holder); the effect is judged on the legs that do not. Source:
ValueFlows 1.0, vf:onhandEffect of each vf:Action (valueflo.ws, CC BY-SA 4.0).
"""

from collections.abc import Iterable
from types import MappingProxyType

from harmonia.commons.ledger.models.movement import Action

OUT, INTO = -1, 1
ONHAND = MappingProxyType(
    {
        Action.ACCEPT: {OUT},
        Action.CITE: set[int](),
        Action.COMBINE: {OUT},
        Action.CONSUME: {OUT},
        Action.COPY: {INTO},
        Action.DELIVER_SERVICE: set[int](),
        Action.DROPOFF: {INTO},
        Action.LOWER: {OUT},
        Action.MODIFY: {INTO},
        Action.MOVE: {OUT, INTO},
        Action.PICKUP: {OUT},
        Action.PRODUCE: {INTO},
        Action.RAISE: {INTO},
        Action.SEPARATE: {INTO},
        Action.TRANSFER: {OUT, INTO},
        Action.TRANSFER_ALL_RIGHTS: set[int](),
        Action.TRANSFER_CUSTODY: {OUT, INTO},
        Action.USE: set[int](),
        Action.WORK: set[int](),
    }
)


def moves_matter(action: Action) -> bool:
    """Return whether an action changes what is on hand; the others are events without lines."""
    return bool(ONHAND[action])


def does(action: Action, inside_g: Iterable[int]) -> bool:
    """Return whether grams [g] on the legs inside the habitat show an effect the action has."""
    signs = {INTO if grams > 0 else OUT for grams in inside_g}
    return bool(signs & ONHAND[action])
