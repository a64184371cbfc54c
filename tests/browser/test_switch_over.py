"""A switch-over in a real browser: the checklist on a phone, two people, accessible in both themes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, assert_accessible, sign_in
from tests.serving import Site, served


@pytest.fixture(scope="module")
def site(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A habitat of its own: what is switched over here stays here."""
    home = tmp_path_factory.mktemp("switched") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as one:
        yield one


def opened(browser: Browser, site: Site, name: str = "") -> Page:
    context = browser.new_context(
        base_url=site.address, viewport=PHONE, color_scheme="dark", locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    if name:
        sign_in(page, name)
    return page


def looked_at(page: Page, address: str) -> None:
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            assert_accessible(page)


def prepare(page: Page) -> None:
    page.goto("/nexus/activation/")
    page.get_by_role("link", name="Prepare a switch-over").click()
    page.get_by_label("The plant stays as it is").check(force=True)
    page.locator("[name=goal]").fill("1.5")
    page.get_by_role("button", name="Prepare it").click()
    expect(page.locator("h1")).to_contain_text("items are clear")


def tick_everything(page: Page) -> None:
    page.get_by_role("link", name="Go through the checklist").click()
    for item in (
        "h2s_alarm",
        "ch4_alarm",
        "relief_valve",
        "flame_arrester",
        "crowd_zone",
        "no_flame",
        "operator",
    ):
        page.locator(f"#item-{item}").get_by_role("button", name="In order").first.click()
        expect(page.locator(f"#item-{item} .tag")).to_have_text("in order")


def override_the_rest(page: Page) -> None:
    page.goto("/nexus/activation/1/checklist/")
    cards = page.locator("article").filter(has_text="Go on all the same")
    while cards.count():
        card = cards.first
        card.get_by_text("Go on all the same").click()
        card.get_by_label("Why is that right?").fill("agreed in the circle")
        card.get_by_role("button", name="Override it with my name").click()
        expect(page.locator("h1")).to_be_visible()


def test_two_people_switch_over_with_a_phone_each(browser: Browser, site: Site) -> None:
    theo, kiran, passer_by = (opened(browser, site, name) for name in ("Theo", "Kiran", ""))
    prepare(theo)
    looked_at(theo, "/nexus/activation/1/checklist/")
    theo.goto("/nexus/activation/")
    tick_everything(theo)
    override_the_rest(kiran)
    theo.goto("/nexus/activation/")
    theo.get_by_role("link", name="Call for the switch-over").click()
    theo.get_by_label("How many people press along?").fill("31")
    theo.get_by_role("button", name="Call for the switch-over").click()
    expect(theo.locator("h1")).to_have_text("Called for: a second person confirms")
    kiran.goto("/nexus/activation/")
    kiran.get_by_role("link", name="Confirm: it is done").click()
    kiran.get_by_role("button", name="Confirm: it is done").click()
    expect(kiran.locator("h1")).to_have_text("The new load is on its way, step by step")
    looked_at(kiran, "/nexus/activation/")
    passer_by.goto("/nexus/activation/")
    expect(passer_by.get_by_text("31 people pressed along.")).to_be_visible()
    assert passer_by.get_by_text("Theo").count() == 0
    for page in (theo, kiran, passer_by):
        page.context.close()
