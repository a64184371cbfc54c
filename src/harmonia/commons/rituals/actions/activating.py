"""Switch the plant over: everybody presses, one person calls for it, another does it by hand on site and confirms.

Harmonia drives no valve. The crowd's press is recorded, nothing more; checklist, two-person rule and ramp are the Nexus's.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from harmonia.commons.nexus import actions as nexus
from harmonia.commons.nexus import queries as plant
from harmonia.commons.people.actions import token_of
from harmonia.commons.people.models import Person
from harmonia.commons.rituals.actions.leading import at_no_step, required, step
from harmonia.commons.rituals.actions.telling import allow, lock, tell
from harmonia.commons.rituals.errors import Refused
from harmonia.commons.rituals.models import Activation, Press, Ritual
from harmonia.commons.rituals.switches import switch_of


@transaction.atomic
def let_press(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Ritual:
    """Go on to the switch: from now on everybody may press. Raises Refused while an item of the checklist is not clear."""
    allow(by)
    locked, when = lock(ritual), at or timezone.now()
    if locked.state != "choosing":
        raise Refused(at_no_step())
    switch = switch_of(locked)
    if switch is None or switch.state != "checking":
        raise Refused(_("Nobody has prepared the switch-over of what was chosen. Nothing was changed."))
    found = plant.preflight_of(switch, when)
    if not found.is_clear:
        raise Refused(_("Not yet. %(why)s Nothing was changed.") % {"why": found.sentence})
    step(locked, "activating", by=by, at=at)
    return locked


@transaction.atomic
def call_for_it(ritual: Ritual, *, by: Person, at: datetime | None = None) -> Activation:
    """Call for the switch-over, together with all who pressed; somebody else acts. Raises Refused like the Nexus."""
    allow(by)
    locked = lock(ritual)
    switch = switch_of(locked)
    if locked.state != "activating" or switch is None or hasattr(locked, "activation"):
        raise Refused(at_no_step())
    crowd = Press.objects.filter(ritual=locked).count()
    try:
        nexus.press(switch, by, crowd=crowd, at=at)
    except nexus.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    called = Activation.objects.create(
        ritual=locked, switch=switch, called_by=token_of(by), called_at=at or timezone.now(), crowd=crowd
    )
    tell(locked, "activation", activation="called")
    return called


@transaction.atomic
def act(ritual: Ritual, *, by: Person, seen: str, at: datetime | None = None) -> Activation:
    """Say, as a trained person on site, that it is done by hand and what was seen; the plant's version and ramp follow.

    Raises Refused like the Nexus: without the permission, for who called for it, while an item is not clear.
    """
    words = required(seen)
    locked = lock(ritual)
    called = Activation.objects.filter(ritual=locked).select_related("switch").first()
    if locked.state != "activating" or called is None:
        raise Refused(at_no_step())
    try:
        nexus.confirm_activation(called.switch, by, at=at)
    except nexus.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    called.confirmed_by, called.confirmed_at, called.seen = token_of(by), at or timezone.now(), words
    called.save(update_fields=["confirmed_by", "confirmed_at", "seen"])
    tell(locked, "activation", activation="confirmed")
    step(locked, "celebrating", by=by, at=at)
    return called
