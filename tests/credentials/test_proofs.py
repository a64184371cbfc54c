"""eddsa-jcs-2022: signed once, checked by anybody, and any change is found."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from harmonia.credentials import ProofError, did_key, public_key, sign, site_key, verify
from harmonia.credentials.keys import from_multibase, multibase
from harmonia.credentials.proofs import digest

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DOCUMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["Thing"],
    "n": {"a": [1, 2.5, "ñ"]},
}


@pytest.mark.reference
def test_the_published_example_is_checked_and_its_hashes_come_out(reference: Path) -> None:
    case = reference / "fed" / "w3c-vc-di-eddsa" / "eddsa-jcs-2022"
    read = {
        name: json.loads((case / f"{name}.json").read_text())
        for name in ("unsigned", "proofConfigJCS", "signedJCS")
    }
    combined = (case / "combinedHashJCS.txt").read_text().strip()

    assert digest(read["unsigned"], read["proofConfigJCS"]).hex() == combined
    assert verify(read["signedJCS"]).key == "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


def test_what_was_signed_verifies_and_names_its_key() -> None:
    signed = sign(DOCUMENT, KEY)

    assert verify(signed).key == did_key(KEY)
    assert verify(json.loads(json.dumps(signed))).key == did_key(KEY)
    assert "proof" not in DOCUMENT


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a value": lambda d: d["n"].update(a=[1, 2.5, "n"]),
    "a new name": lambda d: d.update(more=1),
    "a name gone": lambda d: d.pop("type"),
    "when": lambda d: d["proof"].update(created="2020-01-01T00:00:00Z"),
    "the key": lambda d: d["proof"].update(verificationMethod=did_key(Ed25519PrivateKey.generate())),
    "the signature": lambda d: d["proof"].update(proofValue=multibase(bytes(64))),
    "the suite": lambda d: d["proof"].update(cryptosuite="eddsa-rdfc-2022"),
    "the purpose": lambda d: d["proof"].update(proofPurpose="authentication"),
    "the context": lambda d: d.update({"@context": ["https://evil.example"]}),
    "no proof": lambda d: d.pop("proof"),
    "a proof that is a list": lambda d: d.update(proof=[d["proof"]]),
    "no key": lambda d: d["proof"].pop("verificationMethod"),
    "a value that is no number": lambda d: d.update(n=float("nan")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_is_found(change: Callable[[dict[str, Any]], object]) -> None:
    signed = json.loads(json.dumps(sign(DOCUMENT, KEY)))
    change(signed)

    with pytest.raises(ProofError):
        verify(signed)


@given(st.binary(max_size=60))
def test_base58_gives_the_same_bytes_back(data: bytes) -> None:
    assert from_multibase(multibase(data)) == data


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "z0",
        "m12",
        "z" + "1" * 400,
        "did:web:x",
        "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
    ],
)
def test_what_names_no_ed25519_key_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="no "):
        public_key(bad)


def test_a_sites_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: did_key(site_key(tmp_path)), range(16)))

    (path,) = (tmp_path / "keys").iterdir()
    assert len(keys) == 1
    assert oct(path.stat().st_mode & 0o777) == "0o600"
