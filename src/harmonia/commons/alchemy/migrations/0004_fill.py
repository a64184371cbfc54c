"""What was recorded before gets what is new: an identity, a credit, its place in the cloth, words to be found by."""

from typing import Any

from django.db import migrations

from harmonia.commons.alchemy.identities import new_identity


def fill(apps: Any, _: Any) -> None:
    artifacts = apps.get_model("alchemy", "Artifact")
    credit = apps.get_model("alchemy", "Credit")
    for artifact in artifacts.objects.filter(identity=None).iterator():
        artifacts.objects.filter(pk=artifact.pk).update(identity=new_identity(artifact.made_at))
        credit.objects.get_or_create(artifact=artifact, token=artifact.maker, defaults={"state": "named"})
    apps.get_model("alchemy", "Picture").objects.filter(formats=[]).update(formats=["webp"])
    for story in apps.get_model("alchemy", "Story").objects.filter(access="public"):
        story.woven_at = story.told_at
        story.save(update_fields=["woven_at"])


class Migration(migrations.Migration):
    dependencies = [("alchemy", "0003_makers_families_circles")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
