"""A ritual with a vote, its people, and a room to speak in."""

import itertools
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from harmonia.commons.journal.queries import events_since
from harmonia.commons.journal.rooms import Spoken
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger.models import Holder, Substance
from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.decisions import waiting_decisions
from harmonia.commons.nexus.models import Activation as Switch
from harmonia.commons.nexus.models import Run
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import Participant, Ritual
from harmonia.commons.rituals.present import NOTHING, Present, apply
from harmonia.commons.voice import actions as voice
from harmonia.commons.voice import papers
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Upgrade
from tests.commons.conftest import Enrol

DEMO = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")
SIDE = {
    "gas_m3_d": 1.0, "gas_low": 0.9, "gas_high": 1.1, "methane_share": 0.6, "cooking_hours_d": 2.0, "ph": 7.3,
    "acid_ratio": 0.2, "retention_d": 100.0, "loading_kg_vs_m3_d": 1.1, "nitrogen_kg_d": 0.1, "digestate_kg_d": 15.0,
    "energy_kwh_d": 4.0,
}  # fmt: skip
FORESEEN: dict[str, Any] = {
    "before": SIDE,
    "after": SIDE | {"gas_m3_d": 1.5, "gas_low": 1.2, "gas_high": 1.8, "cooking_hours_d": 3.0},
    "days": 14, "status": "steady", "engine": "stand-in", "seed": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def still_plant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the twin answer at once, and follow nothing: what it says is tested elsewhere."""
    monkeypatch.setattr(nexus, "foresee", lambda edits, until: FORESEEN)
    for place in ("plants.follow_on_commit", "feeding.follow_on_commit", "activating.ramp_on_commit"):
        monkeypatch.setattr(f"harmonia.commons.nexus.actions.{place}", lambda *a, **k: None)


@pytest.fixture
def theo(enrol: Enrol) -> Person:
    """A facilitator."""
    return enrol("Theo", "facilitator")


@pytest.fixture
def kiran(enrol: Enrol) -> Person:
    """A scientist: acts on site."""
    return enrol("Kiran", "scientist")


@pytest.fixture
def plant(kiran: Person, gate: Holder, scraps: Substance) -> None:
    """A plant that the twin follows, with feed at hand and clear safety readings."""
    now = timezone.now()
    version = nexus.commission(DEMO, by=kiran, at=now - timedelta(days=2))
    Run.objects.create(
        version=version, made_at=now, start=now.date() - timedelta(days=1), until=now.date() - timedelta(days=1),
        horizon_days=14, engine="test", seed=1, members=1, status="ok: calm",
        outcome={name: [1.0] * 16 for name in ("gas_m3_d", "gas_low", "gas_high", "retention_d", "gas_kg_d", *SIDE)},
    )  # fmt: skip
    home = ledger.open_household("home-1")
    ledger.drop_off_from(home, recorder=None, point=gate, substance=scraps, grams=120_000)
    for kind in ("ch4_alarm", "leak_check"):
        nexus.record_reading(kind, passed=True, by=kiran)
    nexus.record_reading("h2s", 0.5, by=kiran)


@pytest.fixture
def upgrade(theo: Person, plant: None) -> Upgrade:
    """A question with two options, shown to everybody."""
    made = voice.draft(theo, title="Room for the next street", budget=560)
    bag = [{"field": "gas_store_m3", "operation": "add", "value": 1.5}]
    for title, cost, edits in (("Bag", 180, bag), ("Water", 140, [])):
        option = voice.add_option(made, by=theo, title=title, description=title, cost=cost, edits=edits)
        voice.foresee_option(option.pk)
    voice.open_options(made, by=theo)
    return voice.settle_options(made, by=theo, uncompared_why="One option costs next to nothing.")


@pytest.fixture
def ritual(theo: Person, upgrade: Upgrade) -> Ritual:
    """An announced ritual with a call and a question."""
    return actions.announce(
        theo,
        title="The bag comes",
        place="Linden yard",
        starts_at=timezone.now() + timedelta(days=3),
        call="Bring what once held something.",
        question="What shall we keep?",
        upgrade=upgrade,
    )


@pytest.fixture
def guest(ritual: Ritual) -> Participant:
    """Somebody without an account."""
    return actions.join(ritual)


Say = Callable[..., Mapping[str, Any]]


@pytest.fixture
def say() -> Say:
    """Speak in the room as the hub delivers it: `say(guest, "press")`, `say(guest, "offer", key="k", words="…")`."""
    keys = itertools.count()

    def speak(who: Participant, kind: str, key: str = "", /, **data: Any) -> Mapping[str, Any]:
        room = who.ritual.topic
        with transaction.atomic():
            said = actions.hear(Spoken(room, str(who.token), key or f"key-{next(keys):08}", kind, data))
            actions.settle(room)
        return said

    return speak


Lead = Callable[..., Ritual]


@pytest.fixture
def led_to(ritual: Ritual, theo: Person, lyra: Person, kiran: Person) -> Lead:
    """Lead the ritual to a state, choosing and confirming on the way: `led_to("activating")`."""

    def lead(goal: str) -> Ritual:
        found = Ritual.objects.get(pk=ritual.pk)
        while found.state != goal:
            if found.state == "choosing":
                decide(found, theo, lyra)
                prepare(found, theo)
                actions.let_press(found, by=theo)
            elif found.state == "activating":
                actions.call_for_it(found, by=theo)
                actions.act(found, by=kiran, seen="The bag hangs, no smell, the valve stands open.")
            else:
                actions.advance(found, by=theo)
            found.refresh_from_db()
        return found

    return lead


def decide(ritual: Ritual, theo: Person, voter: Person) -> None:
    """Let one member approve everything, and count."""
    assert ritual.upgrade
    upgrade = Upgrade.objects.get(pk=ritual.upgrade.pk)
    said = approving(list(upgrade.options.values_list("code", flat=True)))
    voice.cast(voter, upgrade, papers.mint(upgrade.pk), said)
    actions.count_votes(ritual, by=theo)


def prepare(ritual: Ritual, by: Person) -> Switch:
    """Prepare the switch-over of what was chosen, with a ramp as the twin would plan it, and clear its checklist."""
    assert ritual.upgrade
    decision = next(d for d in waiting_decisions() if d.subject == f"voice:{ritual.upgrade.pk}")
    made = nexus.prepare_activation(by, decision=decision, goal_kg_vs_m3_d=1.0)
    step = {"loading_kg_vs_m3_d": 0.5, "gas_m3_d": 1.0, "gas_low": 0.8, "gas_high": 1.3, "days": 14}
    Switch.objects.filter(pk=made.pk).update(ramp=[step], ramp_status="ok", ramp_planned_at=timezone.now())
    for item in ATTESTED_H:
        nexus.check_item(made, item, passed=True, by=by)
    return Switch.objects.get(pk=made.pk)


def folded(ritual: Ritual) -> Present:
    """The present as a phone knows it that heard every event."""
    present = NOTHING
    for event in events_since(ritual.topic, 0, 100_000):
        present = apply(present, event.kind, event.payload)
    return present


def assert_events_tell_the_state(ritual: Ritual) -> None:
    assert folded(ritual) == queries.present(ritual.topic)
