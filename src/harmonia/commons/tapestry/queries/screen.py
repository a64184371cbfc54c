"""The cloth for screens: texels for the shader, words for hands and ears, tiles for everybody else."""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import get_language

from harmonia.commons.alchemy import queries as alchemy
from harmonia.commons.journal.queries import last_sequence
from harmonia.commons.tapestry.keeping import kept
from harmonia.commons.tapestry.models import Reply
from harmonia.commons.tapestry.queries.woven import Woven, woven_ever
from harmonia.science.weaving import tapestry, texels, tiles
from harmonia.science.weaving.tapestry import Tapestry
from harmonia.science.weaving.texels import Texels

LANES = 6
BARE_ROWS = 8
BORDER = (95, 227, 209)
MOST_WORDS = 4_000  # [letters] of a story that a kiosk shows


def document() -> Tapestry:
    """Return the cloth as a tapestry of one community."""
    return _tapestry(woven_ever())


def cloth_texels() -> Texels:
    """Return the cloth as texels; what is gone is darned with tabby."""
    whole = document()
    return kept("texels", whole, lambda: tapestry.lay(whole))


def cloth_bytes() -> bytes:
    """Return the cloth for the shader."""
    cloth = cloth_texels()
    return kept(
        "bytes", (cloth.seeds, cloth.cells.tobytes(), cloth.yarns.tobytes()), lambda: texels.encode(cloth)
    )


def bare_bytes() -> bytes:
    """Return a cloth without any story, for a kiosk whose lease has run out."""
    return texels.encode(texels.bare(LANES, BARE_ROWS))


def words(*, with_stories: bool = False) -> dict[str, Any]:
    """Return what the threads are called and where they lead, in the order of the texels' patches.

    With stories each thread carries its words as well: what a kiosk needs on its own.
    """
    by_code = {place.code: place for place in woven_ever() if place.told}
    texts = _stories() if with_stories else {}
    threads = [
        {
            "code": code,
            "name": by_code[code].thread.name,
            "href": by_code[code].href,
            **({"words": texts[code][0], "language": texts[code][1]} if code in texts else {}),
        }
        for code in cloth_texels().seeds
        if code in by_code
    ]
    digest = sha256(repr((threads, document().sha256)).encode()).hexdigest()
    return {"digest": digest, "threads": threads}


def pyramid() -> dict[str, Any]:
    """Return the levels of the cloth's tiles and the name of each, row by row."""
    cloth = cloth_texels()

    def named() -> list[dict[str, Any]]:
        return [
            {
                **asdict(level),
                "names": [
                    tiles.tile_name(cloth, number, column, row)
                    for row in range(level.rows)
                    for column in range(level.columns)
                ],
            }
            for number, level in enumerate(tiles.levels(cloth))
        ]

    address = reverse("tapestry_tile", args=[0, 0, 0, "0" * 20])
    pattern = address.replace("0/0/0.", "{level}/{column}/{row}.").replace("0" * 20, "{name}")
    return {"tile": tiles.TILE, "address": pattern, "levels": kept("pyramid", document(), named)}


def tile(level: int, column: int, row: int, name: str) -> bytes | None:
    """Return a tile as PNG while the cloth still looks as its name says, else None."""
    cloth = cloth_texels()
    whole = tiles.levels(cloth)
    inside = level < len(whole) and column < whole[level].columns and row < whole[level].rows
    if not inside or tiles.tile_name(cloth, level, column, row) != name:
        return None
    return kept(f"tile-{name}", name, lambda: tiles.tile(cloth, level, column, row))


def picture() -> bytes:
    """Return the whole cloth as one PNG."""
    cloth = cloth_texels()
    return kept("picture", document(), lambda: tiles.whole_picture(cloth))


def _tapestry(ever: list[Woven]) -> Tapestry:
    community = tapestry.Community(
        name=settings.CONFIG.name,
        border=BORDER,
        lanes=LANES,
        since=ever[0].thread.day if ever else 0,
        threads=tuple(place.thread for place in ever),
        darned=frozenset(place.code for place in ever if not place.told),
    )
    return Tapestry((community,))


def _stories() -> dict[str, tuple[str, str]]:
    """Return code -> (words, language) of every thread, as anybody may read them."""
    known = (last_sequence("alchemy"), last_sequence("tapestry"))
    return kept("stories", known, _read_stories)


def _read_stories() -> dict[str, tuple[str, str]]:
    here = get_language() or "en"
    things = [alchemy.artifact(story.code, AnonymousUser()) for story in alchemy.stories()]
    told = {
        thing.code: (thing.story.text[:MOST_WORDS], thing.story.language)
        for thing in things
        if thing is not None and thing.story is not None
    }
    replies = Reply.objects.filter(state="woven").values_list("code", "text", "language")
    return told | {code: (text, language or here) for code, text, language in replies}
