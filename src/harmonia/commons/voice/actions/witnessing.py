"""Members' devices watch the log: each keeps its own key, and signs only what grew out of what it saw before."""

from django.db import transaction
from django.utils.translation import gettext as _

from harmonia.commons.journal.actions import record
from harmonia.commons.people.models import Person
from harmonia.commons.voice import logbook
from harmonia.commons.voice.actions.moving import allow, lock
from harmonia.commons.voice.errors import Refused
from harmonia.commons.voice.models import Checkpoint, Cosignature, Upgrade, Witness
from harmonia.science.choice.transparency import TransparencyError, Verifier

MOST_WITNESSES = 200


def _verifier(name: str, public_key: str) -> Verifier:
    try:
        return logbook.witness_key(name, public_key)
    except ValueError as error:
        raise Refused(_("That is no key of a device. Nothing was kept.")) from error


@transaction.atomic
def register_witness(upgrade: Upgrade, *, by: Person, name: str, public_key: str) -> Witness:
    """Let a member's device witness the log of a vote, under a name that says nothing of its owner's ballot.

    `public_key` is 32 bytes [base64, Ed25519]. The row has no link to the member: that somebody watched is enough.
    """
    allow(by, "voice.cast_ballot")
    locked = lock(upgrade)
    if locked.voting_at is None:
        raise Refused(_("There is no log to watch yet. Nothing was kept."))
    _verifier(name, public_key)
    known = Witness.objects.filter(upgrade=locked, public_key=public_key).first()
    if known is not None:
        return known
    watching = Witness.objects.filter(upgrade=locked)
    if watching.count() >= MOST_WITNESSES or watching.filter(name=name).exists():
        raise Refused(_("Another device has this name, or enough devices are watching. Nothing was kept."))
    return Witness.objects.create(upgrade=locked, name=name, public_key=public_key)


@transaction.atomic
def cosign(checkpoint: Checkpoint, witness: Witness, note: str) -> Cosignature:
    """Keep a witness' signature on a checkpoint; `note` is the signed note with the witness' line below.

    Raises Refused unless the note is that checkpoint and this witness' key truly signed it.
    """
    if checkpoint.upgrade_id != witness.upgrade_id:
        raise Refused(_("This device watches another log. Nothing was kept."))
    try:
        signed = logbook.read_checkpoint(note)
    except TransparencyError as error:
        raise Refused(_("That is no signed checkpoint. Nothing was kept.")) from error
    same = signed.checkpoint == logbook.read_checkpoint(checkpoint.note).checkpoint
    if not same or not signed.signed_by([_verifier(witness.name, witness.public_key)]):
        raise Refused(_("The signature does not fit this checkpoint. Nothing was kept."))
    line = next(f"{line}\n" for line in note.splitlines() if line.startswith(f"— {witness.name} "))
    made, new = Cosignature.objects.get_or_create(
        checkpoint=checkpoint, witness=witness, defaults={"line": line}
    )
    if new:
        record("voice", "witnessed", upgrade=checkpoint.upgrade_id, size=checkpoint.size)
    return made
