"""From an uploaded file to a recording that can be kept, or a sentence why not."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

from django.utils.translation import gettext as _

from harmonia.commons.alchemy.sound import mp3, mp4, ogg, wav, webm
from harmonia.commons.alchemy.sound.errors import BrokenSoundError

MAX_BYTES = 12 * 1024 * 1024
MAX_SECONDS = 300
SHORTEST = 0.5  # [s]
Clean = Callable[[bytes], tuple[float, bytes]]


class UnusableSoundError(Exception):
    """This file cannot become a recording; the message is a sentence for the person."""


@dataclass(frozen=True)
class Sound:
    """A recording by content: its container, its length [s], and its bytes without anything but sound."""

    container: str
    seconds: int
    data: bytes


def read(upload: bytes | BinaryIO) -> Sound:
    """Return an uploaded recording as one that can be kept.

    Raises UnusableSoundError for anything that is not one sound of at most five minutes in a known container.
    """
    data = upload if isinstance(upload, bytes) else upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnusableSoundError(
            _("This recording is larger than 12 MB. Record it as M4A, MP3 or Opus, or make it shorter.")
        )
    if not data:
        raise UnusableSoundError(_("This file is empty. Choose the recording again."))
    container, clean = _kind(data)
    try:
        seconds, cleaned = clean(data)
    except (BrokenSoundError, IndexError, ValueError, OverflowError) as error:
        raise UnusableSoundError(
            _("This recording is damaged, or is more than one sound. Record it again, or send it as MP3.")
        ) from error
    _check(seconds, cleaned)
    return Sound(container, ceil(seconds), cleaned)


def _kind(data: bytes) -> tuple[str, Clean]:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav", wav.clean
    if data[:4] == b"OggS":
        return "ogg", ogg.clean
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return "webm", webm.clean
    if data[4:8] == b"ftyp":
        return "m4a", mp4.clean
    if data[:3] == b"ID3" or (data[0] == 0xFF and len(data) > 1 and data[1] & 0xE0 == 0xE0):
        return "mp3", mp3.clean
    raise UnusableSoundError(_("This is no recording we can play. Send M4A, MP3, Ogg Opus, WebM or WAV."))


def _check(seconds: float, cleaned: bytes) -> None:
    if seconds < SHORTEST:
        raise UnusableSoundError(_("This recording holds no sound. Record it again."))
    if seconds > MAX_SECONDS:
        raise UnusableSoundError(_("This recording is longer than five minutes. Send a shorter one."))
    # What still is another file after everything but sound was taken out hides in the sound itself.
    if b"%PDF-" in cleaned[:1024] or zipfile.is_zipfile(io.BytesIO(cleaned)):
        raise UnusableSoundError(_("This recording carries another file inside it. Record it again."))
