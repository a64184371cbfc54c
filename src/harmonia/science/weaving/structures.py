"""Weave structures, each by its threading and lifts, and which material is woven in which.

The drafts are the common ones of handweaving: Emery (1966), The Primary Structures of Fabrics, and
Davison (1944), A Handweaver's Pattern Book.
"""

import hashlib
from dataclasses import dataclass

Lifts = tuple[tuple[int, ...], ...]

_POINT4 = (1, 2, 3, 4, 3, 2)
_POINT8 = (1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2)
_TWILL22: Lifts = ((1, 2), (2, 3), (3, 4), (1, 4))


@dataclass(frozen=True, slots=True)
class Structure:
    """One repeat: shaft of each end, shafts each pick lifts.

    In a `tabby` structure every lift is a pattern pick, and a pick of plain weave binds it before the next.
    """

    name: str
    shafts: int
    threading: tuple[int, ...]
    lifts: Lifts
    tabby: Lifts = ()


def _advance(tieup: tuple[int, ...], shafts: int, order: tuple[int, ...]) -> Lifts:
    """Return lifts that move a tie-up on by the steps of `order`."""
    return tuple(tuple(sorted((shaft + step - 2) % shafts + 1 for shaft in tieup)) for step in order)


STRUCTURES = {
    structure.name: structure
    for structure in (
        Structure("plain", 2, (1, 2), ((1,), (2,))),
        Structure("basket", 2, (1, 1, 2, 2), ((1,), (1,), (2,), (2,))),
        Structure("twill", 4, (1, 2, 3, 4), _TWILL22),
        Structure("herringbone", 4, (1, 2, 3, 4, 1, 2, 3, 4, 2, 1, 4, 3, 2, 1, 4, 3), _TWILL22),
        Structure("birdseye", 4, _POINT4, ((1, 2), (2, 3), (3, 4), (1, 4), (3, 4), (2, 3))),
        Structure("sateen", 5, (1, 2, 3, 4, 5), ((1,), (3,), (5,), (2,), (4,))),
        Structure("rosepath", 8, _POINT8, _advance((1, 2, 5), 8, _POINT8)),
        Structure(
            "overshot",
            4,
            (1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 1, 4, 1, 4, 3, 4, 3, 2, 3, 2),
            ((1, 2), (1, 2), (2, 3), (3, 4), (3, 4), (1, 4), (1, 4), (1, 4), (3, 4), (3, 4), (2, 3), (1, 2)),
            ((1, 3), (2, 4)),
        ),
        Structure(
            "monk's belt",
            4,
            (1, 2, 1, 2, 3, 4, 3, 4, 3, 4),
            ((1, 2), (1, 2), (1, 2), (3, 4), (3, 4), (3, 4), (3, 4)),
            ((1, 3), (2, 4)),
        ),
    )
}

# Word in the material's name -> structure: the hand of the material decides (stiff: basket, shiny: sateen).
MATERIALS = {
    "paper": "plain",
    "card": "plain",
    "book": "plain",
    "textile": "herringbone",
    "cloth": "herringbone",
    "wool": "twill",
    "cotton": "twill",
    "leather": "twill",
    "wood": "rosepath",
    "furniture": "rosepath",
    "metal": "sateen",
    "tin": "sateen",
    "glass": "birdseye",
    "ceramic": "birdseye",
    "plastic": "basket",
    "rubber": "basket",
    "electr": "monk's belt",
    "cable": "monk's belt",
    "food": "overshot",
    "garden": "overshot",
    "plant": "overshot",
    "compost": "overshot",
}


def structure_of(material: str) -> Structure:
    """Return the structure of a material class; a material we do not know always gets the same one."""
    words = material.casefold()
    for word, name in MATERIALS.items():
        if word in words:
            return STRUCTURES[name]
    digest = hashlib.sha256(words.encode()).digest()
    return STRUCTURES[sorted(STRUCTURES)[digest[0] % len(STRUCTURES)]]
