"""A receipt: proof that a sealed ballot, or a sealed order of outcomes, is in the log, without what it says."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harmonia.science.choice.transparency.ballot_log import SEALED, Entry
from harmonia.science.choice.transparency.checkpoints import SignedCheckpoint, read_checkpoint
from harmonia.science.choice.transparency.keys import TransparencyError, Verifier
from harmonia.science.choice.transparency.tree import inclusion_proof, leaf_hash, verify_inclusion

FORMAT = "harmonia-receipt/1"


@dataclass(frozen=True)
class Receipt:
    """A seal, its place in the log, the way to the root, the signed root; `what` is sealed: `cast` or `rank`."""

    seal: str
    index: int
    proof: tuple[bytes, ...]
    checkpoint: SignedCheckpoint
    what: str = "cast"

    def refusal(self, log: Verifier) -> str | None:
        """Return why this receipt proves nothing, or None where the log signed that the ballot is in it."""
        if not self.checkpoint.signed_by([log]):
            return f"The receipt's checkpoint is not signed by {log.name}."
        stated = self.checkpoint.checkpoint
        leaf = leaf_hash(Entry(self.what, self.seal).as_bytes())
        if verify_inclusion(leaf, self.index, stated.size, self.proof, stated.root):
            return None
        return "The receipt's ballot is not in the log that was signed."


def receipt(entries: Sequence[Entry], index: int, checkpoint: SignedCheckpoint) -> Receipt:
    """Return the receipt of entry `index`, which must hold a seal; the checkpoint must be of these entries."""
    if entries[index].what not in SEALED:
        raise TransparencyError(f"Entry {index} of the log casts no ballot.")
    leaves = [leaf_hash(entry.as_bytes()) for entry in entries[: checkpoint.checkpoint.size]]
    given = entries[index]
    return Receipt(given.digest, index, inclusion_proof(leaves, index), checkpoint, given.what)


def receipt_to_dict(given: Receipt) -> dict[str, object]:
    """Return a receipt as JSON-ready data."""
    return {
        "format": FORMAT,
        "what": given.what,
        "seal": given.seal,
        "index": given.index,
        "proof": [base64.b64encode(step).decode() for step in given.proof],
        "checkpoint": given.checkpoint.as_text(),
    }


def receipt_from_dict(data: Mapping[str, object]) -> Receipt:
    """Return the receipt a dict describes; raise TransparencyError on anything else."""
    seal, index, proof, text = (data.get(key) for key in ("seal", "index", "proof", "checkpoint"))
    if not (isinstance(seal, str) and isinstance(index, int) and isinstance(proof, list)):
        raise TransparencyError("The receipt has missing or ill-typed fields.")
    if data.get("format") != FORMAT or not isinstance(text, str):
        raise TransparencyError(f"The receipt is not in the format {FORMAT}.")
    what = data.get("what", "cast")
    if what not in SEALED:
        raise TransparencyError("The receipt is of nothing that a log seals.")
    try:
        steps = tuple(base64.b64decode(str(step), validate=True) for step in proof)
    except (ValueError, binascii.Error):
        raise TransparencyError("The receipt's proof is no base64.") from None
    return Receipt(seal, index, steps, read_checkpoint(text), str(what))


def receipt_from_json(text: str) -> Receipt:
    """Return the receipt a JSON text describes; raise TransparencyError on anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise TransparencyError("The receipt is no JSON object.")
    return receipt_from_dict(data)
