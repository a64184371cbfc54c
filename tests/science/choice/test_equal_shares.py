import csv
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.choice import Election, Project, Rule, decide, equal_shares, read_pb, support
from harmonia.science.choice.election import Money
from tests.science.choice.elections import elections

STOPS = ("exhaustive", "overshoot")
RULES = [
    Rule("equal-shares", utility, completion, stop)
    for utility in ("cost", "approval")
    for completion, stop in (("none", STOPS[0]), ("add1", STOPS[0]), ("add1", STOPS[1]), ("greedy", STOPS[0]))
] + [
    Rule("equal-shares", "points", "add1"),
    Rule("equal-shares", "cost", "add1", comparison="greedy"),
    Rule("greedy", "cost"),
    Rule("greedy", "approval"),
    Rule("phragmen"),
]
any_rule = st.sampled_from(RULES)


def vote(costs: dict[str, int], ballots: list[str], budget: int) -> Election:
    projects = tuple(Project(name, name.upper(), cost) for name, cost in costs.items())
    return Election(projects, tuple(frozenset(ballot) for ballot in ballots), budget)


def test_a_minority_buys_what_its_own_share_pays_for() -> None:
    decision = equal_shares(vote({"a": 60, "b": 60, "c": 40}, ["ab", "ab", "ab", "c", "c"], 100))

    assert decision.winners == ("a", "c")
    assert decision.reasons["a"] == "chosen: its 3 supporters paid 20 each"
    assert decision.reasons["b"] == "not chosen: its 3 supporters held 0 of the 60 it costs"


def test_who_cannot_pay_the_share_gives_the_rest_and_the_reason_says_so() -> None:
    decision = equal_shares(vote({"a": 20, "b": 25}, ["ab", "a", "b"], 60))

    assert decision.winners == ("a", "b")
    assert decision.reasons["b"] == "chosen: of its 2 supporters, 1 paid 15 each and 1 gave the rest they had"


def test_a_project_that_takes_the_last_cent_is_bought() -> None:
    decision = equal_shares(vote({"a": 1}, ["a"] * 3, 1))

    assert decision.winners == ("a",)
    assert decision.rounds[0].price == Fraction(1, 3)


def test_a_project_nobody_supports_is_not_bought_by_equal_shares() -> None:
    decision = equal_shares(vote({"a": 0, "b": 1}, ["b"], 1), completion="add1")

    assert decision.reasons["a"] == "not chosen: nobody supported 'A'"


def test_what_is_free_is_bought_by_approval_utility_alone() -> None:
    election = vote({"a": 0, "b": 1}, ["ab"], 1)

    assert equal_shares(election, "approval").winners == ("a", "b")
    assert equal_shares(election, "cost").reasons["a"] == (
        "not chosen: it costs nothing, so by cost utility nobody gains from it"
    )


def test_add1_raises_the_shares_until_nothing_fits() -> None:
    election = vote({"a": 50, "b": 40}, ["a", "b", ""], 90)

    assert equal_shares(election).winners == ()
    assert equal_shares(election, completion="add1").winners == ("a", "b")


@pytest.mark.parametrize(
    ("ties", "utility", "winners"),
    [("name", "cost", ("a",)), ("cost", "cost", ("b", "c")), ("votes", "approval", ("c",))],
)
def test_ties_follow_the_frozen_rule(ties: str, utility: str, winners: tuple[str, ...]) -> None:
    costs, ballots = (
        ({"a": 4, "b": 2, "c": 2}, ["abc"]) if utility == "cost" else ({"a": 2, "c": 4}, ["ac", "c"])
    )

    assert winners == equal_shares(vote(costs, ballots, 4), utility, ties=ties).winners


def test_a_lot_is_fixed_by_its_seed_and_another_seed_may_turn_it() -> None:
    election = vote(dict.fromkeys("abcdefgh", 1), ["abcdefgh"], 1)
    drawn = {equal_shares(election, ties="lot", seed=str(seed)).winners for seed in range(20)}

    assert equal_shares(election, ties="lot", seed="7") == equal_shares(election, ties="lot", seed="7")
    assert len(drawn) > 3


