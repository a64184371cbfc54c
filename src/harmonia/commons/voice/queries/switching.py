"""How what was chosen comes into force: by a switch-over of the Nexus, wherever it changes the plant."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from harmonia.commons.voice.compared import subject_of
from harmonia.commons.voice.models import Upgrade
from harmonia.commons.voice.queries.upgrades import bought

if TYPE_CHECKING:
    from harmonia.commons.nexus.models import Activation
    from harmonia.commons.nexus.queries import Preflight

WAITING = ("decided", "scheduled")
"""States in which what was chosen waits to be put into force."""


@dataclass(frozen=True)
class SwitchOver:
    """The switch-over of an upgrade: `activation` once it is prepared, `checklist` while it is gone through.

    `other` is one that is open and has to end first; `has_plant` says whether there is anything to switch over.
    """

    subject: str
    activation: "Activation | None"
    checklist: "Preflight | None"
    other: "Activation | None"
    has_plant: bool


def changes_the_plant(upgrade: Upgrade) -> bool:
    """Return whether anything that was chosen changes a number of the plant."""
    return any(option.edits for option in bought(upgrade))


def switch_over(upgrade: Upgrade, now: datetime) -> SwitchOver | None:
    """Return how an upgrade comes into force; None where no switch-over is needed, and none was prepared."""
    from harmonia.commons.nexus import queries as nexus

    found = nexus.activation_for(subject_of(upgrade))
    if found is None and not (upgrade.state in WAITING and changes_the_plant(upgrade)):
        return None
    return SwitchOver(
        subject=subject_of(upgrade),
        activation=found,
        checklist=nexus.preflight_of(found, now) if found and found.state == "checking" else None,
        other=nexus.open_activation() if found is None else None,
        has_plant=nexus.version() is not None,
    )
