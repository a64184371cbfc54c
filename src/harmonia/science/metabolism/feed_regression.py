"""What the feed alone says about the gas: a ridge regression fitted anew each day on the past."""

import numpy as np

from harmonia.science.metabolism.particles import Floats

TIMES_D = (1.0, 4.0, 15.0)  # the day's feed, that of a few days, that of two weeks
HALF_LIFE_D = 60.0
SHRINKAGE = 0.025
FEWEST_DAYS = 14


def memories(amounts: Floats) -> Floats:
    """Return fed amounts (days, feeds) as fading sums over one, four and fifteen days, (days, 3 * feeds)."""
    columns = []
    for times in TIMES_D:
        level = amounts[:FEWEST_DAYS].mean(axis=0)
        for today in amounts:
            level = level + (today - level) / times
            columns.append(level)
    stacked = np.array(columns).reshape(len(TIMES_D), *amounts.shape)
    return np.moveaxis(stacked, 0, 1).reshape(len(amounts), -1)


def after_usual(memory: Floats, usual: Floats, days: int) -> Floats:
    """Return a day's memories (3 * feeds,) after `days` of a usual feed (feeds,) [same unit as the amounts]."""
    level = memory.reshape(len(TIMES_D), -1)
    fades = (1 - 1 / np.array(TIMES_D)) ** days
    carried: Floats = (usual + (level - usual) * fades[:, None]).ravel()
    return carried


class FeedRegression:
    """Gas as a linear function of feed memories, recent days counting more; the coefficients are shrunk."""

    def __init__(self, memory: Floats, gas: Floats) -> None:
        """Fit memories (days, features) to readings (days,), both without gaps."""
        weights = 0.5 ** (np.arange(gas.size)[::-1] / HALF_LIFE_D)
        self.middle, self.scale = memory.mean(axis=0), memory.std(axis=0) + 1e-9
        self.level = float(np.average(gas, weights=weights))
        z = (memory - self.middle) / self.scale
        normal = (z * weights[:, None]).T @ z + SHRINKAGE * gas.size * np.eye(z.shape[1])
        self.slopes = np.linalg.solve(normal, (z * weights[:, None]).T @ (gas - self.level))

    def at(self, memory: Floats) -> float:
        """Return the gas foreseen for a day's memories (features,), not below zero."""
        return max(0.0, self.level + float((memory - self.middle) / self.scale @ self.slopes))


def fitted(memory: Floats, gas: Floats, issued: int) -> FeedRegression | None:
    """Return the regression on days up to `issued`; None while fewer than 14 have a reading."""
    seen = np.flatnonzero(np.isfinite(gas[: issued + 1]))
    return FeedRegression(memory[seen], gas[seen]) if seen.size >= FEWEST_DAYS else None
