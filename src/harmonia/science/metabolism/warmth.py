"""The heat of one digester over one day: what it loses, what its feed takes, what heating must give."""

import math
from dataclasses import dataclass, replace

# Water and slurry: 4.186 kJ/(kg K) at 1000 kg/m3.
HEAT_KWH_M3_K = 4.186 / 3.6
KWH_D_PER_W = 0.024
FREEZING_C = 0.0
_SLOW = 1e-5  # below this pace [1/d] the exponential is its first two terms


@dataclass(frozen=True)
class ThermalDay:
    """What acts on a well-mixed liquid during one day.

    `capacity` [kWh/K] of the liquid, `loss` [kWh/(K d)] through the wall to `outside_c` [degC], `flow`
    [kWh/(K d)] of what flows through, arriving at `arriving_c` [degC].
    """

    capacity: float
    loss: float
    outside_c: float
    flow: float
    arriving_c: float

    @property
    def exchange(self) -> float:
        """What it exchanges with wall and flow per degree [kWh/(K d)]."""
        return self.loss + self.flow

    def after(self, before_c: float, heat: float) -> tuple[float, float]:
        """Return the mean temperature of the day and that at its end [degC], heated evenly [kWh/d].

        The exact solution of capacity dT/dt = heat + loss (outside - T) + flow (arriving - T), so that
        capacity times rise = heat + loss (outside - mean) + flow (arriving - mean) to rounding.
        """
        drift = heat - self._drain(before_c)
        reached, average = _approach(self.exchange / self.capacity)
        return before_c + drift / self.capacity * average, before_c + drift / self.capacity * reached

    def needed(self, before_c: float, end_c: float) -> float:
        """Return the heat [kWh/d] that brings it to `end_c` [degC] by evening; 0 where it gets warmer alone."""
        reached, _ = _approach(self.exchange / self.capacity)
        return max(0.0, self.capacity * (end_c - before_c) / reached + self._drain(before_c))

    def cooled(self, before_c: float, most_c: float) -> "ThermalDay":
        """Return the day with what arrives cooled just so far that the evening is at most `most_c` [degC].

        A pasteuriser's exchanger does that: a tank is not heated past its set point by its own hot feed. What
        arrives is never cooled below `most_c`.
        """
        evening = self.after(before_c, 0.0)[1]
        coolest = replace(self, arriving_c=most_c)
        floor = coolest.after(before_c, 0.0)[1]
        if self.arriving_c <= most_c or evening <= most_c:
            return self
        if floor >= most_c:
            return coolest
        share = (most_c - floor) / (evening - floor)  # the evening is linear in what arrives
        return replace(self, arriving_c=most_c + share * (self.arriving_c - most_c))

    def _drain(self, at_c: float) -> float:
        """Return what wall and flow take from it at a temperature [kWh/d]."""
        return self.loss * (at_c - self.outside_c) + self.flow * (at_c - self.arriving_c)


def _approach(pace: float) -> tuple[float, float]:
    """Return the integrals over a day of exp(-pace t): to its end, and their mean over the day [d]."""
    if pace < _SLOW:
        return 1 - pace / 2, 0.5 - pace / 6
    reached = -math.expm1(-pace) / pace
    return reached, (1 - reached) / pace
