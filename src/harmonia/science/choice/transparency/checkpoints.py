"""What a log looked like: origin, size and root, signed by the log and co-signed by witnesses.

C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) in a signed note (https://c2sp.org/signed-note). A witness
signs only what grew out of what it signed before: who shows two people two logs needs every witness to lie.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonia.science.choice.transparency.keys import LOG, Signer, TransparencyError, Verifier
from harmonia.science.choice.transparency.tree import HASH_BYTES, root_hash, verify_consistency

_ID_BYTES, _TIME_BYTES, _SIGNATURE_BYTES = 4, 8, 64


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log of `size` entries under `root`; `origin` is the log's own unique name, `extensions` more lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return the text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        if not self.origin or any(not line or "\n" in line for line in lines):
            raise TransparencyError("A checkpoint's origin and extensions are single lines with text.")
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says so; `time` [s since 1970] is there for a witness, None for the log itself."""

    name: str
    key_id: bytes
    signature: bytes
    time: int | None


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint and all signatures on its text, whoever made them."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...] = ()

    def as_text(self) -> str:
        """Return the signed note."""
        return self.checkpoint.as_text() + "\n" + "".join(map(_line, self.signatures))

    def signed_by(self, verifiers: Iterable[Verifier]) -> tuple[Verifier, ...]:
        """Return which of these keys truly signed, each once; signatures by others are passed over."""
        return tuple(
            key for key in verifiers if any(_holds(key, s, self.checkpoint) for s in self.signatures)
        )


def checkpoint_of(origin: str, leaves: Sequence[bytes], extensions: tuple[str, ...] = ()) -> Checkpoint:
    """Return the checkpoint of a log, from its leaf hashes."""
    return Checkpoint(origin, len(leaves), root_hash(leaves), extensions)


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> SignedCheckpoint:
    """Return the checkpoint signed by the log's own key."""
    if signer.kind != LOG:
        raise TransparencyError(f"{signer.name!r} is a witness' key; the log needs its own.")
    made = signer.sign(checkpoint.as_text().encode())
    return SignedCheckpoint(checkpoint, (Signature(signer.name, signer.verifier.id, made, None),))


def cosign(signed: SignedCheckpoint, witness: Signer, time: int) -> SignedCheckpoint:
    """Return the checkpoint with one witness' signature more; `time` [s since 1970] is when it looked.

    The witness must have checked that the log's key signed and that the log grew: see `witness_refusal`.
    """
    if witness.kind == LOG:
        raise TransparencyError(f"{witness.name!r} is a log's key; a witness needs its own.")
    made = witness.sign(_witnessed(signed.checkpoint, time))
    cosignature = Signature(witness.name, witness.verifier.id, made, time)
    others = tuple(s for s in signed.signatures if s.key_id != cosignature.key_id)
    return SignedCheckpoint(signed.checkpoint, (*others, cosignature))


def witness_refusal(
    new: SignedCheckpoint, log: Verifier, last: Checkpoint | None, proof: Sequence[bytes]
) -> str | None:
    """Return why a witness must not co-sign, or None where the log only grew since `last`."""
    if log.kind != LOG or not new.signed_by([log]):
        return f"The checkpoint is not signed by {log.name}."
    if last is None:
        return None
    now = new.checkpoint
    if now.origin != last.origin:
        return f"The checkpoint is of {now.origin!r}, not of {last.origin!r}."
    if verify_consistency(last.size, now.size, last.root, now.root, proof):
        return None
    return f"The log of {now.size} entries did not grow out of the {last.size} seen before."


def read_checkpoint(text: str) -> SignedCheckpoint:
    """Return the checkpoint and signatures a note states; whether they hold is `signed_by`'s answer.

    Raises
    ------
    TransparencyError
        It is no signed checkpoint.
    """
    body, blank, below = text.rpartition("\n\n")
    lines = body.split("\n")
    if not blank or len(lines) < 3 or not below.endswith("\n"):
        raise TransparencyError("The text is no signed checkpoint.")
    root = _base64(lines[2], "root")
    if len(root) != HASH_BYTES or not lines[1].isdecimal() or str(int(lines[1])) != lines[1]:
        raise TransparencyError("The checkpoint states no size and root of a log.")
    checkpoint = Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:]))
    if checkpoint.as_text() != body + "\n":
        raise TransparencyError("The text is no signed checkpoint.")
    return SignedCheckpoint(checkpoint, tuple(_signature(line) for line in below[:-1].split("\n")))


def _line(signature: Signature) -> str:
    when = b"" if signature.time is None else signature.time.to_bytes(_TIME_BYTES)
    told = base64.b64encode(signature.key_id + when + signature.signature).decode()
    return f"— {signature.name} {told}\n"


def _signature(line: str) -> Signature:
    words = line.split(" ")
    if len(words) != 3 or words[0] != "—":
        raise TransparencyError(f"{line[:80]!r} is no signature line.")
    content = _base64(words[2], "signature")
    rest = content[_ID_BYTES:]
    if len(rest) == _SIGNATURE_BYTES:
        return Signature(words[1], content[:_ID_BYTES], rest, None)
    if len(rest) == _TIME_BYTES + _SIGNATURE_BYTES:
        when = int.from_bytes(rest[:_TIME_BYTES])
        return Signature(words[1], content[:_ID_BYTES], rest[_TIME_BYTES:], when)
    raise TransparencyError(f"The signature of {words[1]!r} has an unknown form.")


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise TransparencyError(f"The {what} of the checkpoint is no base64.") from None


def _witnessed(checkpoint: Checkpoint, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{checkpoint.as_text()}".encode()


def _holds(key: Verifier, signature: Signature, checkpoint: Checkpoint) -> bool:
    if (signature.name, signature.key_id) != (key.name, key.id):
        return False
    if (key.kind == LOG) != (signature.time is None):
        return False
    message = (
        checkpoint.as_text().encode() if signature.time is None else _witnessed(checkpoint, signature.time)
    )
    return key.accepts(signature.signature, message)
