"""Greedy and Phragmén, the rules equal shares is compared with."""

from harmonia.science.choice import Election, Project, greedy, phragmen


def vote(costs: dict[str, int], ballots: list[str], budget: int) -> Election:
    projects = tuple(Project(name, name.upper(), cost) for name, cost in costs.items())
    return Election(projects, tuple(frozenset(ballot) for ballot in ballots), budget)


def test_greedy_by_cost_utility_follows_votes_and_skips_what_does_not_fit() -> None:
    decision = greedy(vote({"a": 70, "b": 60, "c": 30}, ["ab", "ab", "a", "c"], 100))

    assert decision.winners == ("a", "c")
    assert decision.reasons["b"] == (
        "not chosen: it has 2 supporters and costs 60, but 30 was left when its turn came"
    )


def test_greedy_by_approval_prefers_many_votes_for_little() -> None:
    assert greedy(vote({"a": 90, "b": 10}, ["ab", "a"], 90), "approval").winners == ("b",)


def test_phragmen_gives_a_minority_its_turn() -> None:
    decision = phragmen(vote({"a": 10, "b": 10, "c": 10}, ["ab", "ab", "ab", "c", "c"], 20))

    assert decision.winners == ("a", "c")
    assert decision.reasons["c"] == "chosen: with it, each of its 2 supporters carries 5 in all"


def test_phragmen_ends_as_soon_as_the_next_purchase_would_overspend() -> None:
    decision = phragmen(vote({"a": 10, "b": 15, "c": 5}, ["ab", "ab", "c"], 20))

    assert decision.winners == ("a", "c")
    assert decision.reasons["b"].startswith("not chosen: the next purchase did not fit into the 5 left")
