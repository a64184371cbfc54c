"""`harmonia project STORY --quilt portrait OUT.png`: a story for a light-field display, without anybody watching.

Chromium draws it, headless, with the code of the site's own pages; a server on this machine alone hands it the
story and takes the picture back.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harmonia.cli.errors import BadInput
from harmonia.cli.files import write
from harmonia.cli.habitat import add_home, open_habitat

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# name -> (columns, rows, aspect of one view); the sizes are in web/scene/frusta.ts
# Columns, rows and aspect of one view; where they come from stands in `web/scene/frusta.ts`.
QUILTS = {"portrait": (8, 6, 0.75), "go": (11, 6, 0.5625), "16": (5, 9, 1.77778)}
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{2}")
FLAGS = (
    "--headless=new",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--enable-unsafe-swiftshader",
    "--mute-audio",
)
EPILOG = "example: harmonia project K7QX-3M --quilt portrait stool_qs8x6a0.75.png"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    add_home(parser)
    parser.add_argument("story", metavar="STORY", help="the code of the thing whose story it is: K7QX-3M")
    parser.add_argument("out", type=Path, metavar="OUT.png", help="where to write the picture")
    parser.add_argument("--quilt", choices=sorted(QUILTS), default="portrait", help="which display")
    parser.add_argument("--second", type=float, default=2.0, help="which moment of the story [s]")
    parser.add_argument("--patience", type=float, default=300, help="give up after so long [s]")


def run(arguments: argparse.Namespace) -> int:
    """Write the picture; exit 0, or 1 with one sentence where there is no Chromium or no such public story."""
    program = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if program is None:
        raise BadInput(
            "there is no Chromium on PATH, and it draws the picture; on Debian: apt install chromium"
        )
    if not arguments.out.parent.is_dir():
        raise BadInput(f"{arguments.out} cannot be written: there is no folder {arguments.out.parent}.")
    open_habitat(arguments.home)
    story, shape = _story(arguments.story.upper())
    story |= {"preset": arguments.quilt, "second": arguments.second}
    picture = _drawn(program, story, shape, arguments.patience)
    write(arguments.out, picture)
    columns, rows, aspect = QUILTS[arguments.quilt]
    ending = f"_qs{columns}x{rows}a{aspect:g}.png"
    print(f"Wrote {arguments.out}: {columns * rows} views, {columns} x {rows}.")
    if not arguments.out.name.endswith(ending):
        name = f"{arguments.out.stem}{ending}"
        print(f"The display's software reads the layout from the name; call it {name} before you load it.")
    return 0


def _story(code: str) -> tuple[dict[str, Any], bytes]:
    """Return a public story and its shape."""
    from django.contrib.auth.models import AnonymousUser

    from harmonia.commons.festival import queries
    from harmonia.commons.festival.described import described

    scene = queries.public_story(code) if CODE.fullmatch(code) else None
    if scene is None:
        raise BadInput(f"there is no story {code} that everybody may see.")
    story = described(scene, shape="scene.glb", still="", href="")
    return story, queries.shape(scene, AnonymousUser())


def _drawn(program: str, story: dict[str, Any], shape: bytes, patience_s: float) -> bytes:
    """Return the PNG that a headless browser drew."""
    from harmonia.cli.projecting import Darkroom

    files = {"scene.json": json.dumps(story).encode(), "scene.glb": shape}
    with Darkroom(files) as room, _browser(program, room.address) as browser:
        picture = room.wait(patience_s, alive=lambda: browser.poll() is None)
    if picture is None:
        raise BadInput(f"{program} drew no picture: {room.failure or 'it ended, or took too long'}.")
    return picture


@contextmanager
def _browser(program: str, address: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Open an address in a browser that nobody sees, with a profile that is thrown away."""
    # Chromium's sandbox refuses to run as root, as in containers.
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory(prefix="harmonia-project-", ignore_cleanup_errors=True) as profile:
        words = [program, *FLAGS, *root, f"--user-data-dir={profile}", address]
        browser = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield browser
        finally:
            browser.terminate()
            try:
                browser.wait(timeout=10)
            except subprocess.TimeoutExpired:
                browser.kill()
                browser.wait()
