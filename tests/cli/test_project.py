"""`harmonia project`: a quilt with the right parallax, or one sentence."""

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import CHROMIUMS
from tests.serving import COMMAND, clean_environment, harmonia

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="session")
def story(demo_home: Path) -> str:
    """The code of a public story."""
    books = sqlite3.connect(f"file:{demo_home}/harmonia.sqlite3?mode=ro", uri=True)
    row = books.execute(
        "select a.code from alchemy_story s join alchemy_artifact a on a.id = s.artifact_id "
        "join alchemy_picture p on p.artifact_id = a.id where s.access = 'public' and s.state = 'told' order by a.id"
    ).fetchone()
    return str(row[0])


def centre(view: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    """Return where the bright things of a view lie, in shares of its width."""
    light = view.astype(float).max(axis=2)
    bright = np.where(light > 60, light, 0).sum(axis=0)
    return float((bright * np.arange(len(bright))).sum() / bright.sum() / len(bright))


@pytest.mark.skipif(not any(map(shutil.which, CHROMIUMS)), reason="no Chromium on PATH")
def test_a_quilt_shows_each_view_from_farther_right(demo_home: Path, story: str, tmp_path: Path) -> None:
    out = tmp_path / "stool_qs8x6a0.75.png"
    done = harmonia("project", story, "--home", demo_home, "--quilt", "portrait", out, timeout=400)
    assert done.returncode == 0, done.stderr
    quilt = np.asarray(Image.open(out).convert("RGB"))
    views = [
        quilt[3360 - 560 * (n // 8 + 1) : 3360 - 560 * (n // 8), 420 * (n % 8) : 420 * (n % 8 + 1)]
        for n in range(48)
    ]
    # What floats before the window (the words) moves left as the eye moves right.
    words = [centre(view[400:]) for view in views]

    assert quilt.shape == (3360, 3360, 3)
    assert words[0] - words[-1] > 0.08
    assert all(a > b for a, b in zip(words[::6], words[6::6], strict=False))
    assert "48 views" in done.stdout
    assert "call it" not in done.stdout


def test_without_chromium_it_says_so(demo_home: Path, story: str, tmp_path: Path) -> None:
    words = ["project", story, "--home", str(demo_home), str(tmp_path / "q.png")]
    environment = {**clean_environment(), "PATH": str(tmp_path)}
    done = subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"harmonia project: there is no Chromium on PATH.*\n", done.stderr)


@pytest.mark.parametrize("code", ["ZZZZ-ZZ", "../../etc", ""])
def test_a_story_that_is_not_there_is_one_sentence(demo_home: Path, tmp_path: Path, code: str) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\nexit 1\n")
    chromium.chmod(0o755)
    environment = {**clean_environment(), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    words = ["project", code, "--home", str(demo_home), str(tmp_path / "q.png")]
    done = subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "q.png").exists()


def test_a_browser_that_fails_leaves_no_picture(demo_home: Path, story: str, tmp_path: Path) -> None:
    chromium = tmp_path / "chromium"
    chromium.write_text("#!/bin/sh\nexit 3\n")
    chromium.chmod(0o755)
    environment = {**clean_environment(), "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    words = ["project", story, "--home", str(demo_home), str(tmp_path / "q.png")]
    done = subprocess.run([*COMMAND, *words], env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "drew no picture" in done.stderr
    assert not (tmp_path / "q.png").exists()
