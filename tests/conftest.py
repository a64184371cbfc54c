"""Fixtures every room of the test house shares."""

from pathlib import Path
from typing import Any

import pytest

from tests.serving import harmonia

REFERENCE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of published cases; skip where this checkout has none beside it."""
    if not REFERENCE.is_dir():
        pytest.skip("no ../shared/reference beside this checkout")
    return REFERENCE


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a freshly loaded demonstration; tests that share it carry xdist_group("demo")."""
    home = tmp_path_factory.mktemp("demo") / "home"
    made = harmonia("demo", "--home", home, "--no-serve", timeout=300)
    assert made.returncode == 0, made.stdout + made.stderr
    return home


@pytest.fixture(autouse=True)
def uncollected(settings: Any, tmp_path: Path) -> None:
    """Serve static files as they lie in the tree: a test needs no collected, hashed copies."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
