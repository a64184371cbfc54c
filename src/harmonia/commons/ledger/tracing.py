"""Follow matter through the books with `science.matter`: books are exact, traced shares are modelled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def who_fed(output: Holder) -> dict[int, int]:
    """Return movement -> grams [g] of every deposit in what a holder holds now: the transpose of the above.

    The grams sum to the holder's stock, as far as it came from outside.
    """
    found: dict[int, int] = _kept(f"fed-{output.pk}", lambda: _fed(output.pk))
    return found


def ranges_in(output: Holder, groups: Sequence[Sequence[int]]) -> list[tuple[float, float]]:
    """Return for each group of deposits the range [g] of what of it is in a holder now (see `science.matter.path`)."""
    frozen = tuple(map(tuple, groups))
    found: list[tuple[float, float]] = _kept(
        f"ranges-{output.pk}-{hash(frozen)}", lambda: _ranges(output.pk, frozen)
    )
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
    found = _follow(laid, wanted, group)
    parts = {
        # The rounding to whole grams must not leave the range.
        place: Part(grams, min(grams, float(found.low[place])), max(grams, float(found.high[place])))
        for place, grams in found.grams.items()
    }
    flows = {(names[a], names[b]): float(found.flows[a, b]) for a, b in np.argwhere(found.flows).tolist()}
    return parts, flows


def _follow(laid: Laid, wanted: Sequence[int], group: "npt.NDArray[Any]") -> "Path":
    import numpy as np

    from harmonia.science import matter

    return matter.path(laid.tracing, np.isin(laid.movement, wanted), group, laid.stirred(), laid.holder)


def _fed(output: int) -> dict[int, int]:
    laid = lay_out()
    fed = laid.tracing.who_fed(*laid.compartments_of(output))
    return {int(laid.movement[place]): grams for place, grams in fed.items()}


def _ranges(output: int, groups: Sequence[Sequence[int]]) -> list[tuple[float, float]]:
    import numpy as np

    laid = lay_out()
    alone = np.zeros(len(laid.holder), dtype=np.int64)
    paths = (_follow(laid, group, alone) for group in groups)
    return [(float(found.low[output]), float(found.high[output])) for found in paths]


def _groups(laid: Laid) -> "tuple[list[Place], npt.NDArray[Any]]":
    import numpy as np

    numbers: dict[Place, int] = defaultdict(lambda: len(numbers))
    of = {holder.pk: numbers[place_of(holder)] for holder in Holder.objects.order_by("id")}
    return list(numbers), np.array([of[holder] for holder in laid.holder.tolist()], dtype=np.int64)
