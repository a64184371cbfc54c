"""What a laboratory says of a feed, and what stands in for the values it did not measure."""

import math
from dataclasses import dataclass, fields

from harmonia.science.metabolism.balances import BalanceError
from harmonia.science.metabolism.feedstocks import (
    PROTEIN_PER_NITROGEN,
    Feedstock,
    Quantity,
    cod_range,
    feedstock,
    feedstock_codes,
)

PARTS = ("protein", "lipid", "carbohydrate", "fibre")
SHARES = ("total_solids", "volatile_solids", *PARTS)
# What any feed may have, wide; below the least a division by it would mean nothing.
_LEAST = {"total_solids": 1e-4, "volatile_solids": 1e-3, "disintegration": 1e-3}
_HIGHEST = dict.fromkeys(SHARES, 1.0) | {
    "cod": 3.2,
    "ammonium_nitrogen": 0.5,
    "kjeldahl_nitrogen": 0.5,
    "methane_potential": 1.2,
    "disintegration": 100.0,
    "ph": 14.0,
    "alkalinity": 500.0,
    "volatile_acids": 500.0,
}
# Assays of the four parts rarely add up to the solids they are parts of; more than this is a contradiction.
SOLIDS_TOLERANCE = 0.10
NITROGEN_TOLERANCE = 0.05


class LabValueError(ValueError):
    """A value no feed can have, or too few values; the message is one sentence."""


@dataclass(frozen=True)
class LabValues:
    """One lab sheet; None where nothing was measured.

    `total_solids` [kg TS/kg], `volatile_solids` [kg VS/kg TS], `cod` [kg COD/kg VS], `protein`, `lipid`,
    `carbohydrate` (without fibre), `fibre` (neutral detergent, with lignin) [kg/kg VS],
    `ammonium_nitrogen`, `kjeldahl_nitrogen` [kg N/kg fresh], `methane_potential` [m3 CH4/kg VS at 0 degC,
    101.325 kPa], `disintegration` [1/d at 35 degC], `ph` [-], `alkalinity` [kg CaCO3/m3] to pH 4.3,
    `volatile_acids` [kg acetic acid/m3]; a m3 of feed is taken as 1000 kg. `like` names the library's
    feedstock that fills the gaps; without it the nearest one does.
    """

    name: str
    total_solids: float | None = None
    volatile_solids: float | None = None
    cod: float | None = None
    protein: float | None = None
    lipid: float | None = None
    carbohydrate: float | None = None
    fibre: float | None = None
    ammonium_nitrogen: float | None = None
    kjeldahl_nitrogen: float | None = None
    methane_potential: float | None = None
    disintegration: float | None = None
    ph: float | None = None
    alkalinity: float | None = None
    volatile_acids: float | None = None
    like: str | None = None


@dataclass(frozen=True)
class Filled:
    """A value that was not measured: what stands in for it, in which unit, and why."""

    quantity: str
    value: float
    unit: str
    because: str


@dataclass(frozen=True)
class Assay:
    """A complete sheet: every number the model's inputs follow from, units as in `LabValues`.

    `carbohydrate` holds fibre as well; `fibre`, `cod`, `ph`, `alkalinity` stay None if nobody measured them.
    """

    name: str
    total_solids: float
    volatile_solids: float
    methane_potential: float
    disintegration: float
    kjeldahl_nitrogen: float
    ammonium_nitrogen: float
    protein: float
    lipid: float
    carbohydrate: float
    fibre: float | None
    cod: float | None
    ph: float | None
    alkalinity: float | None
    volatile_acids: float

    @property
    def vs(self) -> float:
        """Return volatile solids per fresh mass [kg VS/kg]."""
        return self.total_solids * self.volatile_solids


def lab_values_of(feed: Feedstock) -> LabValues:
    """Return a library feedstock as the lab sheet it would have."""
    nitrogen = feed.nitrogen_kg_kg
    return LabValues(
        name=feed.name,
        total_solids=feed.total_solids.value,
        volatile_solids=feed.volatile_solids.value,
        lipid=feed.lipid.value,
        ammonium_nitrogen=nitrogen * feed.ammonium_share.value,
        kjeldahl_nitrogen=nitrogen,
        methane_potential=feed.methane_potential.value,
        disintegration=feed.disintegration.value,
        like=feed.code,
    )


def checked(lab: LabValues) -> LabValues:
    """Return the sheet unchanged if each value by itself is possible.

    Raises:
        LabValueError: a value is not finite, negative, or more than any feed can have.
    """
    for field in fields(lab):
        value = getattr(lab, field.name)
        if isinstance(value, str) or value is None:
            continue
        least, highest = _LEAST.get(field.name, 0.0), _HIGHEST.get(field.name, math.inf)
        if not math.isfinite(value) or not least <= value <= highest:
            raise LabValueError(f"{lab.name}: a {field.name} of {value:g} is not possible.")
    return lab


