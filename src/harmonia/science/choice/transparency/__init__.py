"""A log that cannot be rewritten unseen: Merkle tree, signed checkpoints, witnesses, receipts.

    log = Signer("riverside.example/votes/7", secrets.token_bytes(32))          # kept by the server
    device = Signer("ana-phone", secrets.token_bytes(32), WITNESS)              # kept by a member's device
    entries = [Entry("open", frozen_sha256), Entry("cast", seal(ballot_text, salt)), ...]
    leaves = [leaf_hash(entry.as_bytes()) for entry in entries]
    signed = sign_checkpoint(checkpoint_of(log.name, leaves), log)              # publish signed.as_text()
    refusal = witness_refusal(signed, log.verifier, last_seen, consistency_proof(leaves, last_seen.size))
    signed = cosign(signed, device, time)                                       # if there is no refusal
    given = receipt(entries, index, signed)                                     # receipt_to_dict(given) for the voter
    given.refusal(log.verifier)                                                 # None: the ballot is in
    miscounted(entries, ballot_texts, salts)                                    # None: counted is what was cast

`ballot_text` of `harmonia.science.choice` gives a ballot's canonical text. Keys travel as lines: `Verifier.as_text()`
and `verifier_from_text`. Randomness and time come from the caller.
"""

from harmonia.science.choice.transparency.ballot_log import (
    SALT_BYTES,
    SEALED,
    Entry,
    bound,
    miscounted,
    read_log,
    seal,
    standing,
    write_log,
)
from harmonia.science.choice.transparency.checkpoints import (
    Checkpoint,
    Signature,
    SignedCheckpoint,
    checkpoint_of,
    cosign,
    read_checkpoint,
    sign_checkpoint,
    witness_refusal,
)
from harmonia.science.choice.transparency.keys import (
    LOG,
    WITNESS,
    Signer,
    TransparencyError,
    Verifier,
    verifier_from_text,
)
from harmonia.science.choice.transparency.receipt import (
    Receipt,
    receipt,
    receipt_from_dict,
    receipt_from_json,
    receipt_to_dict,
)
from harmonia.science.choice.transparency.tree import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)

__all__ = [
    "LOG",
    "SALT_BYTES",
    "SEALED",
    "WITNESS",
    "Checkpoint",
    "Entry",
    "Receipt",
    "Signature",
    "SignedCheckpoint",
    "Signer",
    "TransparencyError",
    "Verifier",
    "bound",
    "checkpoint_of",
    "consistency_proof",
    "cosign",
    "inclusion_proof",
    "leaf_hash",
    "miscounted",
    "node_hash",
    "read_checkpoint",
    "read_log",
    "receipt",
    "receipt_from_dict",
    "receipt_from_json",
    "receipt_to_dict",
    "root_hash",
    "seal",
    "sign_checkpoint",
    "standing",
    "verifier_from_text",
    "verify_consistency",
    "verify_inclusion",
    "witness_refusal",
    "write_log",
]
