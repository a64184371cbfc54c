"""Heaps that do not mix: what lies in layers is drawn oldest first, or newest first.

The two ends of what a heap, a bin or a row of barrels may do; well mixed lies between them in the middle of things,
though not for every deposit. Together they say how much of a traced share is assumption.

`heap` is (ends, grams, marked, after): line i that adds to a heap makes layer i, with its grams left and the marked
grams among them; `after` is the layer drawn next; `ends` (2, holders) the one drawn first and the one added last.
All begin empty (`ends`, `after`: -1).
"""

from typing import Any


def draw(heap: Any, place: Any, amount: Any) -> Any:
    """Take `amount` [g] off a heap, layer by layer; return the marked grams that came along."""
    ends, grams, marked, after = heap
    taken = 0.0
    while amount > 0 and ends[0, place] != -1:
        layer = ends[0, place]
        if grams[layer] > amount:
            part = marked[layer] * amount / grams[layer]
            grams[layer] -= amount
            amount = 0
        else:
            part = marked[layer]
            amount -= grams[layer]
            ends[0, place] = after[layer]
        marked[layer] -= part
        taken += part
    if ends[0, place] == -1:
        ends[1, place] = -1
    return taken


def put(heap: Any, place: Any, layer: Any, newest_first: Any) -> None:
    """Lay a new layer on a heap, where it is drawn first or last."""
    ends, _grams, _marked, after = heap
    if ends[0, place] == -1:
        ends[0, place] = layer
        ends[1, place] = layer
    elif newest_first:
        after[layer] = ends[0, place]
        ends[0, place] = layer
    else:
        after[ends[1, place]] = layer
        ends[1, place] = layer


def withdraw(draw: Any, layout: Any, stirred: Any, heap: Any, mark: Any, stock: Any, movement: Any) -> Any:
    """Take what one movement draws from heaps and stirred holders; return the marked grams that came along."""
    first, holder, grams, boundary = layout
    carried = 0.0
    for line in range(first[movement], first[movement + 1]):
        place = holder[line]
        if grams[line] >= 0 or boundary[place]:
            continue
        if not stirred[place]:
            taken = draw(heap, place, -grams[line])
        elif mark[place] != 0.0:
            taken = mark[place] * (-grams[line]) / stock[place]
        else:
            taken = 0.0
        stock[place] += grams[line]
        mark[place] -= taken
        carried += taken
    return carried


def layered(
    draw: Any,
    put: Any,
    withdraw: Any,
    layout: Any,
    entering: Any,
    stirred: Any,
    newest_first: Any,
    heap: Any,
    mark: Any,
    stock: Any,
) -> None:
    """Carry what `entering` (movements,) [g] marks through the books, into `mark` (holders,) [g].

    `stock` (holders,) and `mark` alone are kept for what is `stirred` or outside.
    """
    first, holder, grams, boundary = layout
    for movement in range(len(first) - 1):
        carried = entering[movement] + withdraw(draw, layout, stirred, heap, mark, stock, movement)
        total = 0
        for line in range(first[movement], first[movement + 1]):
            total += max(grams[line], 0)
        for line in range(first[movement], first[movement + 1]):
            if grams[line] <= 0:
                continue
            place = holder[line]
            arriving = carried * (grams[line] / total)
            mark[place] += arriving
            stock[place] += grams[line]
            if not (boundary[place] or stirred[place]):
                heap[1][line], heap[2][line] = grams[line], arriving
                put(heap, place, line, newest_first)
