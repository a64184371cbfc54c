"""A recording is told by its content, cleaned of everything but sound, and at most five minutes long."""

import wave
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonia.commons.alchemy.sound import MAX_BYTES, UnusableSoundError, read
from tests.commons.alchemy import sounds
from tests.commons.alchemy.sounds import SECRET

each = pytest.mark.parametrize("kind", sounds.ALL)


@each
def test_container_and_length_are_read_from_the_content(kind: str) -> None:
    found = read(BytesIO(sounds.ALL[kind](4)))

    assert (found.container, found.seconds) in ((kind, 4), (kind, 5))  # part seconds count as whole


@each
@settings(max_examples=20, deadline=None)
@given(seconds=st.integers(1, 299))
def test_every_length_up_to_five_minutes_is_taken(kind: str, seconds: int) -> None:
    assert abs(read(sounds.ALL[kind](seconds)).seconds - seconds) <= 1


@each
def test_more_than_five_minutes_is_refused(kind: str) -> None:
    with pytest.raises(UnusableSoundError, match="longer than five minutes"):
        read(sounds.ALL[kind](302))


@pytest.mark.parametrize(
    "file",
    [
        sounds.ogg,
        sounds.m4a,
        sounds.webm,
        lambda: sounds.mp3(tag=b"TXXX" + SECRET, behind=b"TAG" + SECRET + bytes(100)),
        lambda: sounds.wav(extra=sounds.riff(b"LIST", b"INFO" + SECRET)),
    ],
)
def test_what_a_phone_wrote_beside_the_sound_is_taken_out(file: Callable[[], bytes]) -> None:
    upload = file()
    kept = read(upload).data

    assert SECRET in upload
    assert SECRET not in kept


@each
def test_a_cleaned_recording_is_clean_already(kind: str) -> None:
    once = read(sounds.ALL[kind](3))

    assert read(once.data) == once


def test_a_wav_still_plays_the_same_samples() -> None:
    upload = sounds.wav(2)
    with wave.open(BytesIO(upload)) as before, wave.open(BytesIO(read(upload).data)) as after:
        assert before.readframes(99_999) == after.readframes(99_999)
        assert before.getparams() == after.getparams()


def test_what_browsers_record_in_pieces_is_read_by_its_pieces() -> None:
    assert read(sounds.fragmented(7)).seconds in (7, 8)
    assert read(sounds.webm(7, open_ended=True)).seconds in (7, 8)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"hello " * 100,
    "a film": lambda: sounds.m4a(kind=b"vide"),
    "a codec that no browser plays": lambda: sounds.m4a(codec=b"samr"),
    "two tracks": lambda: sounds.webm(tracks=2),
    "a film in WebM": lambda: sounds.webm(kind=1, codec=b"V_VP8"),
    "Vorbis in Ogg": lambda: sounds.ogg(codec=b"\x01vorbis!"),
    "two streams": lambda: sounds.ogg() + sounds.ogg(serial=9),
    "a web page behind pages": lambda: sounds.ogg() + b"<script>alert(1)</script>",
    "a lying checksum": lambda: sounds.ogg()[:-1] + b"\x00",
    "a wav cut off": lambda: sounds.wav()[:-400],
    "an m4a cut off": lambda: sounds.m4a()[:-400],
    "a webm cut off": lambda: sounds.webm()[:-20],
    "an mp3 of three frames": lambda: sounds.mp3(0.08),
    "a zip inside the sound": lambda: sounds.m4a(sound=_zipped()),
    "a PDF as a wav": lambda: b"RIFF" + b"%PDF-1.7" * 40,
    "a box that is endless": lambda: sounds.m4a(extra=b"\x00\x00\x00\x01free" + b"\xff" * 8),
    "boxes without end": lambda: sounds.box(b"ftyp", b"M4A ") + sounds.box(b"moov") * 30_000,
    "more samples than bytes": lambda: sounds.m4a(
        extra=sounds.box(
            b"moof", sounds.box(b"traf", sounds.full(b"trun", b"\xff\xff\xff\xff", flags=0x100))
        ),
        whole=False,
    ),
    "more than 12 MB": lambda: sounds.wav() + bytes(MAX_BYTES),
    "no sound at all": lambda: sounds.m4a(0),
    "deep elements": lambda: b"\x1a\x45\xdf\xa3" + b"\x01" * 4000,
}


def _zipped() -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.js", b"alert(1)")
    return out.getvalue()


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_recording_is_refused_with_one_sentence(file: Callable[[], bytes]) -> None:
    with pytest.raises(UnusableSoundError) as refusal:
        read(file())

    assert str(refusal.value).startswith("This ")
    assert len(str(refusal.value)) < 140


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(sounds.ALL)), st.data())
def test_a_recording_with_flipped_bytes_is_refused_or_stays_within_bounds(
    kind: str, data: st.DataObject
) -> None:
    broken = bytearray(sounds.ALL[kind](2))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, min(len(broken), 900) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(broken))
    except UnusableSoundError:
        return

    assert 0 < found.seconds <= 300
    assert len(found.data) <= len(broken) + 100
