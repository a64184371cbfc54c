"""Every page, at 360 and 1280 px, by night and by day: axe finds nothing serious and nothing scrolls sideways.

Contrast hangs on the theme and fitting on the width, so two looks see both of each; `--scale` takes all four.
With HARMONIA_SCREENSHOTS=FOLDER each page's picture is kept there, to be looked at.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, PHONE, Theme, Visitor, assert_accessible

# Who opens what. A path that begins with "> " is a link to follow from the page before it; one that begins with "~"
# lies below the last link that was followed.
PAGES: dict[str, tuple[str, ...]] = {
    "": ("/", "/sign-in/", "/password/", "/password/sent/", "/join/gone/", "/bring/", "/bring/points/linden-yard/",
         "/bring/points/linden-yard/poster/", "/nexus/", "/nexus/plant/", "/nexus/plan/", "/nexus/designs/",
         "> main a[href^='/nexus/designs/']", "/make/", "> main :is(h2, h3) a[href^='/make/']",
         "~label/", "~report/", "/make/?q=waltz&technique=electronics", "/make/?q=nothinglikethat",
         "/repairs/?q=belt", "> main :is(h2, h3) a[href^='/repairs/']",
         "/choose/", "> main a[href^='/choose/']", "/choose/1/", "/choose/1/check/", "/choose/2/options/3/",
         "/choose/3/talk/map/", "/choose/3/talk/log/", "/choose/4/", "/nexus/activation/", "/nexus/activation/1/",
         "/members/audit/",
         "/tapestry/", "/together/", "/together/covenants/", "/together/rituals/",
         "/together/rituals/1/",
         "/together/rituals/1/screen/", "/together/rituals/1/replay/", "/together/gatherings/", "/nowhere/"),
    "Lyra": ("/thread/", "> main .timeline a[href^='/thread/']", "/bring/", "/bring/card/", "/books/", "/books/batches/",
             "/books/batches/lot-1/", "/books/places/lot-1/fed/", "/books/places/bed-well/fed/",
             "/account/", "/account/leave/", "/invite/",
             "/make/new/", "/choose/", "> main a[href^='/choose/']", "/choose/2/ballot/", "/choose/3/",
             "/choose/3/talk/", "/choose/3/talk/say/", "/choose/3/options/new/", "/thread/voice/", "/members/",
             "/together/covenants/", "/together/covenants/new/", "/together/covenants/1/",
             "/notices/", "/notices/preferences/", "/nexus/jars/", "/nexus/jars/1/", "/nexus/jars/2/", "/nexus/jars/3/",
             "/nexus/jars/3/read/", "/nexus/jars/new/"),
    "Kiran": ("/books/batches/lot-2/", "/books/batches/lot-1/spread/", "/books/batches/lot-2/heat/",
              "/books/batches/lot-2/lab/",
              "/books/batches/rules/", "/books/batches/new/", "/nexus/", "/nexus/feed/", "/nexus/reading/", "/nexus/burn/",
              "/nexus/surroundings/", "/nexus/titration/", "/nexus/safety/",
              "/nexus/plant/write/", "/bring/points/linden-yard/count/", "/nexus/jars/new/standard/"),
    "Amara": ("/make/?q=gloves", "> main :is(h2, h3) a[href^='/make/']", "~photo/", "~recording/", "~share/", "~care/",
              "~makers/", "~words/", "~withdraw/", "/make/?q=panel", "> main :is(h2, h3) a[href^='/make/']", "~story/",
              "/make/circles/", "/make/circles/1/", "/make/labels/", "/make/log/", "/repairs/new/"),
    "Theo": ("/make/?q=gloves", "> main :is(h2, h3) a[href^='/make/']", "~moderate/",
             "/bring/points/new/", "/bring/scales/", "/bring/containers/",
             "/bring/containers/new/", "/bring/containers/green-bucket/label/",
             "/nexus/activation/2/checklist/", "/nexus/activation/2/call_off/", "/nexus/activation/new/?decision=voice:4",
             "/choose/", "/choose/new/", "/choose/2/", "/choose/2/desk/", "/choose/2/desk/sheet/", "/choose/2/check/",
             "/choose/2/close/", "/choose/3/settle/", "/choose/3/electorate/", "/choose/3/talk/log/",
             "/choose/3/talk/1/moderate/", "/members/new/",
             "/together/rituals/new/", "/together/rituals/1/desk/",
             "/together/rituals/1/desk/pause/", "/together/rituals/1/desk/redate/"),
}  # fmt: skip
Look = tuple[Theme, ViewportSize]
LOOKS: tuple[Look, ...] = (
    ("dark", DESK),
    ("light", PHONE),
    ("dark", PHONE),
    ("light", DESK),
)


def keep(page: Page, who: str, number: int, theme: str) -> None:
    folder = os.environ.get("HARMONIA_SCREENSHOTS")
    if folder:
        size = page.viewport_size or DESK
        words = page.url.split("/", 3)[3].strip("/").replace("/", "-") or "home"
        name = f"{who or 'nobody'}-{number:02d}-{words[:40]}-{size['width']}-{theme}.png"
        page.screenshot(path=Path(folder) / name, full_page=True)


@pytest.mark.parametrize(
    "looks",
    [
        pytest.param(LOOKS[:2], id="two looks"),
        pytest.param(LOOKS[2:], id="other two", marks=pytest.mark.scale),
    ],
)
@pytest.mark.parametrize("who", PAGES, ids=lambda name: name or "nobody")
def test_every_page_is_accessible_and_fits(visitor: Visitor, who: str, looks: tuple[Look, ...]) -> None:
    page = visitor(who)
    followed = ""
    for number, path in enumerate(PAGES[who]):
        target: str | None = f"{followed}{path[1:]}" if path.startswith("~") else path
        if path.startswith("> "):
            target = page.locator(path[2:]).first.get_attribute("href")
            followed = target or ""
        assert target, f"{page.url} has no link {path[2:]}"
        page.goto(target)
        page.wait_for_load_state("load")
        for theme, viewport in looks:  # the page stays, as it does when a phone is turned or night falls
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size(viewport)
            keep(page, who, number, theme)
            assert_accessible(page)


def test_the_picture_in_the_readme_is_the_first_page(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor("", {"width": 1280, "height": 1000}, "dark")
    page.goto("/")
    page.wait_for_load_state("load")
    goal = Path(os.environ.get("HARMONIA_README_PICTURE", tmp_path / "home.png"))
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(goal, optimize=True)

    assert 20_000 < goal.stat().st_size < 300_000
