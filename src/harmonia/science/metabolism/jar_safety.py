"""Whether a jar can be set up without danger: the pressure it could reach, and what would make it safe.

Pressure by the ideal gas: the air that was closed in, warmed, the gas the feed can give, and vapour. Nothing is
taken off for gas dissolved in the liquid or for a lid that leaks, so a real jar stays below.
"""

import math
from dataclasses import dataclass
from enum import Enum

from harmonia.science.metabolism.gas_volumes import (
    STANDARD_K,
    STANDARD_KPA,
    WATER_KPA_M,
    ZERO_CELSIUS,
    measured_volume,
    vapour_pressure_kpa,
)
from harmonia.science.sentences import SentenceError

LIMIT_KPA = 30.0  # gauge: 0.3 bar, far below what a drink bottle bears and enough to throw a lid
LEAST_METHANE_SHARE = 0.5  # half of the gas of sugar is carbon dioxide: C6H12O6 -> 3 CH4 + 3 CO2
INOCULUM_ML_G = 100.0  # [mL CH4/g VS] twice what the blanks of TU Munich's food waste trial gave (41 to 48)
FILLED_AT_C = 15.0  # closed on a cool day, warmed afterwards
COLDEST_C, HOTTEST_C = 5.0, 60.0
LOWEST_AMBIENT_KPA = 85.0  # about 1,400 m above the sea: thin air outside makes the gauge pressure higher


class JarError(SentenceError, ValueError):
    """A jar that cannot be; the message is one sentence for the reader."""


class Vessel(Enum):
    """What holds the feed, and where its gas goes."""

    PLASTIC = "plastic"  # a plastic bottle, closed
    BAG = "bag"  # a plastic bottle that breathes into a bag
    COLUMN = "column"  # a bottle that bubbles under a column of water
    GLASS = "glass"  # sealed glass
    GLASS_VENTED = "glass_vented"  # laboratory glass that breathes into a meter, bag or column


class Danger(Enum):
    """Why a jar is refused."""

    SEALED_GLASS = "sealed_glass"
    SLUDGE = "sludge"
    PRESSURE = "pressure"
    BAG = "bag"
    COLUMN = "column"
    PRECAUTIONS = "precautions"


@dataclass(frozen=True)
class JarSetUp:
    """A jar before it is closed.

    `substrate_g`, `inoculum_g` [g VS]; `potential_ml_g` the most methane the substrate may give [mL/g VS at 0 degC,
    101.325 kPa]; `headspace_ml` [mL]; `temperature_c` the warmest it will stand [degC]; `bag_ml` room in the bag
    [mL]; `column_m` depth of water the gas must push through [m]; `at_home`: not in a laboratory; `sludge`: holds
    sewage sludge; `careful`: an adult, with gloves, outdoors.
    """

    vessel: Vessel
    substrate_g: float
    inoculum_g: float
    potential_ml_g: float
    headspace_ml: float
    temperature_c: float = 35.0
    bag_ml: float = 0.0
    column_m: float = 0.0
    at_home: bool = True
    sludge: bool = False
    careful: bool = True


@dataclass(frozen=True)
class JarJudgement:
    """How a jar would stand, and every reason not to close it.

    `gas_ml` the most gas it may give [mL, wet, at its temperature and the pressure outside]; `peak_kpa` the most
    gauge pressure [kPa]; where that is too much, `feed_share` is the part of the feed (substrate and inoculum) that
    would be safe [-] and `headspace_ml` the room all of it would need [mL].
    """

    gas_ml: float
    peak_kpa: float
    dangers: tuple[Danger, ...]
    feed_share: float
    headspace_ml: float

    @property
    def is_safe(self) -> bool:
        """Return whether nothing speaks against closing it."""
        return not self.dangers


