"""Elections drawn from a seed with `random()` alone, which every Python version draws alike."""

from collections.abc import Iterator
from random import Random

from harmonia.science.choice import Election, Project, Rule
from harmonia.science.choice.election import Ballot

RULES = {
    "ec-": Rule("equal-shares", "cost"),
    "ec+": Rule("equal-shares", "cost", "add1"),
    "ecg": Rule("equal-shares", "cost", "greedy"),
    "ea-": Rule("equal-shares", "approval"),
    "ea+": Rule("equal-shares", "approval", "add1"),
    "eag": Rule("equal-shares", "approval", "greedy"),
    "gc": Rule("greedy", "cost"),
    "ga": Rule("greedy", "approval"),
    "ph": Rule("phragmen"),
}


def below(draw: Random, limit: int) -> int:
    """Return a whole number below `limit`."""
    return int(draw.random() * limit)


def drawn(count: int, seed: int = 2026) -> Iterator[Election]:
    """Yield elections of 1-8 projects and 1-10 voters; half of the costs are few and small, so ties abound."""
    draw = Random(seed)
    small = (0, 1, 2, 3, 5, 8, 13)
    for _ in range(count):
        costs = [
            small[below(draw, 7)] if draw.random() < 0.5 else 1 + below(draw, 30)
            for _ in range(1 + below(draw, 8))
        ]
        projects = tuple(Project(f"p{place}", f"Project {place}", cost) for place, cost in enumerate(costs))
        ballots = tuple(
            frozenset(project.id for project in projects if draw.random() < 0.4)
            for _ in range(1 + below(draw, 10))
        )
        yield Election(projects, ballots, below(draw, 41))


def drawn_points(count: int, seed: int = 2027) -> Iterator[Election]:
    """Yield elections with points (cumulative) and ranks (ordinal) in turn; small numbers, so that ties abound."""
    draw = Random(seed)
    for number in range(count):
        projects = tuple(
            Project(f"p{place}", f"Project {place}", 1 + below(draw, 12))
            for place in range(1 + below(draw, 7))
        )
        ballots: list[Ballot] = []
        for _ in range(1 + below(draw, 8)):
            liked = [project.id for project in projects if draw.random() < 0.5]
            points = {name: 1 + below(draw, 4) for name in liked}
            ranked = tuple(sorted(liked, key=lambda _: draw.random()))
            ballots.append(points if number % 2 else ranked)
        yield Election(projects, tuple(ballots), below(draw, 41), "cumulative" if number % 2 else "ordinal")
