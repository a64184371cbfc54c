"""The islands in a real browser, under the site's own security policy."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from harmonia.site.rings import RingDay, rings_svg
from tests.site.stage import Stage, raised

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
VOCABULARY = Path(__file__).resolve().parents[2] / "docs" / "reference" / "look.md"

CHART = """<section id="today" data-live="nexus"><figure class="chart" data-chart>
<figcaption>Gas rose</figcaption>
<details><summary>Show as table</summary><table class="figures"><thead><tr><th>Day</th>
<th data-series="gas" data-unit="m³" data-kind="line">Gas</th></tr></thead><tbody>
<tr><th><time datetime="2026-11-20">20</time></th><td data-value="1.25">1,25</td></tr>
<tr><th><time datetime="2026-11-21">21</time></th><td data-value="1.5">1,5</td></tr>
<tr><th><time datetime="2026-11-22">22</time></th><td></td></tr>
</tbody></table></details></figure></section>"""


@pytest.fixture
def stage() -> Iterator[Stage]:
    with raised() as served:
        yield served


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:  # the page closes before what it loads from
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()

    assert complaints == []


def section(word: str) -> str:
    return f'<section id="news" data-live="nexus"><h1>{word}</h1><a href="/more">More</a></section>'


def test_an_open_page_changes_when_its_topic_advances_and_says_so(page: Page, stage: Stage) -> None:
    stage.show(section("12 kg"))
    page.goto(stage.address)

    stage.show(section("16 kg"))
    stage.advance()

    expect(page.locator("h1")).to_have_text("16 kg")
    expect(page.get_by_role("status")).to_have_text("Brought up to date.")


def test_the_focus_stays_where_it_was(page: Page, stage: Stage) -> None:
    stage.show(section("12 kg"))
    page.goto(stage.address)
    page.get_by_role("link", name="More").focus()

    stage.show(section("16 kg"))
    stage.advance()

    expect(page.locator("h1")).to_have_text("16 kg")
    expect(page.get_by_role("link", name="More")).to_be_focused()


def test_details_that_were_open_stay_open(page: Page, stage: Stage) -> None:
    inside = "<details><summary>Why</summary><p>Because.</p></details>"
    stage.show(f'<section id="news" data-live="nexus">{inside}<h1>12 kg</h1></section>')
    page.goto(stage.address)
    page.get_by_text("Why").click()

    stage.show(f'<section id="news" data-live="nexus">{inside}<h1>16 kg</h1></section>')
    stage.advance()

    expect(page.locator("h1")).to_have_text("16 kg")
    expect(page.get_by_text("Because.")).to_be_visible()


def test_a_field_in_use_is_left_alone_until_it_is_left(page: Page, stage: Stage) -> None:
    def form(word: str) -> str:
        inside = f'<input aria-label="Word"><b>{word}</b>'
        return f'<p id="out" data-live="nexus">{word}</p><div id="in" data-live="nexus">{inside}</div>'

    stage.show(form("old"))
    page.goto(stage.address)
    page.get_by_label("Word").fill("half a sent")

    stage.show(form("new"))
    stage.advance()

    expect(page.locator("#out")).to_have_text("new")
    expect(page.get_by_label("Word")).to_have_value("half a sent")
    page.get_by_label("Word").blur()
    expect(page.locator("#in b")).to_have_text("new")


def test_a_chart_draws_its_table_and_the_arrow_keys_read_it(page: Page, stage: Stage) -> None:
    stage.show(CHART)
    page.goto(stage.address)
    plot = page.get_by_role("img", name="Gas rose")
    expect(plot.locator("canvas")).to_be_visible()

    plot.focus()
    page.keyboard.press("Home")
    expect(page.locator(".readout")).to_contain_text("Gas 1.25 m³")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".readout")).to_contain_text("Gas 1.5 m³")
    page.keyboard.press("End")
    expect(page.locator(".readout")).to_contain_text("–")


def test_a_chart_in_a_live_section_is_drawn_again(page: Page, stage: Stage) -> None:
    stage.show(CHART)
    page.goto(stage.address)
    expect(page.locator("canvas")).to_be_visible()

    stage.show(CHART.replace("Gas rose", "Gas fell"))
    stage.advance()

    expect(page.get_by_role("img", name="Gas fell").locator("canvas")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(1)


@pytest.mark.parametrize(("motion", "expected"), [("reduce", "none"), ("no-preference", "breathe")])
def test_the_rings_breathe_only_for_people_who_like_motion(
    page: Page, stage: Stage, motion: str, expected: str
) -> None:
    page.emulate_media(reduced_motion="reduce" if motion == "reduce" else "no-preference")
    days = [RingDay(date(2026, 11, 1) + timedelta(n), 1.5) for n in range(3)]
    stage.show(rings_svg(days, breath_s=5, title="Rings", description="Days"))
    page.goto(stage.address)

    assert expected == page.locator(".rings .body").evaluate("e => getComputedStyle(e).animationName")


@pytest.mark.parametrize(
    ("attributes", "ground"),
    [
        ("", "rgb(7, 23, 26)"),
        (' data-theme="night"', "rgb(7, 23, 26)"),
        (' data-theme="day"', "rgb(247, 244, 236)"),
    ],
)
def test_a_chosen_theme_wins_over_the_device(page: Page, stage: Stage, attributes: str, ground: str) -> None:
    stage.show("<h1>Harmonia</h1>", attributes)
    page.goto(stage.address)

    assert ground == page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


@pytest.mark.parametrize("theme", ["night", "day"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_snippet_of_the_vocabulary_fits_and_is_accessible(
    browser: Browser, stage: Stage, theme: str, width: int
) -> None:
    snippets = re.findall(r"```html\n(.*?)```", VOCABULARY.read_text(), flags=re.DOTALL)
    stage.show("<h1>The vocabulary</h1>" + "".join(snippets).replace("…", "x"), f' data-theme="{theme}"')
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    opened = context.new_page()
    opened.goto(stage.address)

    beyond = opened.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = Axe().run(opened).response["violations"]
    context.close()

    assert beyond <= 0
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] != "minor"] == []
