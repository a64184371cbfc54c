"""Counting a city's vote, beside the plainest peer that could be written: the count in floats and lists."""

import random
import time
from collections.abc import Callable

from harmonia.science.choice import Election, Project, equal_shares, read_pb, write_pb

VOTERS, PROJECTS, BUDGET = 90_000, 160, 6_000_000  # the size of Łódź 2022


def city(seed: int = 1) -> Election:
    """Draw an election of a city's size: up to five approvals a ballot, popular projects more often."""
    draw = random.Random(seed)
    projects = tuple(
        Project(f"p{place:03}", f"Project {place}", draw.randrange(20_000, 900_000))
        for place in range(PROJECTS)
    )
    names = [project.id for project in projects]
    weights = [1 / (1 + place) ** 0.7 for place in range(PROJECTS)]
    ballots = tuple(frozenset(draw.choices(names, weights, k=draw.randint(1, 5))) for _ in range(VOTERS))
    return Election(projects, ballots, BUDGET)


def peer_equal_shares(election: Election) -> list[str]:
    """Count by equal shares with cost utility in floats, every project anew in every round."""
    held = [election.budget / len(election.ballots)] * len(election.ballots)
    supporters: dict[str, list[int]] = {project.id: [] for project in election.projects}
    for voter, ballot in enumerate(election.approvals()):
        for name in ballot:
            supporters[name].append(voter)
    winners: list[str] = []
    costs, open_ = election.costs(), set(supporters)
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


def seconds(work: Callable[[], object]) -> float:
    """Return the best of three runs [s]."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print each time and how it compares with the peer."""
    election = city()
    text = write_pb(election)
    peer = seconds(lambda: peer_equal_shares(election))
    ours = seconds(lambda: equal_shares(election))
    print(f"{VOTERS} ballots, {PROJECTS} projects")
    print(f"read a .pb file                     {seconds(lambda: read_pb(text)):8.3f} s")
    print(f"one count in floats and lists       {peer:8.3f} s")
    print(f"one count, exact, with reasons      {ours:8.3f} s   {peer / ours:.1f} x the peer's speed")
    add1 = seconds(lambda: equal_shares(election, completion="add1"))
    print(f"add1, exact, with reasons           {add1:8.3f} s")
    same = set(peer_equal_shares(election)) == set(equal_shares(election).winners)
    print(f"same winners as the peer: {'yes' if same else 'no'}")


if __name__ == "__main__":
    main()
