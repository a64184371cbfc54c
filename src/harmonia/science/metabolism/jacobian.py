"""The analytic Jacobian of the right-hand side, compiled; pH enters through the implicit function theorem."""

from harmonia.science.metabolism.compiled import compiled
from harmonia.science.metabolism.kernel import (
    AC,
    ACID,
    AN,
    BIOMASS_OF,
    BU,
    CAT,
    CH,
    COMPETITION_FLOOR,
    FIRST_BIOMASS,
    GAS_H2,
    H2,
    IC,
    IN,
    K_A,
    K_DEC,
    K_DIS,
    K_H,
    K_HYD,
    K_L_A,
    K_M,
    K_P,
    K_S,
    K_S_IN,
    LIQUID,
    MODEL,
    OUTLETS,
    OXIDATION,
    PER_ACID_COD,
    PER_GAS,
    PER_K_I_H2,
    PER_K_I_NH3,
    PH_GROUP_OF,
    PH_LIMIT,
    PH_POWER,
    RT,
    SAO,
    UPTAKES,
    V_GAS,
    V_LIQ,
    VA,
    XC,
    Floats,
    System,
    charge,
    environment,
    outlet,
    oxidation_factor,
    share_of_c4,
)


@compiled
def _add(effect: Floats, j: int, slope: float, system: System) -> None:
    """Add to a column of the Jacobian what a slope of the rate of process j does to every state."""
    for k in range(system.first[j], system.first[j + 1]):
        effect[system.column[k]] += system.nu[k] * slope


@compiled
def proton_slopes(y: Floats, proton: float, c: Floats, slopes: Floats) -> None:
    """Fill `slopes` (30,) with the change of the proton concentration with each state."""
    for i in range(MODEL):
        slopes[i] = 0.0
    steepness = charge(y, proton, c)[1]
    slopes[CAT] = -1.0 / steepness
    slopes[AN] = 1.0 / steepness
    slopes[IN] = -proton / (c[K_A + 5] + proton) / steepness
    slopes[IC] = c[K_A + 4] / (c[K_A + 4] + proton) / steepness
    for i in range(4):
        slopes[ACID[i]] = PER_ACID_COD[i] * c[K_A + i] / (c[K_A + i] + proton) / steepness


@compiled
def _uptakes(y: Floats, proton: float, system: System, jacobian: Floats, work: Floats) -> None:
    c, by_proton, factor = system.c, work[0], work[2]
    environment(y, proton, c, factor)
    nitrogen, hydrogen = max(y[IN], 0.0), max(y[H2], 0.0)
    free = c[K_A + 5] / (c[K_A + 5] + proton)
    ph_slope, known = 0.0, -1
    for j in range(UPTAKES):
        s, biomass = max(y[j], 0.0), max(y[BIOMASS_OF[j]], 0.0)
        share = share_of_c4(y, j)
        speed = c[K_M + j] * factor[j] * share
        monod = s / (c[K_S + j] + s)
        rate = speed * monod * biomass
        ammonia_slope = -c[PER_K_I_NH3 + j] / (1.0 + nitrogen * free * c[PER_K_I_NH3 + j])
        _add(jacobian[:, j], 4 + j, speed * biomass * c[K_S + j] / (c[K_S + j] + s) ** 2, system)
        if y[BIOMASS_OF[j]] >= 0.0:
            _add(jacobian[:, BIOMASS_OF[j]], 4 + j, speed * monod, system)
        want_slope = c[K_S_IN] / (max(nitrogen, 1e-30) * (nitrogen + c[K_S_IN]))
        _add(jacobian[:, IN], 4 + j, rate * (want_slope + ammonia_slope * free), system)
        if c[PER_K_I_H2 + j] > 0.0:
            slope = -rate * c[PER_K_I_H2 + j] / (1.0 + hydrogen * c[PER_K_I_H2 + j])
            _add(jacobian[:, H2], 4 + j, slope, system)
        group = PH_GROUP_OF[j]
        if group != known:
            hill = (proton / c[PH_LIMIT + group]) ** c[PH_POWER + group]
            ph_slope = -c[PH_POWER + group] * hill / (proton * (1.0 + hill))
            known = group
        loss = nitrogen * free / (c[K_A + 5] + proton)
        by_proton_j = rate * (ph_slope - ammonia_slope * loss)
        _add(by_proton, 4 + j, by_proton_j, system)


