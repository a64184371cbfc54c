"""A real Chromium in front of a really served demonstration habitat."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.serving import Site, served

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PASSWORD = "harmonia-demo"
Theme = Literal["dark", "light"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.xdist_group("demo")
            )  # one browser and one demonstration for all of them


@pytest.fixture(scope="session")
def demo(browser: Browser, demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demonstration habitat, served with its worker; what people do here stays here."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as site:
        yield site


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, demo: Site) -> Iterator[Visitor]:
    """Open a page as somebody: `visitor("Lyra")`, `visitor()`, with a viewport and a theme.

    Errors on the console and answers of 500 and above fail the test at its end.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        name: str = "",
        viewport: ViewportSize = DESK,
        theme: Theme = "dark",
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=demo.address,
            viewport=viewport,
            color_scheme=theme,
            locale="en-GB",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if name:
            sign_in(page, name)
        return page

    yield open_page
    for context in contexts:
        context.close()
    expected = (
        "422",
        "409",
        "404",
        "410",
        "403",
    )  # pages that say no on purpose; the browser notes their status
    assert [said for said in complaints if not any(f"status of {code}" in said for code in expected)] == []


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the demonstration's people."""
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill(f"{name.lower()}@demo.invalid")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/thread/")


def assert_accessible(page: Page) -> None:
    """Find nothing serious with axe, and no sideways scrolling."""
    found = Axe().run(page).response["violations"]
    serious = [
        f"{rule['id']}: {rule['help']} at {node['target']} {node['html'][:160]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]

    assert serious == [], page.url
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"
