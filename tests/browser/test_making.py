"""Making and telling in a real browser: a voice recorded there, found again, heard, taken back; a family; a place."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, assert_accessible

# A tone of a second and a half, recorded by the browser itself as a phone records a voice.
RECORD = """async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out); tone.start(); await context.resume();
  const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus' });
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.start(250);
  await new Promise((done) => setTimeout(done, 1500));
  recorder.stop(); await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}"""
LENGTH = """async (player) => {
  player.preload = 'auto'; player.load();
  if (player.readyState < 1) await new Promise((done, fail) => {
    player.onloadedmetadata = done; player.onerror = () => fail(player.error.message);
  });
  player.currentTime = 1e6;
  await new Promise((done) => { player.onseeked = done; });
  return player.currentTime;
}"""


@pytest.fixture
def amara(visitor: Visitor) -> Page:
    """Amara's own thing on her phone."""
    page = visitor("Amara", PHONE)
    page.goto("/make/?q=gloves")
    page.get_by_role("link", name="A rack for wet gloves").click()
    return page


def test_a_voice_is_recorded_kept_heard_found_and_taken_back(amara: Page, visitor: Visitor) -> None:
    page = amara
    address = page.url
    recorded = base64.b64decode(page.evaluate(RECORD))
    page.get_by_role("link", name="Add a recording").click()
    page.get_by_label("A recording").set_input_files(
        {"name": "voice.webm", "mimeType": "audio/webm", "buffer": recorded}
    )
    page.get_by_label("What is said in it?").fill("The chain was rusty, qwertzuiop.")
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Put it on the page").click()
    expect(page.get_by_text("Your voice is on the page.")).to_be_visible()
    assert_accessible(page)

    stranger = visitor()
    stranger.goto("/make/")
    stranger.get_by_label("Words").fill("RUSTY qwert")
    stranger.keyboard.press("Enter")
    stranger.get_by_role("link", name="A rack for wet gloves").click()
    player = stranger.locator("audio")
    expect(player).to_be_visible()
    assert 1 <= player.evaluate(LENGTH) <= 3
    source = player.get_attribute("src") or ""

    page.goto(f"{address}withdraw/")
    page.locator("input[name='story']").uncheck()
    page.get_by_role("button", name="Take it back").click()
    stranger.reload()
    expect(stranger.locator("audio")).to_have_count(0)
    assert "qwertzuiop" not in stranger.content()
    assert stranger.context.request.get(source).status == 404
    stranger.goto("/make/?q=qwertzuiop")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(re.compile("Nothing like that"))


def test_a_family_is_drawn_and_told_in_words(amara: Page) -> None:
    amara.get_by_text("The family in words").click()

    expect(amara.locator("svg.family rect")).to_have_count(4)
    expect(amara.get_by_role("listitem").filter(has_text="split into")).to_have_count(1)
    expect(
        amara.get_by_role("listitem").filter(has_text="A shelf from one panel remade into")
    ).to_be_visible()


def test_a_place_is_rounded_before_it_leaves_the_phone(visitor: Visitor) -> None:
    options = {"geolocation": {"latitude": 48.858093, "longitude": 2.294694}, "permissions": ["geolocation"]}
    page = visitor("Lyra", PHONE, **options)
    page.goto("/make/new/")
    page.get_by_text("Where it happened").click()
    page.get_by_role("button", name="Use where I am, rounded").click()

    expect(page.get_by_role("button", name="Rounded and filled in")).to_be_visible()
    assert page.get_by_label("Latitude").input_value() == "48.858"
    assert page.get_by_label("Longitude").input_value() == "2.295"


def test_a_report_is_made_and_answered_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor("Lyra", PHONE)
    page.goto("/make/?q=waltz")
    page.locator("main :is(h2, h3) a[href^='/make/']").first.click()
    address = page.url
    page.get_by_role("link", name="Something is wrong with this page").press("Enter")
    page.get_by_label("Reason").fill("The radio is mine")
    page.get_by_role("button", name="Ask a facilitator to look").press("Enter")
    expect(page.get_by_text("written in the log")).to_be_visible()

    theo = visitor("Theo")
    theo.goto("/make/")
    theo.get_by_role("heading", name="Somebody waits for your answer").wait_for()
    theo.goto(f"{address}moderate/")
    expect(theo.get_by_text("The radio is mine").first).to_be_visible()
    theo.get_by_label("Leave it as it is").check()
    theo.get_by_label("Reason").fill("It was given away")
    theo.get_by_role("button", name="Decide, with this reason").press("Enter")
    page.goto("/make/log/")
    expect(page.get_by_text("It was given away")).to_be_visible()
    assert "The radio is mine" not in page.content()
    assert_accessible(page)
