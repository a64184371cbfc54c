"""RFC 6962 trees; roots are those of pymerkle 7.0.0, an optional peer, over `entry 1`, `entry 2`, …"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.choice.transparency import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)

PYMERKLE = {
    1: "2dfb36c6f66cac361429cf46df868ab8242d3a6441f1099c8fb3f98ec5d108a4",
    2: "e59cf729ba41044bc8117e10e200f1fd0e57228e6c728246aaaca7381770bfdc",
    3: "ae890d0750cf6d982e0fb89bd87ccd2f47cdb3d175b723b943981d710d224f75",
    7: "40f217245cefba543d7b66781c8bb20cbfd2657ba1f621a7f96bd753a925a404",
    8: "4fa727250e67af515504b6d299dfb39a721cdad45aa587eaca08d0b5b657a775",
    13: "3aa1b5c13fad8202caf0a1c1d4b4ee90daa20624733a063f4a9905bc136035ba",
    19: "888af1030c476692c4ea105faeb6a1a4928dc270b32e9e0425fc4018582b21a0",
}
LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(1, 40)]
sizes = st.integers(1, len(LEAVES))


@pytest.mark.parametrize("size", PYMERKLE)
def test_roots_are_those_of_pymerkle(size: int) -> None:
    assert root_hash(LEAVES[:size]).hex() == PYMERKLE[size]


def test_an_empty_tree_is_the_hash_of_nothing() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert root_hash([]).hex() == empty


@given(st.data(), sizes)
def test_an_entry_is_proven_at_its_place_and_nowhere_else(data: st.DataObject, size: int) -> None:
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    tree = LEAVES[:size]
    proof = inclusion_proof(tree, index)

    assert verify_inclusion(tree[index], index, size, proof, root_hash(tree))
    assert other == index or not verify_inclusion(tree[other], index, size, proof, root_hash(tree))
    assert other == index or not verify_inclusion(tree[index], other, size, proof, root_hash(tree))


@given(st.data(), sizes)
def test_a_log_that_only_grew_is_proven_and_a_rewritten_one_is_not(data: st.DataObject, size: int) -> None:
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    tree = LEAVES[:size]
    rewritten = [*tree[:changed], leaf_hash(b"another entry"), *tree[changed + 1 :]]
    before, after = root_hash(tree[:old]), root_hash(tree)

    assert verify_consistency(old, size, before, after, consistency_proof(tree, old))
    assert not verify_consistency(old, size, before, root_hash(rewritten), consistency_proof(rewritten, old))


@given(st.data(), sizes)
def test_a_changed_or_longer_proof_proves_nothing(data: st.DataObject, size: int) -> None:
    tree = LEAVES[:size]
    index = data.draw(st.integers(0, size - 1))
    proof = list(inclusion_proof(tree, index))

    assert not verify_inclusion(tree[index], index, size, [*proof, LEAVES[0]], root_hash(tree))
    if proof:
        assert not verify_inclusion(tree[index], index, size, proof[:-1], root_hash(tree))
        proof[data.draw(st.integers(0, len(proof) - 1))] = leaf_hash(b"lie")
        assert not verify_inclusion(tree[index], index, size, proof, root_hash(tree))


def test_a_place_there_never_was_is_an_error() -> None:
    with pytest.raises(IndexError, match="there is no number 3"):
        inclusion_proof(LEAVES[:3], 3)
    with pytest.raises(IndexError, match="never had 4"):
        consistency_proof(LEAVES[:3], 4)
