"""Who may, which row is locked, and which step leads on: what every action asks first."""

from django.utils.translation import gettext as _

from harmonia.commons.journal.states import StateError
from harmonia.commons.people.models import Person
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import UPGRADE, Upgrade


def allow(person: Person, permission: str) -> None:
    """Raise Refused unless a person's role allows this."""
    if not person.is_active or not person.has_perm(permission):
        raise Refused(_("Your role does not allow this. Nothing was changed."))


def lock(upgrade: Upgrade) -> Upgrade:
    """Return the row as it is now; nobody else changes it before this transaction ends."""
    return Upgrade.objects.select_for_update().get(pk=upgrade.pk)


def step(upgrade: Upgrade, goal: str) -> None:
    """Move on to a state; raise Refused where no step leads there."""
    try:
        UPGRADE.check(upgrade.state, goal)
    except StateError as error:
        raise Refused(
            _("This upgrade is not at that step, or somebody was faster. Nothing was changed.")
        ) from error
    upgrade.state = goal


def editable(upgrade: Upgrade) -> Upgrade:
    """Return the locked row while options may change; raise Refused from then on."""
    locked = lock(upgrade)
    if not locked.is_editable:
        raise Refused(_("The options are settled now and stay as they are. Nothing was changed."))
    return locked
