"""Let the database itself hold what must never break."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only, statements
from harmonia.commons.ledger.invariants import POSTGRESQL, SQLITE


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_initial")]
    operations = [
        statements(SQLITE, POSTGRESQL),
        append_only("ledger_movement", "ledger_line", "ledger_seal", "ledger_dropoff"),
    ]
