"""Let the database itself keep records, refuse a confirmation past a safety item, and hold the pace of a ramp."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only, statements
from harmonia.commons.nexus.invariants import POSTGRESQL, SQLITE


class Migration(migrations.Migration):
    dependencies = [("nexus", "0006_activation")]
    operations = [
        append_only("nexus_preflightcheck", "nexus_ramprecord", "nexus_accounting"),
        statements(SQLITE, POSTGRESQL),
    ]
