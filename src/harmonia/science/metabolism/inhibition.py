"""What holds whom back in a digester, by name and share, on every day of a run."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harmonia.science.metabolism import kernel
from harmonia.science.metabolism.constants import ZERO_CELSIUS
from harmonia.science.metabolism.digester import INERT_POOLS, DigesterRun
from harmonia.science.metabolism.kernel import Floats
from harmonia.science.metabolism.kinetics import growth_factor
from harmonia.science.metabolism.parameters import parameter_values
from harmonia.science.metabolism.trace_elements import CRITICAL_MG_KG, ENOUGH, SLOWED, speed_at

# Everybody who takes something up: place of its constants, place of its pH limits.
GROUPS = {
    "sugar users": (0, 0),
    "amino acid users": (1, 0),
    "fat users": (2, 0),
    "butyrate users": (4, 0),
    "propionate users": (5, 0),
    "acetate users": (6, 1),
    "hydrogen users": (7, 2),
    "acetate oxidisers": (8, 2),
}
CAUSES = ("pH", "free ammonia", "hydrogen", "want of nitrogen", "temperature", "want of trace elements")
_WORTH_TELLING = 0.9


@dataclass(frozen=True)
class Inhibition:
    """One cause that leaves a group of microbes a share [0 to 1] of its speed."""

    name: str
    group: str
    share: float

    @property
    def sentence(self) -> str:
        """In words: "free ammonia holds acetate users at 41 %"."""
        return f"{self.name} holds {self.group} at {100 * self.share:.0f} %"


def shares(run: DigesterRun) -> Mapping[tuple[str, str], Floats]:
    """Return the speed that each cause leaves to each group, (cause, group) -> shape (days,) [0 to 1].

    The kernel multiplies them. Temperature is told relative to 35 degC and never above 1; a pair that does not
    exist (ammonia and sugar users) is left out. Sources: Rosen & Jeppsson (2006) and the modules that hold
    temperature and trace elements.
    """
    c, states, protons = run.constants, run.states, run.protons
    nitrogen = np.maximum(states[:, kernel.IN], 0.0)
    ammonia = nitrogen * c[:, kernel.K_A + 5] / (c[:, kernel.K_A + 5] + protons)
    hydrogen = np.maximum(states[:, kernel.H2], 0.0)
    want = nitrogen / (nitrogen + c[:, kernel.K_S_IN])
    celsius = c[:, kernel.RT] / parameter_values()["R"] - ZERO_CELSIUS
    warmth = np.minimum(growth_factor(celsius), 1.0)
    level = states[:, -kernel.OUTLETS - INERT_POOLS]
    found: dict[tuple[str, str], Floats] = {}
    for group, (place, limits) in GROUPS.items():
        power = c[:, kernel.PH_POWER + limits]
        found["pH", group] = 1 / (1 + (protons / c[:, kernel.PH_LIMIT + limits]) ** power)
        found["want of nitrogen", group] = want
        found["temperature", group] = warmth
        for cause, amount, per in (
            ("free ammonia", ammonia, kernel.PER_K_I_NH3),
            ("hydrogen", hydrogen, kernel.PER_K_I_H2),
        ):
            if c[0, per + place] > 0:
                found[cause, group] = 1 / (1 + amount * c[:, per + place])
        if place in SLOWED:
            found["want of trace elements", group] = speed_at(level)
    return found


def inhibitions(run: DigesterRun, day: int) -> tuple[Inhibition, ...]:
    """Return what holds whom back on a day (from 0, or from the end with -1), the strongest first."""
    told = [Inhibition(cause, group, float(share[day])) for (cause, group), share in shares(run).items()]
    return tuple(sorted(told, key=lambda one: (one.share, one.name, one.group)))


def sentences(run: DigesterRun, day: int) -> tuple[str, ...]:
    """Return what holds back the makers of methane by more than a tenth on a day, the strongest first."""
    makers = ("propionate users", "acetate users", "hydrogen users", "acetate oxidisers")
    told = [one for one in inhibitions(run, day) if one.group in makers and one.share < _WORTH_TELLING]
    return tuple(one.sentence for one in told)


def trace_warnings(run: DigesterRun) -> tuple[str, ...]:
    """Return a sentence if the digester lacks trace elements at the end, else nothing."""
    level = float(run.states[-1, -kernel.OUTLETS - INERT_POOLS])
    if speed_at(np.array(level)) >= ENOUGH:
        return ()
    need = " and ".join(f"{need:g} mg {name}" for name, need in CRITICAL_MG_KG.items())
    return (
        f"Trace elements: the digester has {100 * level:.0f} % of what it needs, which is {need} per kg of feed "
        "(Banks et al. 2012). Without them acids build up on food waste; manure brings them too.",
    )
