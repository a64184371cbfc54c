"""What the residents of the demonstration decided, and what they are deciding now."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions as voice
from harmonia.commons.voice import papers
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.priorities import OUTCOMES
from harmonia.site.demo import switches

SEED = 7
UNCOMPARED = (
    "In the demonstration the sets are compared while you look around; the comparison is linked above."
)
UNASKED = "Two options and money for one of them: each was foreseen by itself."
AUTUMN = "The leaf heap is wet from October on. Wet leaves mat, smell, and are of no use to the digester or the compost."
ANSWERED, DOUBT = (
    0.8,
    0.7,
)  # shares of the thoughts that people answer, and of those who do not agree that disagree
THOUGHTS = (
    ("Lyra", "A roof costs little and we can build it on one Saturday, so it should come first, before anybody buys"
     " a machine that needs care, noise and power all year long.", 0.8),
    ("Bram", "I would rather have fewer leaves in the plant: they stretch the time in the digester, and the gas we"
     " cook with comes from the kitchen scraps, not from the street trees.", 0.45),
    ("Noor", "The school garden takes dry leaves for its mice and hedgehogs, so a part should stay there and rot in"
     " peace instead of being carried across the street and back.", 0.7),
    ("Ines", "Whatever we decide, nobody over seventy should have to carry wet sacks: whoever brings leaves by"
     " wheelbarrow should find the gate open and a ramp, also on Sundays.", 0.9),
    ("Sefa", "A shredder makes leaves small enough for the compost in a few weeks, and we can lend it to the next"
     " street, which would share what it costs and the noise on Saturdays.", 0.4),
    ("Juno", "We talk about leaves every autumn and forget it in spring; a list at the gate of who turns the heap in"
     " which week would help more than anything that money can buy.", 0.6),
)  # fmt: skip


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

    @property
    def words(self) -> dict[str, Any]:
        """What stands on the option's page."""
        names = ("title", "description", "cost", "labour_h")
        return {name: getattr(self, name) for name in names} | {"edits": list(self.edits)}


WARMTH = (
    Choice("warm", "Insulate and warm to 37 °C", "Straw bales around the tank, a coil from the solar heater.", 240, 30,
           ({"field": "temperature_c", "operation": "set", "value": 37.0},), 0.8),
    Choice("bag", "A second gas bag", "Gas of quiet days keeps for the weekend.", 180, 8,
           ({"field": "gas_store_m3", "operation": "add", "value": 1.5},), 0.35),
)  # fmt: skip
EVENINGS = (
    Choice("third", "A third gas bag", "The gas of the afternoon keeps until the last soup is done.", 90, 6,
           ({"field": "gas_store_m3", "operation": "add", "value": 0.5},), 0.75),
    Choice("lid", "Lids for every pot", "A pot with a lid needs less gas; the carpenter turns the handles.", 120, 25,
           (), 0.5),
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
    """Play the vote of the seventh week: drafted, chosen, switched over by two people with the street around them."""
    upgrade = _vote(people, "A warmer Nexus", 300, WARMTH, at - timedelta(days=12))
    voice.close_vote(upgrade, by=people["Theo"], at=at - timedelta(days=2))
    voice.schedule(upgrade, by=people["Theo"], day=timezone.localdate(at), at=at - timedelta(days=2))
    switches.switch_over(upgrade, people, at)


def give_account(people: dict[str, Person]) -> None:
    """Close the cycle of the warmer Nexus, once the model has followed it."""
    upgrade = Upgrade.objects.get(title="A warmer Nexus")
    words = "The straw was cheaper than thought, the coil took two Saturdays more. It has been calm since."
    voice.account(upgrade, by=people["Kiran"], words=words)


def decide_on_evenings(people: dict[str, Person], now: datetime) -> None:
    """Play the vote of last week: decided, its day set, and its switch-over waits for the checklist."""
    upgrade = _vote(people, "Gas for long evenings", 200, EVENINGS, now - timedelta(days=9))
    voice.close_vote(upgrade, by=people["Theo"], at=now - timedelta(days=4))
    day = timezone.localdate(now) + timedelta(days=2)
    decided = voice.schedule(upgrade, by=people["Theo"], day=day, at=now - timedelta(days=4))
    switches.go_through_half_a_checklist(decided, people, now)


def gather(people: dict[str, Person], say: Callable[[str], None]) -> None:
    """Open the vote that waits for the visitor, and the question after it, which still takes options."""
    _vote(people, "Room for the next street", 560, ROOM, timezone.now() - timedelta(days=5), compared=True)
    say("  an upgrade is open for everybody's voice")
    _ask_about_autumn(people, timezone.now() - timedelta(days=3))
    say("  another takes options and thoughts")


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
    for choice in choices:
        option = voice.add_option(upgrade, by=theo, at=at, **choice.words)
        voice.foresee_option(option.pk, until=timezone.localdate(at) - timedelta(days=1))
    voice.open_options(upgrade, by=theo, at=at)
    if compared:  # by the worker, once the habitat is open
        voice.compare_sets(upgrade, by=theo)
    why = UNCOMPARED if compared else UNASKED
    voice.settle_options(upgrade, by=theo, uncompared_why=why, at=at + timedelta(days=1))
    voice.open_vote(upgrade, by=theo, at=at + timedelta(days=2))
    codes = dict(upgrade.options.values_list("title", "code"))
    for person in list(people.values())[1:28]:
        approved = [codes[choice.title] for choice in choices if dice.random() < choice.liking]
        order = dice.sample(list(OUTCOMES), 3)
        said = approving(approved, order)
        voice.cast(person, upgrade, papers.mint(upgrade.pk), said, at=at + timedelta(days=3))
    return upgrade


def _ask_about_autumn(people: dict[str, Person], at: datetime) -> None:
    theo = people["Theo"]
    upgrade = voice.draft(theo, title="What to do with wet autumn leaves", budget=200, story=AUTUMN, at=at)
    voice.open_options(upgrade, by=theo, at=at)
    voice.add_option(
        upgrade,
        by=people["Lyra"],
        title="A roof over the leaf heap",
        description="Boards of the old fence and a sheet of corrugated iron keep the leaves dry until spring.",
        cost=60,
        labour_h=14,
        who="Lyra, Bram and whoever comes on Saturday",
        at=at + timedelta(hours=5),
    )
    dice = random.Random(SEED)  # noqa: S311 - the same conversation every time
    said = [voice.say(upgrade, text, by=people[name], at=at) for name, text, _liking in THOUGHTS]
    for name, person in people.items():
        for statement, (author, _text, liking) in zip(said, THOUGHTS, strict=True):
            roll = dice.random()
            if name != author and roll < ANSWERED:
                voice.react(
                    statement, 1 if dice.random() < liking else -1 if dice.random() < DOUBT else 0, by=person
                )
