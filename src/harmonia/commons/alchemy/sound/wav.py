"""RIFF/WAVE with plain samples. Source: IBM and Microsoft, Multimedia Programming Interface 1.0, 1991."""

from harmonia.commons.alchemy.sound.errors import BrokenSoundError

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE


def clean(data: bytes) -> tuple[float, bytes]:
    """Return the duration [s] and the file with its format and samples only.

    Raises BrokenSoundError.
    """
    if int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise BrokenSoundError("shorter than its header says")
    chunks = _chunks(data, 8 + int.from_bytes(data[4:8], "little"))
    form, samples = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(form) < 16 or not samples:
        raise BrokenSoundError("no format or no samples")
    tag, channels = int.from_bytes(form[:2], "little"), int.from_bytes(form[2:4], "little")
    rate, frame = int.from_bytes(form[4:8], "little"), int.from_bytes(form[12:14], "little")
    if tag not in (PCM, FLOAT, EXTENSIBLE) or not (1 <= channels <= 8 and 4000 <= rate <= 192_000 and frame):
        raise BrokenSoundError("no plain samples")
    body = b"WAVE" + _chunk(b"fmt ", form[:40]) + _chunk(b"data", samples)
    return len(samples) / frame / rate, b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes, end: int) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= end:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > end or name in found:
            raise BrokenSoundError("a chunk longer than the file, or twice")
        found[name] = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    return found


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\x00" * (len(content) % 2)
