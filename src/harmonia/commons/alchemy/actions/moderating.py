"""Hide what should not be shown, and show it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.alchemy.actions.making import Refused, woven
from harmonia.commons.alchemy.models import SHOWING, Artifact, Moderation
from harmonia.commons.journal.actions import record
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person


@transaction.atomic
def hide(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Hide a thing's page, photo and story, for a reason that its maker can read. Facilitators only."""
    return _moderate(person, artifact, "hidden", reason)


@transaction.atomic
def show_again(person: Person, artifact: Artifact, *, reason: str) -> Moderation:
    """Show again what was hidden. Facilitators only."""
    return _moderate(person, artifact, "shown", reason)


def _moderate(person: Person, artifact: Artifact, state: str, reason: str) -> Moderation:
    if not person.has_perm("alchemy.moderate"):
        raise Refused(_("Only a facilitator can hide what somebody told, or show it again."))
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= 300:
        raise Refused(_("Give a reason of at most 300 letters; its maker will read it."))
    artifact = Artifact.objects.select_for_update().get(pk=artifact.pk)
    if artifact.state == state:
        raise Refused(_("Somebody else did this a moment ago. Nothing was changed."))
    SHOWING.check(artifact.state, state)
    artifact.state = state
    artifact.save(update_fields=["state"])
    entry = Moderation.objects.create(artifact=artifact, state=state, reason=reason, by=token_of(person))
    record("alchemy", state, artifact=artifact.code, **woven(artifact))
    return entry
