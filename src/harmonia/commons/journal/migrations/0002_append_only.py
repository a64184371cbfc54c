"""What happened cannot be made not to have happened."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [append_only("journal_event")]
