"""The kernel's own right-hand side as CasADi expressions: its very lines, run on symbols instead of numbers.

Nothing of the model is written twice. The functions of `kernel.py`, `titration.py` and `readings.py` are bound to a
namespace in which the compiled functions are plain ones, `max` is CasADi's, and pH is an unknown of its own whose
charge balance becomes an equation.
"""

import types
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import casadi
import numpy as np

from harmonia.science.metabolism import kernel, readings, titration, trace_elements
from harmonia.science.metabolism.characterisation import NITROGEN_MOLAR
from harmonia.science.metabolism.kernel import Floats, System
from harmonia.science.metabolism.planning.packing import nominal
from harmonia.science.metabolism.planning.shape import state_count


class _SymbolicNumpy:
    """numpy with the two functions that must not compare symbols."""

    @staticmethod
    def maximum(values: Any, least: float) -> Any:
        """Return the larger of each value and `least`."""
        return np.array([casadi.fmax(value, least) for value in np.ravel(values)], dtype=object)

    @staticmethod
    def minimum(values: Any, most: float) -> Any:
        """Return the smaller of each value and `most`."""
        return np.array([casadi.fmin(value, most) for value in np.ravel(values)], dtype=object)


class _Alive(casadi.SX):
    """The acetate oxidisers: the kernel skips them where there are none, and a plant always has some."""

    def __gt__(self, other: Any) -> Any:
        return True


def _bound(module: types.ModuleType, **replaced: object) -> dict[str, Any]:
    """Return a module's namespace, its functions uncompiled and looking names up in this namespace itself."""
    space: dict[str, Any] = dict(vars(module))
    for name, value in vars(module).items():
        plain = getattr(value, "py_func", value)
        if isinstance(plain, types.FunctionType):
            space[name] = types.FunctionType(plain.__code__, space, name, plain.__defaults__)
    space.update(replaced)
    return space


@cache
def _space(module: types.ModuleType) -> dict[str, Any]:
    """Return a module's functions as they run on symbols."""
    by_equation = {"protons": lambda _y, proton, _c: proton} if module is kernel else {}
    return _bound(module, max=casadi.fmax, min=casadi.fmin, np=_SymbolicNumpy, **by_equation)


@dataclass(frozen=True)
class Rates:
    """The model for a number of feedstocks, as symbols.

    `y` (n,): model states, a pool a feedstock, trace elements; `level` of these at the start of the day; `ph`;
    `inflow` (n,) [per day] what feed adds to each state; `dilution` [1/d]; `numbers` as `pack_numbers` packs them.
    `slope` (n,): time derivatives; `charge`: balance, zero at the right pH; `outflow` (3,): gas leaving
    [kg COD/d, kmol/d]; `acids`, `free_ammonia`, `ammonium` [kg/m3]; `titrated` acids and `alkalinity` [kg/m3] as
    a bench reads them.
    """

    y: Any
    level: Any
    ph: Any
    inflow: Any
    dilution: Any
    numbers: Any
    slope: Any
    charge: Any
    outflow: Any
    acids: Any
    titrated: Any
    alkalinity: Any
    free_ammonia: Any
    ammonium: Any


def _placed(symbol: Any, used: Floats) -> Any:
    """Return symbols as an array of objects, with a plain zero where the number is always zero."""
    return np.array([symbol[i] if used[i] else 0.0 for i in range(len(used))], dtype=object)


def rates(feedstocks: int) -> Rates:
    """Return the model with so many feedstocks as symbols."""
    constants, rows = nominal()
    n = state_count(feedstocks)
    state, ph, level = casadi.SX.sym("y", n), casadi.SX.sym("pH"), casadi.SX.sym("level")
    inflow, dilution = casadi.SX.sym("inflow", n), casadi.SX.sym("dilution")
    c_all, nu = casadi.SX.sym("c", len(constants)), casadi.SX.sym("nu", len(rows.value))
    pool = casadi.SX.sym("pool", feedstocks, 4)
    c = _placed(c_all, constants)
    _space(trace_elements)["slow_down"](c, level)
    values, flow = np.array(nu.elements(), dtype=object), cast(Any, dilution)
    still = np.zeros(n - (kernel.MODEL - kernel.LIQUID))
    system = System(c, values, rows.first, rows.column, _opening(pool), still, flow)
    y = np.array(state.elements() + [0.0] * kernel.OUTLETS, dtype=object)
    y[kernel.SAO] = _Alive(y[kernel.SAO])
    dy, rho = np.empty(len(y), dtype=object), np.empty(kernel.PROCESSES + kernel.OUTLETS, dtype=object)
    proton = 10 ** (-ph)
    _space(kernel)["derivatives"](y, proton, system, dy, rho)
    bench = _space(titration)["titrate"](y[None, :])
    ammonia = y[kernel.IN] * c[kernel.K_A + 5] / (c[kernel.K_A + 5] + proton)
    return Rates(
        y=state, level=level, ph=ph, inflow=inflow, dilution=dilution,
        numbers=casadi.vertcat(c_all, nu, casadi.vec(pool)),
        slope=casadi.vertcat(*dy[:n]) + inflow,
        charge=_space(kernel)["charge"](y, proton, c)[0],
        outflow=casadi.vertcat(*dy[n:]),
        acids=_space(readings)["acids_kg_m3"](types.SimpleNamespace(states=y[None, :]))[0],
        titrated=bench.fos[0], alkalinity=bench.tac[0],
        free_ammonia=NITROGEN_MOLAR * ammonia,
        ammonium=NITROGEN_MOLAR * y[kernel.IN],
    )  # fmt: skip


def _opening(pool: Any) -> Any:
    """Return rate and splits of each pool; feed never opens into X_I, and trace elements never open."""
    rows = [[pool[p, 0], pool[p, 1], pool[p, 2], pool[p, 3], 0.0] for p in range(pool.shape[0])]
    return np.array([*rows, [0.0] * 5], dtype=object)
