"""My voice: each of a resident's acts, and what it changed. What a ballot did is not here: only its owner can know."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.ledger import queries as ledger
from harmonia.commons.ledger.models import Holder
from harmonia.commons.ledger.queries import where_did_it_go
from harmonia.commons.nexus import queries as nexus
from harmonia.commons.people.models import Person
from harmonia.commons.voice import queries as voice

FED = (Holder.Kind.DIGESTER, Holder.Kind.GAS_STORE, Holder.Kind.DIGESTATE)
MOST = 12


@dataclass(frozen=True)
class Act:
    """What somebody did, what it changed, and where to look."""

    did: str
    changed: str
    link: str


def my_voice(person: Person) -> dict[str, Any]:
    """Return what *My voice* shows: drop-offs and feed, jars and bits, stories and threads, votes one has a part in."""
    return {
        "brought": _brought(person),
        "jars": _jars(person),
        "stories": _stories(person),
        "options": [
            Act(o.title, _fate(o), reverse("option", args=[o.upgrade_id, o.pk]))
            for o in voice.written_by(person)
        ],
        "votes": [(upgrade, json.dumps(facts)) for upgrade, facts in voice.decided_for(person)],
    }


def _brought(person: Person) -> list[Act]:
    found = []
    for drop_off in ledger.brought_by(person, limit=MOST):
        substance, grams = ledger.weight_of(drop_off)
        went = where_did_it_go([drop_off.movement]).parts
        fed = sum(part.grams for holder, part in went.items() if holder.kind in FED or holder.code == "air")
        share = round(100 * fed / grams) if grams else 0
        changed = (
            _("%(share)s %% of it became feed, gas or fertiliser of the Nexus") % {"share": share}
            if fed
            else _("it has not reached the Nexus yet")
        )
        did = _("%(weight)s %(what)s, %(day)s") % {
            "weight": f"{number_format(round(grams / 1000, 2), 2, use_l10n=True)} kg",
            "what": substance,
            "day": date_format(drop_off.movement.occurred_at, "MONTH_DAY_FORMAT"),
        }
        found.append(Act(did, changed, reverse("followed", args=[drop_off.pk])))
    return found


def _jars(person: Person) -> list[Act]:
    found = []
    for row in nexus.jar_trials(person):
        if row.mine:
            narrowed = nexus.jar_page(row.trial, person).narrowed
            changed = narrowed or _("it is still being read, or has not taught anything yet")
            found.append(Act(str(row.trial.substance), changed, reverse("nexus_jar", args=[row.trial.pk])))
    return found


def _stories(person: Person) -> list[Act]:
    return [
        Act(story.title, _("it is a thread of the tapestry"), reverse("artifact", args=[story.code]))
        for story in alchemy.stories_of(person)
    ]


def _fate(option: Any) -> str:
    state = option.upgrade.state
    if option.vetoed_at is not None:
        return _("vetoed by the holder of the licence")
    if not option.upgrade.is_decided:
        return _("withdrawn") if state == "withdrawn" else _("people are choosing, or will")
    return _("chosen") if option in voice.winners(option.upgrade) else _("not chosen; the page says why")
