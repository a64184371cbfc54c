"""One whole cycle, walked by four people in a real browser, each on their own device."""

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Visitor, assert_accessible
from tests.browser.switching import (
    call_for_it,
    call_off,
    confirm,
    override_the_rest,
    prepare_from,
    tick_everything,
)

STORY = "It held up a bean for three years. Now it holds up a *reader*."


def pick(page: Page, name: str | re.Pattern[str]) -> None:
    """Choose a large tile by its words."""
    page.get_by_role("radio", name=name, exact=isinstance(name, str)).check(force=True)


def photo() -> bytes:
    """A picture with a place in its metadata, as phones make them."""
    picture = Image.new("RGB", (640, 480), (180, 120, 60))
    exif = Image.Exif()
    exif[0x010E] = "Secret garden 7"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def bring(page: Page, weight: str, material: str = "Food scraps") -> None:
    page.goto("/bring/")
    pick(page, re.compile("Linden yard"))
    pick(page, material)
    page.get_by_label("How heavy?").fill(weight)
    with page.expect_navigation():
        page.get_by_role("button", name="Weigh it in").click()


def test_a_resident_weighs_in_on_a_phone_and_follows_the_kilogram(visitor: Visitor) -> None:
    page = visitor("Lyra", PHONE, "light")
    bring(page, "2.4")

    expect(page.get_by_role("heading", level=1)).to_have_text("2.40 kg Food scraps, followed")
    expect(page.get_by_text("2.4 kg of Food scraps are booked, and it was clean")).to_be_visible()
    expect(page.get_by_role("row", name="waits at a collection point")).to_be_visible()
    drawing = page.get_by_role("img", name="The way it took, from top to bottom")
    expect(drawing.get_by_text("Collection point")).to_be_visible()
    assert_accessible(page)


def test_weighing_in_works_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor("Lyra")
    page.goto("/bring/")
    expect(page.get_by_label("How heavy?")).to_be_focused()
    page.keyboard.type("0.8")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^0\.80\skg .+, followed$"))


def test_a_weight_that_cannot_be_gets_one_sentence_and_books_nothing(visitor: Visitor) -> None:
    page = visitor("Lyra")
    page.goto("/thread/")
    before = page.get_by_role("heading", level=1).inner_text()
    for weight, sentence in (("-3", "more than 0 kg"), ("0", "more than 0 kg"), ("5000", "at most 200 kg")):
        bring(page, weight)
        expect(page.locator("main").get_by_text(sentence).first).to_be_visible()
    assert_accessible(page)
    page.goto("/thread/")

    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_an_open_page_changes_when_somebody_else_acts(visitor: Visitor) -> None:
    watching = visitor("", DESK)
    watching.goto("/bring/points/linden-yard/")
    stock = watching.locator("#stock")
    expect(stock).to_be_visible()
    before = stock.inner_text()
    bring(visitor("Theo"), "7.7", "Glass")

    expect(stock).not_to_have_text(before, timeout=10_000)
    expect(stock).to_contain_text("Glass")


def test_four_people_walk_the_whole_cycle(visitor: Visitor) -> None:
    lyra, kiran = visitor("Lyra", PHONE), visitor("Kiran")
    amara, theo = visitor("Amara", DESK, "light"), visitor("Theo", PHONE, "light")
    bring(lyra, "6.5")
    bring(amara, "1.2", "Broken wood")

    feeds_the_digester(kiran)
    makes_and_tells(amara)
    promises(lyra)
    votes(lyra)
    closes_the_vote(theo)
    switches_over(theo, kiran)

    lyra.goto("/thread/")
    expect(lyra.get_by_text("is in the digester")).to_be_visible()
    expect(lyra.get_by_role("heading", name="Dry leaves", exact=True)).to_be_visible()
    assert_accessible(lyra)


