"""Where tellers' GLB files lie: under random names, outside every web root; only `queries` hands them out."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "festival"


def keep(content: bytes) -> str:
    """Write a file and return its name."""
    name = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{name}.glb", ContentFile(content))
    return name


def read(name: str) -> bytes | None:
    """Return a file's content, None when it was taken back a moment ago."""
    try:
        with default_storage.open(f"{FOLDER}/{name}.glb") as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def drop(name: str) -> None:
    """Delete a file."""
    if name:
        default_storage.delete(f"{FOLDER}/{name}.glb")
