"""The bundle of a vote by sealed ballots: whatever is changed in it, the recount says what."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.choice import (
    BundleError,
    Election,
    Project,
    Rule,
    SealedVote,
    ballot_text,
    decide,
    decision_to_dict,
    json_bytes,
    read_bundle,
    recount,
    rule_to_dict,
    write_bundle,
)
from harmonia.science.choice.transparency import (
    WITNESS,
    Entry,
    SignedCheckpoint,
    Signer,
    checkpoint_of,
    cosign,
    leaf_hash,
    seal,
    sign_checkpoint,
)

RULE = Rule(completion="add1")
LOG, DEVICE = Signer("street.example/votes/1", bytes(32)), Signer("ana-phone", bytes([1]) * 32, WITNESS)
ELECTION = Election(
    (Project("a", "Bag", 60), Project("b", "Stirrer", 60), Project("c", "Store", 40)),
    tuple(map(frozenset, ("ab", "ab", "ab", "c", "c"))),
    100,
)
DECISION = decide(ELECTION, RULE)
SALTS = tuple(bytes([number]) * 16 for number in range(5))
FROZEN = json.dumps(
    {
        "rule": rule_to_dict(RULE),
        "budget": 100,
        "options": [{"code": p.id, "title": p.name, "cost": p.cost} for p in ELECTION.projects],
    }
).encode()


def signed(entries: list[Entry]) -> SignedCheckpoint:
    leaves = [leaf_hash(entry.as_bytes()) for entry in entries]
    return cosign(sign_checkpoint(checkpoint_of(LOG.name, leaves), LOG), DEVICE, 1_700_000_000)


def entries(*, changed_mind: bool = True) -> list[Entry]:
    made = [Entry("open", hashlib.sha256(FROZEN).hexdigest())]
    if changed_mind:
        first = seal(ballot_text(frozenset("b")), bytes([99]) * 16)
        made += [Entry("cast", first), Entry("void", first)]
    made += [
        Entry("cast", seal(ballot_text(ballot), salt))
        for ballot, salt in zip(ELECTION.ballots, SALTS, strict=True)
    ]
    return [*made, Entry("close", hashlib.sha256(json_bytes(decision_to_dict(DECISION))).hexdigest())]


LINES = entries()
VOTE = SealedVote(
    FROZEN, tuple(LINES), signed(LINES[:1]), signed(LINES), (LOG.verifier, DEVICE.verifier), SALTS
)
BUNDLE = write_bundle(ELECTION, RULE, DECISION, VOTE)


def said(vote: SealedVote, election: Election = ELECTION) -> str | None:
    return recount(read_bundle(write_bundle(election, RULE, DECISION, vote)))


def test_an_honest_sealed_vote_recounts_and_names_who_witnessed() -> None:
    bundle = read_bundle(BUNDLE)

    assert recount(bundle) is None
    assert bundle.sealed is not None
    assert bundle.sealed.witnesses() == ("ana-phone",)
    assert bundle.sealed.ballots == 5


def test_the_public_bundle_of_a_small_vote_holds_no_ballot_and_no_salt() -> None:
    public = write_bundle(ELECTION, RULE, DECISION, VOTE, public=True)
    bundle = read_bundle(public)

    assert {"election.pb", "salts.txt"}.isdisjoint(bundle.files)
    assert recount(bundle) is None


@settings(max_examples=150)
@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 255))
def test_a_flipped_byte_anywhere_in_a_sealed_bundle_is_found(place: int, flip: int) -> None:
    broken = bytearray(BUNDLE)
    broken[place] ^= flip

    with pytest.raises(BundleError):
        read_bundle(bytes(broken))


def test_a_ballot_that_was_swapped_is_found() -> None:
    other = replace(ELECTION, ballots=(frozenset("c"), *ELECTION.ballots[1:]))

    assert said(VOTE, other) == "Ballot 1 was counted, but does not stand in the log."


def test_a_ballot_left_out_is_found() -> None:
    fewer = replace(ELECTION, ballots=ELECTION.ballots[:4])

    assert said(replace(VOTE, salts=SALTS[:4]), fewer) == "1 ballots stand in the log, but were not counted."


def test_a_ballot_that_was_taken_back_does_not_count() -> None:
    more = replace(ELECTION, ballots=(*ELECTION.ballots, frozenset("b")))

    assert said(replace(VOTE, salts=(*SALTS, bytes([99]) * 16)), more) == (
        "Ballot 6 was counted, but does not stand in the log."
    )


def test_a_log_shortened_after_signing_is_found() -> None:
    cut = [LINES[0], *LINES[3:]]

    assert said(replace(VOTE, entries=tuple(cut))) == (
        "The log is not the one whose closing checkpoint was signed."
    )


def test_a_log_rewritten_since_its_opening_is_found_even_if_the_server_signs_it_again() -> None:
    other = [Entry("open", "0" * 64), *LINES[1:]]

    assert said(replace(VOTE, entries=tuple(other), closing=signed(other))) == (
        "The log at closing did not grow out of the one at opening."
    )


def test_other_frozen_words_or_another_decision_are_found() -> None:
    assert said(replace(VOTE, frozen=FROZEN.replace(b"100", b"900"))) == (
        "What was frozen is not what the log was opened with."
    )
    dearer = replace(ELECTION, budget=101)
    assert recount(read_bundle(write_bundle(dearer, RULE, decide(dearer, RULE), VOTE))) == (
        "The log does not close with the published decision."
    )


def test_a_signature_that_does_not_hold_is_named() -> None:
    stranger = Signer("ben-phone", bytes([7]) * 32, WITNESS)

    assert said(replace(VOTE, closing=cosign(VOTE.closing, stranger, 5))) == (
        "The signature of 'ben-phone' on the closing checkpoint does not hold."
    )


def test_options_dearer_than_frozen_are_found() -> None:
    other = replace(ELECTION, projects=(replace(ELECTION.projects[0], cost=61), *ELECTION.projects[1:]))

    assert said(VOTE, other) == "The options, costs or budget are not those that were frozen."


@pytest.mark.parametrize("change", [{"mandatory": True}, {"excludes": frozenset("b")}, {"name": "Flare"}])
def test_links_or_names_other_than_frozen_are_found(change: dict[str, Any]) -> None:
    other = replace(ELECTION, projects=(replace(ELECTION.projects[0], **change), *ELECTION.projects[1:]))

    assert said(VOTE, other) == "The options, costs or budget are not those that were frozen."


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (LINES[1:], "it opens once, at the beginning"),
        ([*LINES, LINES[3]], "comes after the closing"),
        ([*LINES[:4], LINES[3], *LINES[4:]], "casts the same ballot again"),
        ([*LINES[:3], LINES[2], *LINES[3:]], "takes back what does not stand"),
    ],
)
def test_a_log_out_of_order_is_named(lines: list[Entry], sentence: str) -> None:
    vote = replace(VOTE, entries=tuple(lines), closing=signed(lines), opening=signed(lines[:1]))

    assert sentence in str(said(vote))
