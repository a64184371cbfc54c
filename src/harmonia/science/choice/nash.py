"""How what was bought is run: the operating design with the largest product of residents' utilities.

Nash (1950), The bargaining problem. Econometrica 18. https://doi.org/10.2307/1907266. A product punishes leaving
anybody with nothing; averaging people's weights first would silence minorities wherever the front is not convex.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from harmonia.science.sentences import SentenceError

Floats = npt.NDArray[np.float64]
_TIE = 1e-12  # logarithms of welfare nearer than this are equal


class PriorityError(SentenceError, ValueError):
    """Priorities that cannot be used; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Operation:
    """The chosen design and how it stands beside the others.

    `welfare`: the geometric mean of the utilities (0 to 1) of those whom a design gives anything, by design;
    `content`: how many people that is; `utilities` of the chosen one by resident; `sole_share`: how often it is
    also chosen when only the criteria of one drawn year count, None without draws.
    """

    chosen: str
    welfare: Mapping[str, float]
    content: Mapping[str, int]
    utilities: tuple[float, ...]
    sole_share: float | None


def choose_operation(
    designs: Mapping[str, Mapping[str, float]],
    better: Mapping[str, int],
    priorities: Sequence[Mapping[str, float]],
    draws: Sequence[Mapping[str, Mapping[str, float]]] = (),
) -> Operation:
    """Return the design with the largest Nash welfare; among equals the first by name.

    Parameters
    ----------
    designs
        Design -> criterion -> value: the front the twin returned.
    better
        Criterion -> 1 where more is better, -1 where less is.
    priorities
        For each resident criterion -> weight, any scale; see `centroid_weights`.
    draws
        The same as `designs`, once for each drawn year.

    Raises
    ------
    PriorityError
        There is no design, or a weight names no criterion, is negative or no number.
    """
    if not designs:
        raise PriorityError("There is no design to choose from.")
    names, criteria = sorted(designs), sorted(better)
    weights = _weights(priorities, criteria)
    utilities = weights @ _merits(designs, names, criteria, better).T
    content, welfare = _welfare(utilities)
    best = _best(content, welfare)
    again = [_best(*_welfare(weights @ _merits(year, names, criteria, better).T)) for year in draws]
    return Operation(
        names[best],
        dict(zip(names, np.exp(welfare).tolist(), strict=True)),
        dict(zip(names, content.tolist(), strict=True)),
        tuple(utilities[:, best].tolist()),
        again.count(best) / len(again) if again else None,
    )


def centroid_weights(ranking: Sequence[str]) -> dict[str, float]:
    """Return the weights a ranking (most important first) stands for: the mean of all weights that agree with it.

    Rank order centroid: Barron, Barrett (1996). https://doi.org/10.1287/mnsc.42.11.1515
    """
    count = len(ranking)
    return {
        name: sum(1 / place for place in range(at, count + 1)) / count
        for at, name in enumerate(ranking, start=1)
    }


def weights_from_ranks(ranks: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of ranks (1 for what matters most); equal ranks share what their places would get.

    Raises
    ------
    PriorityError
        A rank is below 1 or no number.
    """
    odd = next((name for name, rank in ranks.items() if not (np.isfinite(rank) and rank >= 1)), None)
    if odd is not None:
        raise PriorityError(
            "The rank of %(odd)s is %(rank)g; ranks begin with 1, for what matters most.",
            odd=odd,
            rank=ranks[odd],
        )
    ordered = sorted(ranks, key=lambda name: (ranks[name], name))
    centroid = centroid_weights(ordered)
    shared: dict[str, float] = {}
    for name in ordered:
        equals = [other for other in ordered if ranks[other] == ranks[name]]
        shared[name] = sum(centroid[other] for other in equals) / len(equals)
    return shared


def weights_from_order(order: Sequence[str]) -> dict[str, float]:
    """Return the weights of outcomes in order, the most important first."""
    return weights_from_ranks({name: float(rank) for rank, name in enumerate(order, start=1)})


def ranking_from_pairs(outcomes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return outcomes by how many pairwise questions (winner, loser) each won, ties in the order of `outcomes`."""
    won = dict.fromkeys(outcomes, 0)
    for winner, loser in pairs:
        if winner not in won or loser not in won:
            raise PriorityError(
                "%(winner)r against %(loser)r: there is no such outcome.", winner=winner, loser=loser
            )
        won[winner] += 1
        won[loser] -= 1
    return tuple(sorted(outcomes, key=lambda name: -won[name]))


def _weights(priorities: Sequence[Mapping[str, float]], criteria: Sequence[str]) -> Floats:
    """Return weights (residents, criteria) that sum to one; who weighs nothing weighs all alike."""
    rows = []
    for number, given in enumerate(priorities, start=1):
        for name, weight in given.items():
            if name not in criteria:
                raise PriorityError(
                    "Resident %(number)s weighs %(name)r, which is no criterion.", number=number, name=name
                )
            if not (np.isfinite(weight) and weight >= 0):
                raise PriorityError(
                    "Resident %(number)s gives %(name)r the weight %(weight)s; it cannot be below 0.",
                    number=number,
                    name=name,
                    weight=weight,
                )
        row = np.array([given.get(name, 0.0) for name in criteria])
        rows.append(row / row.sum() if row.sum() > 0 else np.full(len(criteria), 1 / len(criteria)))
    return np.array(rows) if rows else np.full((1, len(criteria)), 1 / len(criteria))


def _merits(
    designs: Mapping[str, Mapping[str, float]],
    names: Sequence[str],
    criteria: Sequence[str],
    better: Mapping[str, int],
) -> Floats:
    """Return each criterion from 0 (worst of these designs) to 1 (best), shape (designs, criteria).

    A criterion in which all are equal says nothing, and counts as 1 for all.
    """
    values = np.array([[better[c] * designs[name][c] for c in criteria] for name in names], dtype=float)
    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    merits: Floats = np.where(high > low, (values - low) / span, 1.0)
    return merits


def _welfare(utilities: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return how many are given anything, and the mean logarithm of what they get, by design."""
    given = utilities > 0
    content = given.sum(axis=0)
    logs = np.where(given, np.log(np.where(given, utilities, 1.0)), 0.0).sum(axis=0)
    return content, np.where(content > 0, logs / np.maximum(content, 1), -np.inf)


def _best(content: npt.NDArray[np.int64], welfare: Floats) -> int:
    most = np.flatnonzero(content == content.max())
    highest = welfare[most].max()
    return int(most[np.flatnonzero(welfare[most] >= highest - _TIE)[0]])
