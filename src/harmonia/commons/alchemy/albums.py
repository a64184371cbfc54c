"""Where pictures and recordings lie: under random names, outside every web root; only `queries.file` hands them out."""

import secrets

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from harmonia.commons.alchemy.models import Artifact, Circle, Picture, Recording
from harmonia.commons.alchemy.photographs import FORMATS, Photograph
from harmonia.commons.alchemy.sound import Sound

FOLDER = "alchemy"


def add(
    artifact: Artifact, photo: Photograph, *, alt: str, access: str, circle: Circle | None = None
) -> Picture:
    """Keep a photograph's files and their record; files written before a failure are removed again."""
    picture = Picture(
        artifact=artifact,
        name=secrets.token_hex(16),
        width=photo.width,
        height=photo.height,
        widths=photo.widths,
        formats=list(FORMATS),
        alt=alt,
        colour=photo.colour,
        palette=photo.palette,
        access=access,
        circle=circle,
    )
    _keep(picture, {f"{picture.name}-{w}.{kind}": content for (kind, w), content in photo.files.items()})
    return picture


def add_recording(
    artifact: Artifact, sound: Sound, *, transcript: str, language: str, access: str, circle: Circle | None
) -> Recording:
    """Keep a recording's file and its record."""
    recording = Recording(
        artifact=artifact,
        name=secrets.token_hex(16),
        container=sound.container,
        seconds=sound.seconds,
        transcript=transcript,
        language=language,
        access=access,
        circle=circle,
    )
    _keep(recording, {f"{recording.name}.{sound.container}": sound.data})
    return recording


def _keep(part: Picture | Recording, files: dict[str, bytes]) -> None:
    try:
        for name, content in files.items():
            default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
        part.save(force_insert=True)
    except BaseException:
        _delete(list(files))
        raise


def remove(part: Picture | Recording) -> None:
    """Delete a picture or recording, and its files once the transaction holds."""
    names = part.files()
    part.delete()
    transaction.on_commit(lambda: _delete(names))


def open_file(name: str) -> File[bytes] | None:
    """Open one file; None when it was taken back a moment ago."""
    try:
        return default_storage.open(f"{FOLDER}/{name}")
    except FileNotFoundError:
        return None


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(f"{FOLDER}/{name}")