def judge_jar(jar: JarSetUp) -> JarJudgement:
    """Return what a jar could come to, before anybody closes it.

    Raises:
        JarError: a mass, room or temperature that cannot be.
    """
    _check(jar)
    gas = _standard_gas_ml(jar)
    room = measured_volume(gas, jar.temperature_c, STANDARD_KPA)
    peak = (
        WATER_KPA_M * jar.column_m
        if _breathes(jar.vessel)
        else sealed_peak_kpa(gas, jar.headspace_ml, jar.temperature_c)
    )
    return JarJudgement(
        gas_ml=room,
        peak_kpa=peak,
        dangers=tuple(_dangers(jar, peak, room)),
        feed_share=_safe_share(jar, gas),
        headspace_ml=_safe_headspace(jar, gas),
    )


def sealed_peak_kpa(gas_ml: float, headspace_ml: float, temperature_c: float) -> float:
    """Return the gauge pressure [kPa] of a closed head space that gained dry standard gas [mL].

    Partial pressures add: the air closed in at 15 degC, warmed; the gas; vapour at the temperature [degC].
    """
    return _warmed_kpa(temperature_c) + gas_ml / headspace_ml * _per_standard(temperature_c)


def _warmed_kpa(temperature_c: float) -> float:
    kelvin, filled = temperature_c + ZERO_CELSIUS, FILLED_AT_C + ZERO_CELSIUS
    air = LOWEST_AMBIENT_KPA * max(0.0, kelvin / filled - 1)
    vapour = max(0.0, vapour_pressure_kpa(temperature_c) - vapour_pressure_kpa(FILLED_AT_C))
    return air + vapour


def _per_standard(temperature_c: float) -> float:
    """Return the pressure [kPa] of a head space filled once with standard gas, at a temperature [degC]."""
    return STANDARD_KPA * (temperature_c + ZERO_CELSIUS) / STANDARD_K


def _standard_gas_ml(jar: JarSetUp) -> float:
    methane = jar.substrate_g * jar.potential_ml_g + jar.inoculum_g * INOCULUM_ML_G
    return methane / LEAST_METHANE_SHARE


def _breathes(vessel: Vessel) -> bool:
    return vessel in (Vessel.BAG, Vessel.COLUMN, Vessel.GLASS_VENTED)


def _dangers(jar: JarSetUp, peak_kpa: float, room_ml: float) -> list[Danger]:
    found = {
        Danger.SEALED_GLASS: jar.vessel is Vessel.GLASS,
        Danger.SLUDGE: jar.sludge and jar.at_home,
        Danger.PRESSURE: not _breathes(jar.vessel) and peak_kpa > LIMIT_KPA,
        Danger.BAG: jar.vessel is Vessel.BAG and room_ml > jar.bag_ml,
        Danger.COLUMN: _breathes(jar.vessel) and peak_kpa > LIMIT_KPA,
        Danger.PRECAUTIONS: not jar.careful,
    }
    return [danger for danger, present in found.items() if present]


def _spare_kpa(jar: JarSetUp) -> float:
    return max(0.0, LIMIT_KPA - _warmed_kpa(jar.temperature_c))


def _safe_share(jar: JarSetUp, gas_ml: float) -> float:
    if gas_ml <= 0:
        return 1.0
    return min(1.0, _spare_kpa(jar) * jar.headspace_ml / (gas_ml * _per_standard(jar.temperature_c)))


def _safe_headspace(jar: JarSetUp, gas_ml: float) -> float:
    spare = _spare_kpa(jar)
    return gas_ml * _per_standard(jar.temperature_c) / spare if spare > 0 else math.inf


def _check(jar: JarSetUp) -> None:
    amounts = (jar.substrate_g, jar.inoculum_g, jar.potential_ml_g, jar.bag_ml, jar.column_m)
    if not all(math.isfinite(amount) and amount >= 0 for amount in amounts):
        raise JarError("The masses, the methane, the bag and the water column must be numbers of 0 or more.")
    if not (math.isfinite(jar.headspace_ml) and jar.headspace_ml > 0):
        raise JarError("The room above the liquid must be more than nothing.")
    if not COLDEST_C <= jar.temperature_c <= HOTTEST_C:
        raise JarError(
            "The temperature must lie between %(least)g and %(most)g degC.", least=COLDEST_C, most=HOTTEST_C
        )
