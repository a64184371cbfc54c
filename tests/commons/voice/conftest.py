"""A question, its options, and people who choose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.voice import actions, papers
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Option, Upgrade
from tests.commons.conftest import Enrol

BEFORE = {
    "gas_m3_d": 1.0,
    "gas_low": 0.9,
    "gas_high": 1.1,
    "methane_share": 0.6,
    "cooking_hours_d": 2.0,
    "ph": 7.3,
    "acid_ratio": 0.2,
    "retention_d": 100.0,
    "loading_kg_vs_m3_d": 1.1,
    "nitrogen_kg_d": 0.1,
    "digestate_kg_d": 15.0,
    "energy_kwh_d": 4.0,
}
FORESEEN: dict[str, Any] = {
    "before": BEFORE,
    "after": BEFORE | {"gas_m3_d": 1.5, "gas_low": 1.2, "gas_high": 1.8, "cooking_hours_d": 3.0},
    "days": 14,
    "status": "steady",
    "engine": "stand-in",
    "seed": 1,
}


@dataclass
class Twin:
    """Stands in for the model, which takes seconds; remembers what it was asked."""

    asked: list[Any] = field(default_factory=list)
    refusal: str = ""

    def foresee(self, edits: Sequence[Any], until: date | None = None) -> dict[str, Any]:
        self.asked.append(list(edits))
        if self.refusal:
            raise nexus.Refused(self.refusal)
        return FORESEEN


@pytest.fixture(autouse=True)
def twin(monkeypatch: pytest.MonkeyPatch) -> Twin:
    """A twin that answers at once."""
    stand_in = Twin()
    monkeypatch.setattr(nexus, "foresee", stand_in.foresee)
    return stand_in


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    """A facilitator."""
    return enrol("Theo", "facilitator")


@pytest.fixture
def kiran(enrol: Enrol) -> Person:
    """A scientist."""
    return enrol("Kiran", "scientist")


@pytest.fixture
def drafted(theo: Person) -> Upgrade:
    """A question with three options: a bag for 180, a tank for 420, water for 140; the budget is 560."""
    upgrade = actions.draft(theo, title="Room for the next street", story="It is full.", budget=560)
    choices: list[tuple[str, int, list[dict[str, Any]]]] = [
        ("Bag", 180, [{"field": "gas_store_m3", "operation": "add", "value": 1.5}]),
        ("Tank", 420, [{"field": "liquid_m3", "operation": "add", "value": 1.0}]),
        ("Water", 140, []),
    ]
    for title, cost, edits in choices:
        option = actions.add_option(
            upgrade, by=theo, title=title, description=f"A {title}.", cost=cost, labour_h=8, edits=edits
        )
        actions.foresee_option(option.pk)
    return upgrade


@pytest.fixture
def shown(drafted: Upgrade, theo: Person) -> Upgrade:
    """The question with its options open to everybody."""
    return actions.open_options(drafted, by=theo)


@pytest.fixture
def settled(shown: Upgrade, theo: Person) -> Upgrade:
    """The question with its options settled; there is no plant, so no set of options could be compared."""
    return actions.settle_options(shown, by=theo, uncompared_why="There is no plant yet.")


@pytest.fixture
def voting(settled: Upgrade, theo: Person, lyra: Person, kiran: Person) -> Upgrade:
    """The question while people vote; Lyra, Theo and Kiran may."""
    return actions.open_vote(settled, by=theo)


Vote = Callable[..., str]


@pytest.fixture
def vote() -> Vote:
    """`vote(lyra, voting, "bag", "tank")`: a ballot from a device of Lyra's own; returns its key."""

    def put_in(person: Person, upgrade: Upgrade, *codes: str, key: str = "", **more: Any) -> str:
        key = key or papers.mint(upgrade.pk)
        actions.cast(person, upgrade, key, approving(codes), **more)
        return key

    return put_in


Pick = Callable[..., list[Option]]


@pytest.fixture
def pick(drafted: Upgrade) -> Pick:
    """`pick("bag", "tank")`: options by their codes."""

    def choose(*codes: str) -> list[Option]:
        return list(drafted.options.filter(code__in=codes))

    return choose
