"""A tapestry as a document: one or several communities, each with its own lanes, under one hash.

`{"format": "harmonia-tapestry/1", "arrangement": "side by side" | "interlaced", "communities": [{"name",
"border": "#rrggbb", "lanes", "since", "threads": [{"seed", "material", "colour", "palette", "day", "name"}]}], "sha256"}`.
A thread that was taken back is `{"seed", "day", "darned": true}`: its place stays, nothing else.
The hash is of the canonical JSON (sorted keys, no spaces, UTF-8) without `sha256` itself.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from harmonia.science.weaving.palette import Colour, hex_colour
from harmonia.science.weaving.patch import Thread
from harmonia.science.weaving.places import DAYS, Band, bands
from harmonia.science.weaving.texels import Texels
from harmonia.science.weaving.texels import lay as lay_bands

FORMAT = "harmonia-tapestry/1"
ARRANGEMENTS = ("side by side", "interlaced")
MOST_BYTES = 20_000_000
MOST_COMMUNITIES = 64
MOST_LANES = 64
MOST_YARNS = 12
MOST_DAYS = 4_000_000  # ordinals of the calendar
LONGEST_DAYS = 73_000  # a band takes room even when it is quiet
HEX = re.compile(r"#[0-9a-f]{6}")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]")


class TapestryError(ValueError):
    """A document that is no tapestry; the message is one sentence."""


@dataclass(frozen=True)
class Community:
    """Whose threads these are: `border` [sRGB] dyes the edges of its `lanes`; `since` [day] its cloth begins.

    `threads` in the order of arrival; seeds in `darned` were taken back.
    """

    name: str
    border: Colour
    lanes: int
    since: int
    threads: tuple[Thread, ...]
    darned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Tapestry:
    """Communities and how their lanes lie: each beside the next, or lane by lane in turn."""

    communities: tuple[Community, ...]
    arrangement: str = ARRANGEMENTS[0]

    @property
    def sha256(self) -> str:
        """The document's hash."""
        return str(document(self)["sha256"])


