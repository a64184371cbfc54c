"""Follow matter through the books with `science.matter`: books are exact, traced shares are modelled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.ledger.laid import Laid, lay_out
from harmonia.commons.ledger.models import Holder, Movement

if TYPE_CHECKING:
    import numpy.typing as npt

    from harmonia.science.matter import Path

KEPT_S = 3600
Place = str  # a holder's code for beds and the world outside, else its kind


@dataclass(frozen=True)
class Part:
    """Grams [g] of what was followed that are in one holder now, with the range of it."""

    grams: int
    low: float
    high: float


@dataclass(frozen=True)
class Trail:
    """Where deposits are now and which way they took. Modelled: see `science.matter.path`.

    `parts` holder -> Part, the grams sum to the deposits; `flows` (from, to) -> grams [g] between places: each bed and
    each part of the world outside by its code, all other holders by their kind.
    """

    parts: dict[Holder, Part]
    flows: dict[tuple[Place, Place], float]

    @property
    def total_g(self) -> int:
        """What was followed [g]."""
        return sum(part.grams for part in self.parts.values())


def where_did_it_go(movements: Iterable[Movement]) -> Trail:
    """Return the trail of deposits; each substance at each holder counts as well mixed. Kept until the books grow."""
    wanted = sorted(movement.pk for movement in movements)
    if not wanted:
        return Trail({}, {})
    parts, flows = _kept(f"trail-{hash(tuple(wanted))}", lambda: _trail(wanted))
    holders = Holder.objects.in_bulk(parts)
    ordered = sorted(parts.items(), key=lambda item: (-item[1].grams, item[0]))
    return Trail({holders[pk]: part for pk, part in ordered}, flows)


@dataclass(frozen=True)
class Group:
    """Deposits of one substance to one place (or from one part of the world outside): grams [g] in an output with
    their range, and of how many movements. The last group of many may be all that is small: substance 0."""

    substance: int
    place: int
    outside: bool
    grams: int
    movements: int
    low: float
    high: float


@dataclass(frozen=True)
class Feed:
    """What fed an output: its groups, largest first, and grams [g] by household."""

    groups: tuple[Group, ...]
    homes: dict[int, int]


MOST_GROUPS = 8  # each needs its own walks through the books


def who_fed(output: Holder) -> Feed:
    """Return what of every deposit is in what a holder holds now: the transpose of `where_did_it_go`.

    The grams sum to the holder's stock, as far as it came from outside.
    """
    found: Feed = _kept(f"fed-{output.pk}", lambda: _fed(output.pk))
    return found


def _kept(name: str, work: Any) -> Any:
    key = f"{name}-{last_sequence('ledger')}"
    found = cache.get(key)
    if found is None:
        found = work()
        cache.set(key, found, KEPT_S)
    return found


def place_of(holder: Holder) -> Place:
    """Return how a holder is called in `flows`."""
    own = (Holder.Kind.OUTSIDE, Holder.Kind.GARDEN)
    return holder.code if holder.kind in own else str(holder.kind)


def _trail(wanted: list[int]) -> tuple[dict[int, Part], dict[tuple[Place, Place], float]]:
    import numpy as np

    laid = lay_out()
    names, group = _groups(laid)
    found = _follow(laid, np.isin(laid.movement, wanted), group)
    parts = {
        # The rounding to whole grams must not leave the range.
        place: Part(grams, min(grams, float(found.low[place])), max(grams, float(found.high[place])))
        for place, grams in found.grams.items()
    }
    flows = {(names[a], names[b]): float(found.flows[a, b]) for a, b in np.argwhere(found.flows).tolist()}
    return parts, flows


def _follow(laid: Laid, wanted: "npt.NDArray[Any]", group: "npt.NDArray[Any]") -> "Path":
    from harmonia.science import matter

    return matter.path(laid.tracing, wanted, group, laid.stirred(), laid.holder)


def _fed(output: int) -> Feed:
    import numpy as np

    laid = lay_out()
    fed = laid.tracing.who_fed(*laid.compartments_of(output))
    if not fed:
        return Feed((), {})
    numbers, grams = np.array(list(fed)), np.array(list(fed.values()))
    source, place = laid.ends_of(numbers)
    at_home = np.isin(laid.holder[source], list(_households()))
    where = np.where(at_home, place, laid.holder[source])
    keys, group = np.unique(np.stack([laid.substance[source], where, ~at_home]), axis=1, return_inverse=True)
    sums = np.bincount(group.ravel(), weights=grams)
    order = np.argsort(-sums, kind="stable")
    alone = np.zeros(len(laid.holder), dtype=np.int64)
    chosen = [(key, group.ravel() == key) for key in order[:MOST_GROUPS].tolist()]
    rest = np.isin(group.ravel(), order[MOST_GROUPS:])
    groups = []
    for key, mask in [*chosen, (-1, rest)]:
        if not mask.any():
            continue
        substance, holder, outside = (0, 0, False) if key < 0 else keys[:, key].tolist()
        path = _follow(laid, np.isin(np.arange(len(laid.movement)), numbers[mask]), alone)
        held = int(grams[mask].sum())
        low, high = min(held, float(path.low[output])), max(held, float(path.high[output]))
        groups.append(Group(substance, holder, bool(outside), held, int(mask.sum()), low, high))
    homes = np.bincount(laid.holder[source][at_home], weights=grams[at_home])
    return Feed(tuple(groups), {int(h): round(homes[h]) for h in np.flatnonzero(homes)})


def _households() -> Iterable[int]:
    return Holder.objects.filter(kind=Holder.Kind.HOUSEHOLD).values_list("id", flat=True)


def _groups(laid: Laid) -> "tuple[list[Place], npt.NDArray[Any]]":
    import numpy as np

    numbers: dict[Place, int] = defaultdict(lambda: len(numbers))
    of = {holder.pk: numbers[place_of(holder)] for holder in Holder.objects.order_by("id")}
    return list(numbers), np.array([of[holder] for holder in laid.holder.tolist()], dtype=np.int64)
