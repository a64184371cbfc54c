"""Weave structures, each by its threading and lifts, and which material is woven in which.

The drafts are the common ones of handweaving: Emery (1966), The Primary Structures of Fabrics, and
Davison (1944), A Handweaver's Pattern Book.
"""

import hashlib
from dataclasses import dataclass, field

Shed = tuple[int, ...]
Lifts = tuple[Shed, ...]
Order = tuple[int, ...]

_TWILL22: Lifts = ((1, 2), (2, 3), (3, 4), (1, 4))
_TWILL13: Lifts = ((1,), (2,), (3,), (4,))
_TWILL31: Lifts = ((1, 2, 3), (2, 3, 4), (1, 3, 4), (1, 2, 4))


@dataclass(frozen=True, slots=True)
class Structure:
    """One way to thread, and the sheds it offers.

    `threading` is the shaft of each end of a repeat; `lifts` the sheds, each the shafts that rise; `orders`
    the treadlings a weaver may choose from, each a repeat of places in `lifts` (all sheds in turn where
    none is given). A story's patch may begin at every `step`-th end of the repeat. In a `tabby` structure
    every shed is a pattern pick of a second weft, and a pick of plain weave binds it before the next.
    """

    name: str
    shafts: int
    threading: tuple[int, ...]
    lifts: Lifts
    tabby: Lifts = ()
    orders: tuple[Order, ...] = field(default=())
    step: int = 1

    def treadlings(self) -> tuple[Order, ...]:
        """Return the orders to choose from, one at least."""
        return self.orders or (tuple(range(len(self.lifts))),)


def _advance(tieup: Shed, shafts: int) -> Lifts:
    """Return the sheds that move a tie-up on by one shaft at a time."""
    return tuple(tuple(sorted((shaft + step - 1) % shafts + 1 for shaft in tieup)) for step in range(shafts))


def _mirrored(half: tuple[int, ...]) -> tuple[int, ...]:
    """Return a repeat that turns round at its first and at its last element."""
    return half + half[-2:0:-1]


def _block(shafts: Shed, block: Shed) -> Shed:
    return tuple(shaft for shaft in shafts if shaft not in block)


def _damask() -> Lifts:
    """Return satin of eight on two blocks of shafts, sheds 0-7 with the first block on the face, 8-15 under."""
    satin = [3 * pick % 8 + 1 for pick in range(8)]
    first, second = tuple(range(1, 9)), tuple(range(9, 17))
    weft_on_first = tuple((tie, *_block(second, (tie + 8,))) for tie in satin)
    weft_on_second = tuple((*_block(first, (tie,)), tie + 8) for tie in satin)
    return weft_on_first + weft_on_second


def _summer_and_winter() -> Lifts:
    """Return two sheds, one a tie-down, of each of four blocks: the weft covers the block's shaft."""
    return tuple((tie, *_block((3, 4, 5, 6), (block,))) for block in (3, 4, 5, 6) for tie in (1, 2))


_ADVANCING = tuple(range(1, 9))
_DIAMOND = _mirrored((*range(8), *range(8), 0))
_BLOCKS = (0, 1, 2, 3, 4, 5, 6, 7)

