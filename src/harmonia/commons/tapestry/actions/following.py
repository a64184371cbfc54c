"""What the cloth does when a story changes."""

from django.db import transaction

from harmonia.commons.journal.actions import record
from harmonia.commons.journal.models import Event
from harmonia.commons.tapestry.keeping import forget

# What alchemy tells -> what it means for a thread of the public cloth.
MEANING = {
    "made": "woven",
    "told": "woven",
    "opened": "woven",
    "shown": "woven",
    "withdrawn": "unpicked",
    "hidden": "unpicked",
    "narrowed": "unpicked",
    "retold": "dyed",  # the same thread; a kiosk's words are others
    "picture_added": "dyed",
    "picture_withdrawn": "dyed",
    "colours_found": "dyed",
}


def follow(event: Event) -> None:
    """Tell open pages that the cloth changed, in the transaction in which a story did."""
    story = event.payload.get("public_story")
    if event.kind in MEANING and story:
        record("tapestry", MEANING[event.kind], story=story)
        transaction.on_commit(forget)
    elif event.kind == "maker_left":
        record("tapestry", "unnamed")
        transaction.on_commit(forget)
