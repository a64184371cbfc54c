"""A tapestry is a document with a hash; several communities hang in one cloth."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.weaving import DYES, Thread, tapestry
from harmonia.science.weaving.patch import ENDS
from harmonia.science.weaving.tapestry import ARRANGEMENTS, Community, Tapestry, TapestryError


def community(name: str, count: int, lanes: int = 3, since: int = 0) -> Community:
    dyes = list(DYES.values())
    threads = tuple(
        Thread(f"{name}-{n}", "wool", dyes[n % 10], since + 5 * n, f"{name} {n}") for n in range(count)
    )
    return Community(name, dyes[len(name) % 10], lanes, since, threads)


def said(whole: Tapestry) -> dict[str, Any]:
    return dict(json.loads(json.dumps(tapestry.document(whole))))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 5), st.integers(1, 4)), min_size=1, max_size=3
    ),
    st.sampled_from(ARRANGEMENTS),
)
def test_a_document_reads_back_as_the_same_tapestry(
    parts: list[tuple[str, int, int]], arrangement: str
) -> None:
    whole = Tapestry(tuple(community(name, count, lanes) for name, count, lanes in parts), arrangement)

    assert tapestry.read_tapestry(json.dumps(tapestry.document(whole))) == whole


def test_a_change_of_one_letter_is_found() -> None:
    text = json.dumps(tapestry.document(Tapestry((community("Linden", 2),))))
    with pytest.raises(TapestryError, match="changed"):
        tapestry.read_tapestry(text.replace("Linden 1", "Linden 2"))


def test_of_a_thread_that_was_taken_back_the_document_says_only_its_place() -> None:
    linden = community("Linden", 3)
    whole = Tapestry((Community("Linden", linden.border, 3, 0, linden.threads, frozenset({"Linden-1"})),))

    assert said(whole)["communities"][0]["threads"][1] == {"seed": "Linden-1", "day": 5, "darned": True}
    assert tapestry.lay(whole).seeds == ("Linden-0", "Linden-2")


def test_a_darned_place_moves_nothing() -> None:
    linden = community("Linden", 6)
    gone = Community("Linden", linden.border, 3, 0, linden.threads, frozenset({"Linden-2"}))
    before, after = tapestry.lay(Tapestry((linden,))), tapestry.lay(Tapestry((gone,)))

    assert {seed: after.place(seed) for seed in after.seeds} == {
        seed: before.place(seed) for seed in after.seeds
    }


def test_side_by_side_each_community_keeps_its_lanes_and_its_border() -> None:
    linden, market = community("Linden", 4, lanes=2), community("Market gate", 4, lanes=3)
    cloth = tapestry.lay(Tapestry((linden, market)))

    assert tapestry.owners(Tapestry((linden, market))) == [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]
    for lane, owner in enumerate([linden, linden, market, market, market]):
        edges = cloth.warp[[lane * ENDS, lane * ENDS + 1, (lane + 1) * ENDS - 2, (lane + 1) * ENDS - 1]]
        np.testing.assert_array_equal(edges, [owner.border] * 4)


def test_interlaced_lanes_take_turns() -> None:
    whole = Tapestry((community("a", 2, lanes=2), community("bb", 2, lanes=3)), "interlaced")

    assert [who for who, _ in tapestry.owners(whole)] == [0, 1, 0, 1, 1]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_hanging_beside_others_changes_no_place_within_a_lane(arrangement: str) -> None:
    linden, market = community("Linden", 8), community("Market", 8)
    alone = tapestry.lay(Tapestry((linden,)))
    beside = Tapestry((linden, market), arrangement)
    lanes = [at for at, (who, _) in enumerate(tapestry.owners(beside)) if who == 0]
    cloth = tapestry.lay(beside)
    for seed in alone.seeds:
        row, lane = alone.place(seed) or (-1, -1)

        assert cloth.place(seed) == (row, lanes[lane])


BAD: dict[str, dict[str, Any]] = {
    "no format": {"format": "tapestry"},
    "an arrangement nobody knows": {"arrangement": "knotted"},
    "no community": {"communities": []},
    "a community that is no object": {"communities": [7]},
    "no threads": {"communities": [{"name": "a", "border": "#000000", "lanes": 1, "since": 0}]},
    "too many lanes": {
        "communities": [{"name": "a", "border": "#000000", "lanes": 65, "since": 0, "threads": []}]
    },
    "a colour that is none": {
        "communities": [{"name": "a", "border": "red", "lanes": 1, "since": 0, "threads": []}]
    },
    "a truth for a number": {
        "communities": [{"name": "a", "border": "#000000", "lanes": True, "since": 0, "threads": []}]
    },
    "a name that turns the text": {
        "communities": [{"name": "a\u0007", "border": "#000000", "lanes": 1, "since": 0, "threads": []}]
    },
    "ten thousand years of quiet": {
        "communities": [
            {
                "name": "a",
                "border": "#000000",
                "lanes": 1,
                "since": 0,
                "threads": [{"seed": "x", "day": 3_650_000, "darned": True}],
            }
        ]
    },
    "two threads of one seed": {
        "communities": [
            {
                "name": "a",
                "border": "#000000",
                "lanes": 1,
                "since": 0,
                "threads": [{"seed": "x", "day": 1, "darned": True}] * 2,
            }
        ]
    },
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_tapestry_is_refused_with_a_sentence(what: str) -> None:
    body = said(Tapestry((community("a", 1),))) | BAD[what]
    body["sha256"] = tapestry._hash({key: value for key, value in body.items() if key != "sha256"})
    with pytest.raises(TapestryError, match=r"\.$"):
        tapestry.read_tapestry(json.dumps(body))


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '"x"', "null"])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(TapestryError):
        tapestry.read_tapestry(text)
