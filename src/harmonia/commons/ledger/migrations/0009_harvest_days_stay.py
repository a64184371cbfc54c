"""Let the days to wait before harvest stay as they were when a batch was closed."""

from django.db import migrations

from harmonia.commons.journal.append_only import statements
from harmonia.commons.ledger.invariants import BATCH_POSTGRESQL, BATCH_SQLITE

STEPS = next(s for s in BATCH_SQLITE if "ledger_batch_steps" in s)
FUNCTION = next(s for s in BATCH_POSTGRESQL if s.startswith("CREATE FUNCTION ledger_batch_steps"))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_containers_and_devices")]
    operations = [
        statements(
            ["DROP TRIGGER IF EXISTS ledger_batch_steps", STEPS],
            [FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)],
        )
    ]
