"""Let the database keep unreleased batches out of gardens."""

from django.db import migrations

from harmonia.commons.journal.append_only import append_only, statements
from harmonia.commons.ledger.invariants import BATCH_POSTGRESQL, BATCH_SQLITE


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_batches")]
    operations = [
        statements(BATCH_SQLITE, BATCH_POSTGRESQL),
        append_only("ledger_heatreading", "ledger_turn", "ledger_labresult", "ledger_hygienechoice"),
    ]
