"""What the database itself holds: nothing is hidden, taken back or deleted without its entry; words are indexed."""

from django.db import migrations, models

import harmonia.commons.alchemy.identities
from harmonia.commons.alchemy import invariants
from harmonia.commons.journal.append_only import append_only, statements


class Migration(migrations.Migration):
    dependencies = [("alchemy", "0004_fill")]
    operations = [
        migrations.AlterField(
            model_name="artifact",
            name="identity",
            field=models.UUIDField(
                default=harmonia.commons.alchemy.identities.new_identity, editable=False, unique=True
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access", "public"), _negated=True),
                    ("woven_at__isnull", False),
                    _connector="OR",
                ),
                name="alchemy_story_public_is_woven",
            ),
        ),
        append_only("alchemy_kinship", "alchemy_withdrawal"),
        statements(invariants.SQLITE, invariants.POSTGRESQL),
        statements(invariants.SQLITE_INDEX, invariants.POSTGRESQL_INDEX),
    ]
