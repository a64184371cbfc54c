"""What a feed plan must stay within, each limit with its unit, its words and its source."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.sentences import SentenceError

WEEK_DAYS = 7
# Digestion was inhibited in one of two series once fat and grease were more than 25 % of the volatile solids: Lauwers
# et al. (2012), Chemical Engineering Transactions 29, 709-714. ADM1 itself knows no inhibition by fatty acids.
MOST_OF = {"fog": 0.25}


class PlanError(SentenceError, ValueError):
    """The case cannot be planned; the message is one sentence for the reader."""


@dataclass(frozen=True)
class FeedLimits:
    """What a plan keeps to; None leaves a limit out.

    `loading_kg_vs_m3_d`: volatile solids a day, at most 2 where nothing stirs (Voegeli et al. 2014, Anaerobic
    Digestion of Biowaste in Developing Countries, Eawag, ISBN 978-3-906484-58-7, as for the demonstration plant).
    `rise_kg_vs_m3_d`: a day's loading above the mean of the seven days before; ours.
    `retention_d`: liquid volume over feed and water of any seven days; ours.
    `acid_ratio`: acids over alkalinity, calm below 0.3 (Drosg 2013, IEA Bioenergy Task 37, ISBN
    978-1-910154-03-8). `acids_kg_m3`: as acetic acid. `free_ammonia_kg_n_m3`: what halves the speed of the acetate
    oxidisers, who are the last to bear it, in the model (parameter K_I_nh3_sao). `ammonium_kg_n_m3`: all ammoniacal
    nitrogen. `vs_share`: feedstock -> largest share of a day's volatile solids [-], for fat 0.25 (`MOST_OF`).
    `gas_use_m3_d`: what cooks and engines take a day; None takes what there is. `gas_must_fit`: gas that neither
    store nor users take counts as too much.
    """

    loading_kg_vs_m3_d: float = 2.0
    rise_kg_vs_m3_d: float = 0.5
    retention_d: float = 20.0
    acid_ratio: float | None = 0.3
    acids_kg_m3: float | None = None
    free_ammonia_kg_n_m3: float | None = NITROGEN_MOLAR * parameter_values()["K_I_nh3_sao"]
    ammonium_kg_n_m3: float | None = None
    gas_use_m3_d: float | None = None
    gas_must_fit: bool = True
    vs_share: Mapping[str, float] = field(default_factory=MOST_OF.copy)

    def __post_init__(self) -> None:
        for spot in fields(self):
            value = getattr(self, spot.name)
            if spot.name in {"gas_must_fit", "vs_share"} or value is None:
                continue
            if not (isinstance(value, int | float) and math.isfinite(value) and value > 0):
                raise PlanError(
                    "The limit %(name)s must be a number above zero, not %(value)r.",
                    name=spot.name,
                    value=value,
                )
        wrong = [f"{code} ({share!r})" for code, share in self.vs_share.items() if not 0 <= share <= 1]
        if wrong:
            raise PlanError("The share of %(wrong)s must lie between 0 and 1.", wrong=wrong[0])


CODES = (
    "loading",
    "rise",
    "throughput",
    "share",
    "acid_ratio",
    "acids",
    "free_ammonia",
    "ammonium",
    "gas_store",
    "gas_use",
)
"""Every kind of limit, in the order of all arrays of limits."""
OF_STATE = CODES[4:]  # the present state may already be beyond them; zero feed keeps the others
