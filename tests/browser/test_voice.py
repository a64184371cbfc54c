"""Forty residents: one upgrade from the draft to the plant it leads to, two of the ballots on paper."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, assert_accessible
from tests.browser.switching import (
    OPEN,
    call_for_it,
    call_off,
    confirm,
    mark_red,
    override_the_rest,
    prepare_from,
    ramp_is_planned,
    tick_everything,
)
from tests.browser.test_cycle import reads_safety
from tests.browser.test_pages import keep
from tests.serving import Site, served

TITLE = "More gas on Sundays"
THOUGHT = (
    "On Sundays the flame dies before the soup is done, so a larger gas store would help more than anything else that"
    " we could buy with this money, and it is cheap."
)
NEARLY = (
    "On Sundays the flame dies before the soup is done, so a bigger gas store would help more than anything else we"
    " could buy with this money. And it costs little."
)
Enter = Callable[..., Page]


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A habitat of forty residents, and a session for each."""
    folder = tmp_path_factory.mktemp("forty") / "home"
    shutil.copytree(demo_home, folder)
    settings = folder / "harmonia.toml"
    settings.write_text(
        re.sub(r"design_years = \d+", "design_years = 10", settings.read_text("utf-8")), "utf-8"
    )
    command = [sys.executable, "-m", "tests.browser.crowd", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    sessions: dict[str, str] = json.loads(made.stdout)
    return folder, sessions


@pytest.fixture(scope="module")
def forty(home: tuple[Path, dict[str, str]]) -> Iterator[Site]:
    """Their site, served with its worker."""
    with served(home[0]) as site:
        yield site


@pytest.fixture
def enter(browser: Browser, forty: Site, home: tuple[Path, dict[str, str]]) -> Iterator[Enter]:
    """`enter("Lyra")`: a page of a resident who is signed in; `script=False` for a browser without scripts."""
    opened: list[BrowserContext] = []

    def open_page(name: str, viewport: ViewportSize = DESK, *, script: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            base_url=forty.address, viewport=viewport, locale="en-GB", java_script_enabled=script, **more
        )
        cookie = {"name": "sessionid", "value": home[1][name], "url": forty.address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()


def press(page: Page, button: str) -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).first.click()


def step(page: Page, upgrade: str, name: str, button: str) -> None:
    page.goto(upgrade)
    page.get_by_role("link", name=name, exact=True).click()
    press(page, button)
    expect(page.locator(".messages .success")).to_be_visible()


def propose(page: Page, upgrade: str, title: str, cost: int, *, room: str = "") -> None:
    page.goto(f"{upgrade}options/new/")
    page.get_by_label("What is it?").fill(title)
    page.get_by_label("In plain words").fill(f"{title}, as the neighbours of the yard would build it.")
    page.get_by_label(re.compile("Who would do it")).fill("The Saturday circle")
    page.get_by_label("Cost").fill(str(cost))
    if room:
        page.get_by_label(re.compile("What changes about the plant")).first.select_option("gas_store_m3")
        page.get_by_label(re.compile("^How\\?")).first.select_option("add")
        page.get_by_label(re.compile("How much")).first.fill(room)
    press(page, "Add it")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def vote_over_http(site: Site, session: str, upgrade: str, codes: list[str]) -> None:
    """Vote as a browser without scripts does, in two requests."""
    with httpx.Client(base_url=site.address, cookies={"sessionid": session}, timeout=30) as browser:
        asked = browser.get(f"{upgrade}ballot/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.text)
        assert token
        data = {"csrfmiddlewaretoken": token[1], "rank-sour_risk": "1"} | {f"option-{c}": "on" for c in codes}
        assert browser.post(f"{upgrade}ballot/", data=data).status_code == 302


def test_forty_residents_take_an_upgrade_from_the_draft_to_the_plant(
    enter: Enter, forty: Site, home: tuple[Path, dict[str, str]]
) -> None:
    theo, lyra = enter("Theo"), enter("Lyra", PHONE)
    upgrade = asks(theo)
    propose(lyra, upgrade, "A third gas bag", 90, room="500 L")
    keep(lyra, "voice", 1, "auto")
    assert_accessible(lyra)
    propose(theo, upgrade, "A new hose", 60)
    talks(lyra, enter("Bram"), upgrade)
    settles(theo, upgrade)
    lyra_votes_and_changes_her_mind(lyra, upgrade)
    noor_votes_without_script(enter("Noor", PHONE, script=False), upgrade)
    sefa_votes_with_the_keyboard(enter("Sefa"), upgrade)
    two_vote_on_paper(theo, enter("Kiran"), upgrade)
    on_screen = [name for name in home[1] if name not in ("Lyra", "Noor", "Sefa", "Juno", "Hana")]
    for number, name in enumerate(on_screen):
        codes = ["a-third-gas-bag"] if number % 3 else ["a-new-hose"]
        vote_over_http(forty, home[1][name], upgrade, codes)
    counts(theo, lyra, upgrade)
    activates(theo, enter("Kiran"), upgrade)
    sees_what_her_ballot_did(lyra, upgrade)


def asks(page: Page) -> str:
    page.goto("/choose/new/")
    page.get_by_label("What is the question?").fill(TITLE)
    page.get_by_label("Why now?").fill("The store is full at noon and empty at six.")
    page.get_by_label("Budget").fill("120")
    press(page, "Keep the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    upgrade = page.url.removeprefix(page.url.split("/choose/")[0])
    page.get_by_role("link", name="Change this").click()
    page.get_by_role("radio", name="from 16 years on").check(force=True)
    press(page, "Keep it")
    step(page, upgrade, "Show the question to everybody", "Show the question to everybody")
    return upgrade


def talks(lyra: Page, bram: Page, upgrade: str) -> None:
    lyra.goto(f"{upgrade}talk/say/")
    lyra.get_by_label(re.compile("What do you think")).fill(THOUGHT)
    expect(lyra.locator("[data-counter]")).to_contain_text("left")
    press(lyra, "Say it")
    bram.goto(f"{upgrade}talk/")
    expect(bram.locator("[data-statement]")).to_be_focused()
    bram.keyboard.press("a")
    expect(bram.get_by_role("heading", level=1)).to_have_text("You took a stance on everything")
    bram.goto(f"{upgrade}talk/say/")
    bram.get_by_label(re.compile("What do you think")).fill(NEARLY)
    press(bram, "Say it")
    expect(bram.get_by_role("heading", level=1)).to_have_text("Somebody said nearly the same")
    keep(bram, "voice", 2, "auto")
    assert_accessible(bram)
    bram.goto(f"{upgrade}talk/map/")
    expect(bram.get_by_text("No groups are claimed")).to_be_visible()


def settles(page: Page, upgrade: str) -> None:
    page.goto(upgrade)
    expect(page.get_by_text("the model is thinking")).to_have_count(0, timeout=180_000)
    page.get_by_role("button", name="Compare every set").click()
    expect(page.get_by_text("See what each affordable set would bring")).to_be_visible(timeout=240_000)
    step(page, upgrade, "Settle the options", "Settle the options")
    step(page, upgrade, "Open the vote", "Open the vote")


def lyra_votes_and_changes_her_mind(page: Page, upgrade: str) -> None:
    page.goto(f"{upgrade}ballot/")
    hose = page.get_by_role("checkbox", name=re.compile("A new hose"))
    hose.check(force=True)
    page.get_by_role("checkbox", name=re.compile("A third gas bag")).check(force=True)
    expect(page.locator("[data-sum]")).to_contain_text("150")
    expect(page.get_by_text("That is fine: the count buys only what fits.")).to_be_visible()
    page.get_by_role("button", name="Ask me in pairs").click()
    while page.locator("[data-one]").is_visible():
        page.locator("[data-one]").click()
    expect(page.get_by_label("Less greenhouse gas")).to_have_value("1")
    page.get_by_label(re.compile("Keep a copy on this device")).check(force=True)
    press(page, "Put it into the box")
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()
    keep(page, "voice", 3, "auto")
    assert_accessible(page)
    hose.uncheck(force=True)
    press(page, "Change my ballot")
    expect(hose).not_to_be_checked()


def noor_votes_without_script(page: Page, upgrade: str) -> None:
    page.goto(f"{upgrade}ballot/")
    page.locator("#id_option-a-new-hose").check(force=True)
    press(page, "Add it up, without voting yet")
    expect(page.locator("[data-sum]")).to_contain_text("60")
    press(page, "Put it into the box")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot is in the box")


def sefa_votes_with_the_keyboard(page: Page, upgrade: str) -> None:
    page.goto(f"{upgrade}ballot/")
    page.locator("#id_option-a-third-gas-bag").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Put it into the box").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot is in the box")


def two_vote_on_paper(theo: Page, kiran: Page, upgrade: str) -> None:
    theo.goto(f"{upgrade}desk/")
    keep(theo, "voice", 4, "auto")
    assert_accessible(theo)
    for name in ("Juno", "Hana"):
        theo.get_by_label("Who takes a sheet from the pile?").select_option(label=name)
        press(theo, "They take one")
    press(theo, "Make blank sheets")
    keys = theo.locator("article.sheet code").all_inner_texts()[:2]
    assert_accessible(theo)
    for key in keys:
        for clerk in (theo, kiran):
            clerk.goto(f"{upgrade}desk/sheet/")
            clerk.get_by_label("Key on the sheet").fill(key)
            clerk.locator("#id_option-a-third-gas-bag").check(force=True)
            press(clerk, "This is what I read")
            expect(clerk.locator(".messages .success")).to_be_visible()


def counts(theo: Page, lyra: Page, upgrade: str) -> None:
    step(theo, upgrade, "Close the vote and count", "Close the vote and count")
    expect(theo.get_by_role("heading", level=1)).to_contain_text("A third gas bag")
    expect(theo.get_by_text("40 of 40 voted")).to_be_visible()
    expect(theo.get_by_role("heading", name="What every group got")).to_be_visible()
    keep(theo, "voice", 5, "auto")
    assert_accessible(theo)
    lyra.goto(f"{upgrade}ballot/")
    expect(lyra.get_by_role("heading", level=1)).to_have_text("The box is closed")
    lyra.goto(f"{upgrade}check/")
    lyra.get_by_role("button", name="Check and sign").click()
    expect(lyra.get_by_text("This device checked and signed.")).to_be_visible()
    keep(lyra, "voice", 6, "auto")
    assert_accessible(lyra)
    assert lyra.request.get(f"{upgrade}bundle.zip").status == 403
    assert lyra.request.get(f"{upgrade}public.zip").status == 200


def activates(theo: Page, kiran: Page, upgrade: str) -> None:
    theo.goto(f"{upgrade}schedule/")
    theo.get_by_label("Day of the activation").fill(theo.evaluate("new Date().toISOString().slice(0, 10)"))
    press(theo, "Set the day")
    expect(theo.get_by_text("day set").first).to_be_attached()
    switches_over(theo, kiran, upgrade)
    kiran.goto(upgrade)
    expect(kiran.get_by_role("heading", name="Before and after")).to_be_visible()
    expect(kiran.get_by_role("row", name=re.compile("Gas")).first).to_be_visible(timeout=240_000)
    kiran.goto(f"{upgrade}account/")
    kiran.get_by_label(re.compile("How did it go")).fill("As foreseen, and the bag came a week late.")
    press(kiran, "Give account")
    expect(kiran.get_by_text("the bag came a week late")).to_be_visible()
    assert_accessible(kiran)


def switches_over(theo: Page, kiran: Page, upgrade: str) -> None:
    """Nobody passes the checklist: a red safety item takes the button away, and the address itself says no."""
    reads_safety(kiran)
    theo.goto(upgrade)
    expect(theo.get_by_text("“Gas for long evenings” is open and comes first")).to_be_visible()
    call_off(theo, "What we chose today comes first")
    prepare_from(theo, upgrade)
    tick_everything(theo)
    ramp_is_planned(theo)
    override_the_rest(kiran)
    mark_red(kiran, "no_flame", "Somebody smokes at the gate")
    theo.goto(OPEN)
    expect(theo.get_by_role("link", name="Call for the switch-over")).to_have_count(0)
    theo.goto(upgrade)
    expect(theo.get_by_role("heading", name="10 of 11 items of the checklist are clear")).to_be_visible()
    expect(theo.locator("#switch-over li")).to_have_text(["There is no flame and nobody smokes"])
    keep(theo, "voice", 8, "auto")
    assert_accessible(theo)
    theo.get_by_role("link", name="Go to the switch-over").click()
    theo.goto(f"{theo.url}press/")
    press(theo, "Call for the switch-over")
    expect(theo.locator(".messages .error")).to_contain_text("Somebody smokes at the gate")
    tick_everything(theo)
    call_for_it(theo, 38)
    theo.goto(upgrade)
    expect(theo.get_by_role("heading", name="Called for: a second person confirms on site")).to_be_visible()
    confirm(kiran)
    expect(theo.get_by_role("heading", name="In force: the load goes up step by step")).to_be_visible()


def sees_what_her_ballot_did(page: Page, upgrade: str) -> None:
    page.goto("/thread/voice/")
    expect(page.get_by_text(re.compile("A third gas bag: your share paid"))).to_be_visible()
    keep(page, "voice", 7, "auto")
    assert_accessible(page)
    page.get_by_role("button", name="Erase my copies on this device").click()
    expect(page.get_by_text("This device holds no copy of your ballot.").first).to_be_visible()
