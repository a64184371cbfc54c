"""The ballot box: envelopes go in, and leave it in shuffled handfuls into an append-only log."""

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass

from harmonia.commons.voice import logbook
from harmonia.commons.voice.content import Content, read
from harmonia.commons.voice.models import Ballot, Upgrade

HANDFUL = 5
"""Envelopes that wait until they are shuffled and enter the log together; at the close the rest follow."""


@dataclass(frozen=True)
class Receipt:
    """What a voter takes home: the leaf of their envelope [hex], and the log's signed promise to hold it."""

    leaf: str
    promise: str


def envelope_text(origin: str, paper: str, version: int, commitment: str) -> bytes:
    """Return the bytes of one entry of the log: nothing in it says what is inside the envelope, or whose it is."""
    data = {"origin": origin, "paper": paper, "version": version, "commitment": commitment}
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def commit(content: str, nonce: str) -> str:
    """Return the seal of a content under a nonce of 256 bits [SHA-256, hex]: hiding, and binding."""
    return hashlib.sha256(f"harmonia-commitment/1\n{nonce}\n{content}".encode()).hexdigest()


def papers(upgrade: Upgrade) -> int:
    """Return how many papers have an envelope in the box."""
    return Ballot.objects.filter(upgrade=upgrade).values("paper").distinct().count()


def newest(upgrade: Upgrade, paper: str) -> Ballot | None:
    """Return the envelope that counts for a paper."""
    return Ballot.objects.filter(upgrade=upgrade, paper=paper).order_by("-version").first()


def put_in(upgrade: Upgrade, paper: str, content: Content) -> Receipt:
    """Seal a content and put it in; older envelopes of the same paper stay, emptied. Needs the upgrade's lock."""
    former = newest(upgrade, paper)
    version = former.version + 1 if former else 1
    nonce = secrets.token_hex(32)
    commitment = commit(content.canonical, nonce)
    text = envelope_text(logbook.origin(upgrade), paper, version, commitment)
    leaf = logbook.leaf(text)
    Ballot.objects.create(
        upgrade=upgrade,
        paper=paper,
        version=version,
        content=content.canonical,
        nonce=nonce,
        commitment=commitment,
        leaf=leaf,
    )
    Ballot.objects.filter(upgrade=upgrade, paper=paper, version__lt=version).update(content="", nonce="")
    return Receipt(leaf, logbook.promise(upgrade, leaf))


def shake(upgrade: Upgrade, *, last: bool = False) -> int:
    """Move what waits into the log once it is a handful, or the last; return how many envelopes moved.

    The rows are written anew in the order of their leaves, which is random, so that no order of rows tells who came
    when. Needs the upgrade's lock.
    """
    waiting = list(Ballot.objects.filter(upgrade=upgrade, place__isnull=True).order_by("leaf"))
    if not waiting or (len(waiting) < HANDFUL and not last):
        return 0
    start = Ballot.objects.filter(upgrade=upgrade, place__isnull=False).count()
    Ballot.objects.filter(pk__in=[ballot.pk for ballot in waiting]).delete()
    for place, ballot in enumerate(waiting, start=start):
        ballot.pk, ballot.place = uuid.uuid4(), place
    Ballot.objects.bulk_create(waiting)
    logbook.write_checkpoint(upgrade, leaves(upgrade))
    return len(waiting)


def leaves(upgrade: Upgrade) -> list[str]:
    """Return the leaves of a vote's log in order [hex]."""
    sealed = Ballot.objects.filter(upgrade=upgrade, place__isnull=False).order_by("place")
    return list(sealed.values_list("leaf", flat=True))


def counted(upgrade: Upgrade) -> list[Ballot]:
    """Return the envelope that counts of every paper, in the order of their leaves."""
    newest_of: dict[str, Ballot] = {}
    for ballot in Ballot.objects.filter(upgrade=upgrade).order_by("version"):
        newest_of[ballot.paper] = ballot
    return sorted(newest_of.values(), key=lambda ballot: ballot.leaf)


def contents(upgrade: Upgrade) -> list[Content]:
    """Return what counts, sorted by what it says, so that no order tells who said it."""
    return [read(text) for text in sorted(ballot.content for ballot in counted(upgrade))]
