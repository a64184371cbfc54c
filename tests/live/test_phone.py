"""A phone in a real browser: away for a minute, killed servers, lost answers; what was said arrives once, in order."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.live.serving import Stand, hear, say
from tests.live.stand import Disk
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
MINUTE_MS = 60_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "room.sqlite3"


@pytest.fixture
def stand(file: Path) -> Iterator[Stand]:
    one = Stand(file)
    yield one
    one.end()


@pytest.fixture
def page(browser: Browser, stand: Stand) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    opened = context.new_page()
    opened.clock.install()
    yield opened
    context.close()


def enter(page: Page, stand: Stand) -> None:
    page.goto(f"http://{stand.host}/")
    expect(page.locator("#standing")).to_have_text("open")


def speak(page: Page, *sentences: str) -> None:
    for words in sentences:
        page.evaluate("words => { void room.say('note', { words }); }", words)


def kept(file: Path) -> list[str]:
    return [fact.data["words"] for fact in Disk(str(file)).since("ritual-1", 0)]


def test_a_phone_away_for_a_minute_comes_back_with_its_words_delivered_once_and_hears_what_it_missed(
    page: Page, stand: Stand, file: Path
) -> None:
    enter(page, stand)
    speak(page, "before")
    expect(page.locator("li")).to_have_count(1)
    page.context.set_offline(True)
    expect(page.locator("#standing")).to_have_text("away")
    speak(page, "first", "second", "third")
    with stand.phone("kiran") as other:
        say(other, "kiran-0001", "meanwhile")
        hear(other, "ack")
    page.clock.fast_forward(MINUTE_MS)
    expect(page.locator("#unsent")).to_have_text("3")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_have_text("0")
    expect(page.locator("li")).to_have_count(5)

    assert kept(file) == ["before", "meanwhile", "first", "second", "third"]
    assert page.locator("li").all_inner_texts() == kept(file)


def test_a_server_that_is_killed_and_comes_back_gets_what_was_said_meanwhile(
    page: Page, stand: Stand, file: Path
) -> None:
    enter(page, stand)
    stand.end(signal.SIGKILL)
    expect(page.locator("#standing")).to_have_text("away")
    speak(page, "is anybody there?")
    page.clock.fast_forward(MINUTE_MS)
    again = Stand(file, port=stand.port)
    try:
        page.clock.fast_forward(MINUTE_MS)
        expect(page.locator("#standing")).to_have_text("open", timeout=20_000)
        expect(page.locator("li")).to_have_text(["is anybody there?"])
    finally:
        again.end()

    assert kept(file) == ["is anybody there?"]


def test_an_answer_that_is_lost_makes_nobody_speak_twice(page: Page, stand: Stand, file: Path) -> None:
    lost: list[str] = []

    def between(phone: WebSocketRoute) -> None:
        server = phone.connect_to_server()

        def back(message: str | bytes) -> None:
            if not lost and '"ack"' in str(message):
                lost.append(str(message))
                phone.close(code=1011)
                server.close()
            else:
                phone.send(message)

        server.on_message(back)

    page.route_web_socket("**/live/rooms/**", between)
    enter(page, stand)
    speak(page, "once")
    expect(page.locator("#unsent")).to_have_text("1")
    page.clock.fast_forward(5_000)
    expect(page.locator("#unsent")).to_have_text("0", timeout=20_000)
    expect(page.locator("li")).to_have_text(["once"])

    assert len(lost) == 1
    assert kept(file) == ["once"]


def test_what_was_unsent_survives_closing_the_page(page: Page, stand: Stand, file: Path) -> None:
    enter(page, stand)
    page.context.set_offline(True)
    expect(page.locator("#standing")).to_have_text("away")
    speak(page, "kept")
    page.close()
    page.context.set_offline(False)
    reopened = page.context.new_page()
    enter(reopened, stand)
    expect(reopened.locator("li")).to_have_text(["kept"])

    assert kept(file) == ["kept"]


def test_a_line_that_falls_silent_is_given_up_and_opened_anew(page: Page, stand: Stand) -> None:
    enter(page, stand)
    page.evaluate("() => { window.before = room.socket; }")
    page.clock.fast_forward(MINUTE_MS + 1_000)
    page.clock.fast_forward(2_000)
    expect(page.locator("#standing")).to_have_text("open")
    until(page, "room.socket !== undefined && room.socket !== window.before")
