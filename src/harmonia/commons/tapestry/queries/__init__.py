"""Read the cloth: as drawings, as texels and tiles, in words; and its tour."""

from harmonia.commons.tapestry.queries.cloth import MINE, cloth, draft, newest, strip
from harmonia.commons.tapestry.queries.screen import (
    bare_bytes,
    cloth_bytes,
    cloth_texels,
    document,
    picture,
    pyramid,
    tile,
    words,
)
from harmonia.commons.tapestry.queries.stops import (
    is_open,
    past_stops,
    replies,
    reply,
    stop,
    stops,
    waiting,
    woven_replies,
)
from harmonia.commons.tapestry.queries.woven import ThreadView, threads, threads_of, weaves, woven

__all__ = [
    "MINE",
    "ThreadView",
    "bare_bytes",
    "cloth",
    "cloth_bytes",
    "cloth_texels",
    "document",
    "draft",
    "is_open",
    "newest",
    "past_stops",
    "picture",
    "pyramid",
    "replies",
    "reply",
    "stop",
    "stops",
    "strip",
    "threads",
    "threads_of",
    "tile",
    "waiting",
    "weaves",
    "words",
    "woven",
    "woven_replies",
]
