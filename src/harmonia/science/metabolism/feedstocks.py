"""What people bring: solids, methane potential, nitrogen, fat and speed of each feedstock, with sources."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from harmonia.science.sentences import SentenceError

PROTEIN_PER_NITROGEN = 6.25  # [kg/kg] crude protein of an organic nitrogen, the Kjeldahl convention
DENSITY = 1000.0  # [kg/m3] of feed, where nobody weighed a volume
# COD of one kg [kg/kg], complete oxidation of C6H10O5, C6H12O6, C57H104O6 and lignin as C10H13O3.
COD_OF_CARBOHYDRATE, COD_OF_GLUCOSE, COD_OF_LIPID, COD_OF_LIGNIN = 1.1842, 1.0667, 2.8912, 2.0749
# That of protein is its nitrogen over the 0.007 kmol N/kg COD of the model's amino acids.
COD_OF_PROTEIN = 1 / (PROTEIN_PER_NITROGEN * 14.0 * 0.007)
# quantity -> (unit, basis): per kg of fresh mass, of total solids, of volatile solids, or of its nitrogen
QUANTITIES: Mapping[str, tuple[str, str]] = {
    "total_solids": ("kg TS/kg", "fresh"),
    "volatile_solids": ("kg VS/kg TS", "TS"),
    "methane_potential": ("m3 CH4/kg VS", "VS"),
    "nitrogen": ("kg N/kg TS", "TS"),
    "ammonium_share": ("kg N/kg N", "N"),
    "lipid": ("kg/kg VS", "VS"),
    "fibre": ("kg/kg VS", "VS"),
    "disintegration": ("1/d", "VS"),
    "carbon": ("kg C/kg TS", "TS"),
    "phosphorus": ("kg P/kg TS", "TS"),
    "potassium": ("kg K/kg TS", "TS"),
    "ph": ("-", "fresh"),
}
# How a source begins where no published number was found, or none that could be looked up again.
UNSOURCED = ("unknown", "from memory")


@dataclass(frozen=True)
class Quantity:
    """A number with the range it may lie in, its unit, what it is a part of, and who published it.

    `basis` is "fresh", "TS", "VS" or "N"; `source` begins with "unknown" where nobody did.
    """

    value: float
    low: float
    high: float
    unit: str
    basis: str
    source: str

    @property
    def sourced(self) -> bool:
        """Return whether a published number was read, not guessed or remembered."""
        return not self.source.startswith(UNSOURCED)


@dataclass(frozen=True)
class Feedstock:
    """One feedstock; every quantity carries low, high, unit and source.

    `total_solids` [kg TS/kg], `volatile_solids` [kg VS/kg TS], `methane_potential` [m3 CH4/kg VS at 0 degC,
    101.325 kPa], `nitrogen` (Kjeldahl) [kg N/kg TS], `ammonium_share` [kg N/kg N], `lipid`, `fibre` (neutral
    detergent, with lignin) [kg/kg VS], `disintegration` [1/d at 35 degC], `carbon`, `phosphorus`,
    `potassium` [kg/kg TS], `ph` [-]. `remark`: what to mind about particles, lignin or salt.
    """

    code: str
    name: str
    remark: str
    total_solids: Quantity
    volatile_solids: Quantity
    methane_potential: Quantity
    nitrogen: Quantity
    ammonium_share: Quantity
    lipid: Quantity
    fibre: Quantity
    disintegration: Quantity
    carbon: Quantity
    phosphorus: Quantity
    potassium: Quantity
    ph: Quantity

    @property
    def volatile_solids_kg_kg(self) -> float:
        """Return volatile solids per fresh mass [kg VS/kg]."""
        return self.total_solids.value * self.volatile_solids.value

    @property
    def nitrogen_kg_kg(self) -> float:
        """Return all nitrogen per fresh mass [kg N/kg]."""
        return self.total_solids.value * self.nitrogen.value

    @property
    def composition(self) -> Mapping[str, float]:
        """Return protein, lipid and carbohydrate with fibre, as shares of the volatile solids [kg/kg]."""
        organic = self.nitrogen.value * (1 - self.ammonium_share.value) / self.volatile_solids.value
        protein = PROTEIN_PER_NITROGEN * organic
        return {
            "protein": protein,
            "lipid": self.lipid.value,
            "carbohydrate": 1 - protein - self.lipid.value,
        }

    @property
    def cod_kg_kg_vs(self) -> float:
        """Return the COD its composition holds [kg COD/kg VS], without what lignin adds."""
        parts = self.composition
        return (
            COD_OF_CARBOHYDRATE * parts["carbohydrate"]
            + COD_OF_PROTEIN * parts["protein"]
            + COD_OF_LIPID * parts["lipid"]
        )


def cod_range(protein: float, lipid: float, carbohydrate: float, fibre: float | None) -> tuple[float, float]:
    """Return the least and most COD [kg/kg VS] such parts [kg/kg VS] can hold.

    `carbohydrate` includes the fibre, which may be anything between cellulose and lignin; all of it may where
    nobody measured the fibre.
    """
    lignified = carbohydrate if fibre is None else min(fibre, carbohydrate)
    fixed = COD_OF_PROTEIN * protein + COD_OF_LIPID * lipid
    least = fixed + COD_OF_GLUCOSE * carbohydrate
    return least, fixed + COD_OF_CARBOHYDRATE * (carbohydrate - lignified) + COD_OF_LIGNIN * lignified


class FeedstockError(SentenceError, KeyError):
    """No file describes this feedstock; the message lists those there are."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def feedstock_codes() -> tuple[str, ...]:
    """Return the codes of all packaged feedstocks, sorted."""
    folder = resources.files(__package__) / "feedstocks"
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    )


@cache
def feedstock(code: str) -> Feedstock:
    """Return one packaged feedstock.

    Raises:
        FeedstockError: there is no such code.
    """
    if code not in feedstock_codes():
        raise FeedstockError(
            "unknown feedstock %(code)r; there are %(known)s", code=code, known=", ".join(feedstock_codes())
        )
    text = (resources.files(__package__) / "feedstocks" / f"{code}.toml").read_text(encoding="utf-8")
    return read_feedstock(code, text)


def read_feedstock(code: str, text: str) -> Feedstock:
    """Return the feedstock a TOML text describes.

    Raises:
        ValueError: the text is no TOML, a quantity is missing, or a value lies outside its own range.
    """
    table = tomllib.loads(text)
    missing = [name for name in ("name", "remark", *QUANTITIES) if name not in table]
    if missing:
        raise ValueError(f"feedstock {code} lacks {missing[0]}")
    quantities = {name: _quantity(code, name, table[name]) for name in QUANTITIES}
    return Feedstock(code, str(table["name"]), str(table["remark"]), **quantities)


def _quantity(code: str, name: str, table: Mapping[str, Any]) -> Quantity:
    try:
        quantity = Quantity(
            float(table["value"]),
            float(table["low"]),
            float(table["high"]),
            str(table["unit"]),
            str(table["basis"]),
            str(table["source"]),
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError(
            f"{name} of feedstock {code} needs value, low, high, unit, basis and source"
        ) from None
    if not 0 <= quantity.low <= quantity.value <= quantity.high:
        raise ValueError(f"{name} of feedstock {code} must have 0 <= low <= value <= high")
    if (quantity.unit, quantity.basis) != QUANTITIES[name]:
        raise ValueError(f"{name} of feedstock {code} must be in {' per '.join(QUANTITIES[name])}")
    return quantity
