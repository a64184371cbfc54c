"""Let the database itself hold how what was bought is run."""

from django.db import migrations

from harmonia.commons.journal.append_only import statements
from harmonia.commons.voice.invariants import OPERATION, postgresql, sqlite


class Migration(migrations.Migration):
    dependencies = [("voice", "0006_operation")]
    operations = [statements(sqlite(OPERATION), postgresql(OPERATION))]
