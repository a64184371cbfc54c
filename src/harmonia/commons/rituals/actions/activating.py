"""Switch the plant over: asked by the facilitator, confirmed by a second person, done by hand on site.

Harmonia drives no valve. The crowd's press is recorded, nothing more; what was done is what somebody on site says.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.leading import step
from harmonia.commons.rituals.actions.telling import allow, lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Activation, Ritual
from harmonia.commons.rituals.preflight import preflight
from harmonia.commons.voice import actions as voice


@transaction.atomic
def ask_activation(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Activation:
    """Ask a second person to confirm that the plant is switched over now. Raises Refused while a check is red."""
    allow(by)
    locked = lock(ritual)
    _check_ready(locked, at)
    if hasattr(locked, "activation") and locked.activation.confirmed_by:
        raise Refused(_("Somebody has confirmed already. Nothing was changed."))
    Activation.objects.filter(ritual=locked).delete()  # asked again: the newest is who asks
    asked = Activation.objects.create(ritual=locked, asked_by=token_of(by), asked_at=at or timezone.now())
    tell(locked, "activation", activation="asked")
    return asked


@transaction.atomic
def confirm_activation(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Activation:
    """Confirm as the second person; from now on everybody may press, and somebody acts on site."""
    allow(by, "rituals.confirm_activation")
    locked = lock(ritual)
    asked = Activation.objects.filter(ritual=locked).first()
    if asked is None or asked.confirmed_by is not None:
        raise Refused(_("Nobody has asked for it, or somebody was faster. Nothing was changed."))
    if asked.asked_by == token_of(by):
        raise Refused(_("You asked for it yourself. A second person has to confirm. Nothing was changed."))
    _check_ready(locked, at)
    asked.confirmed_by, asked.confirmed_at = token_of(by), at or timezone.now()
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    tell(locked, "activation", activation="confirmed")
    step(locked, "activating", by=by, at=at)
    return asked


@transaction.atomic
def act(ritual: Ritual, *, by: Person, seen: str, at: datetime | None = None) -> Activation:
    """Say, as a trained person on site, that it is done by hand and what was seen; the plant's version follows.

    Raises Refused without the permission or while a check is red; then the plant stays as it was.
    """
    allow(by, "voice.activate_upgrade")
    words = " ".join(seen.split())[:300]
    if not words:
        raise Refused(_("Say in a few words what you did and saw. Nothing was changed."))
    locked = lock(ritual)
    if locked.state != "activating" or locked.upgrade is None:
        raise Refused(_("The ritual is not at that step, or somebody was faster. Nothing was changed."))
    try:
        voice.activate(locked.upgrade, by=by, at=at)
    except voice.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    done = locked.activation
    done.acted_by, done.acted_at, done.seen = token_of(by), at or timezone.now(), words
    done.save(update_fields=["acted_by", "acted_at", "seen"])
    tell(locked, "activation", activation="acted")
    step(locked, "celebrating", by=by, at=at)
    return done


def _check_ready(ritual: Ritual, at: datetime | None) -> None:
    if ritual.state != "choosing":
        raise Refused(_("The ritual is not at that step, or somebody was faster. Nothing was changed."))
    red = [check.sentence for check in preflight(ritual, at) if not check.is_green]
    if red:
        raise Refused(_("%(why)s Nothing was changed.") % {"why": " ".join(red)})
