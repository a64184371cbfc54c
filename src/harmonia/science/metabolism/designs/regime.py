"""How a plant is run: its temperature, how much it is fed, what with, and where the gas goes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from harmonia.science.metabolism.designs.option import DesignError

MOST_REGIMES = 64


@dataclass(frozen=True)
class Regime:
    """One way to run a plant; what is None stays as the plant has it.

    `temperature_c` [degC] set point; `loading` [-] of what the place allows at most; `mix`: share [0 to 1] of
    each feedstock's offer that is taken, all of it where none is named; `stove_share` [-] of the kept gas.
    """

    code: str
    temperature_c: float | None = None
    loading: float = 1.0
    mix: Mapping[str, float] = field(default_factory=dict)
    stove_share: float | None = None

    def __post_init__(self) -> None:
        if not self.code:
            raise DesignError("A regime needs a code.")
        if not (math.isfinite(self.loading) and 0 < self.loading <= 1):
            raise DesignError(
                "Regime %(code)s: loading must be above 0 and at most 1, not %(loading)r.",
                code=self.code,
                loading=self.loading,
            )
        for code, share in self.mix.items():
            if not (math.isfinite(share) and 0 <= share <= 1):
                raise DesignError(
                    "Regime %(code)s: the share of %(feedstock)s must be 0 to 1, not %(share)r.",
                    code=self.code,
                    feedstock=code,
                    share=share,
                )


def check_regimes(regimes: tuple[Regime, ...]) -> None:
    """Raise DesignError unless there is at least one regime, at most 64, and every code is its own."""
    if not regimes:
        raise DesignError("There is no regime to compare.")
    if len(regimes) > MOST_REGIMES:
        raise DesignError(
            "%(regimes)s regimes are too many; at most %(most)s are compared.",
            regimes=len(regimes),
            most=MOST_REGIMES,
        )
    codes = [regime.code for regime in regimes]
    twice = [code for code in codes if codes.count(code) > 1]
    if twice:
        raise DesignError("Two regimes have the code %(twice)s.", twice=twice[0])


def regime_grid(
    temperatures_c: tuple[float, ...],
    loadings: tuple[float, ...],
    mixes: Mapping[str, Mapping[str, float]],
    stove_shares: tuple[float, ...],
) -> tuple[Regime, ...]:
    """Return one regime for each combination, in that order; the code names the four."""
    return tuple(
        Regime(f"{warm:g}C-{load:.0%}-{name}-{stove:.0%}".replace("%", ""), warm, load, mix, stove)
        for warm, load, (name, mix), stove in product(temperatures_c, loadings, mixes.items(), stove_shares)
    )
