"""Jars with the thumb and with the keyboard: refused before they are closed, read in a few strokes."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, assert_accessible


def test_the_form_says_while_it_is_filled_in_what_would_burst(visitor: Visitor) -> None:
    page = visitor("Lyra", PHONE)
    page.goto("/nexus/jars/new/?material=food_waste")
    page.get_by_label("How much feed in each jar?").fill("80")
    page.get_by_label("a closed plastic bottle").check(force=True)
    for words in ("I am an adult", "We wear gloves", "It stands outdoors"):
        page.get_by_label(words).check(force=True)
    verdict = page.locator("#jar-verdict")

    expect(verdict).to_contain_text("Not like this")
    expect(verdict).to_contain_text("0.3 bar is the most")
    page.get_by_label("a bottle that breathes into a bag").check(force=True)
    page.get_by_label("How much the bag takes").fill("40")
    expect(verdict).to_contain_text("Safe like this")
    assert_accessible(page)


def test_jars_are_read_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor("Lyra", PHONE)
    page.goto("/nexus/jars/3/read/")
    page.get_by_label("J1: feed").focus()
    page.keyboard.type("2100")
    page.keyboard.press("Tab")
    page.keyboard.type("2080")
    page.keyboard.press("Tab")
    page.keyboard.type("390")
    page.keyboard.press("Enter")

    expect(page.get_by_text("The readings are kept")).to_be_visible()
    expect(page.get_by_role("cell", name="2100 mL")).to_be_attached()
