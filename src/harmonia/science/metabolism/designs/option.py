"""An upgrade option: what it changes about the plant and its place, and what it asks of people."""

import math
from dataclasses import dataclass
from decimal import Decimal

from harmonia.science.metabolism.plant_edits import PlantEdit
from harmonia.science.sentences import SentenceError

HOURS_A_WEEK = 168.0
MOST_KWH_D = 1e6


class DesignError(SentenceError, ValueError):
    """Options, a place or a case that cannot be compared; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Option:
    """One thing that could be bought.

    `edits` change numbers of the plant or of the place (`Site`); `cost` in the community's currency;
    `labour_h_week` [h/week] and `power_kwh_d` [kWh/d] may be negative where an option saves. `needs`: codes
    without which it cannot be; `excludes`: codes it cannot stand beside; `substitutes`: codes that do the same
    job, so that nobody would buy both.
    """

    code: str
    name: str
    edits: tuple[PlantEdit, ...] = ()
    cost: Decimal = Decimal(0)
    labour_h_week: float = 0.0
    power_kwh_d: float = 0.0
    needs: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    substitutes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.code:
            raise DesignError("An option needs a code.")
        if not (self.cost.is_finite() and self.cost >= 0):
            raise DesignError(
                "Option %(code)s: its cost must be zero or more, not %(cost)s.",
                code=self.code,
                cost=self.cost,
            )
        for field, most in (("labour_h_week", HOURS_A_WEEK), ("power_kwh_d", MOST_KWH_D)):
            value = getattr(self, field)
            if not (math.isfinite(value) and abs(value) <= most):
                raise DesignError(
                    "Option %(code)s: %(field)s must lie within ±%(most)g, not %(value)r.",
                    code=self.code,
                    field=field,
                    most=most,
                    value=value,
                )


def check_options(options: tuple[Option, ...]) -> None:
    """Raise DesignError where two options share a code or one names an option there is not."""
    codes = [option.code for option in options]
    for option in options:
        if codes.count(option.code) > 1:
            raise DesignError("Two options have the code %(code)s.", code=option.code)
        named = option.needs | option.excludes | option.substitutes
        strangers = sorted(named - set(codes))
        if strangers:
            raise DesignError(
                "Option %(code)s names %(stranger)s, and there is no such option.",
                code=option.code,
                stranger=strangers[0],
            )
        if option.code in named:
            raise DesignError("Option %(code)s names itself.", code=option.code)
