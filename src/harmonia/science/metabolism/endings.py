"""How a run went, as a value with a sentence and a day: ok, overload, sour, washed out, foam, or not finished."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonia.science.metabolism import kernel, readings, rodas
from harmonia.science.metabolism.adm1 import STATUS
from harmonia.science.metabolism.digester import DigesterRun
from harmonia.science.metabolism.kernel import Floats

Flags = NDArray[np.bool_]
SOUR_PH = 6.5
OVERLOAD_RATIO = 0.5
# Methanogens are lost where they are this few [kg COD/m3] while acids [kg/m3] wait for them.
LOST_USERS, WAITING_ACIDS = 0.02, 0.3
# Bench digesters foamed without end at 5 kg VS/m3/d: Ganidi, Tyrrel & Cartmell (2011),
# doi:10.1016/j.biortech.2011.03.057. That a head space of a tenth of the liquid holds the foam is a rule of thumb.
FOAMING_LOADING, FOAM_ROOM = 5.0, 0.1
OK = "ok"
_GRAVEST_FIRST = ("step limit", "stopped", "washed out", "sour", "overload", "foam")


@dataclass(frozen=True)
class Ending:
    """How a run went: `kind` in a word, the `day` on which it began (from 1; None if nothing did), in a sentence."""

    kind: str
    day: int | None
    sentence: str


def acetate_users(states: Floats) -> Floats:
    """Return all that live on acetate, methanogens and oxidisers, of states (..., n), shape (...) [kg COD/m3]."""
    users: Floats = states[..., kernel.BIOMASS_OF[kernel.AC]] + states[..., kernel.SAO]
    return users


def washed_out(run: DigesterRun) -> Flags:
    """Return on which days nobody is left to make methane of the acids that wait, shape (days,)."""
    flags: Flags = (acetate_users(run.states) < LOST_USERS) & (readings.acids_kg_m3(run) > WAITING_ACIDS)
    return flags


def sour(run: DigesterRun) -> Flags:
    """Return on which days pH is below 6.5, shape (days,)."""
    flags: Flags = readings.ph(run) < SOUR_PH
    return flags


def overloaded(run: DigesterRun) -> Flags:
    """Return on which days acids over alkalinity titrate above 0.5, shape (days,)."""
    flags: Flags = readings.acid_ratio(run) > OVERLOAD_RATIO
    return flags


def foaming(run: DigesterRun) -> Flags:
    """Return on which days the load makes foam for which the head space is too small, shape (days,)."""
    room = run.constants[:, kernel.V_GAS] / run.constants[:, kernel.V_LIQ]
    flags: Flags = (run.loading_kg_vs_m3_d >= FOAMING_LOADING) & (room < FOAM_ROOM)
    return flags


def events(run: DigesterRun) -> tuple[Ending, ...]:
    """Return all that happened, each with its first day, the gravest first."""
    told = [_stop(run)] if run.ended != rodas.OK else []
    for kind, flags, words in (
        ("washed out", washed_out(run), "methanogens lost on day {day}"),
        ("sour", sour(run), "pH falls below 6.5 on day {day}"),
        ("overload", overloaded(run), "acids over alkalinity above 0.5 from day {day} on"),
        ("foam", foaming(run), "too much feed for the small head space on day {day}"),
    ):
        if flags.any():
            day = int(np.argmax(flags)) + 1
            told.append(Ending(kind, day, f"{kind}: {words.format(day=day)}"))
    return tuple(sorted(told, key=lambda one: _GRAVEST_FIRST.index(one.kind)))


def ending(run: DigesterRun) -> Ending:
    """Return how a run went: the gravest thing that happened, or "ok"."""
    found = events(run)
    return found[0] if found else Ending(OK, None, OK)


def _stop(run: DigesterRun) -> Ending:
    """Return where the solver gave up: from that day on the run repeats its last state."""
    moved = (run.states != run.states[-1]).any(axis=1)
    day = int(np.flatnonzero(moved)[-1]) + 2 if moved.any() else 1
    kind = "step limit" if run.ended == rodas.STEP_LIMIT else "stopped"
    return Ending(kind, day, f"{STATUS[run.ended]} (day {day})")
