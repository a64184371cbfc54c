"""Hear what happens elsewhere and concerns a ritual; forget who leaves."""

from typing import Any

from django.db import transaction

from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.announcing import vote_of
from harmonia.commons.rituals.actions.hearing import erase
from harmonia.commons.rituals.actions.telling import lock
from harmonia.commons.rituals.models import Offering, Ritual


def hear_vote(event: Any) -> None:
    """Tell the rooms of an upgrade's rituals how its vote stands, in the vote's own transaction."""
    upgrade = event.payload.get("upgrade", 0)
    for ritual in Ritual.objects.filter(upgrade_id=upgrade).select_related("upgrade"):
        ritual.voices = event.payload.get("voices", ritual.voices)
        ritual.save(update_fields=["voices"])
        facts = vote_of(ritual)
        record(ritual.topic, "vote", vote=facts["vote"], voices=facts["voices"])


@transaction.atomic
def forget(person: Person) -> None:
    """Take back what a person who leaves has offered; their presses and steps stay, without a name."""
    for offering in Offering.objects.filter(participant__person=token_of(person)).select_related("ritual"):
        erase(lock(offering.ritual), offering)
