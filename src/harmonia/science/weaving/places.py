"""Where a story lies in the cloth: a band for each week, a lane for each story.

A story's place depends on its week, its seed and the stories of its week that came before it, so a new
story only ever changes its own place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from harmonia.science.weaving.patch import Thread, draw

DAYS = 7


@dataclass(frozen=True, slots=True)
class Band:
    """One week: rows of lanes, each holding a story or nothing."""

    week: int
    rows: tuple[tuple[Thread | None, ...], ...]


def bands(threads: Sequence[Thread], lanes: int, since: int | None = None) -> list[Band]:
    """Return one band for every week from the first to the last story; a quiet week has no rows.

    `threads` in the order they arrived; `since` [day] fixes where the cloth begins.
    """
    if not threads:
        return []
    start = min(thread.day for thread in threads) if since is None else since
    weeks: dict[int, list[Thread]] = {}
    for thread in threads:
        weeks.setdefault((thread.day - start) // DAYS, []).append(thread)
    return [Band(week, _rows(weeks.get(week, []), lanes)) for week in range(min(weeks), max(weeks) + 1)]


def _rows(threads: Sequence[Thread], lanes: int) -> tuple[tuple[Thread | None, ...], ...]:
    rows: list[list[Thread | None]] = []
    for count, thread in enumerate(threads):
        if count % lanes == 0:
            rows.append([None] * lanes)
        wish = draw(thread.seed, "lane", lanes)
        free = next(lane % lanes for lane in range(wish, wish + lanes) if rows[-1][lane % lanes] is None)
        rows[-1][free] = thread
    return tuple(tuple(row) for row in rows)
