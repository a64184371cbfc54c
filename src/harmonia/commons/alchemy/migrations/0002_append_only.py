"""What facilitators decided stays written."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("alchemy", "0001_initial")]
    operations = [append_only("alchemy_moderation")]
