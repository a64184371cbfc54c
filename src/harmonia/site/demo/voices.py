"""What the residents of the demonstration decided, and what they are deciding now."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions as voice
from harmonia.commons.voice.models import Upgrade

SEED = 7


@dataclass(frozen=True)
class Choice:
    """An option of the demonstration; costs and labour are ours, the effect is the model's."""

    code: str
    title: str
    description: str
    cost: int
    labour_h: int
    edits: tuple[dict[str, object], ...]
    liking: float


WARMTH = (
    Choice("warm", "Insulate and warm to 37 °C", "Straw bales around the tank, a coil from the solar heater.", 240, 30,
           ({"field": "temperature_c", "operation": "set", "value": 37.0},), 0.8),
    Choice("bag", "A second gas bag", "Gas of quiet days keeps for the weekend.", 180, 8,
           ({"field": "gas_store_m3", "operation": "add", "value": 1.5},), 0.35),
)  # fmt: skip
ROOM = (
    Choice("bag", "A second gas bag", "Gas of quiet days keeps for the weekend instead of being lost.", 180, 8,
           ({"field": "gas_store_m3", "operation": "add", "value": 1.5},), 0.62),
    Choice("tank", "A second tank", "Another cubic metre: room for the families of the next street.", 420, 60,
           ({"field": "liquid_m3", "operation": "add", "value": 1.0},), 0.5),
    Choice("water", "Half the water", "A hand mill before the tank, so that scraps need less water.", 140, 16,
           ({"field": "dilution_l_per_kg", "operation": "multiply", "value": 0.5},), 0.45),
)  # fmt: skip


def warm_the_digester(people: dict[str, Person], at: datetime) -> None:
    """Play the vote of the seventh week: drafted, chosen, activated by the scientist after her safety readings."""
    upgrade = _vote(people, "A warmer Nexus", 300, WARMTH, at - timedelta(days=12))
    voice.close_vote(upgrade, by=people["Theo"], at=at - timedelta(days=2))
    read_safety(people["Kiran"], at - timedelta(hours=1))
    voice.activate(upgrade, by=people["Kiran"], at=at)


def read_safety(operator: Person, at: datetime) -> None:
    """Record the readings without which nothing on the plant may be changed."""
    nexus.record_reading("h2s", 0.4, by=operator, at=at)
    for test in ("ch4_alarm", "leak_check"):
        nexus.record_reading(test, passed=True, by=operator, at=at)


def gather(people: dict[str, Person], say: Callable[[str], None]) -> None:
    """Open the vote that waits for the visitor."""
    _vote(people, "Room for the next street", 560, ROOM, timezone.now() - timedelta(days=5), compared=True)
    say("  an upgrade is open for everybody's voice")


def _vote(
    people: dict[str, Person],
    title: str,
    budget: int,
    choices: Sequence[Choice],
    at: datetime,
    *,
    compared: bool = False,
) -> Upgrade:
    dice = random.Random(SEED)  # noqa: S311 - a demonstration wants the same voices every time
    theo = people["Theo"]
    upgrade = voice.draft(theo, title=title, budget=budget, at=at)
    options = [
        voice.add_option(
            upgrade,
            by=theo,
            title=choice.title,
            description=choice.description,
            cost=choice.cost,
            labour_h=choice.labour_h,
            edits=list(choice.edits),
        )
        for choice in choices
    ]
    for option in options:
        voice.foresee_option(option.pk)
    voice.open_options(upgrade, by=theo, at=at)
    if compared:  # by the worker, once the habitat is open
        voice.compare_sets(upgrade, by=theo)
    voice.open_vote(upgrade, by=theo, at=at + timedelta(days=2))
    for person in list(people.values())[1:28]:
        approved = [o for o, choice in zip(options, choices, strict=True) if dice.random() < choice.liking]
        voice.approve(person, upgrade, approved, at=at + timedelta(days=3))
    return upgrade
