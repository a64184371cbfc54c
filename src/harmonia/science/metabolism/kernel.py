"""The right-hand side of ADM1 in the BSM2 form, compiled: pH by Newton, rates, transport, gas outlet.

A full state has 30 model states, then one pool of not yet disintegrated feed per feedstock, then three
integrals of what left as gas (H2, CH4 [kg COD], CO2 [kmol]). Source: Rosen & Jeppsson (2006). The 30th state,
syntrophic acetate oxidisers, is not in the benchmark; without any of them the benchmark remains, exactly.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism.compiled import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Places = NDArray[
    np.uint32
]  # unsigned, so that compiled code need not ask whether an index counts from the end

MODEL = 30
LIQUID = 27
OUTLETS = 3
SU, AA, FA, VA, BU, PRO, AC, H2, CH4, IC, IN = range(11)
XC, CH, PR, LI = 12, 13, 14, 15
XI, CAT, AN, SAO, GAS_H2, GAS_CH4, GAS_CO2 = 23, 24, 25, 26, 27, 28, 29
UPTAKES = 8
PROCESSES = 21
OXIDATION = 8  # place of acetate oxidation among the constants of uptakes and decays
FIRST_BIOMASS = 16

# Places of the constants in the flat array that `constants.py` fills.
K_M, K_S, PER_K_I_H2, PER_K_I_NH3 = 0, 9, 18, 27
K_DEC, K_DIS, K_HYD, K_S_IN = 36, 44, 45, 48
PH_LIMIT, PH_POWER, K_A, K_W = 49, 52, 55, 61
K_L_A, K_H, P_H2O, RT, K_P, P_ATM, V_LIQ, V_GAS = 62, 63, 66, 67, 68, 69, 70, 71
CONSTANTS = 72

BIOMASS_OF = np.array([16, 17, 18, 19, 19, 20, 21, 22])
PH_GROUP_OF = np.array([0, 0, 0, 0, 0, 0, 1, 2])
ACID = np.array([VA, BU, PRO, AC])
PER_ACID_COD = np.array([1 / 208, 1 / 160, 1 / 112, 1 / 64])  # [kmol charge per kg COD]
PER_GAS = np.array([1 / 16, 1 / 64, 1.0])  # [kmol per kg COD, kmol per kmol]
SPLIT = np.array([CH, PR, LI, XI])
COMPETITION_FLOOR = 1e-6  # [kg COD/m3] keeps the share of valerate defined at zero, as in the report


class System(NamedTuple):
    """All that the right-hand side needs besides the state.

    `c` (72,) constants; `nu`, `first`, `column` the sparse Petersen rows; `pool` (pools, 5): rate [1/d] and
    split over X_ch, X_pr, X_li, X_I; `inflow` (27 + pools,) concentrations; `dilution` [1/d].
    """

    c: Floats
    nu: Floats
    first: Places
    column: Places
    pool: Floats
    inflow: Floats
    dilution: float


@compiled
def charge(y: Floats, proton: float, c: Floats) -> tuple[float, float]:
    """Return the charge balance [kmol/m3] at a proton concentration, and its slope; it is concave."""
    ammonium, carbonate = c[K_A + 5] + proton, c[K_A + 4] + proton
    balance = y[CAT] - y[AN] + proton - c[K_W] / proton
    # Rounding can leave a trace below zero, which would make the balance bend the wrong way.
    nitrogen, carbon = max(y[IN], 0.0), max(y[IC], 0.0)
    balance += nitrogen * proton / ammonium - carbon * c[K_A + 4] / carbonate
    slope = 1.0 + c[K_W] / proton**2
    slope += nitrogen * c[K_A + 5] / ammonium**2 + carbon * c[K_A + 4] / carbonate**2
    for i in range(4):
        bound = y[ACID[i]] * PER_ACID_COD[i] * c[K_A + i] / (c[K_A + i] + proton)
        balance -= bound
        slope += bound / (c[K_A + i] + proton)
    return balance, slope


@compiled
def protons(y: Floats, start: float, c: Floats) -> float:
    """Return the proton concentration [kmol/m3] at which charges balance.

    The balance rises and is concave, so Newton climbs to the root from the left without overshoot; a step
    that falls below zero from the right is cut to a tenth. Each step squares the relative error, so the one
    after a step of 1e-8 would change nothing.
    """
    proton = start
    for _ in range(100):
        balance, slope = charge(y, proton, c)
        step = -balance / slope
        trial = proton + step
        proton = max(trial, 0.1 * proton)
        if abs(step) <= 1e-8 * proton:
            break
    return proton


@compiled
def environment(y: Floats, proton: float, c: Floats, factor: Floats) -> None:
    """Fill `factor` (8,): inhibition of each uptake by pH, nitrogen want, hydrogen and free ammonia."""
    hydrogen = max(y[H2], 0.0)
    nitrogen = max(y[IN], 0.0)
    ammonia = nitrogen * c[K_A + 5] / (c[K_A + 5] + proton)
    want = nitrogen / (nitrogen + c[K_S_IN])
    by_ph, known = 1.0, -1
    for j in range(UPTAKES):
        group = PH_GROUP_OF[j]
        if group != known:  # neighbours share a group, and powers are the dearest part
            by_ph = 1.0 / (1.0 + (proton / c[PH_LIMIT + group]) ** c[PH_POWER + group])
            known = group
        by_gases = (1.0 + hydrogen * c[PER_K_I_H2 + j]) * (1.0 + ammonia * c[PER_K_I_NH3 + j])
        factor[j] = by_ph * want / by_gases


@compiled
def share_of_c4(y: Floats, j: int) -> float:
    """Return which part of the C4 degraders works on valerate (j=3) or butyrate (j=4); 1 for all others."""
    if j not in (VA, BU):
        return 1.0
    own: float = max(y[j], 0.0)
    share: float = own / (max(y[VA], 0.0) + max(y[BU], 0.0) + COMPETITION_FLOOR)
    return share


@compiled
def oxidation_factor(y: Floats, proton: float, c: Floats) -> float:
    """Return the inhibition of acetate oxidation; pH acts as on the hydrogen users it cannot do without."""
    hydrogen, nitrogen = max(y[H2], 0.0), max(y[IN], 0.0)
    ammonia = nitrogen * c[K_A + 5] / (c[K_A + 5] + proton)
    by_ph = 1.0 / (1.0 + (proton / c[PH_LIMIT + 2]) ** c[PH_POWER + 2])
    want = nitrogen / (nitrogen + c[K_S_IN])
    by_gases = 1.0 + hydrogen * c[PER_K_I_H2 + OXIDATION]
    by_gases *= 1.0 + ammonia * c[PER_K_I_NH3 + OXIDATION]
    factor: float = by_ph * want / by_gases
    return factor


@compiled
def rates(y: Floats, proton: float, c: Floats, rho: Floats) -> None:
    """Fill `rho` (21,) with the process rates [kg COD/m3/d], in the order of the Petersen table."""
    rho[0] = c[K_DIS] * y[XC]
    for i in range(3):
        rho[1 + i] = c[K_HYD + i] * y[CH + i]
    environment(y, proton, c, rho[4:12])
    for j in range(UPTAKES):
        s = max(y[j], 0.0)
        # A trace of biomass below zero, from rounding, would grow as fast as a living one.
        biomass = max(y[BIOMASS_OF[j]], 0.0)
        rho[4 + j] *= c[K_M + j] * s / (c[K_S + j] + s) * biomass * share_of_c4(y, j)
    for i in range(7):
        rho[12 + i] = c[K_DEC + i] * y[FIRST_BIOMASS + i]
    rho[19], rho[20] = 0.0, c[K_DEC + 7] * y[SAO]
    if y[SAO] > 0.0:  # the benchmark has none and need not pay for them
        s = max(y[AC], 0.0)
        speed = c[K_M + OXIDATION] * oxidation_factor(y, proton, c)
        rho[19] = speed * s / (c[K_S + OXIDATION] + s) * y[SAO]


@compiled
def outlet(y: Floats, c: Floats) -> float:
    """Return the gas flow [m3/d] that the pressure above atmosphere drives out of the head space."""
    pressure = c[P_H2O]
    for i in range(OUTLETS):
        pressure += y[GAS_H2 + i] * PER_GAS[i] * c[RT]
    flow: float = c[K_P] * (pressure - c[P_ATM])
    return max(0.0, flow)


@compiled
def transfer(y: Floats, proton: float, c: Floats, flux: Floats) -> None:
    """Fill `flux` (3,) with the transfer from liquid to gas of H2, CH4 [kg COD/m3/d], CO2 [kmol/m3/d]."""
    dissolved_co2 = y[IC] * proton / (c[K_A + 4] + proton)
    for i in range(OUTLETS):
        dissolved = dissolved_co2 if i == 2 else y[H2 + i]
        flux[i] = c[K_L_A] * (dissolved - c[K_H + i] * y[GAS_H2 + i] * c[RT])


@compiled
def derivatives(y: Floats, proton: float, system: System, dy: Floats, rho: Floats) -> float:
    """Fill `dy` with the time derivatives [per day] of a full state; return the proton concentration.

    `rho` (24,) receives the process rates and the three gas transfers.
    """
    c, dilution, inflow, pool = system.c, system.dilution, system.inflow, system.pool
    pools = pool.shape[0]
    proton = protons(y, proton, c)
    rates(y, proton, c, rho)
    for i in range(LIQUID):
        dy[i] = dilution * (inflow[i] - y[i])
    for j in range(PROCESSES):
        for k in range(system.first[j], system.first[j + 1]):
            dy[system.column[k]] += system.nu[k] * rho[j]
    for p in range(pools):
        opened = pool[p, 0] * y[MODEL + p]
        dy[MODEL + p] = dilution * (inflow[LIQUID + p] - y[MODEL + p]) - opened
        for i in range(4):
            dy[SPLIT[i]] += pool[p, 1 + i] * opened
    _gas_side(y, proton, c, dy, rho[PROCESSES:])
    return proton


@compiled
def _gas_side(y: Floats, proton: float, c: Floats, dy: Floats, flux: Floats) -> None:
    transfer(y, proton, c, flux)
    flow = outlet(y, c)
    integrals = dy.shape[0] - OUTLETS
    for i in range(OUTLETS):
        dy[IC if i == 2 else H2 + i] -= flux[i]
        dy[GAS_H2 + i] = flux[i] * c[V_LIQ] / c[V_GAS] - y[GAS_H2 + i] * flow / c[V_GAS]
        dy[integrals + i] = flow * y[GAS_H2 + i]
