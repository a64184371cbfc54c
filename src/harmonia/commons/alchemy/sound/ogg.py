"""Ogg with one Opus stream. Sources: RFC 3533 (pages), RFC 7845 (Opus in Ogg)."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from harmonia.commons.alchemy.sound.errors import BrokenSoundError

HZ = 48_000  # granule positions of Opus always count these
NO_GRANULE = 2**64 - 1
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True)
class Page:
    """One page: flags, granule position, stream number and what it carries."""

    flags: int
    granule: int
    stream: int
    lacing: bytes
    body: bytes


def clean(data: bytes) -> tuple[float, bytes]:
    """Return the duration [s] and the stream with empty comments.

    Raises BrokenSoundError for more than one stream, other codecs, or anything between or behind the pages.
    """
    pages = list(_pages(data))
    if len(pages) < 3 or not pages[0].body.startswith(b"OpusHead") or len(pages[0].body) < 19:
        raise BrokenSoundError("no Opus in it")
    if len({page.stream for page in pages}) != 1:
        raise BrokenSoundError("more than one stream")
    first = _behind_comments(pages)
    skipped = int.from_bytes(pages[0].body[10:12], "little")
    last = max((page.granule for page in pages[first:] if page.granule != NO_GRANULE), default=0)
    comments = b"OpusTags" + (8).to_bytes(4, "little") + b"harmonia" + bytes(4)
    tags = Page(0, 0, pages[0].stream, bytes([len(comments)]), comments)
    whole = [pages[0], tags, *pages[first:]]
    return max(0, last - skipped) / HZ, b"".join(_written(page, n) for n, page in enumerate(whole))


def _pages(data: bytes) -> Iterator[Page]:
    at = 0
    while at < len(data):
        head = data[at : at + 27]
        if len(head) < 27 or head[:5] != b"OggS\x00":
            raise BrokenSoundError("no page where one must be")
        lacing = data[at + 27 : at + 27 + head[26]]
        end = at + 27 + head[26] + sum(lacing)
        if len(lacing) < head[26] or end > len(data):
            raise BrokenSoundError("a page longer than the file")
        body = data[at + 27 + head[26] : end]
        page = Page(
            head[5],
            int.from_bytes(head[6:14], "little"),
            int.from_bytes(head[14:18], "little"),
            lacing,
            body,
        )
        if _written(page, int.from_bytes(head[18:22], "little")) != data[at:end]:
            raise BrokenSoundError("a checksum lies")
        yield page
        at = end


def _behind_comments(pages: list[Page]) -> int:
    # RFC 7845, 5.2: the comments may span pages, and end the page on which they end.
    if not pages[1].body.startswith(b"OpusTags"):
        raise BrokenSoundError("no comments where they must be")
    for number, page in enumerate(pages[1:], start=1):
        if page.lacing and page.lacing[-1] < 255:
            if len(pages) == number + 1:
                raise BrokenSoundError("no sound behind the comments")
            return number + 1
    raise BrokenSoundError("comments without an end")


def _written(page: Page, number: int) -> bytes:
    head = b"OggS\x00" + bytes([page.flags]) + page.granule.to_bytes(8, "little")
    head += page.stream.to_bytes(4, "little") + number.to_bytes(4, "little")
    tail = bytes([len(page.lacing)]) + page.lacing + page.body
    return head + _checksum(head + bytes(4) + tail).to_bytes(4, "little") + tail


def _checksum(page: bytes) -> int:
    # Ogg's CRC is zlib's polynomial with the bits of every byte the other way round, and nothing inverted.
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
