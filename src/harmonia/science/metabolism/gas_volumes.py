"""Measured gas at standard conditions: dry, 0 degC, 101.325 kPa."""

import math

STANDARD_KPA, STANDARD_K, ZERO_CELSIUS = 101.325, 273.15, 273.15


def vapour_pressure_kpa(temperature_c: float, pressure_kpa: float = 0.0) -> float:
    """Return the pressure of water vapour [kPa] over water at a temperature [degC].

    At a total pressure [kPa] the enhancement of moist air is included. Alduchov & Eskridge (1996),
    doi:10.1175/1520-0450(1996)035<0601:IMFAOS>2.0.CO;2, equations 21 and 22.
    """
    pure = 0.61094 * math.exp(17.625 * temperature_c / (243.04 + temperature_c))
    return pure * 1.00071 * math.exp(4.5e-5 * pressure_kpa) if pressure_kpa else pure


def standard_volume(volume: float, temperature_c: float, pressure_kpa: float, humidity: float = 1.0) -> float:
    """Return a measured gas volume as dry gas at 0 degC and 101.325 kPa, in the unit it came in.

    `temperature_c` [degC] and `pressure_kpa` [kPa, absolute] of the measurement, `humidity` [0 to 1].

    Raises:
        ValueError: no positive absolute pressure, or vapour alone would exceed it.
    """
    if not (math.isfinite(pressure_kpa) and pressure_kpa > 0) or temperature_c <= -ZERO_CELSIUS:
        raise ValueError("the pressure must be positive and the temperature above absolute zero")
    dry = pressure_kpa - humidity * vapour_pressure_kpa(temperature_c, pressure_kpa)
    if dry < 0:
        raise ValueError(f"at {temperature_c:g} degC and {pressure_kpa:g} kPa there is only vapour")
    return volume * dry / STANDARD_KPA * STANDARD_K / (temperature_c + ZERO_CELSIUS)


def headspace_volume(headspace: float, temperature_c: float, before_kpa: float, after_kpa: float) -> float:
    """Return dry standard gas vented from a head space between two absolute pressures [kPa].

    Manometric method; `headspace` in any volume unit. The vapour stays the same, so it drops out.
    """
    if after_kpa > before_kpa:
        raise ValueError("the pressure after venting cannot be above the one before")
    kelvin = temperature_c + ZERO_CELSIUS
    return headspace * (before_kpa - after_kpa) / STANDARD_KPA * STANDARD_K / kelvin


def vented_methane_ml(
    mass_loss_g: float, methane_share: float, temperature_c: float, pressure_kpa: float
) -> float:
    """Return methane [mL, standard] from the mass a bottle lost by venting [g].

    Gravimetric method, Standard BMP Methods document 203 (Hafner et al.): the lost gas is methane and carbon
    dioxide in their dry shares, saturated with vapour at the bottle's temperature [degC] and pressure [kPa].
    """
    if not 0 <= methane_share <= 1:
        raise ValueError("the methane share must lie between 0 and 1")
    vapour = vapour_pressure_kpa(temperature_c, pressure_kpa)
    dry_molar = 16.0425 * methane_share + 44.0095 * (1 - methane_share)
    molar = dry_molar + 18.0153 * vapour / (pressure_kpa - vapour)
    return mass_loss_g / molar * 22_414 * methane_share
