"""The switch-overs of the demonstration: one whose ramp has ended, and one that waits for its checklist."""

from datetime import datetime, timedelta

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import queries
from harmonia.commons.nexus.decisions import decision_of
from harmonia.commons.nexus.models import Activation
from harmonia.commons.nexus.models.preflight_check import ATTESTED_H
from harmonia.commons.people.models import Person
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.queries import subject_of

WARM_LOAD = 1.2
"""Where the ramp of the warmer Nexus leads [kg VS/m3/d]: what the street brings by then, and a little more; ours."""
CROWD = 23
STOCK_WHY = "People bring scraps every day, and nobody keeps a week of them at a gate."
CLOGGED = "Its mesh is clogged with soot. It is brushed on Saturday, and looked at again."


def prepare(upgrade: Upgrade, by: Person, load: float, at: datetime) -> Activation:
    """Begin the checklist of what was decided."""
    decision = decision_of(subject_of(upgrade))
    return nexus.prepare_activation(by, decision=decision, goal_kg_vs_m3_d=load, at=at)


def switch_over(upgrade: Upgrade, people: dict[str, Person], at: datetime) -> None:
    """Go through the whole checklist, call for it with the street, confirm it by a second person on site."""
    theo, kiran = people["Theo"], people["Kiran"]
    found = prepare(upgrade, theo, WARM_LOAD, at - timedelta(hours=2))
    nexus.plan_ramp(found.pk, now=at - timedelta(hours=2))
    nexus.override_item(found, "stock", reason=STOCK_WHY, by=kiran, at=at - timedelta(hours=1))
    for number, item in enumerate(ATTESTED_H):
        nexus.check_item(found, item, passed=True, by=kiran, at=at - timedelta(minutes=30 - number))
    nexus.press(found, theo, crowd=CROWD, at=at - timedelta(minutes=5))
    nexus.confirm_activation(found, kiran, at=at)


def raise_load(operator: Person, at: datetime) -> None:
    """Take the next step of the ramp that is under way."""
    if found := queries.open_activation():
        nexus.raise_load(found, operator, at=at)


def go_through_half_a_checklist(upgrade: Upgrade, people: dict[str, Person], now: datetime) -> None:
    """Prepare what was decided last: some of it is looked at, one thing is not in order, and it waits."""
    load = queries.today().loading_kg_vs_m3_d or 1.0
    found = prepare(upgrade, people["Theo"], round(load, 2), now - timedelta(hours=3))
    kiran = people["Kiran"]
    for item, hours in (("h2s_alarm", 50), ("ch4_alarm", 50), ("relief_valve", 2)):
        nexus.check_item(found, item, passed=True, by=kiran, at=now - timedelta(hours=hours))
    nexus.check_item(
        found, "flame_arrester", passed=False, reason=CLOGGED, by=kiran, at=now - timedelta(hours=2)
    )
