"""The whole cloth as arrays: what tiles, shaders and looms of thousands of ends are made from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from harmonia.science.weaving.draft import Bools, Colours, Draft, Ints, drawdown
from harmonia.science.weaving.ground import BARE_WEFT, SEASONS, ground, season
from harmonia.science.weaving.patch import ENDS, PICKS, Thread, lane_warp, weave_patch
from harmonia.science.weaving.places import Band, bands

QUIET = 8  # [picks] of ground for four weeks without stories
BARE = -1  # in `Fabric.stories`: nobody's place


@dataclass(frozen=True, slots=True, eq=False)
class Fabric:
    """Every crossing of the cloth, and whose it is.

    `raised` (picks, ends), True = warp on top; `warp_colours` (ends, 3); `weft_colours` (picks, lanes, 3),
    since each lane is woven with its own shuttle; `stories` (picks, lanes), place of the story in the
    threads the cloth was woven from, BARE where there is none. A lane is `ends / lanes` ends wide.
    """

    raised: Bools
    warp_colours: Colours
    weft_colours: Colours
    stories: Ints

    @property
    def picks(self) -> int:
        """Return the number of picks: time, oldest first."""
        return int(self.raised.shape[0])

    @property
    def ends(self) -> int:
        """Return the number of ends."""
        return int(self.raised.shape[1])

    @property
    def lanes(self) -> int:
        """Return how many stories lie side by side."""
        return int(self.stories.shape[1])

    def draft(self, title: str = "") -> Draft:
        """Return the cloth for a loom that lifts every end by itself.

        Each lane has a shuttle of its own, which no draft can say: the weft is given undyed.
        """
        return Draft(
            threading=np.arange(1, self.ends + 1),
            liftplan=self.raised,
            warp_colours=self.warp_colours,
            weft_colours=np.full((self.picks, 3), BARE_WEFT, dtype=np.uint8),
            title=title,
        )


def weave_fabric(threads: Sequence[Thread], *, lanes: int = 6, since: int | None = None) -> Fabric:
    """Return the cloth of all stories: the same places, weaves and colours as `cloth_svg` draws.

    `threads` in the order they arrived; `since` [day] fixes where the cloth begins.
    """
    woven = bands(threads, lanes, since)
    picks, ends = sum(height(band) for band in woven) or PICKS, lanes * ENDS
    fabric = Fabric(
        raised=ground(picks, ends),
        warp_colours=np.concatenate([lane_warp(lane) for lane in range(lanes)]),
        weft_colours=np.full((picks, lanes, 3), SEASONS[season(since or 0)], dtype=np.uint8),
        stories=np.full((picks, lanes), BARE, dtype=np.int64),
    )
    place = {id(thread): number for number, thread in enumerate(threads)}
    top = 0
    for band in woven:
        fabric.weft_colours[top : top + height(band)] = SEASONS[season(band.day)]
        for down, row in enumerate(band.rows):
            for lane, thread in enumerate(row):
                if thread is not None:
                    _lay(fabric, thread, place[id(thread)], lane, top + down * PICKS)
        top += height(band)
    return fabric


def height(band: Band) -> int:
    """Return how many picks a band takes."""
    return len(band.rows) * PICKS or QUIET


def _lay(fabric: Fabric, thread: Thread, number: int, lane: int, top: int) -> None:
    """Weave one story into its place."""
    draft = weave_patch(thread, lane=lane)
    down = slice(top, top + PICKS)
    fabric.raised[down, lane * ENDS : (lane + 1) * ENDS] = drawdown(draft)
    fabric.weft_colours[down, lane] = draft.weft_colours
    fabric.stories[down, lane] = number
