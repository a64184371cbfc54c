"""A switch-over in a real browser: the checklist on a phone, two people, accessible in both themes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, assert_accessible, sign_in
from tests.browser.switching import OPEN, call_for_it, confirm, override_the_rest, tick_everything
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


def test_two_people_switch_over_with_a_phone_each(browser: Browser, site: Site) -> None:
    theo, kiran, passer_by = (opened(browser, site, name) for name in ("Theo", "Kiran", ""))
    theo.goto(OPEN)
    expect(
        theo.get_by_text("The flame arrester was seen, in place and in order: not in order")
    ).to_be_visible()
    expect(theo.get_by_role("link", name="Call for the switch-over")).to_have_count(0)
    for address in (OPEN, "/nexus/activation/1/", "/nexus/activation/2/checklist/"):
        looked_at(theo, address)
    tick_everything(theo)
    override_the_rest(kiran)
    call_for_it(theo, 31)
    confirm(kiran)
    looked_at(kiran, OPEN)
    passer_by.goto(OPEN)
    expect(passer_by.get_by_text("31 people pressed along.")).to_be_visible()
    assert passer_by.get_by_text("Theo").count() == 0
    passer_by.goto("/nexus/activation/1/")
    for words in ("Raised to 1.20 kg VS/m³ a day", "The ramp ended at 1.20 kg VS/m³ a day"):
        expect(passer_by.get_by_text(words)).to_be_visible()
    for page in (theo, kiran, passer_by):
        page.context.close()
