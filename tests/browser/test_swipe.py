"""On a phone a stance is one swipe; reading on is none."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor

STEPS = 8
THOUGHTS = (
    "A heap needs air more than it needs a roof, so I would rather turn it together once a month, with soup and "
    "music afterwards, than buy anything at all for it this autumn.",
    "The neighbours of the old laundry have a shredder that nobody uses in winter; with it wet leaves would be dry "
    "bedding for the hens within a week, and the hens would thank us.",
)


def swipe(page: Page, across: int, up: int) -> None:
    """Draw a finger over the statement, from its middle [px]."""
    box = page.locator("[data-statement] .lede").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2 - across / 2, box["y"] + box["height"] / 2 + up / 2
    finger = page.context.new_cdp_session(page)
    points = [{"x": x + across * n / STEPS, "y": y - up * n / STEPS} for n in range(STEPS + 1)]
    for kind, touched in [("touchStart", points[:1]), *(("touchMove", [point]) for point in points[1:])]:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})
        page.wait_for_timeout(16)  # a finger takes its time; at once it would be no move
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_is_a_stance_and_reading_on_is_none(visitor: Visitor) -> None:
    theo = visitor("Theo")
    for thought in THOUGHTS:
        theo.goto("/choose/3/talk/say/")
        theo.get_by_label(re.compile("What do you think")).fill(thought)
        theo.get_by_role("button", name="Say it").click()
        theo.wait_for_url("**/talk/")
    page = visitor("Ines", PHONE, has_touch=True, is_mobile=True)
    page.goto("/choose/3/talk/")
    first = page.locator("[data-statement] .lede").inner_text()
    swipe(page, across=0, up=180)
    expect(page.locator("[data-statement] .lede")).to_have_text(first)
    swipe(page, across=180, up=10)
    expect(page.locator("[data-statement] .lede")).not_to_have_text(first)
    second = page.locator("[data-statement] .lede").inner_text()
    swipe(page, across=-180, up=0)
    expect(page.get_by_text(second)).to_have_count(1)  # among what was said so far

    for statement, stance in ((first, "agree"), (second, "disagree")):
        said = page.locator("li", has=page.locator(".tag")).filter(has_text=statement)
        expect(said.locator(".tag").first).to_have_text(stance)
