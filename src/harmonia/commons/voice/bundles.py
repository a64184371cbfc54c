"""What people take home to check a vote: the public bundle for anybody, the full one for who may see every ballot.

Both are what `harmonia recount` reads (`harmonia.science.choice.bundle`), made anew at each download, so that the
signatures of witnesses that came since are in them.
"""

from typing import Any

from harmonia.commons.voice import box, cells, logbook
from harmonia.commons.voice.count import Counted, count
from harmonia.commons.voice.models import Checkpoint, Upgrade
from harmonia.commons.voice.operation import recountable
from harmonia.science.choice import SealedVote, support, write_bundle

DETAILS = ("reasons", "rounds")
"""What of a decision would tell numbers of supporters."""


def published(counted: Counted) -> dict[str, Any]:
    """Return the decision as everybody gets it: without numbers where one would be about one to four people."""
    ballots = len(counted.election.ballots)
    few = any(cells.cell(people, ballots) is None for people in support(counted.election).values())
    left_out = DETAILS if few else ()
    return {name: value for name, value in counted.data.items() if name not in left_out}


def full(upgrade: Upgrade, counted: Counted | None = None) -> bytes:
    """Return the bundle with every ballot and its salt, and what the choice of how it is run rests on once it is made."""
    found = counted or count(upgrade)
    return write_bundle(found.election, found.rule, published(found), sealed(upgrade), recountable(upgrade))


def public(upgrade: Upgrade) -> bytes:
    """Return the bundle for anybody: frozen text, log, checkpoints, decision, but no ballot."""
    found = count(upgrade)
    return write_bundle(found.election, found.rule, published(found), sealed(upgrade), public=True)


def sealed(upgrade: Upgrade) -> SealedVote:
    """Return the log of a vote as its bundle keeps it; the salts are in the order of the counted ballots."""
    found = Checkpoint.objects.filter(upgrade=upgrade)
    first, last = found.order_by("size")[0], found.order_by("-size")[0]
    made = last.cosignatures.select_related("witness").order_by("witness__name")
    return SealedVote(
        upgrade.frozen.encode(),
        tuple(logbook.entries(upgrade)),
        logbook.read_checkpoint(first.note),
        logbook.read_checkpoint(logbook.note(last)),
        (
            logbook.verifier(upgrade),
            *(logbook.witness_key(c.witness.name, c.witness.public_key) for c in made),
        ),
        tuple(bytes.fromhex(ballot.salt) for ballot in box.ballots(upgrade)),
    )
