"""Counting a city's vote and mapping a large conversation, beside the plainest peers that could be written.

With ../shared/reference beside this checkout the sizes are real: Łódź 2022, Toulouse 2022 in cents, and Bowling Green's
conversation; without it, a drawn election of Łódź's size. CPU times, the best of three. `pymerkle` judges the roots.
"""

import gzip
import random
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from harmonia.science.choice import Election, Project, Rule, equal_shares, read_pb, write_pb
from harmonia.science.choice.add1 import QuickCount, raised
from harmonia.science.choice.purses import gather
from harmonia.science.choice.ties import tie_key

VOTERS, PROJECTS, BUDGET = 90_000, 160, 6_000_000  # the size of Łódź 2022
REFERENCE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference"
LIMITS = {
    "read a .pb file": 0.4,
    "one tally": 0.020,
    "add1, tallies only": 0.3,
    "add1, exact, with reasons": 5.0,
    "opinion map": 0.5,
    "one vote more": 0.050,
}


def city(seed: int = 1) -> str:
    """Return the election of Łódź as text, or a drawn one of its size."""
    found = REFERENCE / "pb" / "Poland_Lodz_2022.pb"
    if found.exists():
        return found.read_text(encoding="utf-8")
    draw = random.Random(seed)
    projects = tuple(
        Project(f"p{place:03}", f"Project {place}", draw.randrange(20_000, 900_000))
        for place in range(PROJECTS)
    )
    names = [project.id for project in projects]
    weights = [1 / (1 + place) ** 0.7 for place in range(PROJECTS)]
    ballots = tuple(frozenset(draw.choices(names, weights, k=draw.randint(1, 5))) for _ in range(VOTERS))
    return write_pb(Election(projects, ballots, BUDGET))


def peer_equal_shares(election: Election) -> list[str]:
    """Count by equal shares with cost utility in floats, every project anew in every round."""
    held = [election.budget / len(election.ballots)] * len(election.ballots)
    supporters: dict[str, list[int]] = {project.id: [] for project in election.projects}
    for voter, ballot in enumerate(election.approvals()):
        for name in ballot:
            supporters[name].append(voter)
    winners: list[str] = []
    costs, open_ = election.costs(), {name for name, voters in supporters.items() if voters}
    while True:
        offers = []
        for name in sorted(open_):
            missing, left = float(costs[name]), len(supporters[name])
            if sum(held[voter] for voter in supporters[name]) < missing:
                open_.discard(name)
                continue
            for purse in sorted(held[voter] for voter in supporters[name]):
                if purse * left >= missing:
                    offers.append((missing / left / float(costs[name]), name, missing / left))
                    break
                missing -= purse
                left -= 1
        if not offers:
            return winners
        _, name, price = min(offers)
        for voter in supporters[name]:
            held[voter] -= min(held[voter], price)
        winners.append(name)
        open_.discard(name)


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least CPU time of some runs [s]."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def told(name: str, took: float, more: str = "") -> None:
    """Print one line, with its limit where it has one."""
    limit = LIMITS.get(name)
    against = "" if limit is None else f"   limit {limit:g} s: {'kept' if took <= limit else 'BROKEN'}"
    print(f"{name:36}{took:9.4f} s{against}{more}")


def quick_count(election: Election, rule: Rule) -> tuple[QuickCount, Callable[[], int]]:
    """Return the float count of an election, warm, and its whole add1 without the exact explanation."""
    electorate = gather(election)
    key = tie_key(election, {name: electorate.count(name) for name in electorate.supporters}, rule)

    def never(held: Fraction) -> frozenset[str]:
        raise AssertionError(f"the float count was not certain at {held}")

    quick = QuickCount(election, electorate, rule, key, never)
    quick.winners(0)
    return quick, lambda: raised(election, electorate, rule, key, never)


