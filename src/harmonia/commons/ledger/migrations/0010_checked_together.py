"""Let PostgreSQL check what one statement adds together; keep no index that another one covers."""

import re

import django.db.models.deletion
from django.db import migrations, models

from harmonia.commons.journal.append_only import statements
from harmonia.commons.ledger.invariants import (
    BALANCE_POSTGRESQL,
    BALANCE_SQLITE,
    POSTGRESQL,
    SEAL_POSTGRESQL,
)

TOGETHER = [s for s in POSTGRESQL if re.search(r"ledger_(line|movement)_", s)]
# A new site never had what an older one has to let go.
BEFORE = [
    "DROP TRIGGER IF EXISTS ledger_seal_sums ON ledger_seal",
    "DROP TRIGGER IF EXISTS ledger_seal_batches ON ledger_seal",
    "DROP FUNCTION IF EXISTS ledger_seal_sums",
    "DROP FUNCTION IF EXISTS ledger_seal_batches",
]

# A line's foreign keys, which its triggers and the balances hold (decision 0071).
HELD_OTHERWISE = [
    f"ALTER TABLE ledger_line DROP CONSTRAINT {name}"
    for name in (
        "ledger_line_movement_id_5e403428_fk_ledger_movement_id",
        "ledger_line_holder_id_6bcbbc73_fk_ledger_holder_id",
        "ledger_line_substance_id_4416da24_fk_ledger_substance_id",
    )
]
UNUSED = "DROP INDEX ledger_movement_key_359ee161_like"  # keys are looked up whole, never by their beginning


def _anew() -> list[str]:
    functions = [s.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1) for s in TOGETHER]
    found = (re.match(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) AFTER INSERT ON (\w+)", s) for s in TOGETHER)
    return [f"DROP TRIGGER {hit[1]} ON {hit[2]}" for hit in found if hit] + functions


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_harvest_days_stay")]
    operations = [
        statements(BALANCE_SQLITE, BALANCE_POSTGRESQL),
        statements([], [*BEFORE, *_anew(), *SEAL_POSTGRESQL, *HELD_OTHERWISE, UNUSED]),
        # By name, not by AlterField: SQLite would rebuild the table and lose its triggers.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("DROP INDEX ledger_line_movement_id_5e403428")],
            state_operations=[
                migrations.AlterField(
                    model_name="line",
                    name="movement",
                    field=models.ForeignKey(
                        db_index=False,  # ledger_line_once begins with it
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.movement",
                    ),
                )
            ],
        ),
    ]
