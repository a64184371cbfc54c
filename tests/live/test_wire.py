"""Frames: what a room takes from a stranger, and what it never passes on."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.live import wire
from harmonia.live.limits import BURST, PATIENCE, RATE_S, Bucket, Refusals

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v) | st.dictionaries(st.text(), v),
)


def frame(**change: object) -> str:
    return json.dumps({"t": "say", "id": "note-0001", "kind": "note", "data": {"words": "é"}} | change)


def test_a_well_formed_input_is_taken_as_it_is() -> None:
    assert wire.parse(frame()) == wire.Frame("say", "note-0001", "note", {"words": "é"})


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": "short"},
        {"id": "a b c d e f"},
        {"id": 12345678},
        {"id": "x" * 65},
        {"kind": "Note"},
        {"kind": "x" * 41},
        {"kind": "a;drop"},
        {"data": []},
        {"data": None},
        {"t": "state"},
        {"t": ["say"]},
        {"data": {"words": "\x00"}},
        {"data": {"words": "\ud800"}},
        {"data": {"words": float("nan")}},
        {"data": {"words": "x" * 5000}},
    ],
)
def test_what_is_not_well_formed_is_none(change: dict[str, object]) -> None:
    assert wire.parse(frame(**change)) is None


@given(st.text() | VALUES.map(json.dumps))
def test_nothing_a_stranger_sends_raises_or_passes_unfit_for_a_database(text: str) -> None:
    found = wire.parse(text)

    assert found is None or "\x00" not in json.dumps(found.data, ensure_ascii=False).encode().decode()


@pytest.mark.parametrize("text", ["[" * 4_000, '{"a":' * 800, "9" * 4_096, None])
def test_deep_or_huge_values_are_none(text: str | None) -> None:
    assert wire.parse(text) is None


def test_a_bucket_refills_and_patience_ends() -> None:
    now = [0.0]
    bucket = Bucket(lambda: now[0])
    taken = sum(bucket.take() for _ in range(100))
    now[0] += 2.0

    assert taken == BURST
    assert bucket.is_exhausted
    assert bucket.offences == 100 - BURST > PATIENCE
    assert sum(bucket.take() for _ in range(100)) == 2 * RATE_S


def test_refusals_are_logged_in_sums(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    refusals = Refusals(lambda: now[0])
    for _ in range(1_000):
        refusals.note("malformed frame")
    now[0] += 60
    refusals.note("foreign origin")

    assert [record.getMessage() for record in caplog.records] == [
        "refused: 1 malformed frame",
        "refused: 1 foreign origin, 999 malformed frame",
    ]
