"""Steps of a switch-over, as two people with a browser each take them."""

import re

from playwright.sync_api import Page, expect

from harmonia.commons.nexus.models.preflight_check import ATTESTED_H

OPEN = "/nexus/activation/"
PLANNED = 240_000


def call_off(page: Page, why: str) -> None:
    """Call off what the demonstration has prepared, so that another switch-over can be."""
    page.goto(OPEN)
    page.get_by_role("link", name="Call it off").click()
    page.get_by_label("Why?").fill(why)
    page.get_by_role("button", name="Call it off").click()
    expect(page.locator(".messages .success")).to_be_visible()


def prepare_from(page: Page, upgrade: str) -> None:
    """Follow the page of what was decided to its switch-over, and begin the checklist."""
    page.goto(upgrade)
    expect(page.get_by_role("heading", name="The switch-over is not prepared yet")).to_be_visible()
    expect(page.get_by_role("link", name="It is done", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Prepare the switch-over").click()
    expect(page.locator("[name=decision]:checked")).to_have_value(re.compile(r"^voice:\d+$"))
    page.get_by_role("button", name="Prepare it").click()
    expect(page.locator("h1")).to_contain_text("items are clear")


def tick_everything(page: Page) -> None:
    """Look at each item of the safety list, and find it in order."""
    page.goto(OPEN)
    page.get_by_role("link", name="Go through the checklist").click()
    for item in ATTESTED_H:
        page.locator(f"#item-{item}").get_by_role("button", name="In order").first.click()
        expect(page.locator(f"#item-{item} .tag")).to_have_text("in order")


def mark_red(page: Page, item: str, why: str) -> None:
    """Say that something of the safety list is not in order."""
    page.goto(OPEN)
    page.get_by_role("link", name="Go through the checklist").click()
    card = page.locator(f"#item-{item}")
    card.get_by_text("It is not in order").click()
    card.get_by_label("What is wrong?").fill(why)
    card.get_by_role("button", name="Mark it red").click()
    expect(page.locator(f"#item-{item} .tag")).to_have_text("not in order")


def override_the_rest(page: Page) -> None:
    """Answer with a scientist's name for what is no safety."""
    page.goto(OPEN)
    page.get_by_role("link", name="Go through the checklist").click()
    cards = page.locator("article").filter(has_text="Go on all the same")
    while cards.count():
        card = cards.first
        card.get_by_text("Go on all the same").click()
        card.get_by_label("Why is that right?").fill("agreed in the circle")
        card.get_by_role("button", name="Override it with my name").click()
        expect(page.locator("h1")).to_be_visible()


def call_for_it(page: Page, crowd: int) -> None:
    """Call for the switch-over with the crowd."""
    page.goto(OPEN)
    page.get_by_role("link", name="Call for the switch-over").click()
    page.get_by_label("How many people press along?").fill(str(crowd))
    page.get_by_role("button", name="Call for the switch-over").click()
    expect(page.locator("h1")).to_have_text("Called for: a second person confirms")


def confirm(page: Page) -> None:
    """Confirm what was done on site."""
    page.goto(OPEN)
    page.get_by_role("link", name="Confirm: it is done").click()
    page.get_by_role("button", name="Confirm: it is done").click()
    expect(page.locator("h1")).to_have_text("The new load is on its way, step by step")


def ramp_is_planned(page: Page) -> None:
    """Wait until the model has planned the ramp; the page says so by itself."""
    page.goto(OPEN)
    expect(page.get_by_role("heading", name=re.compile("planned by the model"))).to_be_visible(
        timeout=PLANNED
    )
