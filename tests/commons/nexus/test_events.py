"""What the journal tells is enough: the old state and the events since make the new state."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from harmonia.commons.journal.models import Event
from harmonia.commons.journal.queries import events_since, last_sequence
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions
from harmonia.commons.nexus.models import Alarm, PlantVersion
from harmonia.commons.nexus.queries import open_alarms, version
from harmonia.commons.people.models import Person
from harmonia.science.metabolism import PlantEdit
from tests.commons.nexus.conftest import Bring, day, grams, moment, rebuild

pytestmark = pytest.mark.django_db


@dataclass
class State:
    """What a reader of the topic knows about the plant."""

    number: int = 0
    slurry_g: int = 0
    gas_g: int = 0
    digestate_g: int = 0
    gas_of_day: dict[str, int] = field(default_factory=dict)
    alarms: set[str] = field(default_factory=set)


def fold(state: State, events: Iterable[Event]) -> State:
    for event in events:
        tell = TELLERS.get(event.kind)
        if tell is not None:
            tell(state, event.payload)
    return state


def commissioned(state: State, told: dict[str, Any]) -> None:
    state.number, state.slurry_g = told["version"], told["slurry_g"]


def fed(state: State, told: dict[str, Any]) -> None:
    state.slurry_g += told["grams"] + told["water_g"]


def followed(state: State, told: dict[str, Any]) -> None:
    for when, gas_g, digestate_g in told["days"]:
        state.gas_of_day.setdefault(when, gas_g)
        state.gas_g += gas_g
        state.digestate_g += digestate_g
        state.slurry_g -= gas_g + digestate_g


def read(state: State, told: dict[str, Any]) -> None:
    for when, gas_g, unexplained_g in told["days"]:
        more = gas_g - state.gas_of_day.get(when, 0)
        state.gas_of_day[when] = gas_g
        state.gas_g += more + unexplained_g
        state.slurry_g -= more


def burnt(state: State, told: dict[str, Any]) -> None:
    state.gas_g -= told["grams"]


def activated(state: State, told: dict[str, Any]) -> None:
    state.number = told["version"]
    state.slurry_g += told["water_g"]


def raised(state: State, told: dict[str, Any]) -> None:
    state.alarms.add(told["what"])


def lifted(state: State, told: dict[str, Any]) -> None:
    state.alarms.discard(told["what"])


TELLERS = {
    "commissioned": commissioned,
    "fed": fed,
    "followed": followed,
    "read": read,
    "burnt": burnt,
    "activated": activated,
    "alarm_raised": raised,
    "alarm_lifted": lifted,
}


def state_in_database(gas_of_day: dict[str, int]) -> State:
    found = version()
    return State(
        number=found.number if found else 0,
        slurry_g=grams("digester", "slurry"),
        gas_g=grams("gas-store", "biogas"),
        digestate_g=grams("digestate-store", "digestate"),
        gas_of_day=gas_of_day,
        alarms={alarm.kind for alarm in open_alarms()},
    )


def test_the_events_of_a_whole_life_make_the_state_in_the_database(
    fed_week: PlantVersion, safe: None, bring: Bring, gate: Holder, scraps: Substance, kiran: Person
) -> None:
    actions.follow(day(6))
    early = fold(State(), events_since("nexus", 0))
    halfway = last_sequence("nexus")
    assert early == state_in_database(early.gas_of_day)
    assert early.alarms == {Alarm.Kind.GAS_STORE}

    actions.read_meter(0.0, at=moment(3))
    actions.read_meter(4.0, at=moment(6))
    actions.burn(grams=grams("gas-store", "biogas"), at=moment(7))
    actions.read_meter(4.01, at=moment(6, hours=9))
    actions.read_meter(5.0, at=moment(7, hours=2))
    rebuild([PlantEdit("liquid_m3", "add", 0.5)], "room", kiran, at=moment(7, hours=3))
    bring(5000, at=moment(8))
    actions.feed(gate, scraps, at=moment(8))
    actions.follow(day(8))
    late = fold(early, events_since("nexus", halfway))

    assert late == state_in_database(late.gas_of_day)
    assert late.number == 2
    assert Alarm.Kind.GAS_STORE in late.alarms or not late.alarms
