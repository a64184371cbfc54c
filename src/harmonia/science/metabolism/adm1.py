"""Run the digester model on one influent: to its steady state, or for some days."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import kernel, rodas
from harmonia.science.metabolism.constants import Vessel, fill_constants, sparse_rows
from harmonia.science.metabolism.kernel import Floats, System
from harmonia.science.metabolism.nomenclature import BENCHMARK_STATES, GAS, INDEX, LIQUID, STATES
from harmonia.science.metabolism.observing import PH, Event, Observer, observer_of
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.metabolism.rodas import Control

NO_POOLS = np.zeros((0, 5))
# Hydrogen lives orders below the rest, so its absolute tolerance does too.
_GAS_TRACE = {"S_h2": 1e-13, "S_gas_h2": 1e-10}
_ABSOLUTE = np.array([_GAS_TRACE.get(name, 1e-8) for name in (*STATES, "pool")])
# A digester at rest that has seen sludge: where a run starts if nobody says otherwise (R1, rounded).
START = {
    "S_su": 0.012, "S_aa": 0.0053, "S_fa": 0.099, "S_va": 0.012, "S_bu": 0.013, "S_pro": 0.016, "S_ac": 0.2,
    "S_h2": 2.3e-7, "S_ch4": 0.055, "S_IC": 0.15, "S_IN": 0.13, "S_I": 0.33, "X_xc": 0.31, "X_ch": 0.028,
    "X_pr": 0.1, "X_li": 0.029, "X_su": 0.42, "X_aa": 1.18, "X_fa": 0.24, "X_c4": 0.43, "X_pro": 0.14,
    "X_ac": 0.76, "X_h2": 0.32, "X_I": 25.6, "S_cat": 0.04, "S_an": 0.02, "S_gas_h2": 1e-5,
    "S_gas_ch4": 1.63, "S_gas_co2": 0.014, "X_sao": 0.0,
}  # fmt: skip
START_PROTONS = 1e-7
LOST_METHANOGENS = 0.005  # [kg COD/m3] acetate users below this no longer carry a plant
OVERLOADED_PH = 6.5  # acetate users are nearly still here: their inhibition by pH is complete at 6 in ADM1
_WASHED_OUT, _OVERLOADED = 0, 1  # places of the events that are looked for


def control_at(rtol: float) -> Control:
    """Return the step control for a relative tolerance; absolute tolerances go with it."""
    return Control(rtol, _ABSOLUTE * (rtol / 1e-6), 100_000)


CONTROL = control_at(1e-6)
STATUS = {
    rodas.OK: "ok",
    rodas.STEP_LIMIT: "step limit: the solver needed more steps than allowed, so the result is not complete",
    rodas.STEP_TOO_SMALL: "stopped: steps became too small; the influent may be outside the model",
    rodas.NOT_CONVERGED: "no steady state found: the digester keeps changing under this influent",
}
UNFINISHED = frozenset(sentence for ended, sentence in STATUS.items() if ended != rodas.OK)


@dataclass(frozen=True)
class Influent:
    """What flows in: concentrations of the liquid states, flow [m3/d], digester temperature [degC]."""

    concentrations: Mapping[str, float]
    flow_m3_d: float
    temperature_c: float


@dataclass(frozen=True)
class DigesterState:
    """A digester at one moment: 29 states, ions [kg COD/m3, kmol/m3], pH, gas flow at P/P_atm [m3/d].

    `status` says in words how the run ended: "ok", how the biology failed, or why it was not computed.
    """

    states: Mapping[str, float]
    ions: Mapping[str, float]
    ph: float
    q_gas_m3_d: float
    status: str


@dataclass(frozen=True)
class BenchmarkDigester:
    """One ADM1 digester and its influent, as the compiled kernel reads them.

    Source: Rosen & Jeppsson (2006), Aspects on ADM1 implementation within the BSM2 framework.
    """

    system: System

    @classmethod
    def fed_with(cls, influent: Influent, values: Mapping[str, float] | None = None) -> "BenchmarkDigester":
        """Return the BSM2 digester (3400 m3, gas 300 m3) under an influent; `values` replace parameters."""
        used = parameter_values() if values is None else values
        vessel = Vessel(used["V_liq"], used["V_gas"], influent.temperature_c, used["k_p"])
        rows = sparse_rows(used)
        inflow = np.array([influent.concentrations.get(name, 0.0) for name in LIQUID])
        dilution = influent.flow_m3_d / used["V_liq"]
        constants = fill_constants(used, vessel)
        return cls(System(constants, rows.value, rows.first, rows.column, NO_POOLS, inflow, dilution))

    def advance(
        self,
        y: Floats,
        proton: float,
        days: float,
        control: Control = CONTROL,
        observer: Observer | None = None,
    ) -> tuple[int, float]:
        """Carry a full state `y` (33,) in place over `days` [d]; return how it ended and the protons.

        `observer`, for instance from `watch`, is told when something happened.
        """
        if observer is not None:
            return rodas.advance_observed(y, proton, float(days), self.system, control, observer)
        ended, proton, _ = rodas.advance(y, (proton, 1e-3), float(days), self.system, control)
        return ended, proton

    def watch(self) -> Observer:
        """Return an observer that looks for the two ways a digester fails: washed out, or overloaded and sour."""
        washed_out = Event(kernel.BIOMASS_OF[kernel.AC], self._lost(), rising=False)
        overloaded = Event(PH, OVERLOADED_PH, rising=False)
        return observer_of((washed_out, overloaded), np.empty(0), kernel.MODEL + kernel.OUTLETS)

    def _lost(self) -> float:
        """Return the acetate users [kg COD/m3] below which none live here but those that flow in."""
        return 1.05 * float(self.system.inflow[kernel.BIOMASS_OF[kernel.AC]]) + LOST_METHANOGENS

    def settle(self, y: Floats, proton: float) -> tuple[int, float]:
        """Carry a full state in place to rest: a coarse run forward, then Newton; longer runs if it fails."""
        ended = rodas.NOT_CONVERGED
        for days in (50.0, 400.0, 4000.0):
            ended, proton = self.advance(y, proton, days, control_at(1e-2))
            if ended != rodas.OK:
                return ended, proton
            before = y.copy()
            ended, proton = rodas.newton_steady(y, proton, self.system, 30)
            if ended == rodas.OK and y[: kernel.MODEL].min() > -1e-9:
                return ended, proton
            y[:], ended = before, rodas.NOT_CONVERGED
            proton = kernel.protons(y, START_PROTONS, self.system.c)
        return ended, proton

    def describe(
        self, y: Floats, proton: float, ended: int, observer: Observer | None = None
    ) -> DigesterState:
        """Return a full state in names people know; the observer of the run gives its sentence the day."""
        c = self.system.c
        pressure = c[kernel.P_ATM] + kernel.outlet(y, c) / c[kernel.K_P]
        flow = float(kernel.outlet(y, c) * pressure / c[kernel.P_ATM])
        states = {name: float(y[INDEX[name]]) for name in BENCHMARK_STATES}
        ph = -math.log10(proton)
        since = (math.nan, math.nan) if observer is None else tuple(observer.since.tolist())
        return DigesterState(states, ions(y, proton, c), ph, flow, self._status(y, ph, ended, since))

    def _status(self, y: Floats, ph: float, ended: int, since: tuple[float, ...]) -> str:
        """Return how a run ended as a sentence: solver trouble first, then biology."""
        if ended != rodas.OK:
            return STATUS[ended]
        if y[kernel.BIOMASS_OF[kernel.AC]] <= self._lost():
            return f"washed out: methanogens lost{_on_day(since[_WASHED_OUT])}"
        if ph < OVERLOADED_PH:
            return f"overloaded: pH below {OVERLOADED_PH}{_on_day(since[_OVERLOADED])}, more acids than the cells can take"
        return STATUS[rodas.OK]


def _on_day(moment: float) -> str:
    """Return the day, counted from 1, of a moment [d]; nothing where no moment is known."""
    return "" if math.isnan(moment) else f" on day {int(moment) + 1}"


def start_vector() -> Floats:
    """Return the full state (33,) a run starts from by default: a digester at rest on sludge."""
    return np.array([START[name] for name in STATES] + [0.0] * len(GAS))


def ions(y: Floats, proton: float, c: Floats) -> dict[str, float]:
    """Return the ions at a proton concentration [kmol/m3]: acids [kg COD/m3], others [kmol/m3]."""
    share = {
        name: float(y[INDEX[f"S_{name}"]] * c[kernel.K_A + i] / (c[kernel.K_A + i] + proton))
        for i, name in enumerate(("va", "bu", "pro", "ac"))
    }
    bicarbonate = float(y[kernel.IC] * c[kernel.K_A + 4] / (c[kernel.K_A + 4] + proton))
    ammonia = float(y[kernel.IN] * c[kernel.K_A + 5] / (c[kernel.K_A + 5] + proton))
    return {f"S_{name}_ion": value for name, value in share.items()} | {
        "S_hco3_ion": bicarbonate,
        "S_nh3": ammonia,
        "S_co2": float(y[kernel.IC]) - bicarbonate,
        "S_nh4_ion": float(y[kernel.IN]) - ammonia,
    }


def steady(influent: Influent, values: Mapping[str, float] | None = None) -> DigesterState:
    """Return the digester at rest under a constant influent, exact to rounding."""
    digester = BenchmarkDigester.fed_with(influent, values)
    y = start_vector()
    ended, proton = digester.settle(y, START_PROTONS)
    return digester.describe(y, proton, ended)


def run(influent: Influent, days: float, values: Mapping[str, float] | None = None) -> DigesterState:
    """Return the digester after some days [d] of a constant influent, started at rest on sludge."""
    digester = BenchmarkDigester.fed_with(influent, values)
    y = start_vector()
    observer = digester.watch()
    ended, proton = digester.advance(y, START_PROTONS, days, observer=observer)
    return digester.describe(y, proton, ended, observer)
