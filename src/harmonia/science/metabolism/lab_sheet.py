"""Read a laboratory's table (quantity, value, unit, basis) with its units checked; pint stays in this file."""

import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pint

from harmonia.science.metabolism.feedstocks import DENSITY
from harmonia.science.metabolism.lab_values import LabValueError, LabValues
from harmonia.science.metabolism.strong_ions import CALCIUM_CARBONATE
from harmonia.science.metabolism.trial_batch import TRIAL_DAYS

COLUMNS = ("quantity", "value", "unit", "basis")
FRESH, TS, VS, NONE = "fresh", "TS", "VS", ""
LONGEST_TRIAL_DAYS = 365.0
# Words laboratories write after a unit; they say what was weighed, which quantity and basis say already.
_WORDS = re.compile(r"(?i)\b(ts|vs|dm|odm|fm|cod|ch4|caco3|hac|n)\b")
# Normal volumes are what the model means by m3 of methane.
_NORMAL = re.compile(r"\b[Nn](?=(?:mL|ml|L|l|m3)\b)")
_CUBE = re.compile(r"\b([cd]?m)3\b")
# Nothing that pint would calculate: a power as a unit could keep it busy for hours.
_READABLE = re.compile(r"(?:1(?=/))?(?:[A-Za-zµ%/ ]|(?<=m)\*\*3){0,40}")


@dataclass(frozen=True)
class Kind:
    """How a quantity is kept: its unit in `LabValues`, the basis it is kept on, and those it may come on."""

    unit: str
    kept: str
    may_come: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "total_solids": Kind("kg/kg", FRESH, (FRESH,)),
    "volatile_solids": Kind("kg/kg", TS, (TS, FRESH)),
    "cod": Kind("kg/kg", VS, (VS, TS, FRESH)),
    "protein": Kind("kg/kg", VS, (VS, TS, FRESH)),
    "lipid": Kind("kg/kg", VS, (VS, TS, FRESH)),
    "carbohydrate": Kind("kg/kg", VS, (VS, TS, FRESH)),
    "fibre": Kind("kg/kg", VS, (VS, TS, FRESH)),
    "ammonium_nitrogen": Kind("kg/kg", FRESH, (FRESH, TS, VS)),
    "kjeldahl_nitrogen": Kind("kg/kg", FRESH, (FRESH, TS, VS)),
    "methane_potential": Kind("m**3/kg", VS, (VS, TS, FRESH)),
    "disintegration": Kind("1/day", NONE, (NONE,)),
    "ph": Kind("dimensionless", NONE, (NONE,)),
    "alkalinity": Kind("kg/m**3", NONE, (NONE, FRESH)),
    "volatile_acids": Kind("kg/m**3", NONE, (NONE, FRESH)),
    "trial_days": Kind("day", NONE, (NONE,)),
}
SYNONYMS = {
    "ts": "total_solids",
    "dm": "total_solids",
    "vs": "volatile_solids",
    "odm": "volatile_solids",
    "tan": "ammonium_nitrogen",
    "nh4-n": "ammonium_nitrogen",
    "tkn": "kjeldahl_nitrogen",
    "bmp": "methane_potential",
    "fat": "lipid",
    "ndf": "fibre",
    "vfa": "volatile_acids",
    "trial_length": "trial_days",
}
_BASES = {"": NONE, "-": NONE, "fresh": FRESH, "fm": FRESH, "ts": TS, "dm": TS, "vs": VS, "odm": VS}


class SheetError(LabValueError):
    """A line of the table cannot be read; the message names it."""


@dataclass(frozen=True)
class LabSheet:
    """What a table says: the values in the mapper's units, and how long the trial stood [d]."""

    values: LabValues
    trial_days: float


@dataclass(frozen=True)
class _Reading:
    line: int
    quantity: str
    value: float
    basis: str


