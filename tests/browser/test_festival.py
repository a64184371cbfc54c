"""Scenes, evenings and kiosks in a real browser before the demonstration habitat."""

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, Visitor, assert_accessible
from tests.flashes import QUARTER_OF_SIGHT_PX, STEP, flashes, luminance
from tests.serving import Site
from tests.waiting import until

DAY = 24 * 3600


def seen(page: Page, where: str = "[data-view]") -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(page.locator(where).screenshot())).convert("RGB"))


def a_scene(page: Page) -> None:
    page.goto("/festival/")
    page.locator("a[href^='/festival/scene/']").first.click()
    page.wait_for_selector("[data-view][data-drawn]", timeout=60_000)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_story_stands_on_its_page_and_is_accessible(visitor: Visitor, viewport: object) -> None:
    page = visitor(viewport=viewport)
    a_scene(page)

    assert len(np.unique(seen(page).reshape(-1, 3), axis=0)) > 500
    assert_accessible(page)


def test_a_pyramid_gets_four_pictures_and_a_sheet_one(visitor: Visitor) -> None:
    page = visitor(viewport={"width": 900, "height": 900})
    a_scene(page)
    page.locator("[data-scene]").evaluate(
        "one => { one.dataset.second = '3'; one.requestFullscreen = () => Promise.resolve() }"
    )
    page.get_by_role("button", name="Pyramid stands on the screen").click()
    page.locator("[data-view]").scroll_into_view_if_needed()  # nobody draws what nobody sees
    until(
        page,
        "before => +document.querySelector('[data-view]').dataset.drawn > before + 2",
        arg=int(page.locator("[data-view]").get_attribute("data-drawn") or 0),
    )
    light = seen(page).astype(float).max(axis=2)
    height, width = light.shape
    side = min(height, width) // 3
    middle = (height // 2, width // 2)
    views = {
        name: light[middle[0] + y * side - side // 2 :][:side, middle[1] + x * side - side // 2 :][:, :side]
        for name, (x, y) in {
            "low": (0, 1),
            "right": (1, 0),
            "top": (0, -1),
            "left": (-1, 0),
            "middle": (0, 0),
        }.items()
    }

    assert all(views[name].mean() > 4 for name in ("low", "right", "top", "left"))
    assert views["middle"].mean() < 2
    # The lower picture is upside down: what glows below the shape (the words) lies nearer the middle.
    rows = (views["low"] > 120).sum(axis=1)
    assert rows[: side // 3].sum() > 0


def test_without_webgl_the_picture_and_the_words_stay(visitor: Visitor) -> None:
    page = visitor()
    page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, "
        "{ apply: (get, on, kinds) => kinds[0].startsWith('webgl') ? null : Reflect.apply(get, on, kinds) });"
    )
    page.goto("/festival/")
    page.locator("a[href^='/festival/scene/']").first.click()

    expect(page.locator("[data-flat]")).to_be_visible()
    expect(page.locator("[data-still]")).to_be_visible()
    expect(page.get_by_role("heading", name="Its words")).to_be_visible()


def test_the_tapestry_and_its_tour_are_accessible(visitor: Visitor) -> None:
    page = visitor("Theo", viewport=PHONE)
    page.goto("/tapestry/")
    page.wait_for_selector(".woven [data-drawn]", timeout=60_000)
    assert_accessible(page)
    for address in (
        "/tapestry/tour/",
        "/tapestry/tour/new/",
        "/tapestry/replies/",
        "/festival/",
        "/festival/pyramid/",
    ):
        page.goto(address)
        assert_accessible(page)


@pytest.fixture
def kiosk(browser: Browser, demo: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=demo.address,
        viewport={"width": 640, "height": 400},  # what runs for a day here is drawn without a graphics card
        reduced_motion="reduce",
        locale="en-GB",
    )
    yield context
    context.close()


def a_stop(visitor: Visitor) -> str:
    """Plan a stop as a facilitator and return the address of its kiosk."""
    page = visitor("Theo")
    page.goto("/tapestry/tour/new/")
    page.get_by_label("Where will it hang?").fill("Bakery window")
    page.get_by_label("Last day").fill(page.get_by_label("First day").input_value())
    page.get_by_role("button", name="Plan this stop").click()
    page.wait_for_url(re.compile(r"/tapestry/tour/[^/]{8}/$"))
    return f"{page.url}kiosk/"


def heap(page: Page) -> tuple[int, int, int]:
    """Return bytes of live objects, nodes and listeners, after the rubbish was taken out."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    counted = session.send("Memory.getDOMCounters")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return int(used), int(counted["nodes"]), int(counted["jsEventListeners"])


def test_a_kiosk_runs_for_a_day_goes_home_and_leaks_nothing(visitor: Visitor, kiosk: BrowserContext) -> None:
    page = kiosk.new_page()
    page.clock.install()
    page.goto(a_stop(visitor))
    page.wait_for_selector(".kiosk.woven [data-drawn]", timeout=60_000)
    view = page.locator("[data-view]")
    before: tuple[int, int, int] | None = None
    for hour in range(24):
        view.focus()
        page.keyboard.press("ArrowUp")
        expect(page.locator("[data-story]")).to_be_visible()
        page.clock.fast_forward(61_000)  # a minute untouched
        expect(page.locator("[data-story]")).to_be_hidden()
        page.clock.fast_forward(3_539_000)
        if hour == 5:
            before = heap(page)
    after = heap(page)
    assert before

    assert after[0] < before[0] * 1.10 + 200_000
    assert after[1] <= before[1] + 20
    assert after[2] <= before[2] + 5
    expect(page.locator("[data-alone]")).to_be_hidden()  # the site was there all day


def test_a_kiosk_without_a_network_keeps_stories_for_a_day_and_no_longer(
    visitor: Visitor, kiosk: BrowserContext
) -> None:
    page = kiosk.new_page()
    page.clock.install()
    page.goto(a_stop(visitor))
    page.wait_for_selector(".kiosk.woven [data-drawn]", timeout=60_000)
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()  # now through the worker, which keeps what it serves
    page.wait_for_selector(".kiosk.woven [data-drawn]", timeout=60_000)
    until(page, "async () => (await (await caches.open('harmonia-kiosk-1')).keys()).length === 2")
    until(page, "async () => (await (await caches.open('harmonia-kiosk-shell-1')).keys()).length >= 2")
    kiosk.set_offline(True)
    page.reload()
    page.wait_for_selector(".kiosk.woven [data-drawn]", timeout=60_000)
    page.locator("[data-view]").press("ArrowUp")
    expect(page.locator("[data-words] p").first).to_be_visible()
    page.clock.fast_forward((DAY + 120) * 1000)

    expect(page.locator("[data-alone]")).to_be_visible()
    expect(page.locator("[data-story]")).to_be_hidden()
    page.locator("[data-view]").press("ArrowUp")
    expect(page.locator("[data-story]")).to_be_hidden()
    assert page.evaluate("async () => await caches.has('harmonia-kiosk-1')") is False
    kiosk.set_offline(False)
    page.clock.fast_forward(60_000)
    expect(page.locator("[data-alone]")).to_be_hidden()
    page.locator("[data-view]").press("ArrowUp")
    expect(page.locator("[data-words] p").first).to_be_visible()


# What is drawn, small, as it stands on the page, in so many frames without a gap: glances would miss a flash.
WATCHED = """async (frames) => {
    const view = document.querySelector("[data-view]");
    const drawn = view.querySelector("canvas");
    const small = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
    const ink = small.getContext("2d", { willReadFrequently: true });
    const seen = [];
    let last = view.dataset.drawn;
    while (seen.length < frames) {
        const now = await new Promise(requestAnimationFrame);
        if (view.dataset.drawn === last) continue;
        last = view.dataset.drawn;
        ink.globalAlpha = 1;
        ink.fillRect(0, 0, 40, 30);
        ink.globalAlpha = Number(getComputedStyle(drawn).opacity);
        ink.drawImage(drawn, 0, 0, 40, 30);
        seen.push([now / 1000, [...ink.getImageData(0, 0, 40, 30).data]]);
    }
    return seen;
}"""


def test_an_evening_runs_by_itself_and_nothing_flashes(
    visitor: Visitor, browser: Browser, demo: Site
) -> None:
    page = visitor("Theo")
    page.goto("/festival/evenings/new/")
    page.get_by_label("What is the evening called?").fill("Lantern night")
    page.get_by_label("Where is it?").fill("Old laundry")
    page.get_by_label("When does it begin?").fill("2030-06-01T20:00")
    page.get_by_role("button", name="Plan this evening").click()
    page.wait_for_url(re.compile(r"/festival/evenings/[^/]{8}/$"))
    evening = page.url
    teller = visitor("Lyra")
    teller.goto(evening)
    teller.get_by_label("How long, in seconds?").fill("20")
    teller.get_by_role("button", name="Offer it").click()
    expect(teller.get_by_role("heading", name="One story will be shown")).to_be_visible()
    assert_accessible(teller)
    context = browser.new_context(base_url=demo.address, viewport={"width": 480, "height": 360})
    show = context.new_page()
    show.goto(f"{evening}play/")
    show.wait_for_selector(".lit[data-drawn]", timeout=60_000)
    seconds, pixels = zip(*show.evaluate(WATCHED, 60), strict=True)
    light = luminance(np.array(pixels, dtype=np.uint8).reshape(60, 30, 40, 4)[..., :3])
    flashed = (flashes(light, np.array(seconds)) > 0).mean()
    lit = (light.max(axis=0) >= STEP).mean()

    # Not one flash, where three a second would be allowed. What blinked as a whole would flash wherever it is lit;
    # edges that turn past a place do so here and there.
    assert flashed * 480 * 360 < QUARTER_OF_SIGHT_PX
    assert flashed < lit / 2
    expect(show.locator("[data-caption]")).not_to_be_empty()
    expect(show.locator("[data-title]")).not_to_have_text("Lantern night")
    context.close()
