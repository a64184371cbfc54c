"""Fixtures every room of the test house shares."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hatch_build
import pytest
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from tools.messages import CATALOGUE

from tests.serving import harmonia

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFERENCE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of published cases; skip where this checkout has none beside it."""
    if not REFERENCE.is_dir():
        pytest.skip("no ../shared/reference beside this checkout")
    return REFERENCE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one the test is skipped, or fails where a browser is required."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        sentence = "no Chromium on PATH; on Debian: sudo apt install chromium"
        if os.environ.get("HARMONIA_REQUIRE_BROWSER") == "1":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a freshly loaded demonstration; read or copy it. Tests that share it carry xdist_group("demo")."""
    home = tmp_path_factory.mktemp("demo") / "home"
    made = harmonia("demo", "--home", home, "--no-serve", timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    return home


@pytest.fixture
def spanish(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Compile the catalogue as an install does, and let Django read that copy."""
    locale = tmp_path / "package" / "locale"
    shutil.copytree(CATALOGUE.parents[2], locale, ignore=shutil.ignore_patterns("*.mo"))
    hatch_build.compile_catalogues(tmp_path)
    settings.LOCALE_PATHS = [locale]
    before = translation.get_language()
    yield locale / "es" / "LC_MESSAGES" / "django.mo"
    translation.activate(before or settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def uncollected(settings: Any, tmp_path: Path) -> None:
    """Serve static files as they lie in the tree: a test needs no collected, hashed copies."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