@compiled
def _oxidation(y: Floats, proton: float, system: System, jacobian: Floats, by_proton: Floats) -> None:
    """Add acetate oxidation, process 19."""
    c, s, biomass = system.c, max(y[AC], 0.0), y[SAO]
    nitrogen, hydrogen = max(y[IN], 0.0), max(y[H2], 0.0)
    speed = c[K_M + OXIDATION] * oxidation_factor(y, proton, c)
    half = c[K_S + OXIDATION]
    rate = speed * s / (half + s) * biomass
    _add(jacobian[:, AC], 19, speed * biomass * half / (half + s) ** 2, system)
    _add(jacobian[:, SAO], 19, speed * s / (half + s), system)
    per_h2, per_nh3 = c[PER_K_I_H2 + OXIDATION], c[PER_K_I_NH3 + OXIDATION]
    _add(jacobian[:, H2], 19, -rate * per_h2 / (1.0 + hydrogen * per_h2), system)
    free = c[K_A + 5] / (c[K_A + 5] + proton)
    ammonia_slope = -per_nh3 / (1.0 + nitrogen * free * per_nh3)
    want_slope = c[K_S_IN] / (max(nitrogen, 1e-30) * (nitrogen + c[K_S_IN]))
    _add(jacobian[:, IN], 19, rate * (want_slope + ammonia_slope * free), system)
    hill = (proton / c[PH_LIMIT + 2]) ** c[PH_POWER + 2]
    ph_slope = -c[PH_POWER + 2] * hill / (proton * (1.0 + hill))
    loss = nitrogen * free / (c[K_A + 5] + proton)
    _add(by_proton, 19, rate * (ph_slope - ammonia_slope * loss), system)


@compiled
def _competition(y: Floats, system: System, jacobian: Floats, factor: Floats) -> None:
    """Add how valerate and butyrate take the shared degraders from each other."""
    c = system.c
    total = max(y[VA], 0.0) + max(y[BU], 0.0) + COMPETITION_FLOOR
    for j in range(VA, BU + 1):
        s = max(y[j], 0.0)
        full = c[K_M + j] * s / (c[K_S + j] + s) * max(y[BIOMASS_OF[j]], 0.0) * factor[j]
        _add(jacobian[:, j], 4 + j, full * (total - s) / total**2, system)
        _add(jacobian[:, VA + BU - j], 4 + j, -full * s / total**2, system)


@compiled
def _first_order(system: System, jacobian: Floats) -> None:
    c = system.c
    _add(jacobian[:, XC], 0, c[K_DIS], system)
    for i in range(3):
        _add(jacobian[:, CH + i], 1 + i, c[K_HYD + i], system)
    for i in range(7):
        _add(jacobian[:, FIRST_BIOMASS + i], 12 + i, c[K_DEC + i], system)
    _add(jacobian[:, SAO], 20, c[K_DEC + 7], system)


@compiled
def outlet_slope(y: Floats, c: Floats, i: int, k: int) -> float:
    """Return how the outflow of gas i [kg COD/d, kmol/d] changes with the head space content of gas k."""
    flow = outlet(y, c)
    if flow <= 0.0:
        return 0.0
    slope: float = y[GAS_H2 + i] * c[K_P] * PER_GAS[k] * c[RT]
    return slope + flow if i == k else slope


@compiled
def _gas(y: Floats, proton: float, c: Floats, jacobian: Floats, by_proton: Floats) -> None:
    """Add the transfer between liquid and gas and the outlet."""
    ratio = c[V_LIQ] / c[V_GAS]
    for i in range(OUTLETS):
        dissolved, gas = (IC, GAS_H2 + i) if i == 2 else (H2 + i, GAS_H2 + i)
        share = proton / (c[K_A + 4] + proton) if i == 2 else 1.0
        back = c[K_L_A] * c[K_H + i] * c[RT]
        jacobian[dissolved, dissolved] -= c[K_L_A] * share
        jacobian[dissolved, gas] += back
        jacobian[gas, dissolved] += c[K_L_A] * share * ratio
        jacobian[gas, gas] -= back * ratio
        for k in range(OUTLETS):
            jacobian[gas, GAS_H2 + k] -= outlet_slope(y, c, i, k) / c[V_GAS]
    co2_slope = c[K_L_A] * y[IC] * c[K_A + 4] / (c[K_A + 4] + proton) ** 2
    by_proton[IC] -= co2_slope
    by_proton[GAS_H2 + 2] += co2_slope * ratio


@compiled
def fill_jacobian(y: Floats, proton: float, system: System, jacobian: Floats, work: Floats) -> None:
    """Fill `jacobian` (30, 30) of the model states [1/d]; `work` (3, 30) is scratch."""
    for i in range(MODEL):
        for j in range(MODEL):
            jacobian[i, j] = 0.0
    by_proton, slopes = work[0], work[1]
    for i in range(MODEL):
        by_proton[i] = 0.0
    _first_order(system, jacobian)
    _uptakes(y, proton, system, jacobian, work)
    _competition(y, system, jacobian, work[2])
    if y[SAO] > 0.0:
        _oxidation(y, proton, system, jacobian, by_proton)
    _gas(y, proton, system.c, jacobian, by_proton)
    proton_slopes(y, proton, system.c, slopes)
    for i in range(LIQUID):
        jacobian[i, i] -= system.dilution
    for state in (VA, BU, BU + 1, AC, IC, IN, CAT, AN):
        for i in range(by_proton.shape[0]):
            jacobian[i, state] += by_proton[i] * slopes[state]
