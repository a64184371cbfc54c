"""Data Integrity proofs of the cryptosuite eddsa-jcs-2022 (W3C Recommendation of 15 May 2025, section 3.3)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harmonia.credentials.canonical import CanonicalError, canonical
from harmonia.credentials.keys import did_key, from_multibase, multibase, public_key

Document = dict[str, Any]


class ProofError(ValueError):
    """This document is not signed as it says; the message is a sentence."""


@dataclass(frozen=True)
class Verified:
    """Who signed, as a did:key, and when by their own clock."""

    key: str
    created: str


def sign(document: Document, key: Ed25519PrivateKey, *, at: datetime | None = None) -> Document:
    """Return a document with its proof; the document itself stays as it is."""
    name = did_key(key)
    options: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": f"{name}#{name.rpartition(':')[2]}",
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        options["@context"] = document["@context"]
    signature = key.sign(digest(document, options))
    return {**document, "proof": {**options, "proofValue": multibase(signature)}}


def digest(document: Document, options: Document) -> bytes:
    """Return the 64 bytes that are signed: SHA-256 of the canonical options, then of the canonical document."""
    return sha256(canonical(options)).digest() + sha256(canonical(document)).digest()


def verify(signed: Document) -> Verified:
    """Check a document against the one proof it carries.

    Raises ProofError when there is none, it is of another kind, or anything was changed since.
    """
    proof = signed.get("proof")
    if not isinstance(proof, dict):
        raise ProofError("It carries no proof.")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    document = {name: value for name, value in signed.items() if name != "proof"}
    _check_options(options, document)
    try:
        key = public_key(str(options.get("verificationMethod")))
        signature = from_multibase(str(proof.get("proofValue")))
        key.verify(signature, digest(document, options))
    except (ValueError, CanonicalError) as error:
        raise ProofError(f"Its key or signature cannot be read: {error}.") from error
    except InvalidSignature as error:
        raise ProofError("The signature does not fit: something was changed after it was signed.") from error
    return Verified(did_key(key), str(options["created"]))


def _check_options(options: Document, document: Document) -> None:
    if options.get("type") != "DataIntegrityProof" or options.get("cryptosuite") != "eddsa-jcs-2022":
        raise ProofError("Its proof is of another kind than eddsa-jcs-2022.")
    if options.get("proofPurpose") != "assertionMethod":
        raise ProofError("Its proof was made for another purpose.")
    created = options.get("created")
    try:
        datetime.fromisoformat(str(created))
    except ValueError as error:
        raise ProofError("Its proof does not say when it was made.") from error
    # Section 3.3.2: where the proof names contexts, those of the document must begin with them.
    contexts, named = document.get("@context"), options.get("@context")
    if named is not None and _listed(contexts)[: len(_listed(named))] != _listed(named):
        raise ProofError("Its proof was made for a document of another context.")


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]
