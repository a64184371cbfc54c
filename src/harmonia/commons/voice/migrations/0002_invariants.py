"""Let the database itself hold what people vote on."""

from django.db import migrations

from harmonia.commons.journal.append_only import statements
from harmonia.commons.voice.open_vote_invariants import POSTGRESQL, SQLITE


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_initial")]
    operations = [statements(SQLITE, POSTGRESQL)]