def document(tapestry: Tapestry) -> dict[str, Any]:
    """Return a tapestry as plain JSON values, its hash included."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "arrangement": tapestry.arrangement,
        "communities": [
            {
                "name": community.name,
                "border": hex_colour(community.border),
                "lanes": community.lanes,
                "since": community.since,
                "threads": [_said(thread, community) for thread in community.threads],
            }
            for community in tapestry.communities
        ],
    }
    return {**body, "sha256": _hash(body)}


def _said(thread: Thread, community: Community) -> dict[str, Any]:
    if thread.seed in community.darned:
        return {"seed": thread.seed, "day": thread.day, "darned": True}
    return {
        "seed": thread.seed,
        "day": thread.day,
        "material": thread.material,
        "colour": hex_colour(thread.colour),
        "name": thread.name,
        "palette": [hex_colour(colour) for colour in thread.palette],
    }


def _hash(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def read_tapestry(text: str | bytes) -> Tapestry:
    """Return the tapestry of a document.

    Raises
    ------
    TapestryError
        It is no such document, names something that cannot be, or its hash is another.
    """
    if len(text) > MOST_BYTES:
        raise TapestryError(f"The document is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise TapestryError("The document is no JSON.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise TapestryError(f"The document does not say that it is {FORMAT}.")
    body = {key: value for key, value in found.items() if key != "sha256"}
    if found.get("sha256") != _hash(body):
        raise TapestryError("The document was changed: its hash is another than it says.")
    arrangement, listed = body.get("arrangement"), body.get("communities")
    if arrangement not in ARRANGEMENTS:
        raise TapestryError(f"The arrangement is none of {', '.join(ARRANGEMENTS)}.")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_COMMUNITIES:
        raise TapestryError(f"A tapestry has 1 to {MOST_COMMUNITIES} communities.")
    tapestry = Tapestry(tuple(_community(one) for one in listed), str(arrangement))
    days = [thread.day for one in tapestry.communities for thread in one.threads]
    days += [one.since for one in tapestry.communities if one.threads]
    if days and max(days) - min(days) > LONGEST_DAYS:
        raise TapestryError(f"The document spans more than {LONGEST_DAYS // 365} years.")
    return tapestry


def _community(found: Any) -> Community:
    if not isinstance(found, dict):
        raise TapestryError("A community is no object.")
    listed = found.get("threads")
    if not isinstance(listed, list):
        raise TapestryError("A community has no list of threads.")
    threads = tuple(_thread(one) for one in listed)
    if len({thread.seed for thread in threads}) < len(threads):
        raise TapestryError("Two threads of a community have the same seed.")
    return Community(
        name=_text(found, "name"),
        border=_colour(found.get("border")),
        lanes=_whole(found, "lanes", 1, MOST_LANES),
        since=_whole(found, "since", 0, MOST_DAYS),
        threads=threads,
        darned=frozenset(t.seed for t, one in zip(threads, listed, strict=True) if one.get("darned") is True),
    )


def _thread(found: Any) -> Thread:
    if not isinstance(found, dict):
        raise TapestryError("A thread is no object.")
    seed, day = _text(found, "seed"), _whole(found, "day", 0, MOST_DAYS)
    if found.get("darned") is True:
        return Thread(seed, "", (0, 0, 0), day, "")
    colour, palette = _colour(found.get("colour")), found.get("palette", [])
    if not isinstance(palette, list) or len(palette) > MOST_YARNS:
        raise TapestryError(f"'palette' is no list of at most {MOST_YARNS} colours.")
    further = tuple(_colour(one) for one in palette)
    return Thread(seed, _text(found, "material"), colour, day, _text(found, "name"), further)


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= 400 or UNPRINTABLE.search(value):
        raise TapestryError(f"'{key}' is no text of 1 to 400 printable letters.")
    return value


def _whole(found: Mapping[str, Any], key: str, low: int, high: int) -> int:
    value = found.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise TapestryError(f"'{key}' is no whole number from {low} to {high}.")
    return value


def _colour(value: Any) -> Colour:
    if not isinstance(value, str) or not HEX.fullmatch(value):
        raise TapestryError("A colour is none such as #5fe3d1.")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def owners(tapestry: Tapestry) -> list[tuple[int, int]]:
    """Return, for every lane from the left, (number of its community, which of that community's lanes)."""
    if tapestry.arrangement == "side by side":
        return [(who, lane) for who, one in enumerate(tapestry.communities) for lane in range(one.lanes)]
    most = max(community.lanes for community in tapestry.communities)
    return [
        (who, lane)
        for lane in range(most)
        for who, one in enumerate(tapestry.communities)
        if lane < one.lanes
    ]


def lay(tapestry: Tapestry) -> Texels:
    """Return the cloth of a tapestry: all communities' bands beside one another.

    Alone, a community's cloth has no border; beside others the outer ends of its lanes are dyed in its colour.
    """
    lanes = owners(tapestry)
    alone = len(tapestry.communities) == 1
    borders = {} if alone else {at: tapestry.communities[who].border for at, (who, _) in enumerate(lanes)}
    return lay_bands(list(_bands(tapestry, lanes)), len(lanes), borders)


def _bands(tapestry: Tapestry, lanes: list[tuple[int, int]]) -> Iterator[Band]:
    """Yield the bands of all communities on one calendar: the days are the same everywhere."""
    since = min((one.since for one in tapestry.communities if one.threads), default=0)
    woven = [
        {band.number: band.rows for band in bands(one.threads, one.lanes, since)}
        for one in tapestry.communities
    ]
    numbers = [number for rows in woven for number in rows]
    for number in range(min(numbers, default=0), max(numbers, default=-1) + 1):
        here = [rows.get(number, ()) for rows in woven]
        rows = range(max(map(len, here)))
        woven_rows = tuple(
            tuple(_told(tapestry, here[who], row, who, lane) for who, lane in lanes) for row in rows
        )
        yield Band(number, woven_rows, since + number * DAYS)


def _told(
    tapestry: Tapestry, rows: tuple[tuple[Thread | None, ...], ...], row: int, who: int, lane: int
) -> Thread | None:
    thread = rows[row][lane] if row < len(rows) else None
    if thread is not None and thread.seed in tapestry.communities[who].darned:
        return replace(thread, material="")
    return thread
