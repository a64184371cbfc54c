"""Where an image file ends, by its own format; what follows is another file, or a phone's extra.

Only the structure is read, never the pixels. Sources: ITU-T T.81 annex B (JPEG), the PNG specification,
3rd edition, chapter 5, and RFC 9649 (WebP).
"""

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
ZIP_END = b"PK\x05\x06"
MAX_SCANS = 100  # a progressive photo has about ten; thousands keep a decoder busy for minutes
STANDALONE = {0x01, 0xD8, *range(0xD0, 0xD8)}  # JPEG markers without a length


class BrokenImageError(ValueError):
    """The file ends before its format says it does, or breaks its rules."""


def end_of_image(data: bytes) -> int:
    """Return the offset behind the image [bytes].

    Raises BrokenImageError when it is cut off, malformed, or neither JPEG, PNG nor WebP.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return _end_of_jpeg(data)
    if data.startswith(PNG_MAGIC):
        return _end_of_png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _end_of_webp(data)
    raise BrokenImageError("unknown magic")


def _end_of_jpeg(data: bytes) -> int:
    at, scans = 2, 0
    while at + 4 <= len(data) and scans <= MAX_SCANS:
        if data[at] != 0xFF:
            raise BrokenImageError("no marker where one must be")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return at + 2
        elif marker in STANDALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == 0xDA:
                at, scans = _behind_entropy(data, at), scans + 1
    if data[at : at + 2] == b"\xff\xd9":
        return at + 2
    raise BrokenImageError("no end of image, or too many scans")


def _behind_entropy(data: bytes, at: int) -> int:
    # In coded data FF is followed by 00, by a restart marker, or by the next real marker.
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at
    raise BrokenImageError("coded data without an end")


def _end_of_png(data: bytes) -> int:
    at = len(PNG_MAGIC)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND" and at <= len(data):
            return at
    raise BrokenImageError("no IEND")


def _end_of_webp(data: bytes) -> int:
    length = 8 + int.from_bytes(data[4:8], "little")
    if length > len(data):
        raise BrokenImageError("shorter than its header says")
    return length


def carries_something_else(data: bytes) -> bool:
    """Whether another file hangs behind the image.

    Allowed are padding and what phones append to a JPEG: a gain map or second view (JPEG), a clip of the
    moment (ISO base media), and Samsung's own trailer. None of it is kept, as the picture is encoded anew.
    """
    behind = data[end_of_image(data) :]
    extra = behind.strip(b"\x00\r\n\t ")
    if not extra:
        return False
    phones = extra.startswith(b"\xff\xd8\xff") or b"ftyp" in extra[:8] or extra.endswith(b"SEFT")
    return ZIP_END in behind or not (data.startswith(b"\xff\xd8") and phones)
