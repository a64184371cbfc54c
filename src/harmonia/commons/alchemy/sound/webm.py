"""WebM with one track of Opus or Vorbis, as browsers record it. Sources: RFC 8794 (EBML), RFC 9559 (Matroska)."""

from collections.abc import Iterator

from harmonia.commons.alchemy.sound.errors import BrokenSoundError

EBML, DOC_TYPE, SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
SEEK, INFO, TRACKS, CUES, CLUSTER = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675
SCALE, TRACK, KIND, CODEC = 0x2AD7B1, 0xAE, 0x83, 0x86
TIME, BLOCK, GROUP, BLOCK_IN_GROUP, VOID = 0xE7, 0xA3, 0xA0, 0xA1, 0xEC
TOP = {SEEK, INFO, TRACKS, CUES, CLUSTER}
SOUND = 2
PLAYED = {b"A_OPUS", b"A_VORBIS"}
UNKNOWN = -1
MOST_ELEMENTS = 100_000

Element = tuple[int, int, int, int]  # its name, where it begins, where its content begins, where it ends


class _File:
    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.left = MOST_ELEMENTS

    def elements(self, at: int, end: int) -> Iterator[Element]:
        while at < end:
            self.left -= 1
            if self.left < 0:
                raise BrokenSoundError("too many elements")
            name, size_at = self._name(at)
            size, content = self._size(size_at)
            stop = end if size == UNKNOWN else content + size
            if stop > end:
                raise BrokenSoundError("an element longer than what is around it")
            if size == UNKNOWN and name == CLUSTER:
                stop = self._end_of_open_cluster(content, end)
            yield name, at, content, stop
            at = stop

    def _name(self, at: int) -> tuple[int, int]:
        length = 9 - self.data[at].bit_length() if at < len(self.data) else 9
        if length > 4:
            raise BrokenSoundError("no element where one must be")
        return int.from_bytes(self.data[at : at + length], "big"), at + length

    def _size(self, at: int) -> tuple[int, int]:
        length = 9 - self.data[at].bit_length() if at < len(self.data) else 9
        if length > 8 or at + length > len(self.data):
            raise BrokenSoundError("no size where one must be")
        size = int.from_bytes(self.data[at : at + length], "big") & ((1 << 7 * length) - 1)
        return (UNKNOWN if size == (1 << 7 * length) - 1 else size), at + length

    def _end_of_open_cluster(self, at: int, end: int) -> int:
        while at < end:
            name, size_at = self._name(at)
            if name in TOP:
                return at
            size, content = self._size(size_at)
            if size == UNKNOWN or content + size > end:
                raise BrokenSoundError("an element without an end")
            at = content + size
        return end

    def number(self, element: Element) -> int:
        return int.from_bytes(self.data[element[2] : element[3]][:8], "big")

    def empty(self, element: Element) -> None:
        """Turn an element into nothing of the same length: a Void with an eight-byte size, or zeros where too short."""
        _name, start, _content, end = element
        room = end - start
        if room < 9:
            self.data[start:end] = bytes([VOID, 0x80 | max(0, room - 2)]) + bytes(max(0, room - 2))
        else:
            self.data[start:end] = bytes([VOID, 1]) + (room - 9).to_bytes(7, "big") + bytes(room - 9)


def clean(data: bytes) -> tuple[float, bytes]:
    """Return the duration [s] and the file without tags, attachments and titles.

    Raises BrokenSoundError for a film, several tracks, or another kind of Matroska.
    """
    file = _File(data)
    top = list(file.elements(0, len(data)))
    if [element[0] for element in top] != [EBML, SEGMENT]:
        raise BrokenSoundError("no single segment")
    kinds = [bytes(file.data[e[2] : e[3]]) for e in file.elements(*top[0][2:]) if e[0] == DOC_TYPE]
    if [kind.rstrip(b"\x00") for kind in kinds] != [b"webm"]:
        raise BrokenSoundError("no WebM")
    scale, last, tracks = 1_000_000, 0, 0
    for element in file.elements(*top[1][2:]):
        if element[0] == INFO:
            scale = _clean_info(file, element) or scale
        elif element[0] == TRACKS:
            tracks += _clean_tracks(file, element)
        elif element[0] == CLUSTER:
            last = max(last, _last_time(file, element))
        elif element[0] not in TOP:
            file.empty(element)
    if tracks != 1:
        raise BrokenSoundError("not one track")
    return last * scale / 1e9, bytes(file.data)


def _clean_info(file: _File, info: Element) -> int:
    scale = 0
    for element in file.elements(info[2], info[3]):
        if element[0] == SCALE:
            scale = file.number(element)
        elif element[0] != 0x4489:  # the duration that the recorder claims may stay; it is not believed
            file.empty(element)
    return scale


def _clean_tracks(file: _File, tracks: Element) -> int:
    found = 0
    for track in file.elements(tracks[2], tracks[3]):
        if track[0] != TRACK:
            file.empty(track)
            continue
        parts = {part[0]: part for part in file.elements(track[2], track[3])}
        codec = bytes(file.data[parts[CODEC][2] : parts[CODEC][3]]) if CODEC in parts else b""
        if KIND not in parts or file.number(parts[KIND]) != SOUND or codec.rstrip(b"\x00") not in PLAYED:
            raise BrokenSoundError("a track that is no sound")
        found += 1
    return found


def _last_time(file: _File, cluster: Element) -> int:
    start = last = 0
    for element in file.elements(cluster[2], cluster[3]):
        if element[0] == TIME:
            start = file.number(element)
        elif element[0] == BLOCK:
            last = max(last, start + _offset(file, element))
        elif element[0] == GROUP:
            inner = file.elements(element[2], element[3])
            last = max([last, *(start + _offset(file, e) for e in inner if e[0] == BLOCK_IN_GROUP)])
    return last


def _offset(file: _File, block: Element) -> int:
    # A block begins with its track's number (one byte below 128 tracks), then two signed bytes of time.
    return int.from_bytes(file.data[block[2] + 1 : block[2] + 3], "big", signed=True)