def read_lab_sheet(name: str, text: str) -> LabSheet:
    """Return the values of a CSV with the columns quantity, value, unit, basis.

    A line `like,CODE,,` names the library's feedstock that fills the gaps.

    Raises:
        SheetError: a column is missing, a quantity unknown or said twice, a value no number, a unit of the
            wrong dimension, or a basis that needs total or volatile solids the sheet does not give.
    """
    readings: dict[str, _Reading] = {}
    like: str | None = None
    for line, row in _rows(text):
        quantity = row["quantity"].lower().replace(" ", "_")
        if quantity == "like":
            like = row["value"]
            continue
        quantity = SYNONYMS.get(quantity, quantity)
        if quantity not in KINDS:
            raise SheetError(
                f"Line {line}: {quantity!r} is no quantity of a lab sheet; use {', '.join(KINDS)}."
            )
        if quantity in readings:
            raise SheetError(f"Line {line}: {quantity} is given twice.")
        readings[quantity] = _reading(line, quantity, row)
    values = {quantity: _on_kept_basis(found, readings) for quantity, found in readings.items()}
    days = values.pop("trial_days", TRIAL_DAYS)
    if not 1 <= days <= LONGEST_TRIAL_DAYS:
        raise SheetError(
            f"A trial of {days:g} days cannot be simulated; it must last 1 to {LONGEST_TRIAL_DAYS:g} days."
        )
    return LabSheet(LabValues(name=name, like=like, **values), days)


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    try:
        table = list(csv.reader(text.lstrip("\ufeff").splitlines(), strict=True))
    except csv.Error as error:
        raise SheetError(f"The table is not valid CSV ({error}).") from None
    heading = [cell.strip().lower() for cell in table[0]] if table else []
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        raise SheetError(f"The table has no column {missing[0]!r}; it needs {', '.join(COLUMNS)}.")
    places = {column: heading.index(column) for column in COLUMNS}
    rows = [
        (
            line,
            {column: cells[place].strip() if place < len(cells) else "" for column, place in places.items()},
        )
        for line, cells in enumerate(table[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise SheetError("The table has no values.")
    return rows


def _reading(line: int, quantity: str, row: Mapping[str, str]) -> _Reading:
    try:
        value = float(row["value"])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SheetError(f"Line {line}: {quantity} is {row['value']!r}, which is not a number.")
    kind, basis = KINDS[quantity], _BASES.get(row["basis"].lower())
    if basis is None or basis not in kind.may_come:
        wanted = " or ".join(known or "-" for known in kind.may_come)
        raise SheetError(
            f"Line {line}: {quantity} per {row['basis']!r} cannot be read; its basis is {wanted}."
        )
    return _Reading(line, quantity, _converted(line, quantity, value, row["unit"], basis), basis)


def _converted(line: int, quantity: str, value: float, unit: str, basis: str) -> float:
    """Return a value in the unit its quantity is kept in."""
    found: float | None = None
    if _READABLE.fullmatch(plain := _plain(unit)):
        try:
            found = _in_kept_unit(KINDS[quantity].unit, value, plain, _bridges(quantity, basis))
        except (pint.PintError, AttributeError, TypeError, ValueError, ArithmeticError):
            # pint has one error for a word it lacks, others for offsets (degC) and logarithms (dB).
            found = None
    if found is None or not math.isfinite(found):
        kept = KINDS[quantity].unit.replace("**", "")
        raise SheetError(f"Line {line}: {unit!r} is no unit of {quantity}; write it as {kept}.")
    return found


def _in_kept_unit(kept: str, value: float, unit: str, bridges: tuple[str, ...]) -> float | None:
    """Return a value in the kept unit, if need be through a density or molar mass; None where nothing fits."""
    measured = _registry().Quantity(value, unit or "dimensionless")
    for factor in (None, *bridges):
        bridged = measured if factor is None else measured * _registry().Quantity(factor)
        if bridged.is_compatible_with(kept):
            return float(bridged.to(kept).magnitude)
    return None


def _plain(unit: str) -> str:
    """Return a unit without the words that say what was weighed: `NmL CH4/g VS` becomes `mL/g`."""
    bare = _NORMAL.sub("", unit.replace("^", "").replace("**", "").replace("pH", ""))
    words = _WORDS.sub("", "" if bare.strip() == "-" else bare)
    return _CUBE.sub(r"\1**3", " ".join(words.split())).replace(" /", "/").strip()


def _bridges(quantity: str, basis: str) -> tuple[str, ...]:
    """Return the factors that carry a unit of another dimension to the one kept, if any may."""
    if KINDS[quantity].unit == "kg/kg" and basis == FRESH:
        return (f"{1 / DENSITY} m**3/kg",)
    if quantity == "alkalinity":
        return (f"{CALCIUM_CARBONATE} kg/kmol", f"{DENSITY} kg/m**3")
    return (f"{DENSITY} kg/m**3",) if quantity == "volatile_acids" else ()


def _on_kept_basis(found: _Reading, readings: Mapping[str, _Reading]) -> float:
    """Return a value on the basis its quantity is kept on: divided by the solids of one, times those of the other."""
    kept = KINDS[found.quantity].kept
    if found.basis in (kept, NONE) or kept == NONE:
        return found.value
    before, after = (_solids(found, basis, readings) for basis in (found.basis, kept))
    if after == 0:
        raise SheetError(f"Line {found.line}: without solids, {found.quantity} cannot be told per kg {kept}.")
    return found.value * before / after


def _solids(found: _Reading, basis: str, readings: Mapping[str, _Reading]) -> float:
    """Return the solids of a basis [kg/kg fresh]."""
    if basis == FRESH:
        return 1.0
    total, volatile = readings.get("total_solids"), readings.get("volatile_solids")
    if basis == VS and volatile is not None and volatile.basis == FRESH:
        return volatile.value
    needed = {"total_solids": total} if basis == TS else {"total_solids": total, "volatile_solids": volatile}
    lacking = [name for name, reading in needed.items() if reading is None]
    if total is None or lacking:
        raise SheetError(
            f"Line {found.line}: {found.quantity} per {found.basis} needs {' and '.join(lacking)} in the sheet too."
        )
    return total.value * (volatile.value if basis == VS and volatile is not None else 1.0)


@cache
def _registry() -> pint.UnitRegistry[float]:
    registry: pint.UnitRegistry[float] = pint.UnitRegistry()
    registry.define("equivalent = mole = eq")
    return registry
