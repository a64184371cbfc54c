"""What a thread is dyed in: up to three colours of a photo. Photos kept before are looked at by the worker."""

from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import In

from harmonia.commons.alchemy import invariants
from harmonia.commons.journal.append_only import statements


class Migration(migrations.Migration):
    dependencies = [("alchemy", "0006_words")]
    operations = [
        migrations.AddField(
            model_name="picture",
            name="palette",
            field=models.CharField(blank=True, editable=False, max_length=23),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("palette", ""),
                    models.Q(In(Length("palette"), [7, 15, 23]), ("palette__startswith", "#")),
                    _connector="OR",
                ),
                name="alchemy_picture_palette_of_whole_colours",
            ),
        ),
        statements(invariants.sqlite_again("picture"), []),
    ]
