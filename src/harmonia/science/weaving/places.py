"""Where a story lies in the cloth: a band for every four weeks, a lane for each story.

A story's place depends on its band, its seed and the stories of its band that came before it, so a new
story only ever changes its own place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harmonia.science.weaving.patch import Thread, draw

DAYS = 28  # short bands leave most lanes empty; thirteen of these make a year
GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class Band:
    """Four weeks: rows of lanes, each holding a story or nothing; `day` is its first."""

    number: int
    rows: tuple[tuple[Thread | None, ...], ...]
    day: int = 0


def bands(threads: Sequence[Thread], lanes: int, since: int | None = None) -> list[Band]:
    """Return one band for every four weeks from the beginning to the last story; a quiet one has no rows.

    `threads` in the order they arrived; `since` [day] fixes where the cloth begins, else with the first story.
    """
    if not threads:
        return []
    start = min(thread.day for thread in threads) if since is None else since
    found: dict[int, list[Thread]] = {}
    for thread in threads:
        found.setdefault((thread.day - start) // DAYS, []).append(thread)
    return [
        Band(number, _rows(found.get(number, []), lanes, number), start + number * DAYS)
        for number in range(min(0, *found), max(found) + 1)
    ]


def _rows(threads: Sequence[Thread], lanes: int, number: int) -> tuple[tuple[Thread | None, ...], ...]:
    order = _scattered(lanes)
    rows: list[list[Thread | None]] = []
    for count, thread in enumerate(threads):
        if count % lanes == 0:
            rows.append([None] * lanes)
        # A band begins where the last one left off, else chance would leave whole lanes bare.
        wish = number + draw(thread.seed, "lane", 3)
        lane = next(
            order[turn % lanes] for turn in range(wish, wish + lanes) if not rows[-1][order[turn % lanes]]
        )
        rows[-1][lane] = thread
    return tuple(tuple(row) for row in rows)


def _scattered(lanes: int) -> list[int]:
    """Return all lanes, each far from the ones before it: by the golden ratio, as leaves around a stem."""
    turns = [turn * GOLDEN % 1 for turn in range(lanes)]
    return [sorted(turns).index(turn) for turn in turns]
