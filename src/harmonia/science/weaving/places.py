"""Where a story lies in the cloth: a band for every four weeks, a lane for each story.

A story's place depends on its band, its seed and the stories of its band that came before it, so a new
story only ever changes its own place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harmonia.science.weaving.patch import Thread, draw

DAYS = 28  # short bands leave most lanes empty; a year is thirteen of them


@dataclass(frozen=True, slots=True)
class Band:
    """Four weeks: rows of lanes, each holding a story or nothing."""

    number: int
    rows: tuple[tuple[Thread | None, ...], ...]


def bands(threads: Sequence[Thread], lanes: int, since: int | None = None) -> list[Band]:
    """Return one band for every four weeks from the first to the last story; a quiet one has no rows.

    `threads` in the order they arrived; `since` [day] fixes where the cloth begins.
    """
    if not threads:
        return []
    start = min(thread.day for thread in threads) if since is None else since
    found: dict[int, list[Thread]] = {}
    for thread in threads:
        found.setdefault((thread.day - start) // DAYS, []).append(thread)
    return [Band(number, _rows(found.get(number, []), lanes)) for number in range(min(found), max(found) + 1)]


def _rows(threads: Sequence[Thread], lanes: int) -> tuple[tuple[Thread | None, ...], ...]:
    rows: list[list[Thread | None]] = []
    for count, thread in enumerate(threads):
        if count % lanes == 0:
            rows.append([None] * lanes)
        wish = draw(thread.seed, "lane", lanes)
        free = next(lane % lanes for lane in range(wish, wish + lanes) if rows[-1][lane % lanes] is None)
        rows[-1][free] = thread
    return tuple(tuple(row) for row in rows)
