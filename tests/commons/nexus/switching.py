"""Steps of a switch-over that several tests take."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from harmonia.commons.nexus import actions, decisions
from harmonia.commons.nexus.actions import Decision
from harmonia.commons.nexus.models import Activation, PlantVersion, Reading, Run
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.models import Person
from tests.commons.conftest import Enrol
from tests.commons.nexus.conftest import Bring, day, moment

EDITS = [{"field": "gas_store_m3", "operation": "add", "value": 1.0}]
DECIDED = Decision(
    subject="test:3",
    title="A wider gas bag",
    edits=EDITS,
    sha256="a" * 64,
    promised={"gas_m3_d": 1.6, "gas_low": 1.2, "gas_high": 2.0},
    words=["Cooking: 20 hours a week (15 to 25)."],
)
STEPS = [0.6, 1.0, 1.4]


def noon(number: int) -> datetime:
    return moment(number, hours=4)


@pytest.fixture
def decided() -> Iterator[Decision]:
    decisions.on_decisions("test", lambda: [DECIDED])
    yield DECIDED
    decisions._sources.pop("test")


@pytest.fixture
def mira(enrol: Enrol) -> Person:
    """A facilitator."""
    return enrol("Mira", "facilitator")


def followed(until: int, gas_m3_d: float = 1.0, days: int = 120) -> Run:
    """A run of the model as it would be kept, without waiting for the model."""
    return Run.objects.create(
        version=PlantVersion.objects.latest("number"),
        made_at=moment(until + 1),
        start=day(0),
        until=day(until),
        horizon_days=14,
        engine="test",
        seed=1,
        members=1,
        status="ok: calm",
        outcome={
            "gas_m3_d": [gas_m3_d] * days,
            "retention_d": [40.0] * days,
            "gas_kg_d": [1.2 * gas_m3_d] * days,
        },
    )


@pytest.fixture
def prepared(fed_week: object, safe: None, bring: Bring, decided: Decision, mira: Person) -> Activation:
    """A switch-over on the eighth day with a ramp, and a week's feed at the gate."""
    bring(80_000, at=moment(7))
    followed(6)
    made = actions.prepare_activation(mira, decision=decided, goal_kg_vs_m3_d=STEPS[-1], at=moment(7))
    steps = [{"loading_kg_vs_m3_d": load, "gas_m3_d": 1.0, "gas_low": 0.8, "gas_high": 1.3} for load in STEPS]
    for row in steps:
        row |= {"days": 14, "ph_low": 7.2, "acid_ratio_high": 0.2}
    Activation.objects.filter(pk=made.pk).update(ramp=steps, ramp_status="ok", ramp_planned_at=moment(7))
    return Activation.objects.get(pk=made.pk)


def attest_all(activation: Activation, by: Person, at: datetime) -> None:
    for item in ATTESTED_H:
        actions.check_item(activation, item, passed=True, by=by, at=at)


@pytest.fixture
def running_ramp(prepared: Activation, mira: Person, kiran: Person) -> Activation:
    """A confirmed switch-over: its first step began at noon of the eighth day."""
    attest_all(prepared, mira, noon(7))
    actions.press(prepared, mira, crowd=40, at=noon(7))
    return actions.confirm_activation(prepared, kiran, at=noon(7) + timedelta(minutes=5))


def read_all(
    number: int, *, acids: float = 600, alkalinity: float = 4000, ph: float = 7.4, gas: float = 1.0
) -> None:
    """A day's readings; the gas meter counts from the first of them."""
    for kind, value in (("acids", acids), ("alkalinity", alkalinity), ("ph", ph), ("temperature", 37.0)):
        actions.record_reading(kind, value, at=moment(number))
    before = Reading.objects.filter(kind="gas_meter").order_by("at").last()
    days = (moment(number) - before.at).days if before else 0
    actions.read_meter((before.value or 0.0) + gas * days if before else 0.0, at=moment(number))
