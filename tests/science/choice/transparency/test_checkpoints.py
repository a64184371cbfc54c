import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.choice.transparency import (
    WITNESS,
    Signer,
    TransparencyError,
    checkpoint_of,
    consistency_proof,
    cosign,
    leaf_hash,
    read_checkpoint,
    sign_checkpoint,
    verifier_from_text,
    witness_refusal,
)

LOG = Signer("riverside.example/votes/7", bytes(32))
WITNESSES = [Signer(f"device-{number}", bytes([number]) * 32, WITNESS) for number in (1, 2)]
LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(9)]
SIGNED = cosign(
    cosign(sign_checkpoint(checkpoint_of(LOG.name, LEAVES), LOG), WITNESSES[0], 7), WITNESSES[1], 8
)
KEYS = [LOG.verifier, *(witness.verifier for witness in WITNESSES)]


def test_the_published_example_of_a_signed_note_verifies() -> None:
    """Key, text and signature of the documentation of golang.org/x/mod/sumdb/note."""
    key = verifier_from_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signature = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )

    assert signature[:4] == key.id
    assert key.accepts(signature[4:], text)


def test_a_key_with_a_wrong_letter_is_noticed() -> None:
    with pytest.raises(TransparencyError, match="a letter may be wrong"):
        verifier_from_text("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX")


def test_a_checkpoint_reads_back_with_all_its_signatures() -> None:
    back = read_checkpoint(SIGNED.as_text())

    assert back == SIGNED
    assert [key.name for key in back.signed_by(KEYS)] == [key.name for key in KEYS]


@given(st.data())
def test_a_changed_byte_in_a_signed_checkpoint_leaves_no_full_set_of_signatures(data: st.DataObject) -> None:
    note = bytearray(SIGNED.as_text().encode())
    note[data.draw(st.integers(0, len(note) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        back = read_checkpoint(note.decode())
    except (TransparencyError, UnicodeDecodeError):
        return

    assert len(back.signed_by(KEYS)) < len(KEYS)


def test_a_key_of_the_same_name_is_not_the_same_key() -> None:
    impostor = Signer(LOG.name, bytes([9]) * 32)

    assert SIGNED.signed_by([impostor.verifier]) == ()


def test_a_witness_signature_moved_to_another_time_does_not_hold() -> None:
    moved = replace(SIGNED, signatures=(*SIGNED.signatures[:1], replace(SIGNED.signatures[1], time=9)))

    assert [key.name for key in moved.signed_by(KEYS)] == [LOG.name]


def test_a_witness_signs_what_grew_and_nothing_else() -> None:
    last = checkpoint_of(LOG.name, LEAVES[:4])
    forged = sign_checkpoint(checkpoint_of(LOG.name, [LEAVES[8], *LEAVES[1:]]), LOG)

    assert witness_refusal(SIGNED, LOG.verifier, None, ()) is None
    assert witness_refusal(SIGNED, LOG.verifier, last, consistency_proof(LEAVES, 4)) is None
    assert witness_refusal(forged, LOG.verifier, last, consistency_proof(LEAVES, 4)) == (
        "The log of 9 entries did not grow out of the 4 seen before."
    )
    assert witness_refusal(SIGNED, KEYS[1], None, ()) == "The checkpoint is not signed by device-1."


def test_keys_keep_to_their_part() -> None:
    with pytest.raises(TransparencyError, match="the log needs its own"):
        sign_checkpoint(checkpoint_of("x", LEAVES), WITNESSES[0])
    with pytest.raises(TransparencyError, match="a witness needs its own"):
        cosign(SIGNED, LOG, 1)


def test_a_private_key_is_never_printed() -> None:
    assert "0000" not in repr(LOG)


@pytest.mark.parametrize("text", ["", "x\n1\nAAAA\n\n", "x\n01\n" + "A" * 43 + "=\n\n— a b\n", "x\n\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(TransparencyError):
        read_checkpoint(text)
