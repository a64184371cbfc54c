"""Fixtures every room of the test house shares."""

from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).resolve().parent.parent.parent / "shared" / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of published cases; skip where this checkout has none beside it."""
    if not REFERENCE.is_dir():
        pytest.skip("no ../shared/reference beside this checkout")
    return REFERENCE


@pytest.fixture(autouse=True)
def uncollected(settings: Any, tmp_path: Path) -> None:
    """Serve static files as they lie in the tree: a test needs no collected, hashed copies."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
