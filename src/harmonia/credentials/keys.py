"""Ed25519 keys as text (Multikey, did:key), and the file a site's own key lies in."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base58btc
ED25519 = b"\xed\x01"  # multicodec ed25519-pub
MOST_CHARACTERS = 128


def multibase(data: bytes) -> str:
    """Return bytes as base58btc with its mark, "z…"."""
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\x00"))) + text


def from_multibase(text: str) -> bytes:
    """Return the bytes of a base58btc text.

    Raises ValueError when it is none, or longer than a key or signature can be.
    """
    body = text[1:]
    if text[:1] != "z" or len(text) > MOST_CHARACTERS or any(c not in ALPHABET for c in body):
        raise ValueError("no base58btc text")
    number = 0
    for letter in body:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(body) - len(body.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def did_key(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """Return a key's own name, did:key:z6Mk…: the public key itself, so that nobody needs to be asked for it."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return f"did:key:{multibase(ED25519 + public.public_bytes_raw())}"


def public_key(name: str) -> Ed25519PublicKey:
    """Return the public key that a did:key names, with or without its fragment.

    Raises ValueError when it names no Ed25519 key.
    """
    did, _hash, fragment = name.partition("#")
    method, _colon, body = did.rpartition(":")
    raw = from_multibase(body) if method == "did:key" and fragment in ("", body) else b""
    if raw[:2] != ED25519 or len(raw) != 34:
        raise ValueError("no Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def site_key(home: Path, name: str = "passport.ed25519") -> Ed25519PrivateKey:
    """Return this site's key from the `keys` folder of its home; made on first use, readable by its owner only."""
    path = home / "keys" / name
    if not path.is_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{name}.{os.getpid()}.{os.urandom(4).hex()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # the first of two processes wins, and neither reads half a key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
