"""Find things and repairs by words, as far as a viewer may read them."""

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from harmonia.commons.alchemy.folding import asked
from harmonia.commons.alchemy.models import Artifact, Entry, Picture, Recording, Repair, Story
from harmonia.commons.alchemy.queries.names import Viewer

SQLITE = "SELECT rowid FROM alchemy_words WHERE alchemy_words MATCH %s"
POSTGRESQL = "SELECT id FROM alchemy_entry WHERE lexemes @@ %s::tsquery"


def _entries(word: str, part: Entry.Part) -> QuerySet[Any]:
    # The word is letters and digits only (`folding`), so it needs no other escape than its quotes.
    lite = connection.vendor == "sqlite"
    found = RawSQL(SQLITE, [f'"{word}" *']) if lite else RawSQL(POSTGRESQL, [f"'{word}':*"])  # noqa: S611
    return Entry.objects.filter(part=part, pk__in=found).values("row")


def things_found(things: QuerySet[Artifact], text: str, viewer: Viewer) -> QuerySet[Artifact]:
    """Return those of these things in which every word begins a word that this viewer may read."""
    for word in asked(text):
        heard = Q(pk__in=_entries(word, Entry.Part.THING))
        for model, part in (
            (Story, Entry.Part.STORY),
            (Picture, Entry.Part.PICTURE),
            (Recording, Entry.Part.RECORDING),
        ):
            told = model.objects.visible_to(viewer).filter(pk__in=_entries(word, part))
            heard |= Q(pk__in=told.values("artifact"))
        things = things.filter(heard)
    return things


def repairs_found(repairs: QuerySet[Repair], text: str) -> QuerySet[Repair]:
    """Return those of these repairs in which every word begins a word."""
    for word in asked(text):
        repairs = repairs.filter(pk__in=_entries(word, Entry.Part.REPAIR))
    return repairs