@given(elections(), any_rule)
def test_no_rule_ever_spends_more_than_the_budget(election: Election, rule: Rule) -> None:
    decision = decide(election, rule)

    assert decision.cost <= election.budget
    assert set(decision.reasons) == {project.id for project in election.projects}
    assert set(decision.winners) == {name for name, why in decision.reasons.items() if why[:6] == "chosen"}


@given(elections(), any_rule, st.randoms(use_true_random=False))
def test_order_changes_nothing(election: Election, rule: Rule, random: Random) -> None:
    ballots, projects = list(election.ballots), list(election.projects)
    random.shuffle(ballots)
    random.shuffle(projects)
    shuffled = Election(tuple(projects), tuple(ballots), election.budget)

    assert decide(shuffled, rule).winners == decide(election, rule).winners


@given(elections(), any_rule)
def test_renaming_projects_in_the_same_order_renames_the_winners(election: Election, rule: Rule) -> None:
    projects = tuple(Project("q" + project.id, project.name, project.cost) for project in election.projects)
    ballots = tuple(frozenset("q" + name for name in ballot) for ballot in election.ballots)
    renamed = decide(Election(projects, ballots, election.budget), rule)

    assert renamed.winners == tuple("q" + name for name in decide(election, rule).winners)


@given(elections(), st.sampled_from(["cost", "approval"]))
def test_the_shares_pay_exactly_for_what_is_bought(election: Election, utility: str) -> None:
    decision = equal_shares(election, utility)
    purses = [Fraction(election.budget) / len(election.ballots)] * len(election.ballots)
    for step in decision.rounds:
        paid = Fraction(0)
        for place, ballot in enumerate(election.ballots):
            if step.project in ballot:
                paid += min(purses[place], step.price)
                purses[place] -= min(purses[place], step.price)

        assert paid == election.costs()[step.project]


@settings(max_examples=60)
@given(elections(most_projects=5, most_voters=6), st.sampled_from(["cost", "approval"]))
def test_every_cohesive_group_is_represented_up_to_one_project(election: Election, utility: str) -> None:
    """Check EJR-1 by brute force (Peters, Pierczyński, Skowron 2021, definition 3)."""
    costs = election.costs()
    gain = costs if utility == "cost" else dict.fromkeys(costs, 1)
    winners = set(equal_shares(election, utility).winners)
    ids = [project.id for project in election.projects if project.cost > 0]
    for size in range(1, len(ids) + 1):
        for bundle in combinations(ids, size):
            group = [ballot for ballot in election.approvals() if ballot.issuperset(bundle)]
            price = sum(costs[name] for name in bundle)
            if not group or price * len(election.ballots) > len(group) * election.budget:
                continue

            assert any(_content(ballot, winners, bundle, gain) for ballot in group)


def _content(
    ballot: frozenset[str], winners: set[str], bundle: tuple[str, ...], gain: Mapping[str, Money]
) -> bool:
    got = sum(gain[name] for name in ballot & winners)
    wanted = sum(gain[name] for name in bundle)
    missing = [gain[name] for name in bundle if name not in winners]
    return bool(got >= wanted or any(got + more > wanted for more in missing))


@pytest.mark.reference
@pytest.mark.parametrize(
    ("file", "stop"),
    [
        ("Poland_Wieliczka_2023_Green_Budget.pb", "overshoot"),
        ("Poland_Swiecie_2023.pb", "exhaustive"),
        ("Netherlands_Assen_2024.pb", "exhaustive"),
    ],
)
def test_published_winners_come_out_of_add1_with_a_named_stop(reference: Path, file: str, stop: str) -> None:
    election = read_pb((reference / "pb" / file).read_text())

    assert election.selected == set(equal_shares(election, "cost", "add1", stop).winners)


@pytest.mark.reference
def test_equal_votes_in_a_published_file_are_counted_as_the_file_states(reference: Path) -> None:
    text = (reference / "pb" / "Netherlands_Assen_2024.pb").read_text()
    table = text.split("PROJECTS\n")[1].split("VOTES\n")[0]
    rows = csv.DictReader(table.splitlines(), delimiter=";")
    stated = {row["project_id"]: int(row["votes"]) for row in rows}

    assert stated.items() <= support(read_pb(text)).items()
