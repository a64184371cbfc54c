"""What was told before the search can be found by it too."""

from typing import Any

from django.db import migrations

from harmonia.commons.alchemy.folding import indexed


def index(apps: Any, _: Any) -> None:
    entries = apps.get_model("alchemy", "Entry").objects
    lines = apps.get_model("ledger", "Line").objects.select_related("substance")
    for thing in apps.get_model("alchemy", "Artifact").objects.iterator():
        held = lines.filter(movement=thing.movement_id, grams__lt=0)
        names = [name for line in held for name in (line.substance.name_en, line.substance.name_es)]
        words = indexed(thing.title, thing.code, thing.care, *names)
        entries.update_or_create(part="thing", row=thing.pk, defaults={"words": words})
    for story in apps.get_model("alchemy", "Story").objects.filter(state="told").iterator():
        entries.update_or_create(part="story", row=story.pk, defaults={"words": indexed(story.text)})
    for picture in apps.get_model("alchemy", "Picture").objects.iterator():
        entries.update_or_create(part="picture", row=picture.pk, defaults={"words": indexed(picture.alt)})


class Migration(migrations.Migration):
    dependencies = [("alchemy", "0005_invariants"), ("ledger", "0003_invariants")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop, elidable=False)]
