"""Measured gas at standard conditions: dry, 0 degC, 101.325 kPa, by the three ways of measuring a bottle.

Standard BMP Methods documents 201 (volumetric), 202 (manometric) and 203 (gravimetric); results equal the R
package biogas (Hafner et al. 2018, doi:10.1016/j.softx.2018.06.005).
"""

import math

STANDARD_KPA, STANDARD_K, ZERO_CELSIUS = 101.325, 273.15, 273.15
# Molar masses [g/mol] and volumes of the real gases at 0 degC and 101.325 kPa [mL/mol], NIST as in `biogas`.
METHANE_MOLAR, DIOXIDE_MOLAR, WATER_MOLAR = 16.0425, 44.0095, 18.0153
METHANE_ML_MOL, DIOXIDE_ML_MOL = 22_360.588, 22_263.009
WATER_KPA_M = 9.80665  # [kPa/m] a metre of water column


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
    if not (math.isfinite(pressure_kpa) and pressure_kpa > 0) or not temperature_c > -ZERO_CELSIUS:
        raise ValueError("the pressure must be positive and the temperature above absolute zero")
    if temperature_c > 100:
        raise ValueError(f"{temperature_c:g} degC is no temperature to measure wet gas at")
    dry = pressure_kpa - humidity * vapour_pressure_kpa(temperature_c, pressure_kpa)
    if dry < 0:
        raise ValueError(f"at {temperature_c:g} degC and {pressure_kpa:g} kPa there is only vapour")
    return volume * dry / STANDARD_KPA * STANDARD_K / (temperature_c + ZERO_CELSIUS)


def measured_volume(standard: float, temperature_c: float, pressure_kpa: float) -> float:
    """Return the volume that dry standard gas takes wet at a temperature [degC] and pressure [kPa]."""
    return standard / standard_volume(1.0, temperature_c, pressure_kpa)


def headspace_volume(
    headspace: float, temperature_c: float, before_kpa: float, after_kpa: float, after_humidity: float = 1.0
) -> float:
    """Return dry standard gas a head space gained between two absolute pressures [kPa].

    Manometric method: from `after_kpa`, left by the last venting, to `before_kpa`, read before the next one;
    `headspace` in any volume unit. Gas left by a venting holds less vapour than saturation
    (`after_humidity`, in `biogas` the ratio of the pressures); with 1 the vapour drops out.

    Raises:
        ValueError: the pressure fell, or a pressure or temperature is impossible.
    """
    if after_kpa > before_kpa:
        raise ValueError("the pressure after venting cannot be above the one before")
    now = standard_volume(headspace, temperature_c, before_kpa)
    return now - standard_volume(headspace, temperature_c, after_kpa, after_humidity)


def vented_methane_ml(
    mass_loss_g: float, methane_share: float, temperature_c: float, pressure_kpa: float
) -> float:
    """Return methane [mL, standard] from the mass a bottle lost by venting [g].

    Gravimetric method: the lost gas is methane and carbon dioxide in their dry shares, saturated with vapour
    at the bottle's temperature [degC] and pressure [kPa].

    Raises:
        ValueError: a share outside 0 to 1, a gain of mass, or a pressure below that of the vapour.
    """
    if not 0 <= methane_share <= 1:
        raise ValueError("the methane share must lie between 0 and 1")
    if not mass_loss_g >= 0:
        raise ValueError("a bottle cannot gain mass by venting")
    vapour = vapour_pressure_kpa(temperature_c)
    if not pressure_kpa > vapour:
        raise ValueError(f"at {temperature_c:g} degC and {pressure_kpa:g} kPa there is only vapour")
    dry_g = methane_share * METHANE_MOLAR + (1 - methane_share) * DIOXIDE_MOLAR
    wet_g = dry_g + WATER_MOLAR * vapour / (pressure_kpa - vapour)
    return mass_loss_g / wet_g * methane_share * METHANE_ML_MOL
