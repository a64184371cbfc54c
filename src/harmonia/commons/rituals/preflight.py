"""What has to be so before a plant is switched over in front of a crowd."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from harmonia.commons.nexus import queries as nexus
from harmonia.commons.rituals.models import Ritual
from harmonia.commons.voice import queries as voice


@dataclass(frozen=True)
class Check:
    """One named check."""

    name: str
    is_green: bool
    sentence: str


def preflight(ritual: Ritual, at: datetime | None = None) -> list[Check]:
    """Return the checks of a ritual's switch, in the order in which people go through them."""
    safety = nexus.safety_state(at)
    return [_decided(ritual), Check(_("Safety readings"), safety.is_clear, safety.sentence)]


def _decided(ritual: Ritual) -> Check:
    upgrade = ritual.upgrade
    name = _("The design is decided and frozen")
    if upgrade is None or upgrade.state != "decided":
        return Check(name, False, _("No vote is decided yet."))
    if not voice.winners(upgrade):
        return Check(name, False, _("Nothing was chosen, so there is nothing to switch over."))
    if not voice.is_intact(upgrade):
        return Check(name, False, _("What was voted on has changed since. Tell an architect."))
    chosen = ", ".join(option.title for option in voice.winners(upgrade))
    return Check(name, True, _("Chosen: %(options)s.") % {"options": chosen})
