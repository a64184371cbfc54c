"""Signed statements that anybody can check without this site: canonical JSON, Ed25519 proofs, keys in plain text.

Pure but for `keys`, which reads and writes the one file a site's key lies in. Knows no Django.
"""

from harmonia.credentials.canonical import CanonicalError, canonical
from harmonia.credentials.keys import did_key, public_key, site_key
from harmonia.credentials.proofs import ProofError, Verified, sign, verify

__all__ = [
    "CanonicalError",
    "ProofError",
    "Verified",
    "canonical",
    "did_key",
    "public_key",
    "sign",
    "site_key",
    "verify",
]
