"""Let the database itself hold who switches a plant over, and what was recorded."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only, statements
from harmonia.commons.rituals.invariants import POSTGRESQL, SQLITE


class Migration(migrations.Migration):
    dependencies = [("rituals", "0001_initial")]
    operations = [append_only("rituals_passage", "rituals_press"), statements(SQLITE, POSTGRESQL)]
