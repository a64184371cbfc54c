"""Blend several rules by their past errors: two ways to weigh them, and a referee that learns which to trust.

Weights that minimise regret find a rule that is far better than the others; weights by recent errors are never far
from an even mean, which is hard to beat where no rule is (the combination puzzle: Smith & Wallis 2009,
doi:10.1111/j.1468-0084.2008.00541.x). Which of the two a plant needs shows only in its own log.
"""

import math
from collections import deque

import numpy as np

from harmonia.science.metabolism.particles import Floats

WINDOW = 60  # readings that recent errors look back on, as many as the bands of `conformal`
FEWEST = 7  # readings before recent errors say anything
POWER = 2.0  # of the inverse mean squared error: 0 is the even mean, 1 Bates & Granger's, many the best rule alone
_TINY = 1e-12


class Polynomial:
    """Polynomially weighted averages with one learning rate a rule (ML-Poly).

    Gaillard, Stoltz & van Erven (2014), A second-order bound with excess losses, COLT, PMLR 35 (rule from
    memory; the R package opera has it as MLpol). The loss is the absolute error linearised where the blend
    stood, so that it competes with the best fixed mixture, not just the best rule. No rate to choose.
    """

    def __init__(self, rules: int) -> None:
        self.regret = np.zeros(rules)
        self.variance = np.zeros(rules)
        self.largest = 0.0

    def weights(self) -> Floats:
        """Return the weight of every rule (rules,); equal ones until any has helped."""
        hope = np.maximum(self.regret, 0.0)
        if not hope.any():
            return np.full(hope.size, 1.0 / hope.size)
        raw = hope / np.maximum(self.largest + self.variance, 1e-300)
        share: Floats = raw / raw.sum()
        return share

    def learn(self, guesses: Floats, blend: float, reading: float) -> None:
        """Learn from a reading what each rule's guess (rules,) would have helped the blend made of them."""
        gain = np.sign(blend - reading) * (blend - guesses)
        self.regret += gain
        self.variance += gain**2
        self.largest = max(self.largest, float((gain**2).max()))


class Recent:
    """Weights by the inverse mean squared error of the last readings, to a power.

    Bates & Granger (1969), The combination of forecasts, doi:10.1057/jors.1969.103; powers: Stock & Watson (2004),
    doi:10.1002/for.928 (their kappa).
    """

    def __init__(self, rules: int) -> None:
        self.rules = rules
        self.squares: deque[Floats] = deque(maxlen=WINDOW)

    def weights(self) -> Floats:
        """Return the weight of every rule (rules,); equal ones until there are readings enough."""
        if len(self.squares) < FEWEST:
            return np.full(self.rules, 1.0 / self.rules)
        error = np.mean(self.squares, axis=0)
        error = np.maximum(error / max(float(error.max()), 1e-300), _TINY)
        raw = error**-POWER
        share: Floats = raw / raw.sum()
        return share

    def learn(self, guesses: Floats, reading: float) -> None:
        """Keep how far each rule's guess (rules,) was off."""
        self.squares.append((guesses - reading) ** 2)


class Blend:
    """The forecast made of all rules; forecasts may be settled late and in any order."""

    def __init__(self, rules: int) -> None:
        self.polynomial, self.recent, self.referee = Polynomial(rules), Recent(rules), Polynomial(2)
        self.open: dict[int, tuple[Floats, Floats, float]] = {}

    def weights(self) -> Floats:
        """Return the weight of every rule (rules,); equal ones until any has helped."""
        both = np.array([self.polynomial.weights(), self.recent.weights()])
        share: Floats = self.referee.weights() @ both
        return share

    def promise(self, day: int, guesses: Floats) -> float:
        """Return the blend of the rules' guesses (rules,) for a day, and remember all until its reading is in."""
        two = np.array([self.polynomial.weights() @ guesses, self.recent.weights() @ guesses])
        blend = float(self.referee.weights() @ two)
        self.open[day] = guesses, two, blend
        return blend

    def settle(self, day: int, reading: float) -> None:
        """Learn from a day's reading, if it was promised and read."""
        if day not in self.open:
            return
        guesses, two, blend = self.open.pop(day)
        if not math.isfinite(reading):
            return
        self.polynomial.learn(guesses, float(two[0]), reading)
        self.recent.learn(guesses, reading)
        self.referee.learn(two, blend, reading)