def nearest_feedstock(lab: LabValues) -> str:
    """Return the code of the library feedstock whose ranges lie nearest to what was measured.

    Distance is the mean square of (value - library) over half the library's range, over what both know: solids,
    methane, fat, fibre, nitrogen and the part of it that is ammonium.

    Raises:
        LabValueError: nothing was measured that the library knows too.
    """
    distances = {code: _distance(lab, feedstock(code)) for code in feedstock_codes()}
    if any(math.isnan(distance) for distance in distances.values()):
        raise LabValueError(
            f"{lab.name}: too few values to tell what it is; measure total solids or name a feedstock it is like."
        )
    return min(distances, key=lambda code: distances[code])


def _distance(lab: LabValues, feed: Feedstock) -> float:
    nitrogen = _nitrogen_known(lab)
    share = (
        None if lab.ammonium_nitrogen is None or not nitrogen else min(1.0, lab.ammonium_nitrogen / nitrogen)
    )
    pairs: tuple[tuple[float | None, Quantity], ...] = (
        (lab.total_solids, feed.total_solids),
        (lab.volatile_solids, feed.volatile_solids),
        (lab.methane_potential, feed.methane_potential),
        (lab.lipid, feed.lipid),
        (lab.fibre, feed.fibre),
        (nitrogen / lab.total_solids if nitrogen and lab.total_solids else None, feed.nitrogen),
        (share, feed.ammonium_share),
    )
    steps = [
        (value - known.value) / max((known.high - known.low) / 2, 0.05 * known.value)
        for value, known in pairs
        if value is not None
    ]
    return sum(step**2 for step in steps) / len(steps) if steps else math.nan


def _nitrogen_known(lab: LabValues) -> float | None:
    """Return Kjeldahl nitrogen [kg N/kg fresh] as measured, or as protein and ammonium imply it."""
    if lab.kjeldahl_nitrogen is not None or None in (lab.protein, lab.total_solids, lab.volatile_solids):
        return lab.kjeldahl_nitrogen
    protein = (lab.protein or 0.0) * (lab.total_solids or 0.0) * (lab.volatile_solids or 0.0)
    return protein / PROTEIN_PER_NITROGEN + (lab.ammonium_nitrogen or 0.0)


def complete(lab: LabValues) -> tuple[Assay, tuple[Filled, ...]]:
    """Return the sheet with its gaps filled, and what was filled in.

    A gap is filled by what the other values imply, else by the central value of the library's feedstock;
    what is left of the volatile solids is shared by the unmeasured parts in the library's proportions.

    Raises:
        LabValueError: a value is impossible, or too few to tell which feedstock is near.
        FeedstockError: the feedstock it is said to be like is not in the library.
        BalanceError: the parts are more or less than the volatile solids, or hold more nitrogen than there is.
    """
    gaps = _Gaps(checked(lab))
    total = gaps.value("total_solids", lab.total_solids, "kg TS/kg")
    volatile = gaps.value("volatile_solids", lab.volatile_solids, "kg VS/kg TS")
    kjeldahl, ammonium = _nitrogen(lab, gaps, total, volatile)
    parts = _parts(lab, gaps, PROTEIN_PER_NITROGEN * (kjeldahl - ammonium) / (total * volatile))
    assay = Assay(
        name=lab.name,
        total_solids=total,
        volatile_solids=volatile,
        methane_potential=gaps.value("methane_potential", lab.methane_potential, "m3 CH4/kg VS"),
        disintegration=gaps.value("disintegration", lab.disintegration, "1/d"),
        kjeldahl_nitrogen=kjeldahl,
        ammonium_nitrogen=ammonium,
        protein=parts["protein"],
        lipid=parts["lipid"],
        carbohydrate=parts["carbohydrate"],
        fibre=lab.fibre,
        cod=lab.cod,
        ph=lab.ph,
        alkalinity=lab.alkalinity,
        volatile_acids=lab.volatile_acids or 0.0,
    )
    return assay, tuple(gaps.filled)


class _Gaps:
    """Fills gaps from the feedstock the sheet is like, and remembers what it filled."""

    def __init__(self, lab: LabValues) -> None:
        self.lab = lab
        self.filled: list[Filled] = []
        self._prior: Feedstock | None = None

    @property
    def prior(self) -> Feedstock:
        """Return the library's feedstock; looked for only when a value is missing."""
        if self._prior is None:
            self._prior = feedstock(self.lab.like or nearest_feedstock(self.lab))
        return self._prior

    def value(self, quantity: str, measured: float | None, unit: str) -> float:
        """Return what was measured, or the library's central value."""
        if measured is not None:
            return measured
        known: Quantity = getattr(self.prior, quantity)
        return self.fill(quantity, known.value, unit)

    def fill(self, quantity: str, value: float, unit: str, because: str = "") -> float:
        """Note a value that was not measured and return it."""
        self.filled.append(Filled(quantity, value, unit, because or f"library: {self.prior.code}"))
        return value


