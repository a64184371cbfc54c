"""What people bring: solids, methane potential, nitrogen, fat and speed of each feedstock, with sources."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

PROTEIN_PER_NITROGEN = 6.25  # [kg/kg] crude protein of an organic nitrogen, the Kjeldahl convention


@dataclass(frozen=True)
class Quantity:
    """A number with the range it may lie in, its unit and who published it ("unknown" where nobody did)."""

    value: float
    low: float
    high: float
    unit: str
    source: str


@dataclass(frozen=True)
class Feedstock:
    """One feedstock; every quantity carries low, high, unit and source.

    `total_solids` [kg TS/kg], `volatile_solids` [kg VS/kg TS], `methane_potential` [m3 CH4/kg VS at 0 degC,
    101.325 kPa], `nitrogen` [kg N/kg TS], `ammonium_share` [kg N/kg N], `lipid` [kg/kg VS],
    `disintegration` [1/d at 35 degC].
    """

    code: str
    name: str
    total_solids: Quantity
    volatile_solids: Quantity
    methane_potential: Quantity
    nitrogen: Quantity
    ammonium_share: Quantity
    lipid: Quantity
    disintegration: Quantity

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


class FeedstockError(KeyError):
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
        raise FeedstockError(f"unknown feedstock {code!r}; there are {', '.join(feedstock_codes())}")
    text = (resources.files(__package__) / "feedstocks" / f"{code}.toml").read_text(encoding="utf-8")
    return read_feedstock(code, text)


def read_feedstock(code: str, text: str) -> Feedstock:
    """Return the feedstock a TOML text describes.

    Raises:
        ValueError: the text is no TOML, a quantity is missing, or a value lies outside its own range.
    """
    table = tomllib.loads(text)
    names = [field.name for field in fields(Feedstock) if field.type is Quantity]
    missing = [name for name in ("name", *names) if name not in table]
    if missing:
        raise ValueError(f"feedstock {code} lacks {missing[0]}")
    return Feedstock(code, str(table["name"]), **{name: _quantity(code, name, table[name]) for name in names})


def _quantity(code: str, name: str, table: Mapping[str, Any]) -> Quantity:
    try:
        quantity = Quantity(
            float(table["value"]),
            float(table["low"]),
            float(table["high"]),
            str(table["unit"]),
            str(table["source"]),
        )
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{name} of feedstock {code} needs value, low, high, unit and source") from None
    if not 0 <= quantity.low <= quantity.value <= quantity.high:
        raise ValueError(f"{name} of feedstock {code} must have 0 <= low <= value <= high")
    return quantity
