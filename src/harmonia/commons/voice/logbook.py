"""The log of a vote: RFC 6962, with checkpoints signed by this site and co-signed by witnesses.

The site's log key comes from its secret key (HKDF), one for each vote; the public half is part of the frozen text.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from harmonia.commons.voice.models import Checkpoint, LogEntry, Upgrade
from harmonia.science.choice import json_bytes
from harmonia.science.choice.transparency import (
    WITNESS,
    Entry,
    Signer,
    TransparencyError,
    Verifier,
    checkpoint_of,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    read_checkpoint,
    sign_checkpoint,
)

KEY_BYTES = 32


def origin(upgrade: int) -> str:
    """Return the log's own unique name: the site's host and the vote."""
    host = settings.CONFIG.site_address.partition("://")[2] or "harmonia"
    return f"{host}/choose/{upgrade}"


def signer(upgrade: Upgrade) -> Signer:
    """Return the key of a vote's log; its name is the one frozen at opening, whatever the site is called today."""
    return Signer(_name(upgrade), _seed(upgrade.pk))


def verifier(upgrade: Upgrade) -> Verifier:
    """Return the public half, as it was frozen."""
    return signer(upgrade).verifier


def _name(upgrade: Upgrade) -> str:
    from harmonia.commons.voice import frozen

    return frozen.terms_of(upgrade.frozen).log if upgrade.frozen else origin(upgrade.pk)


def _seed(upgrade: int) -> bytes:
    info = b"harmonia vote log %d" % upgrade
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info)
    return derive.derive(settings.SECRET_KEY.encode())


def entries(upgrade: Upgrade) -> list[Entry]:
    """Return the sealed entries in order."""
    sealed = LogEntry.objects.filter(upgrade=upgrade, place__isnull=False).order_by("place")
    return [Entry(what, digest) for what, digest in sealed.values_list("what", "digest")]


def leaves(found: Sequence[Entry]) -> list[bytes]:
    """Return the leaf hashes of entries."""
    return [leaf_hash(entry.as_bytes()) for entry in found]


def append(upgrade: Upgrade, added: Sequence[Entry]) -> Checkpoint:
    """Add entries and sign what the log is then; needs the upgrade's lock."""
    before = entries(upgrade)
    LogEntry.objects.bulk_create(
        LogEntry(upgrade=upgrade, what=entry.what, digest=entry.digest, place=place)
        for place, entry in enumerate(added, start=len(before))
    )
    key = signer(upgrade)
    found = checkpoint_of(key.name, leaves([*before, *added]))
    note = sign_checkpoint(found, key).as_text()
    return Checkpoint.objects.create(upgrade=upgrade, size=found.size, note=note)


def open_log(upgrade: Upgrade) -> Checkpoint:
    """Begin the log with the hash of what was frozen."""
    return append(upgrade, [Entry("open", upgrade.frozen_sha256)])


def close_log(upgrade: Upgrade, decision: Mapping[str, Any], published: Mapping[str, bytes]) -> Checkpoint:
    """End the log with the hash of the published decision, as its bundle holds it.

    `published`: what anybody will get of the ballots, by the entry (`tally`, `wishes`) that binds it; empty where
    only sworn recounters see ballots, since a hash of so few could be guessed at.
    """
    bound = [Entry(what, hashlib.sha256(content).hexdigest()) for what, content in published.items()]
    return append(upgrade, [*bound, Entry("close", hashlib.sha256(json_bytes(decision)).hexdigest())])


def witness_key(name: str, public_key: str) -> Verifier:
    """Return the key of a witness [base64]; raise TransparencyError or ValueError for what is no key."""
    return Verifier(name, base64.b64decode(public_key, validate=True), WITNESS)


def newest(upgrade: Upgrade) -> Checkpoint | None:
    """Return the newest signed checkpoint, with what witnesses added."""
    return Checkpoint.objects.filter(upgrade=upgrade).order_by("-size").first()


def note(checkpoint: Checkpoint) -> str:
    """Return a checkpoint's note with the lines of its witnesses."""
    return checkpoint.note + "".join(c.line for c in checkpoint.cosignatures.order_by("witness__name"))


def grew(upgrade: Upgrade, old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the log of `new` entries kept its first `old`."""
    return consistency_proof(leaves(entries(upgrade)[:new]), old)


__all__ = [
    "Entry",
    "TransparencyError",
    "append",
    "close_log",
    "entries",
    "grew",
    "inclusion_proof",
    "leaves",
    "newest",
    "note",
    "open_log",
    "origin",
    "read_checkpoint",
    "signer",
    "verifier",
    "witness_key",
]
