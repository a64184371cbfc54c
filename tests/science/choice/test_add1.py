"""The float count and its leaps, against the exact count one unit at a time."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.science.choice import Election, Project, Rule, decide, equal_shares, read_pb
from harmonia.science.choice.add1 import QuickCount, as_sheet
from harmonia.science.choice.equal_shares import _count
from harmonia.science.choice.purses import gather
from harmonia.science.choice.ties import tie_key
from tests.science.choice.elections import elections, linked

utilities = st.sampled_from(["cost", "approval", "points"])


def stepped(election: Election, rule: Rule) -> set[str]:
    """Return the winners of add1, every increment counted exactly: the definition itself."""
    electorate = gather(election, points=rule.utility == "points")
    key = tie_key(election, {name: electorate.count(name) for name in electorate.supporters}, rule)
    costs, increment, last = election.costs(), 0, frozenset[str]()
    while True:
        held = Fraction(election.budget) / max(electorate.voters, 1) + increment
        winners = _count(election, electorate, rule, key, held).winners()
        left = election.budget - sum(costs[name] for name in winners)
        if left < 0:
            return set(last)
        last = winners
        open_ = [
            p
            for p in election.projects
            if p.id not in winners
            and p.cost > 0
            and len(electorate.supporters[p.id])
            and p.needs <= winners
            and not any({p.id, other} <= pair for pair in _rivals(election) for other in winners)
        ]
        if not open_ or (rule.stop == "exhaustive" and all(p.cost > left for p in open_)):
            return set(winners)
        increment += 1


def _rivals(election: Election) -> list[set[str]]:
    return [{p.id, other} for p in election.projects for other in p.excludes | p.substitutes]


@settings(max_examples=150)
@given(elections(), utilities, st.sampled_from(["exhaustive", "overshoot"]))
def test_leaps_end_where_single_steps_end(election: Election, utility: str, stop: str) -> None:
    rule = Rule("equal-shares", utility, "add1", stop)

    assert set(decide(election, rule).winners) == stepped(election, rule)


@settings(max_examples=100)
@given(linked(), utilities)
def test_leaps_hold_where_projects_hang_together(election: Election, utility: str) -> None:
    rule = Rule("equal-shares", utility, "add1")

    assert set(equal_shares(election, utility, "add1").winners) == stepped(election, rule)


@settings(max_examples=100)
@given(elections(), utilities, st.integers(0, 30))
def test_where_floats_are_certain_they_agree_with_the_exact_count_as_far_as_they_say(
    election: Election, utility: str, increment: int
) -> None:
    rule = Rule("equal-shares", utility)
    electorate = gather(election, points=utility == "points")
    key = tie_key(election, {name: electorate.count(name) for name in electorate.supporters}, rule)

    def exact(held: Fraction) -> frozenset[str]:
        return _count(election, electorate, rule, key, held).winners()

    quick = QuickCount(election, electorate, rule, key, exact)
    winners, idle = quick.winners(increment)

    for step in {0, idle // 2, min(idle, 10**6)}:
        assert winners == exact(quick.endowment + increment + step)


def test_a_small_currency_unit_changes_nothing_but_the_unit() -> None:
    """Budget and costs in cents, tenths of a cent, …: the winners stay, and it ends."""
    costs = {"a": 311, "b": 207, "c": 158, "d": 489, "e": 95}
    ballots = [frozenset(names) for names in ("ab", "abc", "cd", "de", "e", "ad", "bce", "a", "d", "ce")]
    for unit in (10**3, 10**6, 10**9):
        projects = tuple(Project(name, name, cost * unit) for name, cost in costs.items())
        election = Election(projects, tuple(ballots), 800 * unit)

        assert set(equal_shares(election, completion="add1").winners) == {"a", "b", "c", "e"}


def test_compiled_and_interpreted_say_the_same() -> None:
    from harmonia.science.choice.compiled_count import count as compiled
    from harmonia.science.choice.float_count import count as interpreted
    from tests.science.choice.drawn import drawn

    for election in drawn(40, seed=7):
        wanted = [p for p in election.projects if p.cost > 0 and gather(election).count(p.id)]
        if not wanted:
            continue
        sheet = as_sheet(wanted, gather(election), "cost")
        assert sheet is not None
        for endowment in (0.7, 3.0, 11.25):
            one, other = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)

            assert compiled(sheet, endowment, one) == interpreted(sheet, endowment, other)
            assert one.tolist() == other.tolist()


def test_numbers_too_large_for_floats_are_counted_exactly() -> None:
    projects = (Project("a", "A", 10**17), Project("b", "B", 10**17 + 1))
    election = Election(projects, (frozenset("a"), frozenset("ab")), 10**17)

    assert as_sheet(list(projects), gather(election), "approval") is None
    assert equal_shares(replace(election, budget=2 * 10**17), "approval").winners == ("a",)


@pytest.mark.scale
@pytest.mark.reference
def test_toulouse_ends_whatever_its_unit(reference: Path) -> None:
    """1,618 EUR a voter more: far too many counts to make one by one in cents."""
    election = read_pb((reference / "pb" / "France_Toulouse_2022.pb").read_text())
    cents = replace(
        election,
        projects=tuple(replace(p, cost=100 * p.cost) for p in election.projects),
        budget=100 * election.budget,
    )
    euros = set(equal_shares(election, completion="add1").winners)

    assert len(euros) == 128
    assert len(euros ^ set(equal_shares(cents, completion="add1").winners)) <= 4
