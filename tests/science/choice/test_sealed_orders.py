"""Orders of outcomes sealed apart from ballots, and ballots published without what opens a receipt."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.choice import (
    BundleError,
    Election,
    SealedVote,
    choose_operation,
    operation_to_dict,
    read_bundle,
    recount,
    weights_from_order,
    write_bundle,
    write_pb,
)
from harmonia.science.choice.transparency import (
    Entry,
    TransparencyError,
    bound,
    read_log,
    receipt,
    receipt_from_dict,
    receipt_to_dict,
    seal,
    standing,
    write_log,
)
from tests.science.choice.test_sealed import (
    DECISION,
    ELECTION,
    FROZEN,
    LINES,
    LOG,
    RULE,
    VOTE,
    signed,
)

SEALS_ORDERS = json.dumps(json.loads(FROZEN) | {"orders": "sealed"}).encode()
ORDERS = ("[]", "[]", '["gas"]', '["gas","room"]', '["room","gas"]')
ORDER_SALTS = tuple(bytes([100 + number]) * 16 for number in range(len(ORDERS)))
FRONT = {"brisk": {"gas": 9.0, "room": 1.0}, "calm": {"gas": 2.0, "room": 8.0}}
BETTER = {"gas": 1, "room": 1}
WISHES = [weights_from_order(order) for text in ORDERS if (order := json.loads(text))]
OPERATION = operation_to_dict(FRONT, BETTER, WISHES, choose_operation(FRONT, BETTER, WISHES).chosen)


def log(*bindings: Entry, orders: tuple[str, ...] = ORDERS) -> list[Entry]:
    opening = Entry("open", hashlib.sha256(SEALS_ORDERS).hexdigest())
    ranks = [Entry("rank", seal(text, salt)) for text, salt in zip(orders, ORDER_SALTS, strict=True)]
    return [opening, *LINES[1:-1], *ranks, *bindings, LINES[-1]]


def bindings(election: Election = ELECTION) -> list[Entry]:
    texts = {"tally": write_pb(election), "wishes": "".join(f"{order}\n" for order in ORDERS)}
    return [Entry(what, hashlib.sha256(text.encode()).hexdigest()) for what, text in texts.items()]


def vote(lines: list[Entry], *, salts: bool) -> SealedVote:
    return replace(
        VOTE,
        frozen=SEALS_ORDERS,
        entries=tuple(lines),
        opening=signed(lines[:1]),
        closing=signed(lines),
        salts=VOTE.salts if salts else None,
        orders=ORDERS,
        order_salts=ORDER_SALTS if salts else None,
    )


SWORN = vote(log(), salts=True)
ANYBODY = vote(log(*bindings()), salts=False)
BUNDLES = [write_bundle(ELECTION, RULE, DECISION, one, OPERATION) for one in (SWORN, ANYBODY)]


def said(one: SealedVote, election: Election = ELECTION) -> str | None:
    return recount(read_bundle(write_bundle(election, RULE, DECISION, one, OPERATION)))


def test_recounters_and_everybody_count_the_same_again() -> None:
    for data in BUNDLES:
        bundle = read_bundle(data)

        assert recount(bundle) is None
        assert bundle.sealed is not None
        assert bundle.sealed.orders == ORDERS
        assert bundle.sealed.witnesses() == ("ana-phone",)


def test_what_everybody_gets_opens_no_receipt() -> None:
    bundle = read_bundle(BUNDLES[1])

    assert {"salts.txt", "order-salts.txt"}.isdisjoint(bundle.files)
    for salt in (*(VOTE.salts or ()), *ORDER_SALTS):
        assert not any(salt in content or salt.hex().encode() in content for content in bundle.files.values())


@settings(max_examples=150)
@given(st.sampled_from(BUNDLES), st.integers(0), st.integers(1, 255))
def test_a_flipped_byte_anywhere_is_found(data: bytes, place: int, flip: int) -> None:
    broken = bytearray(data)
    broken[place % len(data)] ^= flip

    with pytest.raises(BundleError):
        read_bundle(bytes(broken))


def test_ballots_other_than_the_log_binds_are_found_without_a_salt() -> None:
    alike = replace(ELECTION, ballots=(*ELECTION.ballots[:-1], frozenset("bc")))
    fewer = replace(ELECTION, ballots=ELECTION.ballots[:4])

    assert (
        said(ANYBODY, alike)
        == "The published ballots or orders of outcomes are not those that the log binds."
    )
    assert said(ANYBODY, fewer) == "5 ballots stand in the log, but 4 were counted."


def test_ballots_without_salts_need_a_log_that_binds_them() -> None:
    assert (
        said(vote(log(), salts=False)) == "Ballots without salts stand here, but the log does not bind them."
    )


def test_orders_other_than_sealed_or_bound_are_found() -> None:
    other = (*ORDERS[:-1], '["gas","room"]')

    assert said(replace(SWORN, orders=other)) == "Order 5 was counted, but does not stand in the log."
    assert said(replace(ANYBODY, orders=other)) == (
        "The published ballots or orders of outcomes are not those that the log binds."
    )
    assert said(replace(ANYBODY, orders=ORDERS[1:])) == (
        "There are more or fewer orders of outcomes than stand in the log."
    )


def test_an_operating_design_chosen_by_other_wishes_is_found() -> None:
    others = [weights_from_order(["room"])] * 3
    chosen = operation_to_dict(FRONT, BETTER, others, choose_operation(FRONT, BETTER, others).chosen)

    assert recount(read_bundle(write_bundle(ELECTION, RULE, DECISION, SWORN, chosen))) == (
        "The operating design was not chosen by the orders of outcomes that were sealed."
    )


@pytest.mark.parametrize("order", ["room", "[3, 4]", '{"gas": 1}', "7"])
def test_an_order_that_is_none_is_one_sentence(order: str) -> None:
    odd = (*ORDERS[:-1], order)
    lines = log(orders=odd)

    assert said(replace(vote(lines, salts=True), orders=odd)) in (
        "An order of outcomes is no list of names.",
        "The operating design was not chosen by the orders of outcomes that were sealed.",
    )


def test_orders_cannot_be_left_out_where_they_were_sealed() -> None:
    assert said(replace(SWORN, orders=None, order_salts=None)) == (
        "The orders of outcomes were sealed, but are missing here."
    )


def test_an_order_is_taken_back_like_a_ballot_and_ballots_apart_from_orders() -> None:
    lines = log()
    back = Entry("unrank", lines[-2].digest)

    assert lines[-2].digest in standing(lines, "rank")
    assert lines[-2].digest not in standing([*lines[:-1], back, lines[-1]], "rank")
    assert standing(lines) == standing([*lines[:-1], back, lines[-1]])
    with pytest.raises(TransparencyError, match="takes back what does not stand"):
        standing([lines[0], back])


def test_nothing_is_cast_after_the_ballots_were_bound() -> None:
    lines = log(*bindings())
    for late in (lines[3], Entry("rank", "0" * 64), Entry("tally", "0" * 64)):
        with pytest.raises(TransparencyError, match="after the ballots were bound"):
            standing([*lines[:-1], late, lines[-1]])


def test_log_and_receipt_of_an_order_survive_as_text() -> None:
    lines = log(*bindings())
    given_out = receipt(lines, len(lines) - 4, signed(lines))

    assert list(read_log(write_log(lines))) == lines
    assert given_out.what == "rank"
    assert receipt_from_dict(receipt_to_dict(given_out)) == given_out
    assert given_out.refusal(LOG.verifier) is None
    assert replace(given_out, what="cast").refusal(LOG.verifier) is not None
    assert bound(lines, "tally") == bindings()[0].digest
