"""Keep the words by which things are found; called by actions only, in their transaction."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.utils import translation

from harmonia.commons.alchemy.folding import indexed
from harmonia.commons.alchemy.models import Artifact, Entry, Picture, Recording, Repair, Story, Technique

Row = Artifact | Story | Picture | Recording | Repair
PARTS: dict[type[Row], Entry.Part] = {
    Artifact: Entry.Part.THING,
    Story: Entry.Part.STORY,
    Picture: Entry.Part.PICTURE,
    Recording: Entry.Part.RECORDING,
    Repair: Entry.Part.REPAIR,
}


def index(row: Row) -> None:
    """Make a row findable by its present words."""
    words = indexed(*texts(row))
    Entry.objects.update_or_create(part=PARTS[type(row)], row=row.pk, defaults={"words": words})


def index_many(rows: Iterable[Row]) -> None:
    """Make many rows of one kind findable."""
    found = list(rows)
    if not found:
        return
    part = PARTS[type(found[0])]
    Entry.objects.filter(part=part, row__in=[row.pk for row in found]).delete()
    Entry.objects.bulk_create(Entry(part=part, row=row.pk, words=indexed(*texts(row))) for row in found)


def forget(row: Row) -> None:
    """Take a row's words out of the index, and out of its file."""
    Entry.objects.filter(part=PARTS[type(row)], row=row.pk).delete()
    purge()


def purge() -> None:
    """Let no deleted word stay in the index: on SQLite it would, in old segments, until they are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO alchemy_words(alchemy_words) VALUES ('optimize')")


def texts(row: Row) -> list[str]:
    """Return what a row is found by."""
    if isinstance(row, Story):
        # Where somebody under 16 told it is not to be found out by strangers, not even by searching for it.
        return [row.text] if row.artifact.by_minor else [row.text, row.place_name]
    if isinstance(row, Picture):
        return [row.alt]
    if isinstance(row, Recording):
        return [row.transcript]
    if isinstance(row, Repair):
        return [row.partner_product_category, row.product_category, row.brand, row.problem]
    return [row.title, row.code, row.care, *_names(row)]


def _names(artifact: Artifact) -> list[str]:
    # Materials and techniques in every language: a word finds the same things whoever asks.
    lines = artifact.movement.lines.filter(grams__lt=0).select_related("substance")
    names = [name for line in lines for name in (line.substance.name_en, line.substance.name_es)]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names += [str(Technique(p.technique).label) for p in artifact.practices.all()]
    return names
