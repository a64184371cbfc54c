"""From what a laboratory knows of a feed to what the model eats, balances kept."""

from dataclasses import dataclass
from functools import lru_cache

from harmonia.science.metabolism.balances import Balance, BalanceError, require
from harmonia.science.metabolism.feedstocks import (
    COD_OF_CARBOHYDRATE,
    COD_OF_LIPID,
    COD_OF_PROTEIN,
    DENSITY,
    Feedstock,
    cod_range,
)
from harmonia.science.metabolism.kinetics import kinetics_at
from harmonia.science.metabolism.lab_values import Assay, Filled, LabValues, complete, lab_values_of
from harmonia.science.metabolism.strong_ions import Dissolved, dissolved
from harmonia.science.metabolism.trial_batch import (
    METHANE_PER_COD,
    TRIAL_DAYS,
    TrialFeed,
    solve_degradable,
    trial_methane,
)

__all__ = [
    "METHANE_PER_COD",
    "NITROGEN_MOLAR",
    "BalanceError",
    "Character",
    "MappedFeed",
    "characterise",
    "map_feed",
    "map_lab_values",
    "model_inputs",
]

NITROGEN_MOLAR = 14.0  # [kg/kmol]
COD_OF_ACETIC_ACID = 64 / 60
# A laboratory's COD of solids scatters by about as much between laboratories.
COD_TOLERANCE = 0.15
METHANE_TOLERANCE = 0.01


@dataclass(frozen=True)
class Character:
    """One kg of fresh feed as the model sees it.

    `vs` [kg VS], `cod` [kg COD] without the `acetate` [kg COD] already dissolved, `degradable` its share of
    `cod` [-], `split` of the degradable COD over carbohydrates, proteins, lipids [-], `ammonium` and
    `organic_nitrogen` [kmol N], `inorganic_carbon` [kmol C], strong `cations` and `anions` [kmol],
    `disintegration` [1/d at 35 degC], `methane_per_degradable` [m3 CH4 per kg degradable COD and acetate]
    that a trial of it gives.
    """

    vs: float
    cod: float
    degradable: float
    split: tuple[float, float, float]
    ammonium: float
    organic_nitrogen: float
    disintegration: float
    methane_per_degradable: float
    inorganic_carbon: float
    acetate: float
    cations: float
    anions: float

    def inert_nitrogen(self, degradable: float | None = None) -> float:
        """Return the organic nitrogen [kmol N] that stays bound if a share [-] of the COD opens."""
        share = self.degradable if degradable is None else degradable
        return self.organic_nitrogen - share * self.cod * self.split[1] * kinetics_at(35.0)["N_aa"]


@dataclass(frozen=True)
class MappedFeed:
    """A lab sheet as model inputs, with what was filled in and the balances that were checked."""

    name: str
    character: Character
    filled: tuple[Filled, ...]
    balances: tuple[Balance, ...]


def characterise(feed: Feedstock) -> Character:
    """Return the model's view of a library feedstock: its central values, mapped as a lab sheet is.

    Raises:
        BalanceError: its numbers contradict each other.
    """
    return _characterise(feed)


@lru_cache(maxsize=256)
def _characterise(feed: Feedstock) -> Character:
    return map_lab_values(lab_values_of(feed))


def map_lab_values(lab: LabValues, trial_days: float = TRIAL_DAYS) -> Character:
    """Return the model inputs of a lab sheet whose methane potential came from a trial of `trial_days` [d].

    Raises:
        LabValueError, FeedstockError, BalanceError: see `map_feed`.
    """
    return map_feed(lab, trial_days).character


def map_feed(lab: LabValues, trial_days: float = TRIAL_DAYS) -> MappedFeed:
    """Return the model inputs of a lab sheet, what was filled in, and the balances they keep.

    The degradable share is what makes a simulated trial give the methane potential: cells grow on a part of
    the COD, so dividing by 0.350 m3/kg would lose about a tenth of the gas.

    Raises:
        LabValueError: a value is impossible by itself, or too few to tell which feedstock is near.
        FeedstockError: the feedstock it is said to be like is not in the library.
        BalanceError: values contradict each other; the sentence holds the numbers.
    """
    assay, filled = complete(lab)
    nitrogen = assay.kjeldahl_nitrogen / NITROGEN_MOLAR
    ammonium = assay.ammonium_nitrogen / NITROGEN_MOLAR
    acetate = COD_OF_ACETIC_ACID * assay.volatile_acids / DENSITY
    parts = _cod_of_parts(assay, acetate / assay.vs)
    cod_vs = sum(parts)
    split = (parts[0] / cod_vs, parts[1] / cod_vs, parts[2] / cod_vs)
    trial = TrialFeed(split, assay.disintegration, cod_vs, acetate / assay.vs, trial_days)
    degradable = solve_degradable(assay.name, trial, assay.methane_potential)
    liquid = dissolved(assay.name, ammonium * DENSITY, acetate * DENSITY, assay.ph, assay.alkalinity)
    character = Character(
        vs=assay.vs,
        cod=assay.vs * cod_vs,
        degradable=degradable,
        split=split,
        ammonium=ammonium,
        organic_nitrogen=nitrogen - ammonium,
        disintegration=assay.disintegration,
        methane_per_degradable=_per_degradable(trial, degradable),
        inorganic_carbon=liquid.inorganic_carbon / DENSITY,
        acetate=acetate,
        cations=liquid.cations / DENSITY,
        anions=liquid.anions / DENSITY,
    )
    balances = _balances(assay, character, trial_days)
    require(assay.name, balances)
    return MappedFeed(assay.name, character, filled, balances)


