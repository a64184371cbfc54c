"""Fifty drop-offs without a network arrive once each, in order, also after the browser was closed."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import assert_accessible, sign_in
from tests.conftest import CHROMIUMS, FLAGS
from tests.serving import Site, rows_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
FIFTY = [f"0.{number:03d}" for number in range(101, 151)]


@contextmanager
def phone(browser: Browser, profile: Path, site: Site) -> Iterator[Page]:
    """A browser that keeps its data in a folder, as a phone does between two starts."""
    program = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    context: BrowserContext = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=program,
        args=FLAGS,
        base_url=site.address,
        viewport={"width": 360, "height": 740},
        locale="en-GB",
    )
    try:
        yield context.pages[0]
    finally:
        context.close()


def open_for_later(page: Page) -> None:
    """Open the page and wait until it could be opened without a network."""
    page.goto("/bring/")
    page.wait_for_selector("html[data-offline=ready]", state="attached")


def weigh_in(page: Page, kilograms: str) -> None:
    page.locator("[name=kilograms]").fill(kilograms)
    page.get_by_role("button", name="Weigh it in").click()
    expect(page.locator("[name=kilograms]")).to_have_value("")


def choose(page: Page) -> None:
    page.get_by_label("Linden yard").check(force=True)
    page.get_by_label("Food scraps").check(force=True)


def lose_the_site(page: Page, site: Site) -> None:
    """Sign in, open the page for later, end the server as a power cut does, and open the page without it."""
    sign_in(page, "Lyra")
    open_for_later(page)
    site.kill()
    page.goto("/bring/")
    choose(page)


def booked(home: Path) -> list[int]:
    """The grams of small drop-offs, in the order of the books."""
    rows = rows_of(
        home,
        "SELECT l.grams FROM ledger_line l JOIN ledger_movement m ON m.id = l.movement_id"
        " WHERE l.grams BETWEEN 101 AND 150 AND m.action = 'dropoff' ORDER BY m.id",
    )
    return [grams for (grams,) in rows]


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_home, tmp_path / "home")
    return tmp_path / "home"


def test_fifty_drop_offs_without_a_network_arrive_once_each_in_order(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    before = booked(home)
    site = Site(home, worker=False)
    port = site.port
    site.wait()
    with phone(browser, tmp_path / "profile", site) as page:
        lose_the_site(page, site)
        for kilograms in FIFTY[:30]:
            weigh_in(page, kilograms)
        expect(page.locator("#kept [data-count]")).to_have_text("30")
    with phone(browser, tmp_path / "profile", site) as page:  # the browser was closed meanwhile
        page.goto("/bring/")
        expect(page.locator("#kept [data-count]")).to_have_text("30")
        choose(page)
        for kilograms in FIFTY[30:]:
            weigh_in(page, kilograms)
        expect(page.locator("#kept li")).to_have_count(50)
        again = Site(home, worker=False, port=port)
        again.wait()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator("#kept")).to_be_hidden(timeout=60_000)
        again.stop()

    assert booked(home) == [*before, *(round(1000 * float(kilograms)) for kilograms in FIFTY)]


def test_what_the_site_refuses_is_shown_and_kept(browser: Browser, home: Path, tmp_path: Path) -> None:
    site = Site(home, worker=False)
    port = site.port
    site.wait()
    with phone(browser, tmp_path / "profile", site) as page:
        lose_the_site(page, site)
        weigh_in(page, "9000")
        weigh_in(page, "0.123")
        expect(page.get_by_text("It is sent by itself")).to_be_visible()
        assert_accessible(page)
        again = Site(home, worker=False, port=port)
        again.wait()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        row = page.locator("#kept li")
        expect(row).to_have_count(1, timeout=30_000)
        expect(row).to_contain_text("at most 200 kg")
        expect(page.get_by_text("It is sent by itself")).to_be_hidden()  # this one waits for its person
        assert_accessible(page)
        page.reload()
        expect(page.locator("#kept li")).to_contain_text("9000 kg")
        page.locator("#kept").get_by_role("button", name="Throw it away").click()
        expect(page.locator("#kept")).to_be_hidden()
        again.stop()

    assert booked(home).count(123) >= 1


def test_what_one_person_kept_is_not_sent_by_another(browser: Browser, home: Path, tmp_path: Path) -> None:
    before = booked(home)
    site = Site(home, worker=False)
    port = site.port
    site.wait()
    with phone(browser, tmp_path / "profile", site) as page:
        lose_the_site(page, site)
        weigh_in(page, "0.111")
        again = Site(home, worker=False, port=port)
        again.wait()
        page.context.clear_cookies()
        sign_in(page, "Kiran")
        page.goto("/bring/")
        expect(page.locator("#kept [data-others]")).to_be_visible()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        assert page.evaluate("fetch('/bring/queue/').then((answer) => answer.ok)")
        kept = page.evaluate(
            """() => new Promise((done) => { const open = indexedDB.open("harmonia", 1);
               open.onsuccess = () => { const all = open.result.transaction("drop-offs").objectStore("drop-offs").getAll();
               all.onsuccess = () => done(JSON.stringify(all.result)); }; })"""
        )
        again.stop()

    assert (len(json.loads(kept)), booked(home)) == (1, before)


def test_signing_out_leaves_no_page_behind(browser: Browser, home: Path, tmp_path: Path) -> None:
    site = Site(home, worker=False)
    site.wait()
    with phone(browser, tmp_path / "profile", site) as page:
        sign_in(page, "Lyra")
        open_for_later(page)
        page.reload()
        with page.expect_navigation():
            page.locator("form.sign-out button").first.evaluate("button => button.click()")
        gone = page.evaluate(
            """async () => {
                for (let tries = 0; tries < 200; tries += 1) {
                    const kept = await (await caches.open("harmonia-pages-1")).match("/bring/");
                    if (kept === undefined) return true;
                    await new Promise((done) => requestAnimationFrame(done));
                }
                return false;
            }"""
        )
        site.stop()

    assert gone is True


def test_a_code_scanned_without_a_network_chooses_bin_point_and_material(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    site = Site(home, worker=False)
    port = site.port
    site.wait()
    with phone(browser, tmp_path / "profile", site) as page:
        sign_in(page, "Lyra")
        open_for_later(page)
        site.kill()
        page.goto("/bring/?bin=leaf-bin")
        expect(page.locator("[name=container]")).to_have_value("leaf-bin")
        expect(page.get_by_label("Linden yard")).to_be_checked()
        expect(page.get_by_label("Dry leaves")).to_be_checked()
        weigh_in(page, "0.142")
        page.goto("/bring/?bin=green-bucket")
        choose(page)
        weigh_in(page, "1.043")
        again = Site(home, worker=False, port=port)
        again.wait()
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(page.locator("#kept")).to_be_hidden(timeout=60_000)
        again.stop()

    assert booked(home)[-2:] == [142, 143]


def test_without_https_the_page_says_that_it_needs_a_network(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    settings = (home / "harmonia.toml").read_text()
    kept = [line for line in settings.splitlines() if not line.startswith("hosts")]
    (home / "harmonia.toml").write_text("\n".join([*kept, 'hosts = ["commons.test", "127.0.0.1"]']))
    site = Site(home, worker=False)
    site.wait()
    resolved = [*FLAGS, "--host-resolver-rules=MAP commons.test 127.0.0.1"]
    program = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    chromium = browser.browser_type.launch(executable_path=program, args=resolved)
    try:
        page = chromium.new_page(base_url=f"http://commons.test:{site.port}", locale="en-GB")
        sign_in(page, "Lyra")
        page.goto("/bring/")
        expect(page.locator("#insecure")).to_contain_text("Without https this page needs a network")
        page = chromium.new_page(base_url=site.address, locale="en-GB")
        sign_in(page, "Lyra")
        page.goto("/bring/")
        expect(page.locator("#weigh-in")).to_be_visible()
        expect(page.locator("#insecure")).to_be_hidden()
    finally:
        chromium.close()
        site.stop()
