"""Ed25519 keys with a name, as the C2SP signed note writes them (https://c2sp.org/signed-note).

Two kinds: the log's own key (0x01), and a witness' (0x04, https://c2sp.org/tlog-cosignature), whose signatures say when.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 0x01, 0x04
_KINDS = (LOG, WITNESS)
KEY_BYTES = 32


class TransparencyError(ValueError):
    """A key, note or log that cannot be trusted or read; the message is one sentence for the reader."""


@dataclass(frozen=True)
class Verifier:
    """A public key under a name; `kind` is LOG or WITNESS."""

    name: str
    public: bytes
    kind: int = LOG

    def __post_init__(self) -> None:
        if not self.name or "+" in self.name or any(letter.isspace() for letter in self.name):
            raise TransparencyError(f"{self.name!r} is no key name: it needs letters, and no space or plus.")
        if len(self.public) != KEY_BYTES or self.kind not in _KINDS:
            raise TransparencyError(f"The key of {self.name!r} is no Ed25519 key.")

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:4]

    def as_text(self) -> str:
        """Return the key as one line, `name+id+key`, to be published and copied."""
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def accepts(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key made a signature over a message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class Signer:
    """A private key under a name; `seed` is 32 random bytes that never leave the place where they were drawn."""

    name: str
    seed: bytes
    kind: int = LOG

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key().public_key().public_bytes_raw(), self.kind)

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes of signature."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        if len(self.seed) != KEY_BYTES:
            raise TransparencyError(f"The seed of {self.name!r} has {len(self.seed)} bytes, not {KEY_BYTES}.")
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def verifier_from_text(line: str) -> Verifier:
    """Return the public key one line describes.

    Raises
    ------
    TransparencyError
        It is no key, or its id belongs to another.
    """
    parts = line.strip().split("+", 2)
    try:
        name, identity, key = parts
        content = base64.b64decode(key, validate=True)
    except (ValueError, binascii.Error):
        raise TransparencyError(f"{line.strip()[:80]!r} is no public key line.") from None
    verifier = Verifier(name, content[1:], content[0] if content else 0)
    if verifier.id.hex() != identity:
        raise TransparencyError(f"The key of {name!r} does not match its id; a letter may be wrong.")
    return verifier
