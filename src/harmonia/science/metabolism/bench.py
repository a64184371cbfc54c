"""From two burette readings to acids and alkalinity: the titration a site can do itself.

Nordmann, W. (1977), Die Überwachung der Schlammfaulung, KA-Informationen für das Betriebspersonal 3/77, for 20 mL
of sample and sulphuric acid of 0.1 N: alkalinity is 250 mg CaCO3/L per mL down to pH 5.0, acids are
(1.66 B - 0.15) 500 mg/L for the B mL from there to pH 4.4. Other volumes and strengths are first turned into
those. `titration.titrate` simulates the same on the model's liquid.
"""

import math
from dataclasses import dataclass

SAMPLE_ML, NORMALITY = (2.0, 200.0), (0.01, 1.0)  # what a bench of this kind uses at all
MOST_ML = 100.0  # a burette or two
_STANDARD_ML, _STANDARD_NORMALITY = 20.0, 0.1


class BuretteError(ValueError):
    """The burette readings contradict each other or cannot be; `what` says which: sample, strength or readings."""

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(sentence)
        self.what = what


@dataclass(frozen=True)
class Bench:
    """What two burette readings come to: acids [mg acetic acid/L], alkalinity [mg CaCO3/L], their ratio [-]."""

    acids_mg_l: float
    alkalinity_mg_l: float

    @property
    def ratio(self) -> float:
        """Return acids over alkalinity, FOS/TAC."""
        return self.acids_mg_l / self.alkalinity_mg_l


def two_point_titration(sample_ml: float, normality: float, to_ph5_ml: float, to_ph44_ml: float) -> Bench:
    """Return acids and alkalinity of a sample.

    `sample_ml` [mL] of filtered or centrifuged liquid; `normality` [eq/L] of the acid; `to_ph5_ml` and
    `to_ph44_ml` [mL] read on the burette at pH 5.0 and at pH 4.4, both counted from its start.

    Raises:
        BuretteError: a number is none or out of range, or the second reading is not above the first.
    """
    _check("sample", sample_ml, SAMPLE_ML, "mL of sample")
    _check("strength", normality, NORMALITY, "eq/L")
    if not (0 < to_ph5_ml < to_ph44_ml <= MOST_ML) or not math.isfinite(to_ph44_ml):
        raise BuretteError(
            "readings",
            f"The burette must read more than 0 at pH 5.0, more still at pH 4.4, at most {MOST_ML:g} mL.",
        )
    scale = normality / _STANDARD_NORMALITY * _STANDARD_ML / sample_ml
    onward = scale * (to_ph44_ml - to_ph5_ml)
    return Bench(max(0.0, 500.0 * (1.66 * onward - 0.15)), 250.0 * scale * to_ph5_ml)


def _check(what: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if not low <= value <= high:
        raise BuretteError(what, f"{value:g} {unit} is not between {low:g} and {high:g}.")
