"""Recordings made by the rules of their formats, with as much told beside the sound as a phone tells."""

import struct
from collections.abc import Callable

SECRET = b"SecretPlace 48.858,2.294"


def wav(seconds: float = 2, rate: int = 8000, extra: bytes = b"") -> bytes:
    samples = bytes(range(128, 256)) * int(seconds * rate / 128)
    form = struct.pack("<HHIIHH", 1, 1, rate, rate, 1, 8)
    body = b"WAVE" + riff(b"fmt ", form) + extra + riff(b"data", samples)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def riff(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2)


def mp3(seconds: float = 2, tag: bytes = b"", behind: bytes = b"") -> bytes:
    # MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 1152 samples a frame.
    frame = b"\xff\xfb\x90\x00" + b"\x55" * 413
    return id3(tag) + frame * round(seconds * 44_100 / 1152) + behind


def id3(content: bytes) -> bytes:
    if not content:
        return b""
    size = bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + content


def ogg(seconds: float = 2, comment: bytes = SECRET, serial: int = 7, codec: bytes = b"OpusHead") -> bytes:
    head = codec + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 3) + b"abc" + struct.pack("<II", 1, len(comment)) + comment
    pages = [page(head, 0, 0, flags=2, serial=serial), page(tags, 0, 1, serial=serial)]
    count = max(1, round(seconds))
    for number in range(count):
        granule = 312 + round(48_000 * seconds * (number + 1) / count)
        last = 4 if number == count - 1 else 0
        pages.append(page(b"\xfc" + b"\x11" * 120, granule, number + 2, flags=last, serial=serial))
    return b"".join(pages)


def page(body: bytes, granule: int, number: int, flags: int = 0, serial: int = 7) -> bytes:
    lacing = bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = b"OggS\x00" + struct.pack("<BQIII", flags, granule, serial, number, 0) + bytes([len(lacing)])
    whole = head + lacing + body
    return whole[:22] + struct.pack("<I", slow_checksum(whole)) + whole[26:]


def slow_checksum(data: bytes) -> int:
    # Bit by bit, as RFC 3533 says it: generator 0x04c11db7, nothing mirrored, nothing inverted.
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + name + body


def full(name: bytes, *content: bytes, flags: int = 0, version: int = 0) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *content)


def track(
    seconds: float, kind: bytes = b"soun", codec: bytes = b"mp4a", *, whole: bool = True, scale: int = 8000
) -> bytes:
    frames = round(seconds * scale / 1024)
    stts = full(b"stts", struct.pack(">III", 1, frames, 1024) if whole else struct.pack(">I", 0))
    stsd = full(b"stsd", struct.pack(">I", 1), box(codec, bytes(28)))
    table = box(b"stbl", stsd, stts)
    media = full(b"mdhd", struct.pack(">IIIII", 0, 0, scale, frames * 1024 if whole else 0, 0))
    handler = full(b"hdlr", bytes(4), kind, bytes(12), b"x\x00")
    return box(b"trak", full(b"tkhd", bytes(80)), box(b"mdia", media, handler, box(b"minf", table)))


def m4a(seconds: float = 2, extra: bytes = b"", sound: bytes = b"\x21" * 600, **options: object) -> bytes:
    told = box(b"udta", box(b"\xa9xyz", SECRET))
    moov = box(b"moov", full(b"mvhd", bytes(96)), track(seconds, **options), told)  # type: ignore[arg-type]
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A ") + moov + box(b"mdat", sound) + extra


def fragmented(seconds: float = 2) -> bytes:
    frames = round(seconds * 8000 / 1024)
    extends = box(b"mvex", full(b"trex", struct.pack(">IIIII", 1, 1, 1024, 0, 0)))
    moov = box(b"moov", full(b"mvhd", bytes(96)), track(seconds, whole=False), extends)
    half = frames // 2
    parts = [
        box(
            b"moof",
            full(b"mfhd", bytes(4)),
            box(b"traf", full(b"tfhd", struct.pack(">I", 1)), full(b"trun", struct.pack(">I", count))),
        )
        + box(b"mdat", b"\x21" * 300)
        for count in (half, frames - half)
    ]
    return box(b"ftyp", b"iso5\x00\x00\x00\x00iso5") + moov + b"".join(parts)


def element(name: int, content: bytes, *, unknown: bool = False) -> bytes:
    mark = name.to_bytes((name.bit_length() + 7) // 8, "big")
    size = b"\x01" + b"\xff" * 7 if unknown else (1 << 56 | len(content)).to_bytes(8, "big")
    return mark + size + content


def webm(
    seconds: float = 2, *, open_ended: bool = False, kind: int = 2, codec: bytes = b"A_OPUS", tracks: int = 1
) -> bytes:
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3, "big")) + element(0x7BA9, SECRET))
    one = element(0xAE, element(0xD7, b"\x01") + element(0x83, bytes([kind])) + element(0x86, codec))
    clusters = b""
    for second in range(max(1, round(seconds))):
        start = element(0xE7, (second * 1000).to_bytes(4, "big"))
        step = round(1000 * seconds / max(1, round(seconds)))
        blocks = [b"\x81" + at.to_bytes(2, "big") + b"\x00" + b"\x11" * 40 for at in (0, step // 2, step)]
        body = start + b"".join(element(0xA3, block) for block in blocks)
        clusters += element(0x1F43B675, body, unknown=open_ended)
    tags = element(0x1254C367, element(0x7373, SECRET))
    inside = info + element(0x1654AE6B, one * tracks) + clusters + (b"" if open_ended else tags)
    return head + element(0x18538067, inside, unknown=open_ended)


ALL: dict[str, Callable[[float], bytes]] = {"wav": wav, "mp3": mp3, "ogg": ogg, "m4a": m4a, "webm": webm}
