"""The cloth in a real browser, on software GL: the same pixels, threads by hand and keyboard, tiles without WebGL."""

import hashlib
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from harmonia.science.weaving import DYES, Thread, texels, tiles
from harmonia.science.weaving.places import bands
from harmonia.science.weaving.texels import Texels
from tests.site.stage import Stage, raised
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HANDS = ["paper", "textile", "wood", "metal", "glass", "plastic", "electronics", "food"]
MAIN = """<h1>Cloth</h1><section class="loom whole" data-cloth="/cloth.bin" data-threads="/threads.json"
data-pyramid="/pyramid.json"{more} aria-label="Cloth to look at"><div class="loom-view" data-view tabindex="0"
role="application" aria-label="Cloth" aria-describedby="keys"></div><p id="keys" class="visually-hidden">Arrow keys</p>
<div class="loom-card" data-chosen-card hidden><p data-name></p><a class="button" href="/">Read</a></div>
<p class="visually-hidden" role="status" data-said></p></section>
<section id="list" data-live="tapestry"><p>{list}</p></section>
<script type="module" src="/built/cloth.js"></script>"""


def stories(count: int) -> list[Thread]:
    dyes = list(DYES.values())
    return [Thread(f"s{n}", HANDS[n % 8], dyes[n * 7 % 10], n * 5, f"Story {n}") for n in range(count)]


def laid(count: int) -> Texels:
    return texels.lay(bands(stories(count), 6, 0), 6)


def hang(stage: Stage, count: int, more: str = "", *, tiled: bool = False) -> Texels:
    """Let a stage show the cloth of some stories, with its tiles where they will be asked for."""
    cloth = laid(count)
    threads = [{"code": seed, "name": f"Thread {seed}", "href": f"/?{seed}"} for seed in cloth.seeds]
    levels = [
        {
            "cell": at.cell,
            "columns": at.columns,
            "rows": at.rows,
            "names": [f"{n}-{k}" for k in range(at.columns * at.rows)],
        }
        for n, at in enumerate(tiles.levels(cloth))
    ]
    stage.files = {
        "/cloth.bin": texels.encode(cloth),
        "/threads.json": json.dumps({"digest": str(count), "threads": threads}).encode(),
        "/pyramid.json": json.dumps(
            {"tile": 256, "address": "/tile/{level}/{column}/{row}/{name}", "levels": levels}
        ).encode(),
    }
    for n, at in enumerate(tiles.levels(cloth) if tiled else []):
        for k in range(at.columns * at.rows):
            column, row = k % at.columns, k // at.columns
            stage.files[f"/tile/{n}/{column}/{row}/{n}-{k}"] = tiles.tile(cloth, n, column, row)
    stage.show(MAIN.format(more=more, list=f"{count} threads"))
    return cloth


@pytest.fixture
def stage() -> Iterator[Stage]:
    with raised() as served:
        yield served


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, color_scheme="dark", reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()

    assert complaints == []


def woven(page: Page, stage: Stage) -> None:
    page.goto(stage.address)
    page.wait_for_selector(".woven [data-drawn]", timeout=60_000)


def pixels(page: Page) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    content = page.locator("[data-view]").screenshot()
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def test_a_fixed_view_has_the_same_pixels_every_time(page: Page, stage: Stage) -> None:
    hang(stage, 30)
    hashes = []
    for _ in range(2):
        woven(page, stage)
        hashes.append(hashlib.sha256(pixels(page).tobytes()).hexdigest())
        page.locator("[data-view]").press("Home")

    assert hashes[0] == hashes[1]
    assert len(np.unique(pixels(page).reshape(-1, 3), axis=0)) > 1_000


def test_the_shader_and_the_server_s_tiles_show_the_same_cloth(
    browser: Browser, page: Page, stage: Stage
) -> None:
    hang(stage, 30)
    woven(page, stage)
    assert page.locator("[data-view]").get_attribute("data-painter") == "shader"
    shader = pixels(page).astype(float)
    hang(stage, 30, more=" data-pictures", tiled=True)
    woven(page, stage)
    assert page.locator("[data-view]").get_attribute("data-painter") == "tiles"
    until(
        page,
        "[...document.querySelectorAll('.cloth-tile')].length && "
        "[...document.querySelectorAll('.cloth-tile')].every(one => one.complete)",
    )
    drawn = pixels(page).astype(float)
    inside = (slice(40, 560), slice(60, 1140))
    squares = [picture[inside].reshape(26, 20, 54, 20, 3).mean(axis=(1, 3)) for picture in (shader, drawn)]

    assert np.corrcoef(squares[0].reshape(-1), squares[1].reshape(-1))[0, 1] > 0.97


