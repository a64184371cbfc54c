"""Let a story be written anew: its next edition, with an entry for it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from harmonia.commons.alchemy import invariants
from harmonia.commons.journal.append_only import append_only, statements


class Migration(migrations.Migration):
    dependencies = [
        ("alchemy", "0007_picture_palette"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Retelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retellings",
                        to="alchemy.story",
                    ),
                ),
            ],
            options={
                "ordering": ["story", "edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("story", "edition"), name="alchemy_retelling_edition_once"
                    )
                ],
            },
        ),
        append_only("alchemy_retelling"),
        # SQLite makes a changed table anew, and its triggers go with the old one.
        statements(invariants.EDITIONS_SQLITE, invariants.EDITIONS_POSTGRESQL),
    ]
