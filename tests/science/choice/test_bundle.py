import io
import json
import zipfile
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from harmonia.science.choice import (
    BundleError,
    Election,
    Rule,
    decide,
    read_bundle,
    read_pb,
    recount,
    write_bundle,
)
from harmonia.science.choice.bundle import LARGEST
from tests.science.choice.test_pabulib import TEXT

ELECTION = read_pb(TEXT.format(vote_type="approval"))
RULE = Rule(completion="greedy")
BUNDLE = write_bundle(ELECTION, RULE, decide(ELECTION, RULE))


def rewritten(**changes: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BUNDLE)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.pop(name, old.read(name)))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()


def test_the_same_vote_always_gives_the_same_bytes() -> None:
    again = read_pb(TEXT.format(vote_type="approval"))

    assert write_bundle(again, RULE, decide(again, RULE)) == BUNDLE


def test_an_honest_bundle_recounts_without_a_difference() -> None:
    assert recount(read_bundle(BUNDLE)) is None


def test_a_decision_of_other_winners_is_named() -> None:
    other = decide(Election(ELECTION.projects, ELECTION.ballots, 60), RULE)
    forged = write_bundle(ELECTION, RULE, other)

    assert recount(read_bundle(forged)) == "Winner 1 is '1' as published, but '2' in the recount."


def test_a_decision_by_another_rule_is_named() -> None:
    forged = write_bundle(ELECTION, RULE, decide(ELECTION, Rule("greedy")))

    assert (
        recount(read_bundle(forged)) == "The published decision was made by another rule than the frozen one."
    )


@settings(max_examples=200)
@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 255))
@example(1383, 1)  # a member that would begin before the file
def test_a_flipped_byte_anywhere_in_a_bundle_is_found(place: int, flip: int) -> None:
    broken = bytearray(BUNDLE)
    broken[place] ^= flip

    with pytest.raises(BundleError):
        read_bundle(bytes(broken))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK", "The file is no readable zip: File is not a zip file."),
        (rewritten(**{"../../etc/passwd": b"x"}), "A bundle holds exactly"),
        (
            rewritten(**{"election.pb": b"META"}),
            "election.pb is not the file that was published: its SHA-256 differs.",
        ),
        (rewritten(**{"rule.json": bytes(LARGEST + 1)}), "rule.json unpacks to more than 64 MB."),
    ],
)
def test_a_bundle_that_cannot_be_trusted_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BundleError) as refusal:
        read_bundle(data)

    assert str(refusal.value).startswith(sentence)


def test_a_rule_with_unknown_words_is_refused() -> None:
    rule = json.dumps({"format": "harmonia-rule/1", "method": "dice"}).encode()
    sums = read_sums().replace(_line("rule.json"), f"{_hash(rule)}  rule.json")

    with pytest.raises(BundleError, match="missing, unknown or ill-typed fields"):
        read_bundle(rewritten(**{"rule.json": rule, "SHA256SUMS": sums.encode()}))


def read_sums() -> str:
    with zipfile.ZipFile(io.BytesIO(BUNDLE)) as archive:
        return archive.read("SHA256SUMS").decode()


def _line(name: str) -> str:
    return next(line for line in read_sums().splitlines() if line.endswith(name))


def _hash(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def test_zlib_damage_is_a_sentence_too() -> None:
    squeezed = rewritten()
    broken = squeezed[:60] + bytes(20) + squeezed[80:]

    with pytest.raises((BundleError, zlib.error)) as refusal:
        read_bundle(broken)

    assert isinstance(refusal.value, BundleError)
