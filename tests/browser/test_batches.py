"""From the bay to the bed and back in a real browser: heat, a bed, a recall that tells people, a count, a passport."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Visitor, assert_accessible
from tests.serving import Site, harmonia, served


@pytest.fixture(scope="module")
def demo(browser: Browser, demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A habitat of its own: what is called back here stays called back."""
    home = tmp_path_factory.mktemp("batches") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as site:
        yield site


def test_heat_is_entered_and_an_unproven_batch_goes_to_no_bed(visitor: Visitor) -> None:
    page = visitor("Kiran", PHONE)
    page.goto("/books/batches/lot-2/")
    page.get_by_role("link", name="Enter a temperature").click()
    page.get_by_label("How hot is it inside?").fill("61.5")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("72 h at 55 °C or more are asked for")).to_be_visible()
    page.get_by_text("Show as table").click()
    expect(page.get_by_role("cell", name="61.5")).to_be_visible()
    assert_accessible(page)

    page.goto("/books/batches/lot-2/release/")
    page.locator("main form button").click()
    expect(page.get_by_text("Its heat is not proven yet. Nothing was changed.")).to_be_visible()


def test_a_batch_reaches_a_bed_is_called_back_and_its_people_are_told(visitor: Visitor) -> None:
    page = visitor("Kiran", PHONE)
    page.goto("/books/batches/lot-1/")
    expect(page.get_by_role("heading", name="It reached 1 place")).to_be_visible()
    page.get_by_role("link", name="Bring it to a bed").click()
    page.locator("[name=stock]").first.check(force=True)
    page.get_by_label("How heavy?").fill("2")
    page.get_by_label("Bed by the wall").check(force=True)
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("heading", name="It reached 2 places")).to_be_visible()

    page.get_by_role("link", name="Call it back").click()
    page.get_by_label("Why?").fill("A thermometer was off by four degrees")
    page.get_by_role("button", name="Call it back and tell everybody").click()
    expect(page.get_by_role("heading", name="Don't use it, don't harvest where it lies")).to_be_visible()
    expect(page.get_by_role("link", name="Bring it to a bed")).to_have_count(0)
    assert_accessible(page)

    theo = visitor("Theo", PHONE)
    theo.goto("/notices/")
    theo.get_by_role("link", name=re.compile("called back")).first.click()
    expect(theo.get_by_text("A thermometer was off by four degrees")).to_be_visible()


def test_a_count_that_differs_is_booked_with_its_reason(visitor: Visitor) -> None:
    page = visitor("Kiran", PHONE)
    page.goto("/bring/points/linden-yard/count/")
    booked = float(page.get_by_role("row", name="Dry leaves").get_by_role("cell").inner_text().split()[0])
    page.get_by_label("Dry leaves").check(force=True)
    page.get_by_label("How much is really here?").fill(f"{booked - 1.5:.1f}")
    page.get_by_label("Why may that be?").fill("They dried in the sun")
    page.get_by_role("button", name="Book the difference").click()
    expect(page.get_by_role("row", name="Dry leaves")).to_contain_text(f"{booked - 1.5:.1f} kg")
    page.goto("/books/")
    expect(page.locator(".stat").filter(has_text="Unexplained")).to_contain_text("1.50 kg")
    assert_accessible(page)


def test_a_passport_from_the_page_is_verified_offline(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor("", PHONE)
    page.goto("/make/?q=umbrella")
    page.locator("main :is(h2, h3) a[href^='/make/']").first.click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Its passport, signed").click()
    passport = tmp_path / "passport.json"
    coming.value.save_as(passport)
    sound = harmonia("passport", "verify", passport)
    passport.write_text(passport.read_text("utf-8").replace("umbrella", "parasol"), "utf-8")
    forged = harmonia("passport", "verify", passport)

    assert (sound.returncode, "Unchanged since it was signed" in sound.stdout) == (0, True), sound.stderr
    assert forged.returncode != 0


def test_the_gallery_is_narrowed_and_found_without_its_accents(visitor: Visitor) -> None:
    page = visitor("", PHONE)
    page.goto("/make/")
    page.get_by_label("Words").fill("SARTEN")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("#gallery .card")).to_have_count(1)
    expect(page.get_by_role("link", name="El reloj de la sartén")).to_be_visible()
    page.goto("/make/")
    page.get_by_text("Material, technique, maker, months").click()
    page.get_by_role("combobox", name="Made of").select_option(label="Glass")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("#gallery .card").first).to_contain_text("Glass")
    assert_accessible(page)
