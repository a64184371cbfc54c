"""What people take home to check a vote: the public bundle for anybody, the full one for sworn recounters.

The public one of a large vote holds every ballot, but no salt: with the salts, whoever shows a receipt shows their
ballot, so they are for people who took an oath. Both are what `harmonia recount` reads
(`harmonia.science.choice.bundle`), made anew at each download, so that the signatures of witnesses that came since
are in them.
"""

import json
from dataclasses import replace
from typing import Any

from harmonia.commons.voice import box, cells, frozen, logbook
from harmonia.commons.voice.cells import SMALL_VOTE
from harmonia.commons.voice.count import Counted, count
from harmonia.commons.voice.models import Checkpoint, LogEntry, Upgrade
from harmonia.commons.voice.operation import recountable
from harmonia.science.choice import SealedVote, bindings, support, write_bundle

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
    """Return the bundle for anybody: frozen text, log, checkpoints, decision; of a large vote the ballots too."""
    found, vote = count(upgrade), sealed(upgrade)
    unsalted = replace(vote, salts=None, order_salts=None)
    if not shows_ballots(upgrade):
        return write_bundle(found.election, found.rule, published(found), unsalted, public=True)
    return write_bundle(found.election, found.rule, published(found), unsalted, recountable(upgrade))


def shows_ballots(upgrade: Upgrade) -> bool:
    """Return whether anybody gets every ballot: where the log binds them for that."""
    return LogEntry.objects.filter(upgrade=upgrade, what="tally").exists()


def bound(upgrade: Upgrade, counted: Counted) -> dict[str, bytes]:
    """Return what the log binds at the close: ballots and orders as anybody will get them, nothing of a small vote."""
    if box.papers(upgrade) < SMALL_VOTE or not _seals_orders(upgrade):
        return {}
    return bindings(counted.election, (order for order, _salt in box.orders(upgrade)))


def _seals_orders(upgrade: Upgrade) -> bool:
    return bool(json.loads(upgrade.frozen).get("orders") == frozen.SEALED)


def sealed(upgrade: Upgrade) -> SealedVote:
    """Return the log of a vote as its full bundle keeps it; the salts are in the order of ballots and of orders."""
    found = Checkpoint.objects.filter(upgrade=upgrade)
    first, last = found.order_by("size")[0], found.order_by("-size")[0]
    made = last.cosignatures.select_related("witness").order_by("witness__name")
    orders = box.orders(upgrade) if _seals_orders(upgrade) else None
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
        None if orders is None else tuple(order for order, _salt in orders),
        None if orders is None else tuple(bytes.fromhex(salt) for _order, salt in orders),
    )
