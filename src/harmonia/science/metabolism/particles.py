"""Weigh many guesses by what was read: a particle filter that one wild reading cannot upset.

Weights follow each reading's likelihood (Gordon, Salmond & Smith 1993, doi:10.1049/ip-f-2.1993.0015). It is a
Student t, so that an outlier tells little (Lange, Little & Taylor 1989, doi:10.1080/01621459.1989.10478852).
When few guesses carry the weight they are drawn anew, systematically (Kitagawa 1996,
doi:10.1080/10618600.1996.10474692), their parameters shrunk and jittered so that mean and spread stay
(Liu & West 2001, doi:10.1007/978-1-4757-3437-9_10).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
FREEDOM = 4.0  # of the Student t: heavier tails than a normal, a variance all the same
JITTER = 0.15  # share of the spread that is drawn anew; Liu & West's h, their discount factor 0.97


def log_likelihood(predicted: Floats, reading: float, spread: float) -> Floats:
    """Return how likely a reading is under each guess's prediction (guesses,), up to a constant [-].

    `spread`: scale of the reading's error, same unit as the reading.
    """
    score: Floats = -(FREEDOM + 1) / 2 * np.log1p(((reading - predicted) / spread) ** 2 / FREEDOM)
    return score


def reweighed(weights: Floats, score: Floats) -> Floats:
    """Return weights (guesses,), summing to 1, after a log-likelihood (guesses,)."""
    heavier = weights * np.exp(score - score.max())
    share: Floats = heavier / heavier.sum()
    return share


def effective(weights: Floats) -> float:
    """Return how many guesses carry the weight, from 1 to all [-]."""
    return float(1.0 / (weights**2).sum())


def systematic(weights: Floats, offset: float) -> Places:
    """Return which guesses live on, (guesses,); `offset` [0 to 1) is the one random number it takes."""
    ladder = (offset + np.arange(weights.size)) / weights.size
    places: Places = np.searchsorted(np.cumsum(weights), ladder).astype(np.int64)
    return np.minimum(places, weights.size - 1)


def jittered(chosen: Floats, mean: Floats, spread: Floats, generator: np.random.Generator) -> Floats:
    """Return drawn parameters (guesses, parameters) shrunk to their mean (parameters,) and spread again."""
    kept = np.sqrt(1 - JITTER**2)
    fresh = JITTER * spread * generator.standard_normal(chosen.shape)
    moved: Floats = mean + kept * (chosen - mean) + fresh
    return moved


def weighted_quantiles(values: Floats, weights: Floats, levels: tuple[float, ...]) -> Floats:
    """Return quantiles (levels, ...) of values (guesses, ...) under weights (guesses,) that sum to 1."""
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    reached = np.cumsum(weights[order], axis=0)
    places = [np.minimum((reached < level).sum(axis=0), len(values) - 1) for level in levels]
    return np.array([np.take_along_axis(ordered, place[None], axis=0)[0] for place in places])
