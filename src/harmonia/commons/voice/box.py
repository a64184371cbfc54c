"""The ballot box: ballots go in, and their seals leave it in shuffled handfuls into an append-only log."""

import secrets
import uuid

from harmonia.commons.voice import logbook
from harmonia.commons.voice.content import Content, read
from harmonia.commons.voice.models import Ballot, LogEntry, Upgrade
from harmonia.science.choice.transparency import SALT_BYTES, Entry, seal

HANDFUL = 5
"""Seals that wait until they are shuffled and enter the log together; at the close the rest follow."""


def papers(upgrade: Upgrade) -> int:
    """Return how many ballots are in the box."""
    return Ballot.objects.filter(upgrade=upgrade).count()


def find(upgrade: Upgrade, paper: str) -> Ballot | None:
    """Return the ballot that lies under a paper."""
    return Ballot.objects.filter(upgrade=upgrade, paper=paper).first()


def put_in(upgrade: Upgrade, paper: str, said: Content) -> str:
    """Put a ballot in, instead of what lay under the same paper; return its seal. Needs the upgrade's lock."""
    former = find(upgrade, paper)
    salt = secrets.token_bytes(SALT_BYTES)
    sealed = seal(said.canonical, salt)
    if former is not None:
        former.delete()
        LogEntry.objects.create(upgrade=upgrade, what="void", digest=former.seal)
    Ballot.objects.create(
        upgrade=upgrade,
        paper=paper,
        content=said.canonical,
        priorities=said.order,
        salt=salt.hex(),
        seal=sealed,
    )
    LogEntry.objects.create(upgrade=upgrade, what="cast", digest=sealed)
    return sealed


def shake(upgrade: Upgrade, *, last: bool = False) -> int:
    """Move the seals that wait into the log once they are a handful, or the last; return how many moved.

    Within a handful the casts come in the order of their seals, which is random, then what was taken back. Ballots are
    written anew in the same order, so that no order of rows tells who came when. Needs the upgrade's lock.
    """
    waiting = list(LogEntry.objects.filter(upgrade=upgrade, place__isnull=True).order_by("what", "digest"))
    if not waiting or (len(waiting) < HANDFUL and not last):
        return 0
    LogEntry.objects.filter(pk__in=[entry.pk for entry in waiting]).delete()
    seals = [entry.digest for entry in waiting if entry.what == "cast"]
    _rewrite(upgrade, seals)
    logbook.append(upgrade, [Entry(entry.what, entry.digest) for entry in waiting])
    return len(waiting)


def _rewrite(upgrade: Upgrade, seals: list[str]) -> None:
    fresh = list(Ballot.objects.filter(upgrade=upgrade, seal__in=seals).order_by("seal"))
    Ballot.objects.filter(pk__in=[ballot.pk for ballot in fresh]).delete()
    for ballot in fresh:
        ballot.pk = uuid.uuid4()
    Ballot.objects.bulk_create(fresh)


def ballots(upgrade: Upgrade) -> list[Ballot]:
    """Return every ballot, sorted by what it says and then by its salt, so that no order tells who said it."""
    return sorted(Ballot.objects.filter(upgrade=upgrade), key=lambda ballot: (ballot.content, ballot.salt))


def contents(upgrade: Upgrade) -> list[Content]:
    """Return what the ballots say, in the same order."""
    return [read(ballot.content, ballot.priorities) for ballot in ballots(upgrade)]
