"""Let the database itself hold what people vote on, the roll, the box and the log."""

from django.db import migrations

from harmonia.commons.journal.append_only import statements
from harmonia.commons.voice.invariants import POSTGRESQL, SQLITE


class Migration(migrations.Migration):
    dependencies = [("voice", "0004_secret_ballots")]
    operations = [statements(SQLITE, POSTGRESQL)]
