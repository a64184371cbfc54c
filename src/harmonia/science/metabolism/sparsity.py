"""Where the Jacobian of the model can be non-zero, and an order of elimination that keeps it that way.

The pattern follows from the Petersen table and from what each rate depends on, so it is found once, in plain
Python, and the compiled solver skips all that is always zero. Ordering: Markowitz (1957), doi:10.1287/mnsc.3.3.255.
"""

from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.kernel import Integers, Places
from harmonia.science.metabolism.nomenclature import GAS, INDEX, STATES
from harmonia.science.metabolism.petersen import petersen_rows

_UPTAKE_OF = {
    "uptake_su": ("S_su", "X_su"),
    "uptake_aa": ("S_aa", "X_aa"),
    "uptake_fa": ("S_fa", "X_fa"),
    "uptake_va": ("S_va", "S_bu", "X_c4"),
    "uptake_bu": ("S_bu", "S_va", "X_c4"),
    "uptake_pro": ("S_pro", "X_pro"),
    "uptake_ac": ("S_ac", "X_ac"),
    "uptake_h2": ("S_h2", "X_h2"),
    "uptake_sao": ("S_ac", "X_sao"),
}
_FIRST_ORDER_OF = {
    "disintegration": "X_xc",
    **{f"hydrolysis_{part}": f"X_{part}" for part in ("ch", "pr", "li")},
    **{f"decay_{group}": f"X_{group}" for group in ("su", "aa", "fa", "c4", "pro", "ac", "h2", "sao")},
}
_PROTONS = ("S_va", "S_bu", "S_pro", "S_ac", "S_IC", "S_IN", "S_cat", "S_an")


@dataclass(frozen=True)
class Elimination:
    """A pivot order (30,), and for the k-th pivot the rows below and the columns right of it.

    Rows of pivot k: `row[row_first[k]:row_first[k + 1]]`, columns alike; indices of the unpermuted matrix.
    """

    order: Integers
    row_first: Integers
    row: Integers
    column_first: Integers
    column: Integers


def pattern() -> set[tuple[int, int]]:
    """Return the places (row, column) where the Jacobian of the 30 model states can be non-zero."""
    places = {(place, place) for place in range(len(STATES))}
    for line in petersen_rows():
        touched = [INDEX[name] for name, cell in line.items() if name != "process" and cell]
        places |= {(row, INDEX[name]) for row in touched for name in _depends_on(line["process"])}
    for dissolved, gas in zip(("S_h2", "S_ch4", "S_IC"), GAS, strict=True):
        places |= {(INDEX[dissolved], INDEX[gas]), (INDEX[gas], INDEX[dissolved])}
        places |= {(INDEX[gas], INDEX[other]) for other in GAS}
    carbon = {INDEX["S_IC"], INDEX["S_gas_co2"]}
    return places | {(row, INDEX[name]) for row in carbon for name in _PROTONS}


def _depends_on(process: str) -> tuple[str, ...]:
    if process in _FIRST_ORDER_OF:
        return (_FIRST_ORDER_OF[process],)
    return (*_UPTAKE_OF[process], "S_h2", *_PROTONS)


def eliminate(places: set[tuple[int, int]]) -> Elimination:
    """Return an order of diagonal pivots with little fill, and what each pivot touches with the fill included."""
    left = {place for place, _ in places}
    filled = set(places)
    order: list[int] = []
    rows: list[list[int]] = []
    columns: list[list[int]] = []
    while left:
        below = {k: [i for i in left if i != k and (i, k) in filled] for k in left}
        right = {k: [j for j in left if j != k and (k, j) in filled] for k in left}
        pivot = min(left, key=lambda k: (len(below[k]) * len(right[k]), k))
        filled |= {(i, j) for i in below[pivot] for j in right[pivot]}
        left.remove(pivot)
        order.append(pivot)
        rows.append(sorted(below[pivot]))
        columns.append(sorted(right[pivot]))
    return Elimination(np.array(order), *_packed(rows), *_packed(columns))


def _packed(lists: list[list[int]]) -> tuple[Integers, Integers]:
    """Return the start of each list and all of them in a row."""
    starts = np.cumsum([0, *(len(entries) for entries in lists)])
    return starts, np.array([entry for entries in lists for entry in entries])


@dataclass(frozen=True)
class Packing:
    """How the model's matrix is kept without its zeros: per pivot the diagonal, the row right of it, the column below.

    `pivot` (n,): the state of each pivot; `source`, `row`, `column` (places,): where a packed place lies in the
    matrix, flat and as a pair; `diagonal` (n + 1,) and `lower` (n,): the first place of each pivot and of its
    column; `target` (updates,): the place each product of the elimination goes to. All unsigned.
    """

    pivot: Places
    source: Places
    row: Places
    column: Places
    diagonal: Places
    lower: Places
    target: Places


def packing(elimination: Elimination) -> Packing:
    """Return where each place of an elimination is kept and what updates what."""
    size = elimination.order.size
    pairs: list[tuple[int, int]] = []
    diagonal, lower = [], []
    for k, pivot in enumerate(elimination.order.tolist()):
        below, right = _touched(elimination, k)
        diagonal.append(len(pairs))
        lower.append(len(pairs) + 1 + len(right))
        pairs += [(pivot, pivot), *((pivot, j) for j in right), *((i, pivot) for i in below)]
    place = {pair: k for k, pair in enumerate(pairs)}
    target = [
        place[i, j]
        for k in range(size)
        for i in _touched(elimination, k)[0]
        for j in _touched(elimination, k)[1]
    ]
    rows, columns = zip(*pairs, strict=True)
    source = [i * size + j for i, j in pairs]
    lists = (elimination.order, source, rows, columns, [*diagonal, len(pairs)], lower, target)
    return Packing(*(np.array(entries, np.uint32) for entries in lists))


def _touched(elimination: Elimination, k: int) -> tuple[list[int], list[int]]:
    """Return the rows below and the columns right of the k-th pivot."""
    rows = elimination.row[elimination.row_first[k] : elimination.row_first[k + 1]]
    columns = elimination.column[elimination.column_first[k] : elimination.column_first[k + 1]]
    return rows.tolist(), columns.tolist()
