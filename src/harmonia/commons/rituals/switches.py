"""The Nexus's switch-over of what a ritual's vote has chosen."""

from harmonia.commons.nexus import queries as nexus
from harmonia.commons.nexus.models import Activation as Switch
from harmonia.commons.rituals.models import Ritual


def switch_of(ritual: Ritual) -> Switch | None:
    """Return the newest switch-over of the ritual's upgrade that was not called off; None where nobody prepared one."""
    if ritual.upgrade_id is None:
        return None
    return nexus.activation_for(f"voice:{ritual.upgrade_id}")
