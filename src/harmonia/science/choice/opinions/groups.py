"""Groups of people who answer alike: k-means on the map, the number of groups by silhouette, stability by bootstrap.

Everything depends on where people lie, never on the order in which they came. Stability is the mean Jaccard
likeness of a group with its best match in groupings of redrawn people: Hennig (2007), Cluster-wise assessment of
cluster stability. Computational Statistics & Data Analysis 52. https://doi.org/10.1016/j.csda.2006.11.025
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harmonia.science.choice.opinions.axes import AXES, Floats, Span
from harmonia.science.choice.opinions.votes import Flags, Ints

MOST_GROUPS = 5
PEOPLE_FOR_GROUPS = 50  # fewer people are persons, not groups
_GRID = 24  # cells a side: people in one cell move together while centres are sought
_ROUNDS = 60
_SEED = 2021


@dataclass(frozen=True)
class Grouping:
    """Centres (k, 2), largest group first; labels (people,); mean simplified silhouette, -1 to 1."""

    centers: Floats
    labels: Ints
    silhouette: float


def group(positions: Floats, count: int | None = None) -> Grouping:
    """Group people into `count` groups, or into the number with the best silhouette.

    Parameters
    ----------
    positions
        Shape (people, 2).
    """
    cells, weights = _cells(positions)
    wanted = [count] if count else range(2, min(MOST_GROUPS, 2 + len(positions) // 12) + 1)
    found = [_finish(positions, _best_centers(cells, weights, k)) for k in wanted if k <= len(cells)]
    if not found:
        return Grouping(positions.mean(axis=0, keepdims=True), np.zeros(len(positions), dtype=np.int64), 0.0)
    return max(found, key=lambda grouping: (round(grouping.silhouette, 9), -len(grouping.centers)))


def stability(span: Span, mapped: Flags, grouping: Grouping, draws: int) -> tuple[float, ...]:
    """Return for each group its mean Jaccard likeness over `draws` bootstrap groupings, 0 to 1.

    People are redrawn, the axes turned to the redrawn crowd (within its ten widest directions), and everybody is
    grouped anew. 0.75 and more is a stable group, under 0.6 one should not speak of a group at all (Hennig 2007).
    """
    order = np.lexsort(np.round(span.coordinates.T[::-1], 9))  # by where they lie, not by name
    coordinates, stretch, placed = span.coordinates[order], span.stretch[order], mapped[order]
    labels = np.full(len(mapped), -1)
    labels[mapped] = grouping.labels
    original = labels[order][placed][:, None] == np.arange(len(grouping.centers))
    draw = np.random.default_rng(_SEED)
    likeness = np.zeros(len(grouping.centers))
    for _ in range(draws):
        drawn = draw.multinomial(len(order), np.full(len(order), 1 / len(order))).astype(float)
        turned = _turned(coordinates, drawn)
        places, weights = (coordinates @ turned * stretch[:, None])[placed], drawn[placed]
        centers = _best_centers(places[weights > 0], weights[weights > 0], len(grouping.centers))
        likeness += _likeness(original, _nearest(places, centers), len(centers))
    return tuple(float(value) for value in likeness / draws)


def _turned(coordinates: Floats, weights: Floats) -> Floats:
    """Return the two leading axes (directions, 2) of people weighted so."""
    mean = np.average(coordinates, axis=0, weights=weights)
    around = coordinates - mean
    leading: Floats = np.linalg.eigh((around * weights[:, None]).T @ around)[1][:, : -AXES - 1 : -1]
    return leading


def _likeness(original: Flags, labels: Ints, count: int) -> Floats:
    """Return the Jaccard likeness of each original group (people, groups) with the new group most like it."""
    new = labels[:, None] == np.arange(count)
    both = original.T.astype(float) @ new
    either = original.sum(axis=0)[:, None] + new.sum(axis=0)[None, :] - both
    best: Floats = np.max(both / np.maximum(either, 1), axis=1)
    return best


def _cells(positions: Floats) -> tuple[Floats, Floats]:
    """Return centres (cells, 2) and people (cells,) of the occupied cells of a grid."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    if len(positions) <= _GRID * _GRID // 2:
        places, inverse = np.unique(np.round(positions / span, 9), axis=0, return_inverse=True)
        inverse = inverse.reshape(-1)
        number = len(places)
    else:
        square = np.minimum(((positions - low) / span * _GRID + 1e-9).astype(np.int64), _GRID - 1)
        _, inverse = np.unique(square[:, 0] * _GRID + square[:, 1], return_inverse=True)
        number = int(inverse.max()) + 1
    weights = np.bincount(inverse, minlength=number).astype(float)
    sums = [np.bincount(inverse, weights=positions[:, axis], minlength=number) for axis in (0, 1)]
    return np.stack(sums, axis=1) / weights[:, None], weights


