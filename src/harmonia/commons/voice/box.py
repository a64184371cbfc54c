"""The ballot box: ballots go in, and their seals leave it in shuffled handfuls into an append-only log."""

import secrets
import uuid
from collections.abc import Mapping

from harmonia.commons.voice import logbook
from harmonia.commons.voice.content import Content, read
from harmonia.commons.voice.models import ENTRIES, Ballot, LogEntry, Upgrade
from harmonia.science.choice.transparency import SALT_BYTES, Entry, seal

HANDFUL = 5
"""Ballots whose seals wait until they are shuffled and enter the log together; at the close the rest follow."""


def papers(upgrade: Upgrade) -> int:
    """Return how many ballots are in the box."""
    return Ballot.objects.filter(upgrade=upgrade).count()


def find(upgrade: Upgrade, paper: str) -> Ballot | None:
    """Return the ballot that lies under a paper."""
    return Ballot.objects.filter(upgrade=upgrade, paper=paper).first()


def put_in(upgrade: Upgrade, paper: str, said: Content) -> str:
    """Put a ballot in, instead of what lay under the same paper; return its seal. Needs the upgrade's lock.

    The order of outcomes gets a salt and a seal of its own, so that no seal holds both; an empty order does too, so
    that the log does not count who gave one.
    """
    former = find(upgrade, paper)
    if former is not None:
        former.delete()
        _log(upgrade, {"void": former.seal, "unrank": former.order_seal})
    salt, order_salt = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES)
    made = Ballot.objects.create(
        upgrade=upgrade,
        paper=paper,
        content=said.canonical,
        priorities=said.order,
        salt=salt.hex(),
        seal=seal(said.canonical, salt),
        order_salt=order_salt.hex(),
        order_seal=seal(said.order, order_salt),
    )
    _log(upgrade, {"cast": made.seal, "rank": made.order_seal})
    return made.seal


def _log(upgrade: Upgrade, seals: Mapping[str, str]) -> None:
    """Let seals wait for the log; a ballot from before orders were sealed has none of its order."""
    LogEntry.objects.bulk_create(
        LogEntry(upgrade=upgrade, what=what, digest=digest) for what, digest in seals.items() if digest
    )


def shake(upgrade: Upgrade, *, last: bool = False) -> int:
    """Move the seals that wait into the log once a handful of ballots waits, or the last; return how many moved.

    Within a handful ballots come in the order of their seals, which is random, then orders of outcomes, then what was
    taken back. Ballots are written anew in the same order, so that no order of rows tells who came when. Needs the
    upgrade's lock.
    """
    waiting = list(LogEntry.objects.filter(upgrade=upgrade, place__isnull=True))
    seals = sorted(entry.digest for entry in waiting if entry.what == "cast")
    if not waiting or (len(seals) < HANDFUL and not last):
        return 0
    LogEntry.objects.filter(pk__in=[entry.pk for entry in waiting]).delete()
    _rewrite(upgrade, seals)
    shuffled = sorted(waiting, key=lambda entry: (ENTRIES.index(entry.what), entry.digest))
    logbook.append(upgrade, [Entry(entry.what, entry.digest) for entry in shuffled])
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


def orders(upgrade: Upgrade) -> list[tuple[str, str]]:
    """Return each order of outcomes [JSON] with its salt [hex], sorted by what it says: apart from the ballots."""
    found = Ballot.objects.filter(upgrade=upgrade).exclude(order_seal="")
    return sorted(found.values_list("priorities", "order_salt"))
