"""The jars of the demonstration: a trial at the bench, coffee on a balcony, one still being read."""

import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from harmonia.commons.ledger import queries as books
from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.jars import BottlePlan, JarPlan
from harmonia.commons.nexus.models import JarTrial
from harmonia.commons.people.models import Person

SEED = 11
READ_DAYS = (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 22, 26)
RATE_PER_D = 0.3
INOCULUM_ML_G = 40.0
WET_GAS_PER_METHANE = 1.86  # gas of 60 % methane, wet, at 20 degC


def fill_jars(people: dict[str, Person], now: datetime, say: Callable[[str], None]) -> None:
    """Play three trials: two ended and pooled, one that waits for its next reading."""
    bench = nexus.set_up_jars(_bench(), people["Kiran"], at=now - timedelta(days=60))
    _read(bench, people["Kiran"], {"cellulose": 366.0, "substrate": 417.0}, noise=0.012)
    _end(bench, people["Kiran"], now - timedelta(days=32))
    balcony = nexus.set_up_jars(_balcony("coffee_grounds", 12.0), people["Lyra"], at=now - timedelta(days=45))
    _read(balcony, people["Lyra"], {"substrate": 262.0}, noise=0.04)
    _end(balcony, people["Lyra"], now - timedelta(days=17))
    waiting = nexus.set_up_jars(
        _balcony("food_waste", 8.0), people["Lyra"], at=now - timedelta(days=9, hours=5)
    )
    nexus.let_read(waiting, people["Theo"], people["Lyra"])
    _read(waiting, people["Lyra"], {"substrate": 420.0}, noise=0.04, until=8)
    nexus.hear_jars(waiting)
    say("  three jar trials were read; two of them narrow what the twin knows")


def _bench() -> JarPlan:
    kinds = (("B", "blank", 0.0), ("C", "cellulose", 4.0), ("S", "substrate", 4.0))
    bottles = tuple(
        BottlePlan(f"{letter}{number}", kind, 8.0, grams)
        for letter, kind, grams in kinds
        for number in (1, 2, 3)
    )
    return JarPlan(
        tier="standard", substance=books.substance("food_waste"), method="methane", inoculum="digestate",
        vessel="glass_vented", headspace_ml=100, temperature_c=37, bottles=bottles, solids_error=0.01, careful=True,
    )  # fmt: skip


def _balcony(code: str, fresh_g: float) -> JarPlan:
    solids_g = {"coffee_grounds": 0.194, "food_waste": 0.238}[code] * fresh_g
    bottles = (
        BottlePlan("J1", "substrate", 5.0, solids_g),
        BottlePlan("J2", "substrate", 5.0, solids_g),
        BottlePlan("B1", "blank", 5.0, 0.0),
    )
    return JarPlan(
        tier="kitchen", substance=books.substance(code), method="gas", inoculum="digestate", vessel="bag",
        headspace_ml=400, temperature_c=28, bag_ml=5000, bottles=bottles, solids_error=0.08, fresh_g=fresh_g,
        careful=True,
    )  # fmt: skip


def _read(
    trial: JarTrial, by: Person, gives: dict[str, float], *, noise: float, until: int = READ_DAYS[-1]
) -> None:
    dice = random.Random(SEED + trial.pk)  # noqa: S311 - a demonstration wants the same readings every time
    own = {bottle.name: math.exp(noise * dice.gauss(0, 1)) for bottle in trial.bottles.all()}
    per_methane = WET_GAS_PER_METHANE if trial.method == "gas" else 1.0
    for day in (day for day in READ_DAYS if day <= until):
        share = per_methane * -math.expm1(-RATE_PER_D * day)
        values = {
            bottle.name: round(
                share * (bottle.inoculum_g * INOCULUM_ML_G + bottle.substrate_g * gives.get(bottle.content, 0.0))
                * own[bottle.name], 1,
            )
            for bottle in trial.bottles.all()
        }  # fmt: skip
        nexus.read_jars(trial, values, by, at=trial.opened_at + timedelta(days=day))


def _end(trial: JarTrial, by: Person, at: datetime) -> None:
    nexus.end_jars(trial, by, at=at)
    nexus.hear_jars(trial)
