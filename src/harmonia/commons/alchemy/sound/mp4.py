"""ISO base media with one track of sound, whole or in fragments (as browsers record). Source: ISO/IEC 14496-12."""

from collections.abc import Iterator
from dataclasses import dataclass

from harmonia.commons.alchemy.sound.errors import BrokenSoundError

CODECS = (b"mp4a", b"Opus")
# What is needed to play; every other box is emptied in place, so that no offset changes.
KEPT = {
    b"": {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"mfra"},
    b"moov": {b"mvhd", b"trak", b"mvex", b"iods"},
    b"trak": {b"tkhd", b"mdia", b"edts", b"tref"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"smhd", b"dinf", b"stbl", b"nmhd"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"saiz", b"saio"},
}
MOST_BOXES = 20_000


@dataclass(frozen=True)
class Box:
    """One box: its name, where it begins, where its content begins and where it ends."""

    name: bytes
    start: int
    content: int
    end: int


class _File:
    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.found: list[tuple[bytes, Box]] = []  # with the name of the box around it

    def walk(self, start: int, end: int, around: bytes = b"") -> None:
        for box in self.boxes(start, end):
            if box.name not in KEPT[around]:
                self._empty(box)
                continue
            self.found.append((around, box))
            if len(self.found) > MOST_BOXES:
                raise BrokenSoundError("too many boxes")
            if box.name in KEPT:
                self.walk(box.content, box.end, box.name)

    def boxes(self, at: int, end: int) -> Iterator[Box]:
        while at < end:
            length, content = int.from_bytes(self.data[at : at + 4], "big"), at + 8
            if length == 1:
                length, content = int.from_bytes(self.data[at + 8 : at + 16], "big"), at + 16
            elif length == 0:
                length = end - at
            if length < content - at or at + length > end:
                raise BrokenSoundError("a box longer than what is around it")
            yield Box(bytes(self.data[at + 4 : at + 8]), at, content, at + length)
            at += length

    def _empty(self, box: Box) -> None:
        self.data[box.start + 4 : box.start + 8] = b"free"
        self.data[box.content : box.end] = bytes(box.end - box.content)

    def all(self, name: bytes) -> list[Box]:
        return [box for _around, box in self.found if box.name == name]

    def number(self, at: int, length: int = 4) -> int:
        return int.from_bytes(self.data[at : at + length], "big")


def clean(data: bytes) -> tuple[float, bytes]:
    """Return the duration [s] and the file with nothing in it but what plays.

    Raises BrokenSoundError for files with a picture, several tracks, or a codec that browsers don't play.
    """
    file = _File(data)
    file.walk(0, len(data))
    tracks, media = file.all(b"trak"), file.all(b"mdhd")
    handlers = [bytes(file.data[box.content + 8 : box.content + 12]) for box in file.all(b"hdlr")]
    if len(tracks) != 1 or len(media) != 1 or handlers != [b"soun"] or len(file.all(b"moov")) != 1:
        raise BrokenSoundError("not one track of sound")
    tables = _tables(file)
    if bytes(file.data[tables[b"stsd"].content + 12 : tables[b"stsd"].content + 16]) not in CODECS:
        raise BrokenSoundError("another codec")
    at = media[0].content
    scale = file.number(at + (20 if file.data[at] == 1 else 12))
    ticks = _ticks_of_table(file, tables[b"stts"]) or _ticks_of_fragments(file)
    if not scale:
        raise BrokenSoundError("no time scale")
    return ticks / scale, bytes(file.data)


def _tables(file: _File) -> dict[bytes, Box]:
    stbl = next(iter(file.all(b"stbl")), None)
    found = {box.name: box for box in file.boxes(stbl.content, stbl.end)} if stbl else {}
    if not {b"stsd", b"stts"} <= set(found):
        raise BrokenSoundError("no table of samples")
    return found


def _ticks_of_table(file: _File, stts: Box) -> int:
    count = min(file.number(stts.content + 4), (stts.end - stts.content - 8) // 8)
    rows = range(stts.content + 8, stts.content + 8 + 8 * count, 8)
    return sum(file.number(row) * file.number(row + 4) for row in rows)


def _ticks_of_fragments(file: _File) -> int:
    usual = [file.number(box.content + 12) for box in _extends(file)] or [0]
    default, ticks = usual[0], 0
    for _around, box in file.found:
        if box.name == b"tfhd":
            default = _default_of(file, box) or usual[0]
        elif box.name == b"trun":
            ticks += _ticks_of_run(file, box, default)
    return ticks


def _extends(file: _File) -> list[Box]:
    return [b for box in file.all(b"mvex") for b in file.boxes(box.content, box.end) if b.name == b"trex"]


def _default_of(file: _File, box: Box) -> int:
    flags = file.number(box.content + 1, 3)
    at = box.content + 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return file.number(at) if flags & 8 else 0


def _ticks_of_run(file: _File, box: Box, default: int) -> int:
    flags, count = file.number(box.content + 1, 3), file.number(box.content + 4)
    at = box.content + 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    row = 4 * (flags >> 8 & 0xF).bit_count()
    if count * max(row, 1) > len(file.data):
        raise BrokenSoundError("more samples than bytes")
    if not flags & 0x100:
        return count * default
    return sum(file.number(at + n * row) for n in range(count))
