"""How it is run, what each camp gets, and how much one ballot changes."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.choice import (
    Election,
    PriorityError,
    Project,
    Rule,
    camps,
    centroid_weights,
    choose_operation,
    decide,
    influence,
    ranking_from_pairs,
    weights_from_ranks,
)

FRONT = {
    "warm": {"gas": 10.0, "work": 9.0},
    "mild": {"gas": 5.0, "work": 4.5},
    "cool": {"gas": 1.0, "work": 1.0},
}
BETTER = {"gas": 1, "work": -1}


def street(seed: int = 1, voters: int = 48) -> Election:
    draw = Random(seed)
    projects = tuple(
        Project(c, c.upper(), k) for c, k in zip("abcdef", (400, 300, 200, 350, 150, 600), strict=True)
    )
    ballots = tuple(
        frozenset(c for c in "abcdef" if draw.random() < (0.8 if c in ("abc" if n % 3 else "def") else 0.1))
        for n in range(voters)
    )
    return Election(projects, ballots, 1000)


def test_a_product_of_utilities_chooses_the_middle_no_average_would() -> None:
    """On a front bent inwards the mean of everybody's weights takes an end, and the minority gets nothing."""
    bent = {
        "warm": {"gas": 1.0, "calm": 0.0},
        "mild": {"gas": 0.45, "calm": 0.45},
        "cool": {"gas": 0.0, "calm": 1.0},
    }
    people = [{"gas": 1.0}] * 6 + [{"calm": 1.0}] * 4
    chosen = choose_operation(bent, {"gas": 1, "calm": 1}, people)
    averaged = {name: 0.6 * v["gas"] + 0.4 * v["calm"] for name, v in bent.items()}

    assert max(averaged, key=lambda name: averaged[name]) == "warm"
    assert chosen.chosen == "mild"
    assert chosen.content == {"cool": 4, "mild": 10, "warm": 6}


@given(st.permutations(range(5)), st.integers(1, 50))
def test_neither_order_nor_scale_of_priorities_matters(order: list[int], scale: int) -> None:
    people = [{"gas": 3.0, "work": 1.0}, {"work": 2.0}, {"gas": 1.0}, {}, {"gas": 1.0, "work": 1.0}]
    shuffled = [{name: scale * weight for name, weight in people[at].items()} for at in order]

    assert choose_operation(FRONT, BETTER, shuffled).chosen == choose_operation(FRONT, BETTER, people).chosen


def test_one_drawn_year_at_a_time_says_how_sure_the_choice_is() -> None:
    years = [FRONT] * 3 + [
        {name: FRONT["mild"] | ({"work": 0.0} if name == "warm" else {}) for name in FRONT}
    ]
    found = choose_operation(FRONT, BETTER, [{"gas": 2.0, "work": 1.0}], years)

    assert found.chosen == "warm"
    assert found.sole_share == 1.0


@pytest.mark.parametrize(
    ("priorities", "sentence"),
    [
        ([{"taste": 1.0}], "which is no criterion"),
        ([{"gas": -1.0}], "cannot be below 0"),
        ([{"gas": float("nan")}], "cannot"),
    ],
)
def test_priorities_that_say_nothing_are_refused(priorities: list[dict[str, float]], sentence: str) -> None:
    with pytest.raises(PriorityError, match=sentence):
        choose_operation(FRONT, BETTER, priorities)


def test_rankings_become_the_published_centroid_weights() -> None:
    """Barron & Barrett 1996, table 1, three attributes: 0.6111, 0.2778, 0.1111."""
    assert list(centroid_weights("abc").values()) == pytest.approx([0.6111, 0.2778, 0.1111], abs=5e-5)
    assert weights_from_ranks({"a": 1, "b": 1}) == pytest.approx({"a": 0.5, "b": 0.5})


def test_a_few_pairwise_questions_make_a_ranking() -> None:
    assert ranking_from_pairs(("a", "b", "c"), [("c", "a"), ("c", "b"), ("b", "a")]) == ("c", "b", "a")


def test_camps_are_those_who_vote_alike_and_get_what_they_support() -> None:
    election = street()
    decision = decide(election, Rule(completion="add1"))
    found = camps(election, decision.winners)

    assert sum(camp.voters for camp in found) == 48
    assert min(camp.voters for camp in found) >= 5
    assert sum(camp.got for camp in found) == decision.cost
    assert sum(camp.fair for camp in found) == decision.cost


def test_camps_do_not_depend_on_the_order_of_ballots() -> None:
    election = street()
    turned = Election(election.projects, election.ballots[::-1], election.budget)

    assert camps(election, "ab") == camps(turned, "ab")


def test_influence_is_told_for_five_people_or_more_at_once() -> None:
    for seed in range(6):
        election = street(seed, 21)
        cells = influence(election, Rule(), decide(election, Rule()))

        assert sum(cell.voters for cell in cells) == 21
        assert min(cell.voters for cell in cells) >= 5


def test_who_can_turn_a_close_vote_is_counted_as_influential() -> None:
    projects = (Project("a", "A", 10), Project("b", "B", 10))
    election = Election(projects, (frozenset("a"),) * 6 + (frozenset("b"),) * 5, 10)
    rule = Rule("greedy")
    cells = influence(election, rule, decide(election, rule))

    assert [(cell.above, cell.voters) for cell in cells] == [(None, 11)]
    assert decide(Election(projects, election.ballots[1:], 10), Rule("greedy", ties="cost")).winners == ("a",)
