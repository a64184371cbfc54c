"""Points, ranks, the comparison step, links between projects, and what is funded off the ballot."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonia.science.choice import (
    Election,
    ElectionError,
    Project,
    Rule,
    ballot_text,
    decide,
    equal_shares,
    read_pb,
    write_pb,
)
from harmonia.science.choice.election import Ballot, gains
from tests.science.choice.elections import elections, linked


def vote(costs: dict[str, int], ballots: list[Ballot], budget: int) -> Election:
    projects = tuple(Project(name, name.upper(), cost) for name, cost in costs.items())
    return Election(projects, tuple(ballots), budget, "cumulative")


def test_points_weigh_and_the_reason_says_what_a_point_paid() -> None:
    election = vote({"a": 12, "b": 12}, [{"a": 3, "b": 1}, {"a": 1}, {"b": 1}], 30)
    decision = equal_shares(election, "points")

    assert decision.winners == ("a",)
    assert decision.reasons["a"] == "chosen: its 2 supporters paid 3 each a point"


def test_a_supporter_with_more_points_pays_more() -> None:
    election = vote({"a": 12, "b": 6}, [{"a": 3}, {"a": 1, "b": 1}], 24)

    assert equal_shares(election, "points").winners == ("a", "b")


def test_every_rank_counts_and_the_first_most() -> None:
    assert gains(("x", "y", "z")) == {"x": 3, "y": 2, "z": 1}
    assert gains({"x": 2, "y": 0}) == {"x": 2}
    assert gains(frozenset("x")) == {"x": 1}


def test_by_cost_utility_points_count_as_approval() -> None:
    pointed = vote({"a": 5, "b": 5}, [{"a": 9}, {"a": 1, "b": 7}, {"b": 1}], 10)
    approved = replace(pointed, ballots=tuple(map(frozenset, pointed.ballots)), vote_type="approval")

    assert equal_shares(pointed).winners == equal_shares(approved).winners


def test_points_nobody_can_mean_are_refused() -> None:
    with pytest.raises(ElectionError, match="factor of a billion"):
        equal_shares(vote({"a": 1}, [{"a": 10**12}, {"a": 1}], 2), "points")


def test_the_comparison_step_lets_greedy_decide_where_more_gain_from_it() -> None:
    ballots = [frozenset("a")] * 3 + [frozenset("b")] * 2
    election = vote({"a": 10, "b": 4}, [*ballots], 10)
    kept, compared = (decide(election, Rule(comparison=word)) for word in ("none", "greedy"))

    assert (kept.winners, compared.winners) == (("b",), ("a",))
    assert compared.comparison == (
        "2 supporters gained more from equal shares and 3 supporters more from greedy, so greedy decided"
    )


def test_a_rule_without_a_comparison_keeps_the_hash_it_always_had() -> None:
    from harmonia.science.choice import rule_from_dict, rule_hash, rule_to_dict

    assert "comparison" not in rule_to_dict(Rule())
    assert rule_from_dict(rule_to_dict(Rule(comparison="greedy"))) == Rule(comparison="greedy")
    assert rule_hash(Rule()) != rule_hash(Rule(comparison="greedy"))


@pytest.mark.reference
def test_in_wieliczka_the_comparison_step_kept_equal_shares(reference: Path) -> None:
    election = read_pb((reference / "pb" / "Poland_Wieliczka_2023_Green_Budget.pb").read_text())
    decision = equal_shares(election, "cost", "add1", "overshoot", comparison="greedy")

    assert set(decision.winners) == election.selected
    assert decision.comparison.endswith("so equal shares stood")


def shop(**links: dict[str, Any]) -> tuple[Project, ...]:
    costs = {"bag": 30, "second": 60, "stirrer": 20, "alarm": 10}
    return tuple(
        replace(Project(name, name.title(), cost), **links.get(name, {})) for name, cost in costs.items()
    )


EVERYBODY = (frozenset({"bag", "second", "stirrer"}),) * 4


def test_what_is_needed_comes_first_or_nothing_comes() -> None:
    needy = Election(shop(second={"needs": frozenset({"bag"})}), EVERYBODY, 90)
    alone = replace(needy, ballots=(frozenset({"second"}),) * 4)

    assert decide(needy, Rule()).winners.index("bag") < decide(needy, Rule()).winners.index("second")
    assert decide(alone, Rule(completion="add1")).winners == ()
    assert decide(alone, Rule()).reasons["second"] == "not chosen: it needs 'Bag', which was not chosen"


def test_substitutes_and_rivals_are_never_bought_together() -> None:
    for word, how in (("substitutes", "does the same job"), ("excludes", "cannot stand beside it")):
        election = Election(shop(stirrer={word: frozenset({"second"})}), EVERYBODY, 110)
        decision = decide(election, Rule(completion="add1"))

        assert len({"second", "stirrer"} & set(decision.winners)) == 1
        assert any(why.endswith(f"was chosen, which {how}") for why in decision.reasons.values())


def test_what_must_be_is_funded_first_and_off_the_ballot() -> None:
    election = Election(shop(alarm={"mandatory": True}), EVERYBODY, 70)
    decision = decide(election, Rule(completion="add1"))

    assert decision.winners[0] == "alarm"
    assert decision.cost <= 70
    assert decision.reasons["alarm"] == "chosen: funded first, off the ballot, because it must be"


@pytest.mark.parametrize(
    ("links", "budget", "sentence"),
    [
        ({"bag": {"needs": frozenset({"ghost"})}}, 9, "names 'ghost', which is no other project"),
        (
            {"bag": {"needs": frozenset({"second"})}, "second": {"needs": frozenset({"bag"})}},
            9,
            "needs itself in a circle",
        ),
        ({"alarm": {"mandatory": True}}, 9, "costs 10, more than the budget of 9"),
        (
            {"alarm": {"mandatory": True, "excludes": frozenset({"bag"})}, "bag": {"mandatory": True}},
            90,
            "cannot stand with what else must be",
        ),
    ],
)
def test_links_no_count_can_follow_are_refused(
    links: dict[str, dict[str, Any]], budget: int, sentence: str
) -> None:
    with pytest.raises(ElectionError, match=sentence):
        decide(Election(shop(**links), EVERYBODY, budget), Rule())


@given(
    linked(), st.sampled_from(["equal-shares", "greedy", "phragmen"]), st.sampled_from(["cost", "approval"])
)
def test_no_rule_breaks_a_link(election: Election, method: str, utility: str) -> None:
    winners = set(
        decide(election, Rule(method, utility, "greedy" if method == "equal-shares" else "none")).winners
    )

    for project in election.projects:
        if project.id in winners:
            assert project.needs <= winners
            assert not project.excludes & winners


@given(linked())
def test_links_survive_the_way_through_a_file(election: Election) -> None:
    marked = replace(
        election, projects=(replace(election.projects[0], mandatory=True), *election.projects[1:])
    )

    assert read_pb(write_pb(marked)).projects == marked.projects


@given(elections())
def test_equal_ballots_have_equal_texts_and_different_ones_different(election: Election) -> None:
    texts = {ballot_text(ballot) for ballot in election.ballots}

    assert len(texts) == len(set(election.approvals()))
