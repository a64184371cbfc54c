"""The switch-over of what a vote has chosen, as two people take it."""

from datetime import datetime

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus.decisions import decision_of
from harmonia.commons.nexus.models import Activation
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.nexus.preflight import preflight
from harmonia.commons.people.models import Person
from harmonia.commons.voice import queries
from harmonia.commons.voice.models import Upgrade


def prepared(upgrade: Upgrade, by: Person, *, at: datetime | None = None) -> Activation:
    """Prepare a switch-over and clear its checklist: a person looks, a scientist answers for what nobody fed or planned."""
    decision = decision_of(queries.subject_of(upgrade))
    made = nexus.prepare_activation(by, decision=decision, goal_kg_vs_m3_d=1.0, at=at)
    for item in ATTESTED_H:
        nexus.check_item(made, item, passed=True, by=by, at=at)
    scientist = Person.objects.get(name="Kiran")
    for item in ("twin", "stock"):
        nexus.override_item(made, item, reason="nobody has fed it yet", by=scientist)
    assert preflight(made, at or made.prepared_at).is_clear
    return made


def confirmed(switch: Activation, caller: Person, operator: Person, upgrade: Upgrade) -> Upgrade:
    """Call for it, let somebody else confirm, and return the upgrade as it is then."""
    nexus.press(switch, caller)
    nexus.confirm_activation(switch, operator)
    upgrade.refresh_from_db()
    return upgrade
