"""Read what anybody needs to check a vote, and who checked it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from harmonia.commons.people.actions import token_of
from harmonia.commons.people.queries import people_behind
from harmonia.commons.voice import box, logbook
from harmonia.commons.voice.models import Ballot, Checkpoint, Recounter, Upgrade

SMALL_VOTE = 100
"""Below this many ballots the full bundle is for sworn recounters only: patterns would tell who is who."""


@dataclass(frozen=True)
class Inclusion:
    """Where an envelope is in the log, and the RFC 6962 path that proves it; `place` is None while it waits."""

    leaf: str
    place: int | None
    size: int
    proof: tuple[str, ...]
    counts: bool | None  # None: only whoever holds its key may know whether it was replaced


def inclusion(upgrade: Upgrade, leaf: str) -> Inclusion | None:
    """Return where a receipt's envelope is; None for what the box does not hold."""
    found = Ballot.objects.filter(upgrade=upgrade, leaf=leaf.strip().lower()).first()
    if found is None:
        return None
    if found.place is None:
        return Inclusion(found.leaf, None, 0, (), None)
    leaves = box.leaves(upgrade)
    return Inclusion(found.leaf, found.place, len(leaves), logbook.prove(leaves, found.place), None)


def checkpoints(upgrade: Upgrade) -> list[Checkpoint]:
    """Return the signed checkpoints of a vote's log, the newest first."""
    return list(Checkpoint.objects.filter(upgrade=upgrade).order_by("-size"))


def is_small(upgrade: Upgrade) -> bool:
    """Return whether the full bundle is for sworn recounters only."""
    return box.papers(upgrade) < SMALL_VOTE


def may_fetch_bundle(person: Any, upgrade: Upgrade) -> bool:
    """Return whether a visitor may have every ballot: anybody of a large vote, a sworn recounter of a small one."""
    if not upgrade.bundle:
        return False
    return not is_small(upgrade) or is_sworn(person, upgrade)


def is_sworn(person: Any, upgrade: Upgrade) -> bool:
    """Return whether somebody took the oath of this vote's recounters."""
    if not person.is_authenticated:
        return False
    return Recounter.objects.filter(upgrade=upgrade, token=token_of(person), sworn_at__isnull=False).exists()


def is_asked(person: Any, upgrade: Upgrade) -> bool:
    """Return whether somebody was asked to recount this vote."""
    return bool(
        person.is_authenticated and Recounter.objects.filter(upgrade=upgrade, token=token_of(person)).exists()
    )


@dataclass(frozen=True)
class Recount:
    """A recounter by chosen name, and what they found; None: not yet."""

    name: str
    sworn: bool
    agrees: bool | None
    words: str


def recounts(upgrade: Upgrade) -> list[Recount]:
    """Return who was asked to recount, and what they found."""
    found = list(Recounter.objects.filter(upgrade=upgrade))
    here = people_behind(recounter.token for recounter in found)
    return [
        Recount(
            here[r.token].name if r.token in here else "", r.sworn_at is not None, r.agrees, r.words
        )
        for r in found
    ]


def bundle_sha256(upgrade: Upgrade) -> str:
    """Return the SHA-256 of the full bundle, "" before the count."""
    return hashlib.sha256(bytes(upgrade.bundle)).hexdigest() if upgrade.bundle else ""


def public_sha256(upgrade: Upgrade) -> str:
    """Return the SHA-256 of the public bundle, "" before the count."""
    return hashlib.sha256(bytes(upgrade.public_bundle)).hexdigest() if upgrade.public_bundle else ""