STRUCTURES = {
    structure.name: structure
    for structure in (
        Structure("plain", 2, (1, 2), ((1,), (2,))),
        Structure(
            "basket",
            2,
            (1, 1, 2, 2),
            ((1,), (2,)),
            orders=((0, 0, 1, 1), (0, 0, 1, 1, 0, 1, 0, 1), (0, 0, 1, 0, 0, 1, 1, 0, 1, 1)),
        ),
        Structure(
            "twill",
            4,
            (1, 2, 3, 4),
            _TWILL22 + _TWILL13 + _TWILL31,
            orders=(
                (0, 1, 2, 3),
                (3, 2, 1, 0),
                (0, 1, 2, 3, 0, 1, 2, 3, 2, 1, 0, 3, 2, 1, 0, 3),
                (*(4, 5, 6, 7) * 2, *(0, 1, 2, 3) * 2, *(8, 9, 10, 11) * 2, *(0, 1, 2, 3) * 2),
            ),
        ),
        Structure(
            "herringbone",
            4,
            (1, 2, 3, 4, 1, 2, 3, 4, 2, 1, 4, 3, 2, 1, 4, 3),
            _TWILL22,
            orders=((0, 1, 2, 3), (0, 1, 2, 3, 0, 1, 2, 3, 1, 0, 3, 2, 1, 0, 3, 2)),
            step=8,
        ),
        Structure(
            "goose eye",
            4,
            _mirrored((1, 2, 3, 4, 1, 2, 3, 4, 1)),
            _TWILL22,
            orders=(
                _mirrored((0, 1, 2, 3, 0, 1, 2, 3, 0)),
                _mirrored((0, 1, 2, 3, 0)),
                (0, 1, 2, 3),
            ),
            step=8,
        ),
        Structure(
            "sateen",
            5,
            (1, 2, 3, 4, 5),
            ((1,), (3,), (5,), (2,), (4,)),
            orders=((0, 1, 2, 3, 4), (4, 3, 2, 1, 0)),
        ),
        Structure(
            "damask",
            16,
            (*range(1, 9), *range(9, 17)),
            _damask(),
            orders=(
                tuple(range(16)),
                (*range(8), *range(8), *range(8, 16), *range(8, 16)),
                (*range(8), *range(8, 16), *range(8, 16), *range(8)),
            ),
            step=8,
        ),
        Structure(
            "rosepath",
            8,
            _mirrored((*_ADVANCING, *_ADVANCING, 1)),
            _advance((1, 2, 5), 8) + _advance((1, 2, 3, 6), 8) + _advance((1, 2, 4, 5), 8),
            orders=tuple(
                tuple(shed + tieup for shed in order)
                for tieup in (0, 8, 16)
                for order in (_DIAMOND, _mirrored((*range(8), 0)), tuple(range(8)))
            ),
            step=16,
        ),
        Structure(
            "overshot",
            4,
            _mirrored((1, 2, 1, 2, 3, 2, 3, 2, 3, 4, 3, 4, 3, 4, 1, 4, 1)),
            ((3, 4), (1, 4), (1, 2), (2, 3)),
            tabby=((1, 3), (2, 4)),
            orders=(
                _mirrored((0, 0, 1, 1, 2, 2, 3, 3, 3)),
                _mirrored((3, 3, 2, 2, 1, 1, 0, 0, 0)),
                _mirrored((0, 1, 2, 3, 3, 2, 1, 0, 0)),
                _mirrored((2, 2, 2, 1, 1, 3, 3, 3, 3)),
            ),
            step=16,
        ),
        Structure(
            "summer and winter",
            6,
            (1, 3, 2, 3, 1, 4, 2, 4, 1, 5, 2, 5, 1, 6, 2, 6, 1, 6, 2, 6, 1, 5, 2, 5, 1, 4, 2, 4, 1, 3, 2, 3),
            _summer_and_winter(),
            tabby=((1, 2), (3, 4, 5, 6)),
            orders=(
                (*_BLOCKS, *reversed(_BLOCKS)),
                (0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 4, 5, 2, 3, 0, 1),
                (6, 7, 4, 5, 2, 3, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7),
                (0, 1, 0, 1, 6, 7, 6, 7, 2, 3, 2, 3, 4, 5, 4, 5),
            ),
            step=16,
        ),
        Structure(
            "monk's belt",
            4,
            (1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 3, 4, 3, 4),
            ((3, 4), (1, 2)),
            tabby=((1, 3), (2, 4)),
            orders=((0, 0, 0, 1, 1, 0, 1, 1), (0, 0, 1, 1, 0, 1, 1, 0), (0, 1, 1, 0, 1, 1, 0, 1)),
            step=8,
        ),
    )
}

# Word in the material's name -> structure: the hand of the material decides (stiff: basket, shiny: satin).
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
    "metal": "damask",
    "tin": "sateen",
    "glass": "goose eye",
    "ceramic": "goose eye",
    "plastic": "basket",
    "rubber": "basket",
    "electr": "monk's belt",
    "cable": "monk's belt",
    "food": "overshot",
    "garden": "summer and winter",
    "plant": "summer and winter",
    "compost": "summer and winter",
}


def structure_of(material: str) -> Structure:
    """Return the structure of a material class; a material we do not know always gets the same one."""
    words = material.casefold()
    for word, name in MATERIALS.items():
        if word in words:
            return STRUCTURES[name]
    digest = hashlib.sha256(words.encode()).digest()
    return STRUCTURES[sorted(STRUCTURES)[digest[0] % len(STRUCTURES)]]