def test_a_tap_finds_the_thread_that_lies_there(page: Page, stage: Stage) -> None:
    cloth = hang(stage, 30)
    woven(page, stage)
    box = page.locator("[data-view]").bounding_box()
    assert box
    scale = min(box["width"] / (cloth.ends + 6), 12)
    middle = cloth.picks + 12 - box["height"] / scale / 2  # the newest end is what one sees first
    for row, lane in np.argwhere(cloth.cells[-2:] >= 0)[:3].tolist():
        pick = int(cloth.tops[cloth.rows - 2 + row]) + 16
        x = box["x"] + box["width"] / 2 + ((lane + 0.5) * 32 - cloth.ends / 2) * scale
        page.mouse.click(x, box["y"] + box["height"] / 2 + (pick - middle) * scale)

        expect(page.locator("[data-name]")).to_have_text(
            f"Thread {cloth.seeds[cloth.cells[cloth.rows - 2 + row, lane]]}"
        )
    page.mouse.click(box["x"] + 3, box["y"] + 200)  # beside the cloth
    expect(page.locator("[data-chosen-card]")).to_be_hidden()


def test_every_thread_is_reached_by_the_keyboard(page: Page, stage: Stage) -> None:
    hang(stage, 12)
    woven(page, stage)
    view = page.locator("[data-view]")
    view.focus()
    reached = set()
    for key in ["ArrowUp"] + (["ArrowLeft"] * 5 + ["ArrowRight"] * 5 + ["ArrowUp"]) * 5:
        page.keyboard.press(key)
        reached.add(view.get_attribute("data-chosen"))
    status = page.locator("[data-said]").text_content()
    page.keyboard.press("Enter")

    assert reached == {f"s{n}" for n in range(12)}
    assert status
    page.wait_for_url("**/?s*")


def test_the_cloth_is_accessible(page: Page, stage: Stage) -> None:
    hang(stage, 12)
    woven(page, stage)
    page.locator("[data-view]").press("ArrowUp")
    found = Axe().run(page).response["violations"]

    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []


def test_it_zooms_with_wheel_and_keys_and_pans_by_dragging(page: Page, stage: Stage) -> None:
    hang(stage, 30)
    woven(page, stage)
    view = page.locator("[data-view]")
    before = pixels(page)
    view.focus()
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -600)
    until(page, "+document.querySelector('[data-view]').dataset.drawn > 1")
    closer = pixels(page)
    page.mouse.down()
    page.mouse.move(250, 380, steps=4)
    page.mouse.up()
    panned = pixels(page)

    assert not np.array_equal(before, closer)
    assert not np.array_equal(closer, panned)
    assert not view.get_attribute("data-chosen")  # dragging chooses nothing


def test_it_grows_when_a_story_arrives_and_unravels_when_one_goes(page: Page, stage: Stage) -> None:
    hang(stage, 12)
    woven(page, stage)
    for count in (13, 11):
        hang(stage, count)
        stage.advance()
        until(
            page,
            "(count) => document.querySelector('#list').textContent.includes(`${count} threads`)",
            arg=count,
        )
        view = page.locator("[data-view]")
        view.focus()
        page.keyboard.press("Escape")
        expect(view).to_have_attribute("data-chosen", "")
        until(
            page,
            "(last) => { const view = document.querySelector('[data-view]');"
            "view.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));"
            "view.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }));"
            "const found = view.dataset.chosen === last;"
            "if (!found) view.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })); return found; }",
            arg=laid(count).seeds[-1],
        )


def test_without_webgl_it_is_pictures_with_the_same_threads(browser: Browser, stage: Stage) -> None:
    cloth = hang(stage, 12, tiled=True)
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, "
        "{ apply: (get, on, kinds) => kinds[0].startsWith('webgl') ? null : Reflect.apply(get, on, kinds) });"
    )
    woven(page, stage)
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    page.locator("[data-view]").press("ArrowUp")

    assert page.locator("[data-view]").get_attribute("data-painter") == "tiles"
    assert page.locator("[data-view]").get_attribute("data-chosen") == cloth.seeds[-1]
    # Whoever cannot use three.js does not fetch it either.
    assert sum("/built/part-" in name for name in loaded) <= 1
    context.close()


def test_three_js_is_fetched_only_where_it_draws(page: Page, stage: Stage) -> None:
    stage.show("<h1>Nothing woven here</h1>")
    page.goto(stage.address)
    names = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")

    assert not any("part-" in name for name in names)


@pytest.mark.scale
def test_a_million_threads_cost_at_most_150_cpu_ms_a_frame_however_close(browser: Browser) -> None:
    from benchmarks.cloth import VIEWS, cloth_of, measure

    found = measure(cloth_of(1_000_000, 1000), 0, browser)
    if os.environ.get("HARMONIA_MEASURED"):
        Path(os.environ["HARMONIA_MEASURED"]).write_text(json.dumps(found))

    assert set(found) == set(VIEWS)
    assert max(found.values()) <= 150, found
