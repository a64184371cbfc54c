"""Drafts at a loom's full size, beside the simplest peer: the standard library's INI reader and loops."""

import configparser
import time
from collections.abc import Callable

import numpy as np

from harmonia.science.weaving import DYES, Draft, Thread, cloth_svg, drawdown, read_wif, strip_svg, write_wif

ENDS, PICKS, SHAFTS = 2_640, 10_000, 24


def full_size() -> Draft:
    """Return a lift plan as wide as a dobby loom and several metres long."""
    draw = np.random.default_rng(1)
    return Draft(
        threading=draw.integers(1, SHAFTS + 1, ENDS),
        liftplan=draw.random((PICKS, SHAFTS)) < 0.5,
        warp_colours=draw.integers(0, 4, (ENDS, 3)).astype(np.uint8) * 80,
        weft_colours=draw.integers(0, 4, (PICKS, 3)).astype(np.uint8) * 80,
    )


def peer_read(text: str) -> tuple[list[set[int]], list[int]]:
    """Read lift plan and threading with configparser, colours and spacings not at all."""
    ini = configparser.ConfigParser(strict=False, interpolation=None)
    ini.read_string(text)
    lifted = [{int(part) for part in value.split(",")} for value in ini["LIFTPLAN"].values()]
    return lifted, [int(value) for value in ini["THREADING"].values()]


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
    draft = full_size()
    text = write_wif(draft)
    dyes = list(DYES.values())
    threads = [Thread(f"s{n}", "wool", dyes[n % len(dyes)], n, f"Story {n}") for n in range(60)]
    peer, ours = seconds(lambda: peer_read(text)), seconds(lambda: read_wif(text))
    print(f"{ENDS} ends x {PICKS} picks, {SHAFTS} shafts, {len(text) / 1e6:.1f} MB of WIF")
    print(f"configparser and sets, part of it   {peer:8.3f} s")
    print(f"read and check all of it            {ours:8.3f} s   {peer / ours:.1f} x the peer's speed")
    print(f"draw down                           {seconds(lambda: drawdown(draft)):8.3f} s")
    print(f"write                               {seconds(lambda: write_wif(draft)):8.3f} s")
    cloth = cloth_svg(threads, link=lambda thread: f"/stories/{thread.seed}")
    drawn = seconds(lambda: cloth_svg(threads, link=lambda thread: f"/stories/{thread.seed}"))
    print(f"cloth of {len(threads)} stories, {len(cloth) / 1e3:4.0f} kB      {drawn:8.3f} s")
    print(
        f"strip of 16 stories, {len(strip_svg(threads)) / 1e3:4.0f} kB      {seconds(lambda: strip_svg(threads)):8.3f} s"
    )


if __name__ == "__main__":
    main()
