"""Where pictures lie: under random names, outside every web root; only `queries.picture` hands them out."""

import secrets

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from harmonia.commons.alchemy.models import Artifact, Picture
from harmonia.commons.alchemy.photographs import Photograph

FOLDER = "alchemy"


def add(artifact: Artifact, photo: Photograph, *, alt: str, access: str) -> Picture:
    """Keep a photograph's files and their record; files written before a failure are removed again."""
    picture = Picture(
        artifact=artifact,
        name=secrets.token_hex(16),
        width=photo.width,
        height=photo.height,
        widths=sorted(photo.files),
        alt=alt,
        colour=photo.colour,
        access=access,
    )
    try:
        for width, content in photo.files.items():
            default_storage.save(f"{FOLDER}/{picture.name}-{width}.webp", ContentFile(content))
        picture.save(force_insert=True)
    except BaseException:
        _delete(picture.files())
        raise
    return picture


def remove(picture: Picture) -> None:
    """Delete a picture, and its files once the transaction holds."""
    names = picture.files()
    picture.delete()
    transaction.on_commit(lambda: _delete(names))


def open_file(name: str) -> File[bytes] | None:
    """Open one file of a picture; None when it was taken back a moment ago."""
    try:
        return default_storage.open(f"{FOLDER}/{name}")
    except FileNotFoundError:
        return None


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(f"{FOLDER}/{name}")
