"""A whole ritual in real browsers: three phones, one screen, a desk, somebody on site; from announcement to replay.

With HARMONIA_SCREENSHOTS=FOLDER pictures of each step are kept there, to be looked at.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Visitor, assert_accessible
from tests.serving import Site, served
from tests.site.ritual_crowd import Leader

SOON = 15_000
HERE = "/together/rituals/1"
STORY = "This tin held my father's nails. It holds a fern."


@pytest.fixture(scope="module")
def demo(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A habitat of this test's own: what is switched over here stays here."""
    home = tmp_path_factory.mktemp("ritual") / "home"
    shutil.copytree(demo_home, home)
    with served(home, worker=False) as site:
        yield site


@pytest.fixture
def leader(demo: Site) -> Iterator[Leader]:
    one = Leader(demo.home)
    yield one
    one.end()


@pytest.fixture
def wanderer(browser: Browser, demo: Site) -> Iterator[Page]:
    """A phone whose network comes and goes; what its browser says about that is no fault."""
    context = browser.new_context(base_url=demo.address, viewport=PHONE, color_scheme="light", locale="en-GB")
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("HARMONIA_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"ritual-{name}.png")


def come_in(page: Page) -> None:
    page.goto(f"{HERE}/")
    code = page.locator(".code").inner_text()
    page.goto("/together/rituals/")
    page.get_by_label("The code on the wall").fill(code.lower())
    page.get_by_role("button", name="Come in with the code").click()
    if "/r/" in page.url:  # whoever offered something is known already
        page.get_by_role("button", name=re.compile("^Come in as")).click()
    expect(page.locator("[data-say=standing]")).to_have_text("You are in the room.", timeout=SOON)


def press_on_desk(desk: Page, name: str) -> None:
    """Press the desk's one next step; some ask once more."""
    desk.goto(f"{HERE}/desk/")
    step = (
        desk.locator(".next-step")
        .get_by_role("link", name=name)
        .or_(desk.locator(".next-step").get_by_role("button", name=name))
    )
    step.click()
    again = desk.locator("main form").get_by_role("button", name=name)
    if "/desk/" in desk.url and not desk.url.endswith("/desk/"):
        again.click()
    expect(desk.locator(".messages")).to_be_visible()


def offers_for_the_call(page: Page) -> None:
    page.goto(f"{HERE}/")
    page.get_by_label("Your words").fill(STORY)
    page.get_by_label("How shall we call you?").fill("Nadia")
    page.get_by_role("button", name="Offer it").click()
    expect(page.get_by_text("waits for a person")).to_be_visible()
    assert_accessible(page)


def test_three_phones_and_a_screen_go_from_the_announcement_to_the_replay(
    visitor: Visitor, wanderer: Page, leader: Leader
) -> None:
    first, lyra, screen, desk = (
        visitor("", PHONE),
        visitor("Lyra", PHONE, "light"),
        visitor(),
        visitor("Theo", DESK),
    )
    offers_for_the_call(first)
    screen.goto(f"{HERE}/screen/")
    expect(screen.get_by_text(STORY)).not_to_be_visible()
    desk.goto(f"{HERE}/desk/")
    desk.locator(".judged", has_text=STORY).get_by_role("button", name=re.compile("To the screen")).click()
    expect(screen.locator(".offered")).to_contain_text(STORY, timeout=SOON)

    press_on_desk(desk, "Let people in")
    for phone in (first, lyra, wanderer):
        come_in(phone)
        expect(phone.locator("h1")).to_have_text("We are gathering")
    assert_accessible(first)
    assert_accessible(screen)
    holds_the_light(first, screen)

    press_on_desk(desk, "Begin to share")
    expect(lyra.locator("h1")).to_have_text("We share what we brought", timeout=SOON)
    answers_without_a_network(wanderer, desk)
    says_it_in_writing(desk, screen, first)

    press_on_desk(desk, "Unveil what the plant could become")
    expect(screen.locator(".unveiled")).to_contain_text("Cooking on our own gas", timeout=SOON)
    expect(lyra.get_by_role("heading", name="What the plant could become", exact=True)).to_be_visible(
        timeout=SOON
    )
    keep(screen, "screen-unveiling")
    assert_accessible(screen)
    assert_accessible(lyra)

    press_on_desk(desk, "Let people choose")
    expect(lyra.get_by_role("link", name="Go to the ballot")).to_be_visible(timeout=SOON)
    pauses(desk, first, screen)
    press_on_desk(desk, "Close the vote and count")
    leader("prepare")
    press_on_desk(desk, "Let everybody press")
    for phone in (first, lyra, wanderer):
        phone.get_by_role("button", name="Press", exact=True).click(timeout=SOON)
        expect(phone.get_by_role("button", name="You pressed. Thank you.")).to_be_visible(timeout=SOON)
    expect(screen.locator("[data-say=count]")).to_contain_text("3 have pressed", timeout=SOON)
    keep(screen, "screen-activating")
    press_on_desk(desk, "Call for the switch-over")
    acts_on_site(visitor("Kiran", PHONE))
    for page in (first, lyra, wanderer, screen):
        expect(page.locator("h1")).to_have_text("We celebrate", timeout=SOON)
    keep(screen, "screen-celebrating")

    press_on_desk(desk, "Close the ritual")
    expect(first.locator("h1")).to_have_text("The ritual is closed", timeout=SOON)
    replays(first)


def holds_the_light(phone: Page, screen: Page) -> None:
    heart = phone.get_by_role("button", name="Hold")
    heart.focus()
    phone.keyboard.down(" ")
    expect(screen.locator("[data-say=light]")).to_have_text("3 here · 1 holds the light", timeout=SOON)
    keep(phone, "phone-holding")
    keep(screen, "screen-gathering")
    phone.keyboard.up(" ")
    expect(screen.locator("[data-say=light]")).to_have_text("3 here", timeout=SOON)


def answers_without_a_network(phone: Page, desk: Page) -> None:
    phone.context.set_offline(True)
    expect(phone.locator("[data-say=standing]")).to_contain_text("No network", timeout=SOON)
    phone.get_by_label("Your answer").fill("That we lend ladders.")
    phone.get_by_role("button", name="Answer").click()
    expect(phone.locator("[data-say=unsent]")).to_have_text("1 waiting to be sent")
    keep(phone, "phone-away")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Thank you, it is kept.")).to_be_visible(timeout=SOON)
    desk.goto(f"{HERE}/desk/")
    expect(desk.locator(".judged", has_text="That we lend ladders.")).to_have_count(1)
    assert_accessible(desk)
    keep(desk, "desk")


def says_it_in_writing(desk: Page, screen: Page, phone: Page) -> None:
    desk.get_by_label("What is being said, for those who cannot hear it").fill("Welcome, all of you.")
    desk.get_by_role("button", name="Put it on the screen").click()
    for page in (screen, phone):
        expect(page.locator(".caption").first).to_have_text("Welcome, all of you.", timeout=SOON)
    keep(screen, "screen-sharing")


def pauses(desk: Page, phone: Page, screen: Page) -> None:
    desk.get_by_role("link", name="Pause").click()
    desk.get_by_label("Why?").fill("Rain: five minutes")
    desk.get_by_role("button", name="Pause").click()
    for page in (phone, screen):
        expect(page.locator("[data-say=reason]")).to_have_text("Rain: five minutes", timeout=SOON)
    press_on_desk(desk, "Go on where we were")
    expect(phone.locator("h1")).to_have_text("We choose", timeout=SOON)


def acts_on_site(page: Page) -> None:
    page.goto(f"{HERE}/desk/")
    page.get_by_role("link", name="It is done, by hand").click()
    page.get_by_label("What did you do, and what do you see?").fill("The bag hangs, no smell.")
    assert_accessible(page)
    page.get_by_role("button", name="It is done, by hand").click()
    expect(page.locator("h1")).to_have_text("We celebrate")


def replays(page: Page) -> None:
    page.goto(f"{HERE}/replay/")
    timeline = page.locator(".timeline")
    for words in (STORY, "Welcome, all of you.", "Rain: five minutes", "The bag hangs, no smell."):
        expect(timeline).to_contain_text(words)
    slider = page.get_by_label("Moment")
    expect(slider).to_be_visible(timeout=SOON)
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".replay .news")).to_have_text("The ritual was announced")
    page.keyboard.press("End")
    expect(page.locator(".replay .news")).to_have_text("The ritual is closed")
    assert_accessible(page)
    keep(page, "replay")


def test_an_emergency_gathering_is_called_in_one_press_and_answered(visitor: Visitor, leader: Leader) -> None:
    leader("sour")
    theo, lyra = visitor("Theo", PHONE), visitor("Lyra", PHONE, "light")
    theo.goto("/nexus/")
    theo.get_by_role("button", name=re.compile("Call everybody together")).first.click()
    expect(theo.get_by_role("heading", name="Who is called")).to_be_visible()
    assert_accessible(theo)
    lyra.goto(theo.url)
    lyra.get_by_label("In your words").fill("May I bring fruit?")
    lyra.get_by_role("button", name="Put it on the page").click()
    expect(lyra.get_by_text("waits for an answer").first).to_be_visible()
    expect(theo.get_by_role("heading", name="May I bring fruit?")).to_be_visible(timeout=SOON)
    theo.get_by_role("link", name=re.compile("Answer it")).click()
    theo.get_by_label("The answer, for everybody to read").fill("Not before Sunday.")
    theo.get_by_role("button", name="Answer for everybody").click()
    expect(lyra.get_by_text("Not before Sunday.")).to_be_visible(timeout=SOON)
    assert_accessible(lyra)
    keep(lyra, "gathering")
