"""Blend several rules by how much each would have helped so far: no rate to choose, a bound on the regret."""

import math

import numpy as np

from harmonia.science.metabolism.particles import Floats


class Blend:
    """Polynomially weighted averages with one learning rate a rule (ML-Poly).

    Gaillard, Stoltz & van Erven (2014), A second-order bound with excess losses, COLT, PMLR 35 (rule from
    memory; the R package opera has it as MLpol). The loss is the absolute error linearised where the blend
    stood, so that it competes with the best fixed mixture, not just the best rule. Forecasts may be settled
    late and in any order.
    """

    def __init__(self, rules: int) -> None:
        self.regret = np.zeros(rules)
        self.variance = np.zeros(rules)
        self.largest = 0.0
        self.open: dict[int, tuple[Floats, float]] = {}

    def weights(self) -> Floats:
        """Return the weight of every rule (rules,); equal ones until any has helped."""
        hope = np.maximum(self.regret, 0.0)
        if not hope.any():
            return np.full(hope.size, 1.0 / hope.size)
        raw = hope / np.maximum(self.largest + self.variance, 1e-300)
        share: Floats = raw / raw.sum()
        return share

    def promise(self, day: int, guesses: Floats) -> float:
        """Return the blend of the rules' guesses (rules,) for a day, and remember both until its reading is in."""
        blend = float(self.weights() @ guesses)
        self.open[day] = guesses, blend
        return blend

    def settle(self, day: int, reading: float) -> None:
        """Learn from a day's reading, if it was promised and read."""
        guesses, blend = self.open.pop(day, (None, 0.0))
        if guesses is None or not math.isfinite(reading):
            return
        gain = np.sign(blend - reading) * (blend - guesses)
        self.regret += gain
        self.variance += gain**2
        self.largest = max(self.largest, float((gain**2).max()))