def vote() -> None:
    """Time a city's count."""
    text = city()
    election = read_pb(text)
    print(f"{len(election.ballots)} ballots, {len(election.projects)} projects")
    told("read a .pb file", seconds(lambda: read_pb(text)))
    peer = seconds(lambda: peer_equal_shares(election), 1)
    told("one count in floats and lists", peer)
    quick, whole = quick_count(election, Rule(completion="add1"))
    tally = seconds(lambda: quick.winners(0))
    told("one tally", tally, f"   {peer / tally:.0f} x the peer's speed")
    told("add1, tallies only", seconds(whole))
    ours = seconds(lambda: equal_shares(election))
    told("one count, exact, with reasons", ours, f"   {peer / ours:.1f} x the peer's speed")
    told("add1, exact, with reasons", seconds(lambda: equal_shares(election, completion="add1")))
    same = set(peer_equal_shares(election)) == set(equal_shares(election).winners)
    print(f"same winners as the peer: {'yes' if same else 'no'}")


def small_unit() -> None:
    """Time add1 where one currency unit is little: Toulouse in euros and in cents."""
    found = REFERENCE / "pb" / "France_Toulouse_2022.pb"
    if not found.exists():
        return
    euros = read_pb(found.read_text(encoding="utf-8"))
    cents = replace(
        euros,
        projects=tuple(replace(p, cost=100 * p.cost) for p in euros.projects),
        budget=100 * euros.budget,
    )
    for name, election in (("Toulouse, add1 by one euro", euros), ("Toulouse, add1 by one cent", cents)):
        told(name, seconds(lambda election=election: equal_shares(election, completion="add1"), 1))  # type: ignore[misc]


def conversation() -> None:
    """Time the map of a conversation beside a dense singular value decomposition."""
    from harmonia.science.choice.opinions import Vote, opinion_map, vote_table
    from harmonia.science.choice.opinions.reading import votes_from_csv

    found = REFERENCE / "polis" / "american-assembly.bowling-green" / "participants-votes.csv.gz"
    if found.exists():
        votes = votes_from_csv(gzip.decompress(found.read_bytes()).decode())
    else:
        draw = random.Random(1)
        votes = [
            Vote(str(p), str(s), draw.choice((1, 1, 0, -1)))
            for p in range(2_000)
            for s in draw.sample(range(900), 112)
        ]
    table = vote_table(votes)
    print(f"{len(votes)} votes of {len(table.participants)} people on {len(table.statements)} statements")
    dense = np.zeros((len(table.participants), len(table.statements)))
    dense[table.rows, table.columns] = table.values
    peer = seconds(lambda: np.linalg.svd(dense, full_matrices=False), 1)
    told("axes by a dense decomposition", peer)
    told("votes in canonical order", seconds(lambda: vote_table(votes)))
    told(
        "opinion map", took := seconds(lambda: opinion_map(table)), f"   {peer / took:.1f} x the peer's speed"
    )
    person, statement = table.participants[3], table.statements[5].id
    told(
        "one vote more",
        seconds(lambda: opinion_map(table.with_vote(Vote(person, statement, 1)), draws=0), 5),
    )


def roots() -> None:
    """Compare roots and speed with pymerkle."""
    from harmonia.science.choice.transparency import leaf_hash, root_hash

    entries = [f"cast {number:064x}".encode() for number in range(2_000)]
    ours = seconds(lambda: root_hash([leaf_hash(entry) for entry in entries]))
    told("root of a log of 2000 entries", ours)
    try:
        from pymerkle import InmemoryTree
    except ImportError:
        print("pymerkle is not installed here")
        return
    tree = InmemoryTree(algorithm="sha256")
    peer = seconds(lambda: [tree.append_entry(entry) for entry in entries], 1)
    told("pymerkle", peer, f"   {peer / ours:.1f} x ours")
    root = (getattr(tree, "get_root", None) or tree.get_state)()
    print(f"same root: {'yes' if root == root_hash([leaf_hash(entry) for entry in entries]) else 'no'}")


def main() -> None:
    """Print each time, its limit, and how it compares with the peer."""
    for part in (vote, small_unit, conversation, roots):
        part()
        print()


if __name__ == "__main__":
    main()
