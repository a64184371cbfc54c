"""Cloth and drafts at a loom's full size, beside dtx-to-wif in the same run, as ratios of CPU time."""

import io
import resource
import time
from collections.abc import Callable
from typing import Any

import dtx_to_wif
import numpy as np

from harmonia.science.weaving import (
    DYES,
    Draft,
    Thread,
    auto_bind,
    bitmap,
    check,
    cloth_svg,
    drawdown,
    read_bitmap,
    read_wif,
    strip_svg,
    weave_fabric,
    write_wif,
)

ENDS, PICKS = 2_640, 10_000
LANE, WEEK = 32, 32
MATERIALS = ("paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food", "garden", "wool")
LEAST = 3.0  # times as fast as the peer


def stories(count: int, lanes: int) -> list[Thread]:
    """Return as many stories a week as there are lanes."""
    dyes = list(DYES.values())
    return [
        Thread(f"s{n}", MATERIALS[n % 10], dyes[n * 7 % 10], n * 7 // lanes, f"Story {n}")
        for n in range(count)
    ]


def dobby(shafts: int) -> Draft:
    """Return a random lift plan for a dobby loom, as wide and as long as the cloth."""
    draw = np.random.default_rng(1)
    return Draft(
        threading=draw.integers(1, shafts + 1, ENDS),
        liftplan=draw.random((PICKS, shafts)) < 0.5,
        warp_colours=draw.integers(0, 4, (ENDS, 3)).astype(np.uint8) * 80,
        weft_colours=draw.integers(0, 4, (PICKS, 3)).astype(np.uint8) * 80,
    )


def jacquard(picks: int) -> Draft:
    """Return a random lift plan for a loom that lifts each of its ends by itself."""
    draw = np.random.default_rng(2)
    return Draft(
        threading=np.arange(1, ENDS + 1),
        liftplan=draw.random((picks, ENDS)) < 0.5,
        warp_colours=np.zeros((ENDS, 3), dtype=np.uint8),
        weft_colours=np.full((picks, 3), 200, dtype=np.uint8),
    )


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the best of some runs [CPU s]."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def peak_mb() -> float:
    """Return the most memory this process ever held [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def full_size() -> None:
    """Weave, check, write and read the cloth of 83 lanes and 313 weeks; limits: 3 s each, 500 MB in all."""
    lanes, weeks = -(-ENDS // LANE), -(-PICKS // WEEK)
    threads = stories(lanes * weeks, lanes)
    fabric = weave_fabric(threads, lanes=lanes)
    print(f"{fabric.ends} ends x {fabric.picks} picks, {len(threads)} stories, each end lifted by itself")
    report("weave all stories", lambda: weave_fabric(threads, lanes=lanes))
    draft = fabric.draft()
    report("draw down", lambda: drawdown(draft))
    report("check, face and back", lambda: check(draft))
    there_and_back("WIF", lambda: write_wif(draft), read_wif)
    there_and_back("bitmap", lambda: bitmap(draft), read_bitmap)


def there_and_back(name: str, write: Callable[[], Any], read: Callable[[Any], object]) -> None:
    """Report writing and reading a file; it is gone before the next step counts its memory."""
    report(f"write {name}", write)
    file = write()
    report(f"read {name}", lambda: read(file))


def report(what: str, work: Callable[[], object]) -> None:
    """Print the time of one step at full size, and the memory so far."""
    print(f"  {what:28} {seconds(work, 1):8.3f} s   peak so far {peak_mb():4.0f} MB")


def beside_the_peer(name: str, draft: Draft) -> None:
    """Read and write one lift plan with dtx-to-wif and with ours."""
    text = write_wif(draft)
    pattern = dtx_to_wif.read_wif(io.StringIO(text))
    pairs = {
        "read": (lambda: dtx_to_wif.read_wif(io.StringIO(text)), lambda: read_wif(text)),
        "write": (lambda: dtx_to_wif.write_wif(io.StringIO(), pattern), lambda: write_wif(draft)),
    }
    print(f"{name}: {draft.ends} ends x {draft.picks} picks, {draft.shafts} shafts, {len(text) / 1e6:.1f} MB")
    for what, (theirs, ours) in pairs.items():
        peer, own = seconds(theirs), seconds(ours)
        verdict = "" if peer / own >= LEAST else f"   !! less than {LEAST:g} x"
        print(
            f"  {what:6} dtx-to-wif {peer:7.3f} s   ours {own:7.3f} s   {peer / own:5.1f} x as fast{verdict}"
        )


def main() -> None:
    """Print each time and how it compares with the peer."""
    full_size()
    beside_the_peer("dobby lift plan", dobby(24))
    beside_the_peer("jacquard lift plan", jacquard(1_000))
    solid = jacquard(400)
    bound = seconds(lambda: auto_bind(solid), 1)
    print(f"bind floats of {solid.ends} x {solid.picks} random crossings {bound:8.3f} s")
    threads = stories(60, 6)
    drawn = seconds(lambda: cloth_svg(threads, link=lambda thread: f"/stories/{thread.seed}"))
    size = len(cloth_svg(threads, link=lambda thread: f"/stories/{thread.seed}")) / 1e3
    print(f"cloth of {len(threads)} stories, {size:4.0f} kB {drawn:8.3f} s")
    print(
        f"strip of 16 stories, {len(strip_svg(threads)) / 1e3:4.0f} kB {seconds(lambda: strip_svg(threads)):8.3f} s"
    )


if __name__ == "__main__":
    main()
