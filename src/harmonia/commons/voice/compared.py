"""Every set of an upgrade's options, as the twin is asked to compare them."""

from dataclasses import dataclass
from typing import Any

from harmonia.commons.voice.models import Upgrade

SUBJECT = "voice:"


@dataclass(frozen=True)
class Compared:
    """The newest comparison of an upgrade's sets: its number, its state, and whether options changed since."""

    number: int
    state: str
    outdated: bool


def subject_of(upgrade: Upgrade) -> str:
    """Return the name under which the nexus knows an upgrade: its comparisons, its decision, its switch-over."""
    return f"{SUBJECT}{upgrade.pk}"


def options(upgrade: Upgrade) -> list[dict[str, Any]]:
    """Return an upgrade's options as `nexus.actions.ask_designs` takes them.

    What was vetoed is left out. What law or safety asks for is always bought: every other option needs it.
    """
    found = [option for option in upgrade.options.all() if option.vetoed_at is None]
    must = [option.code for option in found if option.mandatory]
    return [
        {
            "code": option.code,
            "name": option.title,
            "cost": option.cost,
            "edits": option.edits,
            "needs": sorted({*option.needs, *(() if option.mandatory else must)}),
            "excludes": option.excludes,
            "substitutes": option.substitutes,
        }
        for option in found
    ]


def newest(upgrade: Upgrade) -> Compared | None:
    """Return the newest comparison of an upgrade's sets, None before the first."""
    from harmonia.commons.nexus.queries import newest_comparison

    found = newest_comparison(subject_of(upgrade))
    if found is None:
        return None
    changed = found.options != options(upgrade) or found.budget != upgrade.budget
    return Compared(found.pk, found.state, changed)
