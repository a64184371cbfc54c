"""A million threads on screen: CPU milliseconds a frame under software GL, and what tiles and texels cost.

The shader pays for pixels, not for threads: the same view of sixty threads stands beside it in the same run.
"""

import os
import shutil
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import CHROMIUMS, FLAGS
from tests.site.stage import raised

from harmonia.science.weaving import DYES, Thread, texels, tiles
from harmonia.science.weaving.places import bands
from harmonia.science.weaving.texels import Texels

FRAMES = 24
# What is looked at: how often one presses "closer" from the whole width of the cloth, for many threads and for few.
VIEWS = {
    "whole width": (0, 0),
    "a few thousand": (6, 0),
    "a few hundred": (9, 0),
    "thirty": (12, 0),
    "one": (15, 3),
}


def cloth_of(count: int, side: int) -> Texels:
    """Return a cloth of `count` stories in lanes of `side`: real patches of 400 stories, repeated."""
    dyes = list(DYES.values())
    hands = ["paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food"]
    told = [Thread(f"s{n}", hands[n % 8], dyes[n * 7 % 10], n, f"Story {n}") for n in range(400)]
    base = texels.lay(bands(told, 8, 0), 8)
    rows = -(-count // side)
    cells = np.full(rows * side, texels.GROUND, dtype=np.int64)
    cells[:count] = np.arange(count)
    which = np.arange(count) * 7919 % 400
    return Texels(
        tops=np.arange(rows + 1) * 32,
        cells=cells.reshape(rows, side),
        kinds=base.kinds[which],
        crossings=base.crossings,
        stripes=base.stripes,
        yarns=base.yarns[which],
        warp=np.tile(base.warp, (-(-side // 8), 1))[: side * 32],
        grounds=np.resize(base.grounds, (rows + 1, 3)),
        seeds=(),
    )


PAGE = """<h1>Cloth</h1><section class="loom whole" data-cloth="/cloth.bin" data-threads="/threads.json"
data-pyramid="/none"><div class="loom-view" data-view tabindex="0" role="application" aria-label="Cloth"></div>
<button data-act="whole">w</button><button data-act="newest">n</button></section>
<script type="module" src="/built/cloth.js"></script>"""


def cpu_s() -> float:
    """Return what all processes below this one have used [s]."""
    parents, used = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            used[int(folder.name)] = int(fields[11]) + int(fields[12])
    below, here = 0, os.getpid()
    for pid, ticks in used.items():
        at = pid
        while at in parents and at != here:
            at = parents[at]
        below += ticks if at == here and pid != here else 0
    return below / os.sysconf("SC_CLK_TCK")


def frames(page: Page, count: int) -> None:
    """Have the cloth drawn `count` times, each from another place."""
    page.evaluate(
        """async (count) => {
            const view = document.querySelector("[data-view]");
            for (let n = 0; n < count; n++) {
                const before = view.dataset.drawn;
                const key = n % 2 ? "ArrowUp" : "ArrowDown";
                view.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true }));
                while (view.dataset.drawn === before) await new Promise(requestAnimationFrame);
                // The pixels are only certain to exist once somebody reads one.
                const gl = view.querySelector("canvas").getContext("webgl2");
                gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
            }
        }""",
        count,
    )


def measure(cloth: Texels, which: int, browser: Browser) -> dict[str, float]:
    """Return CPU milliseconds a frame of 1280 x 800, by view; `browser` must be idle otherwise."""
    found = {}
    with raised() as stage:
        stage.files = {
            "/cloth.bin": texels.encode(cloth),
            "/threads.json": b'{"digest": "x", "threads": []}',
        }
        stage.show(PAGE)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(stage.address)
        page.wait_for_selector("[data-drawn]", timeout=120_000)
        for name, closer in VIEWS.items():
            page.evaluate("document.querySelector('[data-act=newest]').click()")
            page.evaluate(
                f"for (let n = 0; n < {closer[which]}; n++) document.querySelector('[data-view]').dispatchEvent("
                "new KeyboardEvent('keydown', { key: '+' }))"
            )
            frames(page, 3)
            before = cpu_s()
            frames(page, FRAMES)
            found[name] = (cpu_s() - before) * 1000 / FRAMES
        page.close()
    return found


def main() -> None:
    """Print what a frame costs."""
    program = next(path for name in CHROMIUMS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        many = measure(cloth_of(1_000_000, 1000), 0, browser)
        few = measure(cloth_of(60, 6), 1, browser)
        browser.close()
    print("CPU ms a frame, 1280 x 800, software GL      1,000,000 threads     60 threads")
    for name in VIEWS:
        print(f"{name:44} {many[name]:12.0f} {few[name]:18.0f}")
    cloth = cloth_of(1000, 6)
    began = time.process_time()
    level = len(tiles.levels(cloth)) - 1
    for row in range(8):
        tiles.tile(cloth, level, 1, row)
    print(f"one tile of the deepest level                {(time.process_time() - began) / 8 * 1000:12.0f} ms")
    began = time.process_time()
    content = texels.encode(cloth)
    print(
        f"texels of 1,000 stories, {len(content) / 1000:4.0f} kB            {(time.process_time() - began) * 1000:12.0f} ms"
    )


if __name__ == "__main__":
    main()