def _best_centers(cells: Floats, weights: Floats, count: int) -> Floats:
    """Return the centres with least spread from a few fixed starts."""
    count = min(count, len(cells))
    ended = [_settle(cells, weights, start) for start in _starts(cells, weights, count)]
    return min(ended, key=lambda centers: _spread(cells, weights, centers))


def _starts(cells: Floats, weights: Floats, count: int) -> Sequence[Floats]:
    """Start from slices along each axis, and from the places farthest from each other."""
    starts = []
    for axis in (0, 1):
        order = np.argsort(cells[:, axis], kind="stable")
        running = np.cumsum(weights[order])
        marks = running[-1] * (np.arange(count) + 0.5) / count
        starts.append(cells[order[np.minimum(np.searchsorted(running, marks), len(cells) - 1)]])
    middle = np.average(cells, axis=0, weights=weights)
    far = [int(np.argmax(np.sum((cells - middle) ** 2, axis=1)))]
    while len(far) < count:
        nearest = np.min(np.sum((cells[:, None, :] - cells[far][None, :, :]) ** 2, axis=2), axis=1)
        far.append(int(np.argmax(nearest)))
    return [*starts, cells[far]]


def _settle(cells: Floats, weights: Floats, centers: Floats) -> Floats:
    """Move centres to the mean of what is nearest to them until nothing moves (Lloyd)."""
    labels = _nearest(cells, centers)
    for _ in range(_ROUNDS):
        held = np.bincount(labels, weights=weights, minlength=len(centers))
        sums = [
            np.bincount(labels, weights=weights * cells[:, axis], minlength=len(centers)) for axis in (0, 1)
        ]
        means = np.array(sums).T / np.maximum(held, 1e-300)[:, None]
        centers = np.where(held[:, None] > 0, means, centers)
        following = _nearest(cells, centers)
        if np.array_equal(following, labels):
            break
        labels = following
    return centers


def _distances(places: Floats, centers: Floats) -> Floats:
    across = places[:, :1] - centers[:, 0]
    along = places[:, 1:] - centers[:, 1]
    squares: Floats = across * across + along * along
    return squares


def _nearest(places: Floats, centers: Floats) -> Ints:
    nearest: Ints = np.argmin(_distances(places, centers), axis=1)
    return nearest


def _spread(cells: Floats, weights: Floats, centers: Floats) -> float:
    return round(float(np.sum(weights * np.min(_distances(cells, centers), axis=1))), 9)


def _finish(positions: Floats, centers: Floats) -> Grouping:
    """Settle centres among the people themselves, largest group first, and measure the silhouette."""
    centers = _settle(positions, np.ones(len(positions)), centers)
    sizes = np.bincount(_nearest(positions, centers), minlength=len(centers))
    centers = centers[np.lexsort((np.round(centers[:, 1], 9), np.round(centers[:, 0], 9), -sizes))]
    distances = np.sqrt(_distances(positions, centers))
    nearest = np.sort(distances, axis=1)
    widest = np.maximum(nearest[:, 1], 1e-300)
    silhouette = float(np.mean((nearest[:, 1] - nearest[:, 0]) / widest)) if len(centers) > 1 else 0.0
    return Grouping(centers, np.argmin(distances, axis=1), silhouette)
