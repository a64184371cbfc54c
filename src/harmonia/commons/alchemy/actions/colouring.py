"""Look at photos again that were kept before their palettes were."""

from django.db import transaction
from PIL import Image

from harmonia.commons.alchemy import albums, photographs
from harmonia.commons.alchemy.actions.making import woven
from harmonia.commons.alchemy.models import Picture
from harmonia.commons.journal.actions import record


def find_colours() -> int:
    """Keep the palette of every photo that has none yet; return of how many.

    Each in a transaction of its own: what was found stays found if the process ends, and the next call goes on.
    """
    waiting = Picture.objects.filter(palette="").values_list("pk", flat=True)
    return sum(_find(key) for key in list(waiting))


def _find(key: int) -> bool:
    picture = Picture.objects.filter(pk=key, palette="").first()
    palette = _palette(picture) if picture else ""
    if not picture or not palette:
        return False
    with transaction.atomic():
        # Somebody may take the photo back meanwhile: then nothing is left to dye.
        if not Picture.objects.filter(pk=key, palette="").update(palette=palette):
            return False
        record("alchemy", "colours_found", artifact=picture.artifact.code, **woven(picture.artifact))
    return True


def _palette(picture: Picture) -> str:
    file = albums.open_file((picture.files("webp") or picture.files())[0])
    if file is None:
        return ""
    with file, Image.open(file) as image:
        return photographs.palette(image.convert("RGB"))
