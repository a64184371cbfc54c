"""MPEG audio layer III: a row of frames. Sources: ISO/IEC 11172-3 (1993) 2.4.2.3, ISO/IEC 13818-3 (1998)."""

from harmonia.commons.alchemy.sound.errors import BrokenSoundError

KBIT_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # MPEG-1
KBIT_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # MPEG-2 and 2.5
HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
FEWEST_FRAMES = 8
TRAILERS = (b"TAG", b"APETAGEX", b"3DI", b"LYRICSBEGIN")


def clean(data: bytes) -> tuple[float, bytes]:
    """Return the duration [s] and the frames without any tag before or behind them.

    Raises BrokenSoundError when anything but a tag stands before, between or behind the frames.
    """
    start = at = _behind_tags(data)
    seconds, frames = 0.0, 0
    while frame := _frame(data, at):
        length, lasts = frame
        at, seconds, frames = at + length, seconds + lasts, frames + 1
    if frames < FEWEST_FRAMES:
        raise BrokenSoundError("too few frames")
    rest = data[at:].strip(b"\x00")
    if rest and not rest.startswith(TRAILERS) and len(rest) >= 2048:
        raise BrokenSoundError("something else behind the sound")
    return seconds, data[start:at]


def _behind_tags(data: bytes) -> int:
    at = 0
    while data[at : at + 3] == b"ID3" and at + 10 <= len(data):
        size = 0
        for byte in data[at + 6 : at + 10]:
            if byte & 0x80:
                raise BrokenSoundError("an impossible tag")
            size = size << 7 | byte
        at += 10 + size + (10 if data[at + 5] & 0x10 else 0)
    while data[at : at + 1] == b"\x00":
        at += 1
    return at


def _frame(data: bytes, at: int) -> tuple[int, float] | None:
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    kbit, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or kbit in (0, 15) or rate == 3:
        return None
    hz = HZ[version][rate]
    samples = 1152 if version == 3 else 576
    bits = (KBIT_1 if version == 3 else KBIT_2)[kbit] * 1000
    length = samples // 8 * bits // hz + (head[2] >> 1 & 1)
    return (length, samples / hz) if at + length <= len(data) else None