def feeds_the_digester(page: Page) -> None:
    page.goto("/nexus/feed/")
    pick(page, re.compile("Food scraps.*Linden yard"))
    page.get_by_role("button", name="It went in").click()
    expect(page.locator(".messages")).to_be_visible()
    page.goto("/nexus/")
    expect(page.locator("figure.chart canvas").first).to_be_visible()
    page.get_by_text("Show as table").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert_accessible(page)


def makes_and_tells(page: Page) -> None:
    page.goto("/make/new/")
    page.get_by_label("What is it?").fill("A bookend from a bean pole")
    wood = page.locator("select").first.locator("option", has_text=re.compile("Broken wood.*Linden yard"))
    page.locator("select").first.select_option(value=wood.get_attribute("value"))
    page.get_by_label("Weight, kg").first.fill("0.6")
    page.get_by_label("A photo of it").set_input_files(
        {"name": "pole.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_label("What does the photo show?").fill("A wooden bookend on a shelf")
    page.get_by_label("Its story").fill(STORY)
    page.get_by_label("Everybody").check(force=True)
    page.get_by_role("button", name="Put it in the books and tell it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A bookend from a bean pole")
    picture = page.locator("main img").first
    source = picture.get_attribute("src")
    assert source
    body = page.request.get(source).body()
    assert b"Secret garden" not in body
    assert not Image.open(io.BytesIO(body)).getexif()
    assert_accessible(page)
    page.goto("/tapestry/")
    thread = page.get_by_role("link", name=re.compile("A bookend from a bean pole, told by Amara")).first
    expect(thread).to_be_attached()
    assert_accessible(page)


def promises(page: Page) -> None:
    page.goto("/together/covenants/new/")
    page.get_by_role("radio", name="Dry leaves").check(force=True)
    page.get_by_label(re.compile("each week|a week", re.IGNORECASE)).first.fill("1")
    page.locator("form button.button").last.click()
    page.get_by_role("button", name="Yes, count on me").click()
    expect(page.get_by_text("Dry leaves").first).to_be_visible()
    assert_accessible(page)


def votes(page: Page) -> None:
    page.goto("/choose/")
    page.get_by_role("link", name=re.compile("Room for the next street")).first.click()
    page.get_by_role("link", name="Vote", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("A second gas bag")).check(force=True)
    page.get_by_role("button", name="Put it into the box").click()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()
    assert_accessible(page)


def closes_the_vote(page: Page) -> None:
    page.goto("/choose/")
    page.get_by_role("link", name=re.compile("Room for the next street")).first.click()
    page.get_by_role("link", name=re.compile("Close the vote")).click()
    page.get_by_role("button", name=re.compile("Close the vote")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chosen")
    expect(page.get_by_role("heading", name="What was chosen, and why")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Set the day").click()
    page.get_by_label("Day of the activation").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.get_by_role("button", name="Set the day").click()


def switches_over(theo: Page, kiran: Page) -> None:
    reads_safety(kiran)
    call_off(theo, "Room for the next street comes first")
    theo.goto("/choose/")
    theo.get_by_role("link", name=re.compile("Room for the next street")).first.click()
    upgrade = theo.url
    prepare_from(theo, upgrade)
    tick_everything(theo)
    override_the_rest(kiran)
    call_for_it(theo, 12)
    confirm(kiran)
    kiran.goto(upgrade)
    expect(kiran.get_by_role("heading", name="In force: the load goes up step by step")).to_be_visible()
    expect(kiran.get_by_role("heading", name="Before and after")).to_be_visible()
    expect(kiran.get_by_role("row", name=re.compile("Gas")).first).to_be_visible(timeout=240_000)
    assert_accessible(kiran)


def reads_safety(page: Page) -> None:
    for words, value in (("Hydrogen sulphide", "0.5"), ("methane alarm", ""), ("Leak check", "")):
        page.goto("/nexus/reading/")
        pick(page, re.compile(words))
        if value:
            page.get_by_label("What does it say?").fill(value)
        else:
            pick(page, "passed")
        page.locator("form button.button").last.click()
        expect(page.locator(".messages")).to_be_visible()