def _nitrogen(lab: LabValues, gaps: _Gaps, total: float, volatile: float) -> tuple[float, float]:
    """Return Kjeldahl and ammonium nitrogen [kg N/kg fresh]."""
    kjeldahl, ammonium = lab.kjeldahl_nitrogen, lab.ammonium_nitrogen
    if kjeldahl is None:
        kjeldahl = _kjeldahl(lab, gaps, total, volatile)
    if ammonium is None:
        share = gaps.prior.ammonium_share.value
        ammonium = gaps.fill("ammonium_nitrogen", share * kjeldahl, "kg N/kg")
    if ammonium > kjeldahl:
        raise BalanceError(
            f"{lab.name}: ammonium nitrogen ({ammonium:.4g} kg N/kg) is more than the Kjeldahl nitrogen "
            f"({kjeldahl:.4g} kg N/kg) it is a part of."
        )
    return kjeldahl, ammonium


def _kjeldahl(lab: LabValues, gaps: _Gaps, total: float, volatile: float) -> float:
    """Return Kjeldahl nitrogen [kg N/kg fresh] as protein and ammonium imply it, or as the library has it."""
    share = gaps.prior.ammonium_share.value if lab.ammonium_nitrogen is None else 0.0
    if lab.protein is None:
        known = gaps.prior.nitrogen.value * total
        ammonium = lab.ammonium_nitrogen or 0.0
        organic = known * (1 - gaps.prior.ammonium_share.value)
        return gaps.fill("kjeldahl_nitrogen", organic + ammonium if ammonium else known, "kg N/kg")
    organic = lab.protein * total * volatile / PROTEIN_PER_NITROGEN
    found = (organic + (lab.ammonium_nitrogen or 0.0)) / (1 - share)
    return gaps.fill("kjeldahl_nitrogen", found, "kg N/kg", "from protein and ammonium nitrogen")


def _parts(lab: LabValues, gaps: _Gaps, protein_from_nitrogen: float) -> dict[str, float]:
    """Return protein, lipid and carbohydrate with fibre [kg/kg VS], together 1."""
    protein = lab.protein
    if protein is None:
        because = f"{PROTEIN_PER_NITROGEN:g} (TKN - TAN)"
        protein = gaps.fill("protein", protein_from_nitrogen, "kg/kg VS", because)
    if protein > protein_from_nitrogen * (1 + NITROGEN_TOLERANCE) + 1e-6:
        raise BalanceError(
            f"{lab.name}: a protein of {protein:.3g} kg/kg VS needs {PROTEIN_PER_NITROGEN:g} times its nitrogen, "
            f"but TKN - TAN leaves nitrogen for {protein_from_nitrogen:.3g} kg/kg VS only."
        )
    protein = min(protein, protein_from_nitrogen)
    lipid = _lipid(lab, gaps, protein)
    _check_solids(lab, protein, lipid)
    return {"protein": protein, "lipid": lipid, "carbohydrate": max(1 - protein - lipid, 0.0)}


def _lipid(lab: LabValues, gaps: _Gaps, protein: float) -> float:
    if lab.lipid is not None:
        return lab.lipid
    left = max(1 - protein - (lab.carbohydrate or 0.0) - (lab.fibre or 0.0), 0.0)
    if lab.carbohydrate is not None and lab.fibre is not None:
        return gaps.fill("lipid", left, "kg/kg VS", "what the other parts leave")
    known, fibre = gaps.prior.composition, gaps.prior.fibre.value
    unmeasured = {"carbohydrate": known["carbohydrate"] - fibre, "fibre": fibre}
    others = sum(value for name, value in unmeasured.items() if getattr(lab, name) is None)
    usual = left * known["lipid"] / (known["lipid"] + others)
    bounded = usual if lab.cod is None else _lipid_within(lab.cod, lab.fibre, protein, left, usual)
    because = "" if bounded == usual else f"library: {gaps.prior.code}, as far as the COD allows"
    return gaps.fill("lipid", bounded, "kg/kg VS", because)


def _lipid_within(cod: float, fibre: float | None, protein: float, most: float, usual: float) -> float:
    """Return the share of fat nearest to the usual one with which the parts can hold a measured COD."""

    def needed(bound: int) -> float:
        ends = [cod_range(protein, lipid, 1 - protein - lipid, fibre)[bound] for lipid in (0.0, most)]
        return most * (cod - ends[0]) / (ends[1] - ends[0]) if ends[1] > ends[0] else usual

    return min(max(usual, needed(1), 0.0), max(needed(0), 0.0), most)


def _check_solids(lab: LabValues, protein: float, lipid: float) -> None:
    measured = {"carbohydrate": lab.carbohydrate, "fibre": lab.fibre}
    known = {name: value for name, value in measured.items() if value is not None}
    total = protein + lipid + sum(known.values())
    said = ", ".join(
        f"{name} {value:.3g}" for name, value in ({"protein": protein, "lipid": lipid} | known).items()
    )
    if total > 1 + (SOLIDS_TOLERANCE if known else 1e-9):
        raise BalanceError(
            f"{lab.name}: its parts ({said}) are {total:.3g} kg/kg VS, more than the volatile solids they are part of."
        )
    if len(known) == len(measured) and total < 1 - SOLIDS_TOLERANCE:
        raise BalanceError(f"{lab.name}: its parts ({said}) are only {total:.3g} kg of each kg VS.")
