"""What a leader of a test does, in the process that has the home's settings; see `ritual_leader`."""

from datetime import timedelta
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils import timezone

from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.ledger import actions as ledger
from harmonia.commons.ledger import queries as books
from harmonia.commons.ledger.models import Holder
from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import queries as plant
from harmonia.commons.nexus.decisions import waiting_decisions
from harmonia.commons.nexus.models import Activation as Switch
from harmonia.commons.nexus.models import Alarm
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.actions import enrol
from harmonia.commons.people.models import Person
from harmonia.commons.rituals import actions, queries
from harmonia.commons.rituals.models import Offering, Participant, Press, Ritual
from harmonia.commons.voice import actions as voice
from harmonia.commons.voice import papers
from harmonia.commons.voice.content import approving
from harmonia.commons.voice.models import Option, Upgrade
from harmonia.live import sign

FORESEEN = {
    side: {"gas_m3_d": gas, "gas_low": 0.8 * gas, "gas_high": 1.2 * gas, "cooking_hours_d": 2 * gas,
           "digestate_kg_d": 15.0, "retention_d": 90.0, "acid_ratio": 0.2}
    for side, gas in (("before", 1.0), ("after", 1.5))
} | {"days": 14, "engine": "stand-in", "seed": 1}  # fmt: skip


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def ritual() -> Ritual:
    return Ritual.objects.select_related("upgrade").latest("id")


def set_up(guests: int) -> str:
    """Make a habitat with a plant, a decided upgrade, an announced ritual and guests; return the ritual's room."""
    for name, roles in (("Theo", ("facilitator",)), ("Kiran", ("scientist",)), ("Lyra", ())):
        enrol(email=f"{name}@example.org", name=name, password="warm-soil-22", roles=roles)
    theo, kiran = person("Theo"), person("Kiran")
    gate = ledger.open_holder("gate", "Gate", Holder.Kind.POINT, where="By the well")
    text = files("harmonia.commons.nexus").joinpath("plants/demo.toml").read_text("utf-8")
    nexus.commission(text, by=kiran, at=timezone.now() - timedelta(days=2))
    home, scraps = ledger.open_household("home-1"), books.substance("food_waste")
    ledger.drop_off_from(home, recorder=None, point=gate, substance=scraps, grams=120_000)
    made = voice.draft(theo, title="Room for the next street", budget=560)
    bag = [{"field": "gas_store_m3", "operation": "add", "value": 1.5}]
    for title, cost, edits in (("A second gas bag", 180, bag), ("A hand mill", 140, [])):
        option = voice.add_option(made, by=theo, title=title, description=title, cost=cost, edits=edits)
        Option.objects.filter(pk=option.pk, edits=bag).update(foresight="ready", foreseen=FORESEEN)
    voice.open_options(made, by=theo)
    voice.settle_options(made, by=theo, uncompared_why="Two options, one budget.")
    found = actions.announce(
        theo, title="The bag comes", place="The yard", starts_at=timezone.now() + timedelta(hours=1),
        question="What shall we keep?", call="Bring what once held something.", upgrade=Upgrade.objects.get(pk=made.pk),
    )  # fmt: skip
    now = timezone.now()
    Participant.objects.bulk_create(Participant(ritual=found, joined_at=now) for _ in range(guests))
    return found.topic


def tokens() -> list[list[str]]:
    """Return every participant's pseudonym with a fresh token for one handshake."""
    found, key = ritual(), settings.SECRET_KEY.encode()
    people = found.participants.order_by("id").values_list("token", flat=True)
    return [[str(who), sign(key, found.topic, str(who))] for who in people]


def token(who: str) -> str:
    """Return a fresh token for one participant."""
    return sign(settings.SECRET_KEY.encode(), ritual().topic, who)


def advance() -> str:
    return actions.advance(ritual(), by=person("Theo")).state


def decide() -> str:
    """Let one member vote, count, prepare the switch-over and clear its checklist."""
    found, theo, kiran = ritual(), person("Theo"), person("Kiran")
    assert found.upgrade
    codes = list(found.upgrade.options.values_list("code", flat=True))
    voice.cast(person("Lyra"), found.upgrade, papers.mint(found.upgrade.pk), approving(codes))
    actions.count_votes(found, by=theo)
    clear_checklist(found, theo, kiran)
    return Upgrade.objects.get(pk=found.upgrade.pk).state


def clear_checklist(found: Ritual, theo: Person, kiran: Person) -> None:
    """Prepare the switch-over of what was chosen and look at every item; the twin's own are answered for by name."""
    if other := plant.open_activation():
        nexus.call_off_activation(other, theo, "The ritual's own comes first.")
    decision = next(d for d in waiting_decisions() if d.subject == f"voice:{found.upgrade_id}")
    switch: Switch = nexus.prepare_activation(theo, decision=decision, goal_kg_vs_m3_d=1.0)
    for kind in ("ch4_alarm", "leak_check"):
        nexus.record_reading(kind, passed=True, by=kiran)
    nexus.record_reading("h2s", 0.5, by=kiran)
    for item in ATTESTED_H:
        nexus.check_item(switch, item, passed=True, by=theo)
    for item in ("twin", "stock"):
        nexus.override_item(switch, item, reason="A test runs no model.", by=kiran)


def prepare() -> int:
    """Prepare the switch-over of what was counted, and clear its checklist."""
    clear_checklist(ritual(), person("Theo"), person("Kiran"))
    return Switch.objects.count()


def sour() -> int:
    """Let the plant have an alarm about its acids."""
    facts = {"ratio": 0.5, "in_days": 14, "then": 0.7, "low": 0.5, "high": 0.9, "rising": True}
    return Alarm.objects.create(kind=Alarm.Kind.ACIDS, since=timezone.now(), facts=facts).pk


def let_press() -> str:
    return actions.let_press(ritual(), by=person("Theo")).state


def act() -> str:
    actions.call_for_it(ritual(), by=person("Theo"))
    actions.act(ritual(), by=person("Kiran"), seen="The bag hangs.")
    return ritual().state


def release(count: int) -> int:
    for one in Offering.objects.filter(ritual=ritual(), state="waiting")[:count]:
        actions.release(one, by=person("Theo"))
    return Offering.objects.filter(ritual=ritual(), state="shown").count()


def present() -> dict[str, Any]:
    """Return how the ritual stands, and what the database has kept."""
    found = ritual()
    return {
        "present": queries.present(found.topic),
        "sequence": last_sequence(found.topic),
        "offerings": list(found.offerings.order_by("id").values_list("words", flat=True)),
        "presses": Press.objects.filter(ritual=found).count(),
    }
