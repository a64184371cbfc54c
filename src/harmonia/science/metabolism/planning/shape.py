"""The form of a plan's programme: which unknowns and which given numbers it has, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.constants import sparse_rows
from harmonia.science.metabolism.kinetics import REFERENCE_C, kinetics_at
from harmonia.science.metabolism.planning.limits import CODES, OF_STATE, WEEK_DAYS

TAU = (1 / 3, 1.0)  # Radau points of a day
POINTS = len(TAU)
IDLE_POOLS = 2  # inert COD and its nitrogen act on nothing, so a plan leaves them out


def state_count(feedstocks: int) -> int:
    """Return how many states a plan carries: the model's, a pool a feedstock, and trace elements."""
    return kernel.MODEL + feedstocks + 1


def given_sizes(feedstocks: int) -> dict[str, int]:
    """Return the numbers a day needs besides its own unknowns, by name and length, in their order.

    `feeds` as `symbolic.feed_columns` gives them; `water` [1/d per kg/d] dilution by a kg of feed; `scale` the
    size of each state; `unit_kg`, `unit_gas` [m3] the sizes of a day's feed and gas.
    """
    states = state_count(feedstocks)
    return {"feeds": states * feedstocks, "water": 1, "scale": states, "unit_kg": 1, "unit_gas": 1}


def numbers_size(feedstocks: int) -> int:
    """Return the length of `symbolic.pack_numbers`: constants, Petersen values and pools of one day."""
    return kernel.CONSTANTS + sparse_rows(kinetics_at(REFERENCE_C)).value.size + 4 * feedstocks


@dataclass(frozen=True)
class Shape:
    """What decides the form of a programme: days and feedstocks."""

    days: int
    feedstocks: int

    @property
    def day_blocks(self) -> Mapping[str, int]:
        """Return the unknowns of a day by name and length.

        `state` and `ph` at the collocation points, `feed`, what goes `away` and what is `waiting` of each feedstock
        [unit_kg], gas `used` and `stored` [unit_gas], and by how much a limit of the state is overstepped (`over`).
        """
        f = self.feedstocks
        states = POINTS * state_count(f)
        return {
            "state": states, "ph": POINTS, "feed": f, "away": f, "waiting": f, "used": 1, "stored": 1,
            "over": len(OF_STATE),
        }  # fmt: skip

    @property
    def tail_blocks(self) -> Mapping[str, int]:
        """Return the unknowns of the whole plan: how far each limit is relaxed, and the pace of each feedstock."""
        return {"relax": len(CODES), "pace": self.feedstocks}

    @property
    def parameters(self) -> Mapping[str, int]:
        """Return the parameters by name and length, in their order; `planning.numbers` fills them."""
        f, states = self.feedstocks, state_count(self.feedstocks)
        return given_sizes(f) | {
            "numbers": numbers_size(f) * self.days, "start": states, "solids": f, "stock": f,
            "arrivals": f * self.days, "loads_before": WEEK_DAYS, "feed_before": WEEK_DAYS, "limits": len(CODES),
            "share": f, "open": self.days, "credit": states, "kept_worth": f, "waiting_cost": 1, "away_cost": 1,
            "pace_cost": 1, "over_cost": 1, "relax_cost": len(CODES), "gain": 1, "stored_before": 1,
        }  # fmt: skip


def places(sizes: Mapping[str, int]) -> dict[str, slice]:
    """Return the slice of each block in a vector that holds them one after the other."""
    ends = pairwise([0, *accumulate(sizes.values())])
    return {name: slice(*bounds) for name, bounds in zip(sizes, ends, strict=True)}