def _per_degradable(trial: TrialFeed, degradable: float) -> float:
    """Return methane per degradable COD [m3/kg]; of all COD where none is degradable."""
    share = degradable if degradable > 0 else 1.0
    return trial_methane(trial, share) / (share * trial.cod + trial.acetate)


def _cod_of_parts(assay: Assay, acetate: float) -> tuple[float, float, float]:
    """Return COD of carbohydrate, protein, lipid [kg/kg VS] without the acetate.

    A measured COD decides over the formulas: what differs is given to carbohydrate and fibre, whose COD
    lies anywhere between sugar and lignin, because protein is fixed by nitrogen.
    """
    protein = COD_OF_PROTEIN * assay.protein
    lipid = COD_OF_LIPID * assay.lipid
    if assay.cod is None:
        total = COD_OF_CARBOHYDRATE * assay.carbohydrate + protein + lipid
    else:
        _check_cod(assay)
        total = assay.cod
    rest = total - protein - acetate
    if rest < 0:
        raise BalanceError(
            f"{assay.name}: protein and dissolved acids hold {protein + acetate:.3g} kg COD/kg VS, more than "
            f"the {total:.3g} there are."
        )
    lipid = min(lipid, rest)
    return rest - lipid, protein, lipid


def _check_cod(assay: Assay) -> None:
    """Refuse a measured COD that no mixture of these parts can have."""
    least, most = cod_range(assay.protein, assay.lipid, assay.carbohydrate, assay.fibre)
    if not (1 - COD_TOLERANCE) * least <= (assay.cod or 0.0) <= (1 + COD_TOLERANCE) * most:
        raise BalanceError(
            f"{assay.name}: a COD of {assay.cod:g} kg/kg VS does not fit protein {assay.protein:.3g}, lipid "
            f"{assay.lipid:.3g} and carbohydrate {assay.carbohydrate:.3g} kg/kg VS, which hold {least:.3g} to "
            f"{most:.3g}."
        )


def model_inputs(character: Character) -> dict[str, float]:
    """Return what a m3 of feed brings: states in their own units [kg COD/m3, kmol/m3], and inerts.

    `X_ch`, `X_pr`, `X_li` are what the degradable pool opens into, `X_I` the inert COD; `inert_nitrogen`
    [kmol N/m3] is bound in the latter.
    """
    opening = DENSITY * character.cod * character.degradable
    return {
        "S_ac": DENSITY * character.acetate,
        "S_IC": DENSITY * character.inorganic_carbon,
        "S_IN": DENSITY * character.ammonium,
        "X_ch": opening * character.split[0],
        "X_pr": opening * character.split[1],
        "X_li": opening * character.split[2],
        "X_I": DENSITY * character.cod * (1 - character.degradable),
        "S_cat": DENSITY * character.cations,
        "S_an": DENSITY * character.anions,
        "inert_nitrogen": DENSITY * character.inert_nitrogen(),
    }


def _balances(assay: Assay, character: Character, days: float) -> tuple[Balance, ...]:
    """Return each sum of the sheet beside what the model inputs hold of it."""
    inputs = model_inputs(character)
    if min(inputs.values()) < -1e-12:
        name = min(inputs, key=lambda key: inputs[key])
        raise BalanceError(f"{assay.name}: {name} would be {inputs[name]:.3g}, less than nothing.")
    cod = sum(inputs[name] for name in ("S_ac", "X_ch", "X_pr", "X_li", "X_I"))
    bound = inputs["X_pr"] * kinetics_at(35.0)["N_aa"] + inputs["inert_nitrogen"]
    liquid = Dissolved(inputs["S_IN"], inputs["S_IC"], inputs["S_ac"], inputs["S_cat"], inputs["S_an"])
    trial = TrialFeed(
        character.split,
        character.disintegration,
        character.cod / character.vs,
        character.acetate / character.vs,
        days,
    )
    gas = trial_methane(trial, character.degradable)
    brought = DENSITY * _cod_brought(assay)
    organic = DENSITY * (assay.kjeldahl_nitrogen - assay.ammonium_nitrogen)
    return (
        Balance("COD", brought, cod, "kg COD/m3", 1e-9 * brought),
        Balance(
            "nitrogen in protein and inerts",
            organic,
            NITROGEN_MOLAR * bound,
            "kg N/m3",
            1e-9 * organic + 1e-12,
        ),
        *([] if assay.ph is None else [Balance("charge", 0.0, liquid.charge(assay.ph), "kmol/m3", 1e-9)]),
        Balance(
            "methane of the trial", assay.methane_potential, gas, "m3/kg VS", METHANE_TOLERANCE * gas + 1e-9
        ),
    )


def _cod_brought(assay: Assay) -> float:
    """Return the COD a kg of fresh feed brings [kg], as measured or by the formulas of its parts."""
    if assay.cod is not None:
        return assay.vs * assay.cod
    by_parts = COD_OF_CARBOHYDRATE * assay.carbohydrate + COD_OF_LIPID * assay.lipid
    return assay.vs * (by_parts + COD_OF_PROTEIN * assay.protein)
