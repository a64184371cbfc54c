"""What there is to feed: stock, what is promised by day, and how long it keeps."""

import math
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism.feedstocks import feedstock
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.planning.limits import WEEK_DAYS, PlanError

MOST_DAYS = 60


@dataclass(frozen=True)
class Supply:
    """One feedstock's kilograms: in stock on the first morning, and promised for each day [kg].

    `shelf_life_d` [d]: after so many days it must be fed or go elsewhere; None is unknown.
    """

    feedstock: str
    stock_kg: float
    arrivals_kg: tuple[float, ...]
    shelf_life_d: float | None = None

    def check(self, days: int) -> None:
        """Raise PlanError for impossible numbers, FeedstockError for an unknown feedstock."""
        feedstock(self.feedstock)
        if len(self.arrivals_kg) != days:
            raise PlanError(
                "%(feedstock)s needs one number for each of the %(days)s days.",
                feedstock=self.feedstock,
                days=days,
            )
        for kilograms in (self.stock_kg, *self.arrivals_kg):
            if not (math.isfinite(kilograms) and kilograms >= 0):
                raise PlanError(
                    "%(feedstock)s must have kilograms of zero or more, not %(kilograms)r.",
                    feedstock=self.feedstock,
                    kilograms=kilograms,
                )
        if self.shelf_life_d is not None and not self.shelf_life_d >= 1:
            raise PlanError(
                "The shelf life of %(feedstock)s must be one day or more.", feedstock=self.feedstock
            )

    @property
    def total_kg(self) -> float:
        """Return all kilograms of the horizon."""
        return self.stock_kg + sum(self.arrivals_kg)

    def most_waiting_kg(self) -> Floats:
        """Return how much may still wait after each day's feeding, (days,) [kg].

        What waits is no older than its shelf life; what is in stock counts as come on the first day. Where the
        shelf life is unknown, no more may be left at the end than there was at the start or came in a week.
        """
        arrivals = np.array(self.arrivals_kg)
        days = arrivals.size
        if self.shelf_life_d is None:
            most = np.full(days, self.total_kg)
            most[-1] = max(self.stock_kg, float(arrivals[-WEEK_DAYS:].sum()))
            return most
        arrivals[0] += self.stock_kg
        total = np.concatenate([np.zeros(days), np.cumsum(arrivals)])
        keeps = int(min(self.shelf_life_d, days))
        fresh: Floats = total[days:] - total[days - keeps : 2 * days - keeps]
        return fresh
